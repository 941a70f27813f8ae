"""A row with one choice of a prompt."""

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from player.safety.prompts import Choice
from player.tui.widgets.shown import shown


def choice_lines(choice: Choice, width: int, marked: bool, box: str = "") -> list[Content]:
    """Return a choice in lines of `width` cells. The words begin in the same column on each.

    `box` is the frame of the mark in a list to mark: `[]`, or `()` where only one can be marked.
    """
    key = shown(choice.key, "bold" if marked else "bold $text-warning")
    mark = "x" if marked else " "
    begin = key + shown(f" {box[0]}{mark}{box[1]} " if box else " ")
    words = shown(choice.say, "bold" if marked else "")
    first, *rest = words.wrap(max(width - begin.cell_length, 1)) or [words]
    return [begin + first, *(Content(" " * begin.cell_length) + line for line in rest)]


class ChoiceRow(Widget):
    """Shows the key and the words of a choice.

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

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice
        self._marked = False

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def _lines(self, width: int) -> list[Content]:
        return choice_lines(self.choice, width, self._marked)

    def mark(self, marked: bool) -> None:
        """Show whether the choice waits for Enter, by its letters and by its colour."""
        self._marked = marked
        self.set_class(marked, "-marked")
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Chosen(self.choice.key))
