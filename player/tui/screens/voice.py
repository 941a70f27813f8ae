"""The screen that shows the progress while speech is made before a session."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from player.tui.screens.page import Page
from player.tui.widgets.bar import Bar
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import shown
from player.tui.widgets.title_line import TitleLine


class VoiceScreen(Page[bool]):
    """Shows the progress of making speech. The person may begin without a voice, or leave.

    The result is whether they leave.
    """

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,escape", "begin", id="voice.begin"),
        Binding("q,Q", "leave", id="voice.leave"),
    ]

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._bar = Bar("voice", "voice-bar")

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        yield Static(shown("The voice gets ready."), classes="heading good")
        with VerticalScroll():
            yield Static(shown("This takes a few seconds, once for each new exercise."))
            yield self._bar
        yield Line(id="message", classes="passing")
        yield KeyLine([("Enter", "begin with chimes"), ("q", "leave")])

    def show_progress(self, share: float) -> None:
        """Show the share that is made, from 0 to 1."""
        self._bar.put(share, f"{share:.0%}")

    def action_begin(self) -> None:
        if self.may_close():
            self.close_with(False)

    def action_leave(self) -> None:
        if self.may_close():
            self.close_with(True)
