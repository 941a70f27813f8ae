"""The bottom line of a screen, with the keys that work now. The most important key comes first."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget

from player.tui.widgets.shown import shown

Keys = Sequence[tuple[str, str]]
"""Pairs of a key, as it is written on a keyboard, and what it does."""

GAP = 2


class KeyLine(Widget):
    """Shows as many keys as fit. The last one, for help or leaving, is always shown."""

    DEFAULT_CSS = "KeyLine { height: 1; padding: 0 1; background: $panel; color: $text; }"

    def __init__(self, keys: Keys) -> None:
        super().__init__()
        self._keys = tuple(keys)

    def put(self, keys: Keys) -> None:
        """Show other keys."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        self.refresh()

    def render(self) -> Content:
        return Content(" " * GAP).join(_key(*key) for key in fitting(self._keys, self.size.width))


def fitting(keys: Keys, width: int) -> list[tuple[str, str]]:
    """Return the last key, and as many of the first keys as fit beside it into `width` cells."""
    if not keys:
        return []
    *first, last = keys
    left = width - _width(last)
    fit = []
    for key in first:
        left -= _width(key) + GAP
        if left < 0:
            break
        fit.append(key)
    return [*fit, last]


def _width(key: tuple[str, str]) -> int:
    return _key(*key).cell_length


def _key(key: str, does: str) -> Content:
    return Content.assemble(shown(key, "bold $text-warning"), " ", shown(does))
