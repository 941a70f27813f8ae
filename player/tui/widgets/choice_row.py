"""A row with one choice of a prompt."""

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from player.safety.prompts import Choice
from player.tui.widgets.shown import shown


class ChoiceRow(Widget):
    """Shows the key and the words of a choice. If it is `markable`, it has a box to mark.

    It is one widget, because the stop list has many rows and must appear at once.
    """

    DEFAULT_CSS = """
    ChoiceRow {
        width: 1fr; height: auto; padding: 0 1;
        &:hover { background: $boost; }
        &.-marked { background: $primary-muted; }
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
        self._marked = False

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        """Return the lines. The words begin in the same column on each of them."""
        key = shown(self.choice.key, "bold $text-warning")
        box = f" {'[x]' if self._marked else '[ ]'} " if self._markable else " "
        begin = key + shown(box)
        words = shown(self.choice.say, "bold" if self._marked else "")
        first, *rest = words.wrap(max(width - begin.cell_length, 1)) or [words]
        return [begin + first, *(Content(" " * begin.cell_length) + line for line in rest)]

    def mark(self, marked: bool) -> None:
        """Show whether the choice is marked, by its box and by its colour."""
        self._marked = marked
        self.set_class(marked, "-marked")
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.choice.key))
