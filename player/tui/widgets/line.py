"""Words that change while a session runs: painted again only when they differ."""

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """One text in a place of fixed size."""

    DEFAULT_CSS = "Line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }"

    _now: Content | None = None
    grows = False
    """Whether its height follows its words."""

    def put(self, content: Content) -> None:
        """Show `content`; nothing happens where it is shown already."""
        if self._now is None or not self._now.is_same(content):
            self._now = content
            self.update(content, layout=self.grows)
