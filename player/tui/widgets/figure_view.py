"""Draws the figure of an exercise in dots. Only movements are animated."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from player.routine.model import Exercise
from player.routine.vocabulary import Region, Side
from player.tui.widgets.paint import repaint

if TYPE_CHECKING:  # imported at runtime only for the first figure, after the first frame
    from player.figures.film import Film
    from player.figures.raster import Picture

EVERY_S = 0.1
"""The time between two pictures of a movement."""


def has_room(screen: Size) -> bool:
    """Return whether a screen has room for a figure beside the words and under the clock."""
    return screen.width >= 76 and screen.height >= 24


class Scene(NamedTuple):
    """An exercise on a side, or the regions of a body map.

    An exercise without a figure is shown as a body map too.
    """

    exercise: Exercise | None = None
    side: Side | None = None
    worked: frozenset[Region] = frozenset()
    """The regions of the body map if there is no exercise."""

    @property
    def regions(self) -> frozenset[Region]:
        return self.exercise.stated_regions if self.exercise else self.worked


class FigureView(Widget):
    """Shows a scene as large as possible, or nothing if there is too little room."""

    DEFAULT_CSS = """
    FigureView { height: 1fr; }
    FigureView > .figure--body { color: $foreground; }
    FigureView > .figure--far { color: $text-muted; }
    FigureView > .figure--thing { color: $text-muted; }
    FigureView > .figure--works { color: $accent; text-style: bold; }
    FigureView > .figure--name { color: $text-accent; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "figure--body",
        "figure--far",
        "figure--thing",
        "figure--works",
        "figure--name",
    }

    def __init__(self, id: str | None = None, languages: Sequence[str] = ()) -> None:
        super().__init__(id=id)
        self.languages = tuple(languages)
        self._scene = Scene()
        self._film: Film | None = None
        self._picture: Picture | None = None
        self._share: Callable[[], float] | None = None
        self._runs = False
        self._turn: asyncio.TimerHandle | None = None

    def put(
        self, scene: Scene, share: Callable[[], float] | None = None, *, runs: bool = False
    ) -> None:
        """Show a scene.

        `share` returns the position in the movement. The figure moves if `runs` is true. Without
        `share`, both poses are shown side by side.
        """
        changed = scene != self._scene or runs != self._runs or not runs
        self._share, self._runs = share, runs
        if scene != self._scene:
            self._scene = scene
            self._film = None
        if changed:
            self._show()
        self._go_on()

    def on_resize(self, event: events.Resize) -> None:
        self._film = None
        self._show()
        self._go_on()

    def on_unmount(self) -> None:
        self._stop()

    def _show(self) -> None:
        before, self._picture = self._picture, self._drawn()
        was, now = (picture.lines if picture else () for picture in (before, self._picture))
        repaint(self, was, now)

    def _drawn(self) -> "Picture | None":
        columns, rows = self.content_size
        scene = self._scene
        if scene.exercise is None and not scene.worked:
            return None
        from player.figures.film import LEAST_COLUMNS, LEAST_ROWS, Film, body_map

        figure = scene.exercise.figure if scene.exercise else None
        if columns < LEAST_COLUMNS or rows < LEAST_ROWS:
            return None
        if figure is None:
            return body_map(scene.regions, columns, rows, self.languages)
        if self._film is None:
            self._film = Film(figure, scene.regions, columns, rows, self.languages, side=scene.side)
        if self._share is None or self.app.animation_level == "none":
            return self._film.both()
        return self._film.at(self._share())

    def _go_on(self) -> None:
        """Schedule the next picture if the figure moves."""
        film = self._film
        moves = film is not None and film.moves and self._runs
        if not moves or self.app.animation_level == "none":
            self._stop()
        elif self._turn is None:
            loop = asyncio.get_running_loop()
            self._turn = loop.call_later(EVERY_S, self._next)

    def _next(self) -> None:
        self._turn = None
        self._show()
        self._go_on()

    def _stop(self) -> None:
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None

    def render_line(self, y: int) -> Strip:
        if self._picture is None or y >= len(self._picture.rows):
            return Strip.blank(self.content_size.width, self.rich_style)
        from player.figures.shapes import Ink

        styles = {ink: self.get_component_rich_style(f"figure--{ink.value}") for ink in Ink}
        blank = self.rich_style
        return Strip(
            Segment(text, styles[ink] if ink else blank) for text, ink in self._picture.rows[y]
        )
