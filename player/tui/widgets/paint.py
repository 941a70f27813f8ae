"""Painting no more than what has changed: a session is looked at every second for an hour."""

from collections.abc import Iterator, Sequence

from textual.geometry import Region
from textual.widget import Widget


def repaint(
    widget: Widget, before: Sequence[str], after: Sequence[str], *, wide: bool = False
) -> None:
    """Let a widget be painted again where two pictures of its content differ.

    `wide`: a picture with wide characters is painted whole, since there a character is no cell.
    """
    if wide or [len(row) for row in before] != [len(row) for row in after]:
        widget.refresh()
    elif found := list(changed(before, after)):
        widget.refresh(*found)


def changed(before: Sequence[str], after: Sequence[str]) -> Iterator[Region]:
    """In each row that differs, from the first cell that does to the last."""
    for y, (old, new) in enumerate(zip(before, after, strict=True)):
        if old != new:
            left = _same_at_the_beginning(old, new)
            right = len(new) - _same_at_the_beginning(old[::-1], new[::-1])
            yield Region(left, y, right - left, 1)


def _same_at_the_beginning(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=True))
    return next((place for place, (a, b) in pairs if a != b), len(one))
