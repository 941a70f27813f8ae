"""What every full-screen program here needs of its terminal: to begin, to fail and to end well."""

import os
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.worker import WorkerFailed

from player.tui.terminal import GONE, Terminal, painted_apart

_WIDTHS = [(0, "-narrow"), (60, "-middling"), (100, "-wide")]
_HEIGHTS = [(0, "-short"), (18, "-medium"), (36, "-tall")]


class Host(App[None]):
    """A program on the screens. What it holds is put away however it ends."""

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
        self.failure: BaseException | None = None
        """What ended the program where it should not have ended."""

    def put_away(self) -> None:
        """Close what is open. Called once more is no harm."""

    def run_to_end(self) -> int:
        """Run until it is left. Returns the exit code; raises what went wrong."""
        with painted_apart():
            try:
                self.run()
            finally:
                self.put_away()
        if self._terminal is not None and self._terminal.ended_by:
            return self._terminal.ended_by
        if self.failure is not None:
            raise self.failure
        return self.return_code or 0

    def on_load(self) -> None:
        if self._terminal is not None:
            self._terminal.obey()

    def on_mount(self) -> None:
        if self._terminal is not None:
            self._terminal.watch()

    def action_interrupt(self) -> None:
        """Ctrl+C: as in any program."""
        self.exit(return_code=130)

    def _terminal_is_gone(self) -> None:
        """End at once: writing to a terminal that is gone would hang or fail."""
        self.put_away()
        os._exit(GONE)

    def _handle_exception(self, error: Exception) -> None:
        """Remember what went wrong; it is told in plain words when the terminal is back.

        Not public in Textual; a test raises an error in a screen to see that it still holds.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.failure = self.failure or cause
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        if os.environ.get("SUPPLE_DEBUG"):
            super()._fatal_error()
        else:
            self._close_messages_no_wait()
