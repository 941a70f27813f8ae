"""Plain data: what a finding blocks, and which regions it affects."""

from typing import NamedTuple

from player.routine.vocabulary import Kind, Position, Region, Side

EVERYWHERE = frozenset(Region)
EVERY_POSITION = frozenset(Position)


class Ban(NamedTuple):
    """A block for today. If `side` is None, it holds on both sides."""

    key: str
    kinds: frozenset[Kind]
    regions: frozenset[Region]
    positions: frozenset[Position]
    side: Side | None
    but: frozenset[str]


class Reach(NamedTuple):
    """The regions where a finding eases steps, or affects steps by their key or gear."""

    key: str
    regions: frozenset[Region]
    side: Side | None
    gear: frozenset[str] = frozenset()


def one_side(side: Side | None) -> Side | None:
    """Return left or right; None for anything else, which means both sides."""
    return side if side in {Side.LEFT, Side.RIGHT} else None
