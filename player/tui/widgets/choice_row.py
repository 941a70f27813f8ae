"""A row with one choice of a prompt."""

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Static

from player.safety.prompts import Choice
from player.tui.widgets.shown import shown


class ChoiceRow(Horizontal):
    """Shows the key and the words of a choice. If it is `markable`, it has a box to mark."""

    DEFAULT_CSS = """
    ChoiceRow {
        height: auto; padding: 0 1;
        & .key { width: auto; color: $text-warning; text-style: bold; }
        & .box { width: 4; padding-left: 1; }
        & .say { width: 1fr; padding-left: 1; }
        &:hover { background: $boost; }
        &.-marked { background: $primary-muted; & .say { text-style: bold; } }
    }
    """

    class Chosen(Message):
        """The person clicked the row, which means the same as pressing its key."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, choice: Choice, markable: bool) -> None:
        super().__init__()
        self.choice = choice
        self._markable = markable

    def compose(self) -> ComposeResult:
        yield Static(shown(self.choice.key), classes="key")
        if self._markable:
            yield Static(classes="box")
        yield Static(shown(self.choice.say), classes="say")

    def on_mount(self) -> None:
        self.mark(False)

    def mark(self, marked: bool) -> None:
        """Show whether the choice is marked, by its box and by its colour."""
        self.set_class(marked, "-marked")
        if self._markable:
            self.query_one(".box", Static).update(shown("[x]" if marked else "[ ]"))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.choice.key))
