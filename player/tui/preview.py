"""The preview program. It shows a file while it is edited, and can't start a session."""

from pathlib import Path, PurePath

from textual.screen import Screen

from player.routine.catalogue import Catalogue
from player.tui.base import Host
from player.tui.screens.preview import PreviewScreen

_STYLES: list[str | PurePath] = ["app.tcss", "screens/preview.tcss"]
"""Includes the styles of the default screen, because Textual does not read them from its class."""


class PreviewApp(Host):
    """Shows one routine while it is edited."""

    CSS_PATH = _STYLES

    def __init__(
        self,
        path: Path,
        catalogue: Catalogue,
        languages: tuple[str, ...] = (),
        *,
        at_terminal: bool = False,
    ) -> None:
        super().__init__(at_terminal=at_terminal)
        self._screen_arguments = path, catalogue, languages

    def get_default_screen(self) -> Screen[None]:
        return PreviewScreen(*self._screen_arguments)

    def on_ready(self) -> None:
        """Read the file, now that the first frame is on the terminal."""
        if isinstance(self.screen, PreviewScreen):
            self.screen.follow()


def run(path: Path, catalogue: Catalogue, languages: tuple[str, ...]) -> int:
    """Run the preview until the person leaves. Returns the exit code, or raises the error."""
    return PreviewApp(path, catalogue, languages, at_terminal=True).run_to_end()
