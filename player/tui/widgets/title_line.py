"""The top line of every screen."""

from textual.content import Content
from textual.widget import Widget

from player.tui.widgets.shown import shown


class TitleLine(Widget):
    """Shows a title on the left, and a subtitle such as the person's name on the right."""

    DEFAULT_CSS = """
    TitleLine { height: 1; padding: 0 1; background: $primary-darken-2; color: $text; }
    """

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self._title = shown(title, "bold")
        self._subtitle = shown(subtitle)

    def render(self) -> Content:
        width = self.content_size.width
        subtitle = self._subtitle.truncate(width // 2, ellipsis=True)
        room = max(width - subtitle.cell_length - 2, 0)
        title = self._title.truncate(room, ellipsis=True, pad=True)
        return Content.assemble(title, "  ", subtitle) if subtitle else self._title
