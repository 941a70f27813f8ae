"""Shows one step as the session screen will show it, without motion."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from player.routine.model import Plan, Step
from player.session.snapshot import Glance
from player.tui.widgets.bar import Bar
from player.tui.widgets.clock_face import ClockFace
from player.tui.widgets.figure_view import FigureView, Scene
from player.tui.widgets.glance_words import big, counts, doing, how, left
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown


class StepView(Vertical):
    """Shows a glance as the session screen does. Nothing moves, and no key works."""

    def __init__(self) -> None:
        super().__init__()
        self._exercise, self._doing = Line(id="exercise"), Line(id="doing")
        self._exercise.grows = True
        self._time, self._bar = ClockFace(id="clock"), Bar("session", "session-bar")
        self._next, self._how_words = Line(id="next"), Static(id="how-words")
        self._how = VerticalScroll(self._how_words, id="how", can_focus=False)
        self._figure = FigureView("figure")

    def compose(self) -> ComposeResult:
        yield self._exercise
        yield self._doing
        yield self._time
        yield self._bar
        yield self._next
        yield self._how
        yield self._figure

    def put(self, view: Glance, step: Step | None, plan: Plan, languages: Sequence[str]) -> None:
        """Show a glance at a step."""
        self._exercise.put(lines(shown(counts(view) or " "), shown(view.title, "bold")))
        self._doing.put(shown(doing(view)))
        self._time.put(big(view), view.side)
        self._bar.put(view.position / max(view.total, 1), left(view))
        self._next.put(Content.assemble(("Next: ", "$text-muted"), shown(view.next)))
        self._how_words.update(how(view, step, plan, languages, self._how.content_size))
        self._how.scroll_home(animate=False)
        self._figure.languages = tuple(languages)
        self._figure.put(Scene(step.exercise if step else None, view.side))
