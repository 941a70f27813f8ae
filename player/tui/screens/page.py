"""What every screen that gives a result has in common."""

from typing import ClassVar, TypeVar

from textual.screen import Screen

from player.safety.pace import ANSWER_AFTER_MS, TOO_FAST, Pace
from player.tui.widgets.line import Line
from player.tui.widgets.shown import shown
from player.tui.widgets.stamp import now_ms

_Result = TypeVar("_Result")


class Page(Screen[_Result]):
    """A screen that gives its result once, and only while it lies on top."""

    DEFAULT_CSS = """
    Page {
        & #said { padding: 0 2; color: $text-warning; }
        & #said.passing { display: none; }
    }
    """
    AFTER_MS: ClassVar[int] = ANSWER_AFTER_MS
    """How long it is on the screen before a key may close it."""

    _given = False
    _pace: Pace | None = None

    def on_mount(self) -> None:
        """Textual calls this besides the one of a subclass."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._pace = Pace(now_ms(), self.AFTER_MS)

    def may_close(self) -> bool:
        """Whether a key that closes this page counts now. Where it came too early, say so."""
        if self._pace is None:
            return False
        at = now_ms()
        if self._pace.allows(at):
            return True
        self._pace = self._pace.passed(at)
        self.say(TOO_FAST)
        return False

    def say(self, words: str) -> None:
        """Show the reply to a key in the page's line for it, where it has one."""
        for line in self.query("#said").results(Line):
            line.put(shown(words))
            line.display = True

    def give(self, result: _Result | None) -> None:
        """Close with a result; nothing happens the second time, or below another screen."""
        if not self._given and self.app.screen is self:
            self._given = True
            self.dismiss(result)
