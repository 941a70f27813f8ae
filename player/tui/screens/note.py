"""A screen with a text to read, such as help, advice or the summary."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine, Keys
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine

Paragraph = str | Sequence[str]
"""A text, or several lines without space between them."""


class NoteScreen(Page[str]):
    """Shows paragraphs under a heading until Enter, space or Escape closes it.

    `tone` is `good`, `mild`, `grave` or empty. `enter_label` is a word for what Enter does.
    """

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape", "close", id="note.close"),
    ]

    def __init__(
        self,
        title: str,
        heading: str,
        paragraphs: Sequence[Paragraph],
        tone: str = "",
        enter_label: str = "back",
        subtitle: str = "",
    ) -> None:
        super().__init__()
        self._title = title
        self._heading = heading
        self._paragraphs = [[p] if isinstance(p, str) else p for p in paragraphs]
        self._tone = tone
        self._enter_label = enter_label
        self._subtitle = subtitle

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        if self._heading:
            yield Static(shown(self._heading), classes=f"heading {self._tone}")
        with VerticalScroll() as body:
            for paragraph in self._paragraphs:
                yield Static(lines(*(shown(line) for line in paragraph)), classes="paragraph")
        body.focus()
        yield Line(id="message", classes="passing")
        yield KeyLine([*self.extra_keys(), ("Enter", self._enter_label)])

    def extra_keys(self) -> Keys:
        """Return the keys that work besides Enter."""
        return ()

    def action_close(self) -> None:
        if self.may_close():
            self.close_with(None)
