"""The base of all screens that return a result."""

from typing import ClassVar, TypeVar

from textual.screen import Screen

from player.safety.pace import ANSWER_AFTER_MS, TOO_FAST, Pace
from player.tui.widgets.line import Line
from player.tui.widgets.prompt_view import PromptView
from player.tui.widgets.shown import shown
from player.tui.widgets.stamp import now_ms

_Result = TypeVar("_Result")


class Page(Screen[_Result]):
    """A screen that returns a result. It closes only once, and only while it is on top."""

    DEFAULT_CSS = """
    Page {
        & #message { padding: 0 2; color: $text-warning; }
        & #message.passing { display: none; }
    }
    """
    AFTER_MS: ClassVar[int] = ANSWER_AFTER_MS
    """How long the page is visible before a key may close it."""

    _is_closed = False
    _pace: Pace | None = None

    def on_mount(self) -> None:
        """Start the wait. Textual calls this in addition to `on_mount` of a subclass."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self._pace = Pace(now_ms(), self.AFTER_MS)

    def on_screen_suspend(self) -> None:
        """Let no key answer a prompt that another screen covers."""
        for view in self.query(PromptView):
            view.cover()

    def on_screen_resume(self) -> None:
        for view in self.query(PromptView):
            view.show_again()

    def may_close(self) -> bool:
        """Return whether a key may close this page now. If it is too early, show a message."""
        if self._pace is None:
            return False
        at = now_ms()
        if self._pace.allows(at):
            return True
        self._pace = self._pace.passed(at)
        self.say(TOO_FAST)
        return False

    def say(self, words: str) -> None:
        """Show a message to the person, if the page has a line for messages."""
        for line in self.query("#message").results(Line):
            line.put(shown(words))
            line.display = True

    def close_with(self, result: _Result | None) -> None:
        """Close with a result. Do nothing if already closed, or below another screen."""
        if not self._is_closed and self.app.screen is self:
            self._is_closed = True
            self.dismiss(result)
