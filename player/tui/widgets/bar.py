"""A progress bar that is readable without colour."""

from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widget import Widget

from player.tui.widgets.paint import repaint
from player.tui.widgets.shown import shown

DONE, LEFT = "█", "─"
SHORTEST = 8
"""The fewest cells of a readable bar."""


class Parts(NamedTuple):
    """The parts of a bar, from left to right."""

    word: str
    done: str
    left: str
    label: str


class Bar(Widget):
    """Draws a bar such as `step ████████──────────  0:40 of 1:30`."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, name: str, id: str) -> None:
        super().__init__(id=id)
        self._word = f"{name:7} "
        self._share = 0.0
        self._label = ""
        self._parts = Parts("", "", "", "")

    def put(self, share: float, label: str = "") -> None:
        """Show a share from 0 to 1. Only the cells that changed are repainted."""
        self._share = share
        self._label = f" {label}" if label else ""
        before, self._parts = self._parts, self._draw()
        repaint(self, ["".join(before)], ["".join(self._parts)])

    def on_resize(self, event: events.Resize) -> None:
        self._parts = self._draw()
        self.refresh()

    def _draw(self) -> Parts:
        return bar(self._word, self._share, self._label, self.content_size.width)

    def render(self) -> Content:
        word, done, left, label = self._parts
        return Content.assemble(
            shown(word, "$text-muted"),
            (done, "$success"),
            (left, "$text-muted"),
            shown(label, "$text-muted"),
        )


def bar(word: str, share: float, label: str, width: int) -> Parts:
    """Return a bar of `width` cells. If it is too narrow, first the word
    is dropped, then the label.
    """
    room = width - len(word) - len(label)
    if room < SHORTEST:
        word, room = "", width - len(label)
    if room < SHORTEST:
        label, room = "", width
    done = round(min(max(share, 0.0), 1.0) * room)
    return Parts(word, DONE * done, LEFT * (room - done), label)
