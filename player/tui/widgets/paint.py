"""Repaints only what has changed, because a session updates its screen every second."""

from collections.abc import Iterator, Sequence

from textual.geometry import Region
from textual.widget import Widget


def repaint(
    widget: Widget, before: Sequence[str], after: Sequence[str], *, wide: bool = False
) -> None:
    """Repaint a widget where two pictures of its content differ.

    If `wide`, the whole widget is repainted. With wide characters, the place of a character in
    its row is not the number of its cell.
    """
    if wide or [len(row) for row in before] != [len(row) for row in after]:
        widget.refresh()
    elif found := list(changed(before, after)):
        widget.refresh(*found)


def changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Region]:
    """Yield for each changed row the region from the first changed cell to the last."""
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            left = _same_at_the_beginning(old, new)
            right = len(new) - _same_at_the_beginning(old[::-1], new[::-1])
            yield Region(left, y, right - left, 1)


def _same_at_the_beginning(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=True))
    return next((place for place, (a, b) in pairs if a != b), len(one))
