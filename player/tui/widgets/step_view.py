"""One step as the person on the mat will see it, standing still."""

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
    """What the session screen shows of a glance, without anything that runs or takes keys."""

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

    def put(self, seen: Glance, step: Step | None, plan: Plan, languages: Sequence[str]) -> None:
        """Show a glance at a step."""
        self._exercise.put(lines(shown(counts(seen) or " "), shown(seen.title, "bold")))
        self._doing.put(shown(doing(seen)))
        self._time.put(big(seen), seen.side)
        self._bar.put(seen.position / max(seen.total, 1), left(seen))
        self._next.put(Content.assemble(("Next: ", "$text-muted"), shown(seen.next)))
        self._how_words.update(how(seen, step, plan, languages, self._how.content_size))
        self._how.scroll_home(animate=False)
        self._figure.languages = tuple(languages)
        self._figure.put(Scene(step.exercise if step else None, seen.side))
