"""The top line of every screen: what this is, and for whom."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from player.widgets.shown import shown


class TitleLine(Horizontal):
    """A title on the left, and somebody's name or a length on the right."""

    DEFAULT_CSS = """
    TitleLine {
        height: 1; padding: 0 1; background: $primary-darken-2; color: $text;
        & .title { width: 1fr; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
        & .aside {
            width: auto; max-width: 50%; padding-left: 2;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
    }
    """

    def __init__(self, title: str, aside: str = "") -> None:
        super().__init__()
        self._title = title
        self._aside = aside

    def compose(self) -> ComposeResult:
        yield Static(shown(self._title), classes="title")
        yield Static(shown(self._aside), classes="aside")
