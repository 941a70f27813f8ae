"""Divides a list into pages, and knows which of it has been on the screen.

A page holds whole blocks. Only a block that is higher than the screen is cut, into pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple


class PageBlock(NamedTuple):
    """Lines that belong together, such as the words of one choice.

    A block that `leads` belongs with the one after it, as a heading does. `begins` is whether a
    group begins with it.
    """

    height: int
    leads: bool = False
    begins: bool = False


class PagePiece(NamedTuple):
    """The lines `first` to `last` (excluded) of a block, below `gap` blank lines."""

    block: int
    first: int
    last: int
    gap: int = 0

    @property
    def height(self) -> int:
        return self.last - self.first


Page = tuple[PagePiece, ...]


class _Cost(NamedTuple):
    """What a division costs. The first number that differs decides."""

    torn: int
    """How many headings are on another page than what follows them."""
    pages: int
    split: int
    """How many pages begin in the middle of a group."""
    uneven: int


def divided(blocks: Sequence[PageBlock], height: int) -> tuple[Page, ...]:
    """Divide blocks into as few pages of `height` lines as possible.

    Groups stay together, and pages are about equally full, as far as that costs no further page.
    There are blank lines on each page that has room for them.
    """
    height = max(height, 1)
    pieces = [
        PagePiece(number, first, min(first + height, block.height))
        for number, block in enumerate(blocks)
        for first in range(0, block.height, height)
    ]
    ends = _ends(blocks, pieces, height)
    pages, start = [], 0
    while start < len(pieces):
        pages.append(_with_gaps(blocks, pieces[start : ends[start]], height))
        start = ends[start]
    return tuple(pages)


def _ends(blocks: Sequence[PageBlock], pieces: Sequence[PagePiece], height: int) -> list[int]:
    """Return for each piece where a page that begins with it should end."""
    best = [(_Cost(0, 0, 0, 0), 0)] * (len(pieces) + 1)  # what the rest costs from each piece on
    for start in reversed(range(len(pieces))):
        used, found = 0, []
        for end in range(start + 1, len(pieces) + 1):
            used += pieces[end - 1].height
            if used > height:
                break
            rest = best[end][0]
            follows = blocks[pieces[end].block] if end < len(pieces) else None
            cost = _Cost(
                rest.torn + (follows is not None and blocks[pieces[end - 1].block].leads),
                rest.pages + 1,
                rest.split + (follows is not None and not follows.begins),
                rest.uneven + (height - used) ** 2,
            )
            found.append((cost, end))
        best[start] = min(found)
    return [end for _, end in best]


def _with_gaps(blocks: Sequence[PageBlock], pieces: Sequence[PagePiece], height: int) -> Page:
    """Return a page with blank lines: above each block, above each group, or none."""
    first, *rest = pieces
    gaps_of = (
        [int(not blocks[above.block].leads or blocks[below.block].begins)
         for above, below in pairwise(pieces)],
        [int(blocks[piece.block].begins) for piece in rest],
    )  # fmt: skip
    for gaps in gaps_of:
        if sum(gaps) + sum(piece.height for piece in pieces) <= height:
            return (first, *(p._replace(gap=gap) for p, gap in zip(rest, gaps, strict=True)))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class PageProgress:
    """How far a list has been read. `number` is the present page, counted from 0."""

    pages: tuple[Page, ...]
    number: int = 0
    seen: frozenset[int] = frozenset()
    """The blocks of which every line has been on the screen."""
    pieces: frozenset[PagePiece] = frozenset()
    """The pieces that have been on the screen since the list was last divided."""

    @property
    def page(self) -> Page:
        return self.pages[self.number]

    @property
    def is_all_seen(self) -> bool:
        return all(piece.block in self.seen for page in self.pages for piece in page)

    def shown(self) -> "PageProgress":
        """Return the reading after the present page was on the screen."""
        pieces = self.pieces | set(self.page)
        open_ = {piece.block for page in self.pages for piece in page if piece not in pieces}
        seen = self.seen | {piece.block for piece in self.page if piece.block not in open_}
        return replace(self, pieces=pieces, seen=seen)

    def again(self, pages: tuple[Page, ...]) -> "PageProgress":
        """Return the reading of a list that was divided anew. The first block stays in view.

        A block of which only a part was seen must be seen again, as its lines are others now.
        """
        first = self.page[0].block
        return PageProgress(pages, seen=self.seen).at_block(first)

    def turned(self, by: int) -> "PageProgress":
        """Return the reading `by` pages further, but not beyond the first and the last page."""
        return replace(self, number=min(max(self.number + by, 0), len(self.pages) - 1))

    def read_on(self) -> "PageProgress":
        """Return the reading on the next page with something unseen, or else on the same page."""
        numbers = [*range(self.number + 1, len(self.pages)), *range(self.number)]
        for number in numbers:
            if any(piece.block not in self.seen for piece in self.pages[number]):
                return replace(self, number=number)
        return self

    def at_block(self, block: int) -> "PageProgress":
        """Return the reading on the first page with this block."""
        numbers = (n for n, page in enumerate(self.pages) if any(p.block == block for p in page))
        return replace(self, number=next(numbers, self.number))
