"""How much of something is over, as a bar that also reads without colour."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from player.widgets.shown import shown

DONE, LEFT = "█", "─"


class Bar(Widget):
    """`step ████████──────────  0:40 / 1:30`"""

    DEFAULT_CSS = "Bar { height: 1; }"

    share: reactive[float] = reactive(0.0)
    label: reactive[str] = reactive("")

    def __init__(self, name: str, id: str) -> None:
        super().__init__(id=id)
        self._word = f"{name:7} "

    def render(self) -> Content:
        label = f" {self.label}" if self.label else ""
        return bar(self._word, self.share, label, self.size.width)


def bar(word: str, share: float, label: str, width: int) -> Content:
    """A bar of `width` cells; the words around it go first where there is no room."""
    room = width - len(word) - len(label)
    if room < 8:
        word, room = "", width - len(label)
    if room < 8:
        label, room = "", width
    done = round(min(max(share, 0.0), 1.0) * room)
    return Content.assemble(
        shown(word, "$text-muted"),
        (DONE * done, "$success"),
        (LEFT * (room - done), "$text-muted"),
        shown(label, "$text-muted"),
    )
