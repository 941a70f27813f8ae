"""The clock of a session: the time that is left, and the side as a word in its place."""

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from player.widgets.dots import big
from player.widgets.paint import repaint

SIDE_NARROW, SIDE_WIDE = 9, 30
"""Cells for a side word on either side; wide enough for RIGHT in dots, or in plain letters."""

WIDE_FROM = 100


class ClockFace(Widget):
    """`LEFT   0:30        `: the left side stands on the left, the right side on the right."""

    DEFAULT_CSS = "ClockFace { padding: 0 1; }"
    COMPONENT_CLASSES: ClassVar[set[str]] = {"clock-face--time", "clock-face--side"}

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._time = ""
        self._side = ""
        self._rows: list[str] = []
        self._cuts = (0, 0)
        self._drawn_for = Size(0, 0)

    def put(self, time: str, side: str = "") -> None:
        """Show a time (or a word) and a side; only what has changed is painted again."""
        if (time, side) == (self._time, self._side):
            return
        self._time, self._side = time, side
        before, self._rows = self._rows, self._draw()
        repaint(self, before, self._rows)

    def _draw(self) -> list[str]:
        """All rows of the place, filled up with blanks."""
        self._drawn_for = width, height = self.content_size
        room = SIDE_WIDE if width >= WIDE_FROM else min(SIDE_NARROW, width // 4)
        self._cuts = (room, width - room)
        left = _filled(self._side if self._side == "LEFT" else "", room, height, str.ljust)
        time = _filled(self._time, width - 2 * room, height, str.center)
        right = _filled(self._side if self._side == "RIGHT" else "", room, height, str.rjust)
        return [a + b + c for a, b, c in zip(left, time, right, strict=True)]

    def render_line(self, y: int) -> Strip:
        if self._drawn_for != self.content_size:
            self._rows = self._draw()
        row, (left, right) = self._rows[y], self._cuts
        time = self.get_component_rich_style("clock-face--time")  # these are kept, unlike others
        side = self.get_component_rich_style("clock-face--side")
        parts = ((row[:left], side), (row[left:right], time), (row[right:], side))
        return Strip([Segment(*part) for part in parts], len(row))


def _filled(text: str, width: int, height: int, place: Callable[[str, int], str]) -> list[str]:
    """A text as large as its place allows, with blanks around it."""
    rows = [place(row, width)[:width] for row in big(text, width, height)[:height]]
    above = (height - len(rows)) // 2
    blank = " " * width
    return [blank] * above + rows + [blank] * (height - len(rows) - above)
