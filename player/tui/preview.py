"""The preview: one screen that follows a file. It knows no way into a session."""

from pathlib import Path, PurePath

from textual.screen import Screen

from player.routine.catalogue import Catalogue
from player.tui.base import Host
from player.tui.screens.preview import PreviewScreen

_STYLES: list[str | PurePath] = ["app.tcss", "screens/preview.tcss"]
"""A default screen's own styles are not read by Textual."""


class PreviewApp(Host):
    """Shows one routine while it is written."""

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
        self._given = path, catalogue, languages

    def get_default_screen(self) -> Screen[None]:
        return PreviewScreen(*self._given)

    def on_ready(self) -> None:
        """The first frame is on the terminal; now there is time to read."""
        if isinstance(self.screen, PreviewScreen):
            self.screen.follow()


def run(path: Path, catalogue: Catalogue, languages: tuple[str, ...]) -> int:
    """Run the preview until it is left. Returns the exit code; raises what went wrong."""
    return PreviewApp(path, catalogue, languages, at_terminal=True).run_to_end()
