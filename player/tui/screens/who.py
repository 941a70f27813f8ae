"""The screen that asks who will play. Using another person's profile would be unsafe."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from player.history.names import NotAName, read_name
from player.tui.screens.page import Page
from player.tui.widgets.key_line import KeyLine
from player.tui.widgets.line import Line
from player.tui.widgets.shown import lines, shown
from player.tui.widgets.title_line import TitleLine


class WhoScreen(Page[str]):
    """Asks for a name. The result is the name, or None if the person leaves.

    `known` lists the people who have played here. The one who played last comes first. `intended`
    says what supple is for.
    """

    CSS_PATH = "who.tcss"
    AUTO_FOCUS = ""  # otherwise the hidden name field would take the keys
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "same", id="who.same"),
        Binding("n,N", "other", id="who.other"),
        Binding("q,Q,escape", "leave", id="who.leave"),
    ]

    def __init__(
        self,
        title: str,
        subtitle: str,
        about: Sequence[str],
        known: Sequence[str],
        intended: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title = title
        self._subtitle = subtitle
        self._about = about
        self._known = list(known)
        self._intended = intended

    def compose(self) -> ComposeResult:
        yield TitleLine(self._title, self._subtitle)
        if self._known:
            yield Static(shown(f"For: {self._known[0]} · not you?"), classes="who heading")
        yield Static(shown("For whom is it? A name, then Enter."), classes="ask")
        names = SuggestFromList(self._known, case_sensitive=False)
        yield Input(suggester=names, select_on_focus=False)
        if len(self._known) > 1:
            yield Static(shown(f"Known here: {', '.join(self._known[:8])}"), classes="ask known")
        with VerticalScroll(can_focus=False):
            if self._intended:
                yield Static(lines(*map(shown, self._intended)), classes="about")
            for words in self._about:
                yield Static(shown(words), classes="about")
        yield Line(id="message", classes="passing")
        yield KeyLine([])

    def on_mount(self) -> None:
        self.query_one("#message", Line).grows = True
        self._ask_name(not self._known)

    def _ask_name(self, asks: bool) -> None:
        self.set_class(asks, "-asks")
        if asks:
            self.query_one(Input).focus()
            self.query_one(KeyLine).put([("Enter", "go on"), ("Esc", "back")])
        else:
            self.set_focus(None)
            self.query_one(KeyLine).put([("Enter", "that is me"), ("n", "not me"), ("q", "leave")])

    def action_same(self) -> None:
        if not self.has_class("-asks") and self.may_close():
            self.close_with(self._known[0])

    def action_other(self) -> None:
        self._ask_name(True)

    def action_leave(self) -> None:
        if self._known and self.has_class("-asks"):
            self._ask_name(False)
        elif self.may_close():
            self.close_with(None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        try:
            name = read_name(event.value, self._known)
        except NotAName as why:
            self.say(str(why))
        else:
            if self.may_close():
                self.close_with(name)
