"""The preview: one screen that follows a file. It knows no way into a session."""

import os
from pathlib import Path, PurePath
from typing import ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import Screen

from player.routine.catalogue import Catalogue
from player.screens.preview import PreviewScreen
from player.terminal import GONE, Terminal, painted_apart

_STYLES: list[str | PurePath] = ["app.tcss", "screens/preview.tcss"]
"""A default screen's own styles are not read by Textual."""

_WIDTHS = [(0, "-narrow"), (60, "-middling"), (100, "-wide")]
_HEIGHTS = [(0, "-short"), (18, "-medium"), (36, "-tall")]


class PreviewApp(App[None]):
    """Shows one routine while it is written."""

    CSS_PATH = _STYLES
    TITLE = "supple"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = _WIDTHS
    VERTICAL_BREAKPOINTS = _HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "interrupt", id="preview.interrupt", priority=True),
    ]

    def __init__(
        self,
        path: Path,
        catalogue: Catalogue,
        languages: tuple[str, ...] = (),
        *,
        at_terminal: bool = False,
    ) -> None:
        super().__init__()
        self.terminal = Terminal(self, lambda: os._exit(GONE)) if at_terminal else None
        self.failure: BaseException | None = None
        """What ended the program where it should not have ended."""
        self._given = path, catalogue, languages

    def get_default_screen(self) -> Screen[None]:
        return PreviewScreen(*self._given)

    def on_load(self) -> None:
        if self.terminal is not None:
            self.terminal.obey()

    def on_mount(self) -> None:
        if self.terminal is not None:
            self.terminal.watch()

    def on_ready(self) -> None:
        """The first frame is on the terminal; now there is time to read."""
        if isinstance(self.screen, PreviewScreen):
            self.screen.follow()

    def action_interrupt(self) -> None:
        self.exit(return_code=130)

    def _handle_exception(self, error: Exception) -> None:
        """Remember what went wrong; it is told in plain words when the terminal is back."""
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        if os.environ.get("SUPPLE_DEBUG"):
            super()._fatal_error()
        else:
            self._close_messages_no_wait()


def run(path: Path, catalogue: Catalogue, languages: tuple[str, ...]) -> int:
    """Run the preview until it is left. Returns the exit code; raises what went wrong."""
    with painted_apart():
        app = PreviewApp(path, catalogue, languages, at_terminal=True)
        app.run()
    if app.terminal is not None and app.terminal.ended_by:
        return app.terminal.ended_by
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
