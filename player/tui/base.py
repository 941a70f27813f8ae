"""The base of all full-screen programs: how they start, fail and end on the terminal."""

import os
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import WorkerFailed

from player.base.reports import REST_MS
from player.tui.gate import Gate
from player.tui.terminal import GONE, Terminal, painting_on_stdout
from player.tui.widgets.stamp import now_ms

_WIDTHS = [(0, "-narrow"), (60, "-middling"), (100, "-wide")]
_HEIGHTS = [(0, "-short"), (18, "-medium"), (36, "-tall")]
_A_LITTLE_MS = 5


class Host(App[None]):
    """A full-screen program. It always closes its resources, however it ends."""

    TITLE = "supple"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "interrupt", id="app.interrupt", priority=True),
    ]

    def __init__(self, *, at_terminal: bool = False) -> None:
        super().__init__()
        self._terminal = Terminal(self, self._terminal_is_gone) if at_terminal else None
        self._gate = Gate(self)
        self._waiting: Timer | None = None
        self.failure: BaseException | None = None
        """The error that ended the program, if any."""

    def close_all(self) -> None:
        """Close everything that is open. It may be called more than once."""

    def run_to_end(self) -> int:
        """Run until the person leaves. Returns the exit code, or raises the error."""
        with painting_on_stdout():
            try:
                self.run()
            finally:
                self.close_all()
        if self._terminal is not None and self._terminal.ended_by:
            return self._terminal.ended_by
        if self.failure is not None:
            raise self.failure
        return self.return_code or 0

    def on_load(self) -> None:
        if self._terminal is not None:
            self._terminal.handle_signals()

    def on_mount(self) -> None:
        if self._terminal is not None:
            self._terminal.watch()

    async def on_event(self, event: events.Event) -> None:
        """Pass on an event. Keys pass the gate first.

        A test of the gate fails if Textual no longer sends keys this way.
        """
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        for key in self._gate.keys(event):
            await super().on_event(key)
        if self._gate.holds:
            self._wait_for_more(REST_MS)

    def _wait_for_more(self, ms: int) -> None:
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(ms / 1_000, self._let_go)

    async def _let_go(self) -> None:
        """Pass on the key that was held, if nothing came behind it."""
        if key := self._gate.let_go(now_ms()):
            await super().on_event(key)
        elif self._gate.holds:  # a timer may fire up to a millisecond early
            self._wait_for_more(_A_LITTLE_MS)

    def action_interrupt(self) -> None:
        """Exit on Ctrl+C, as any program does."""
        self.exit(return_code=130)

    def _terminal_is_gone(self) -> None:
        """Exit at once, because writing to a terminal that is gone would hang or fail."""
        self.close_all()
        os._exit(GONE)

    def _handle_exception(self, error: Exception) -> None:
        """Store the error. It is reported in plain words after the terminal is restored.

        This overrides a private method of Textual. A test raises an error in a screen to check
        that Textual still calls it.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.failure = self.failure or cause
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        if os.environ.get("SUPPLE_DEBUG"):
            super()._fatal_error()
        else:
            self._close_messages_no_wait()
