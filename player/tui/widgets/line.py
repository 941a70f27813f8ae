"""A line of text that is repainted only when it changes."""

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Shows one text in a fixed place."""

    DEFAULT_CSS = "Line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    _now: Content | None = None
    grows = False
    """Whether the height follows the text."""

    def put(self, content: Content) -> None:
        """Show `content`, unless it is shown already."""
        if self._now is None or not self._now.is_same(content):
            self._now = content
            self.update(content, layout=self.grows)
