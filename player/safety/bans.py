"""What a finding takes out or reaches, as plain data."""

from typing import NamedTuple

from player.routine.vocabulary import Kind, Position, Region, Side

EVERYWHERE = frozenset(Region)
EVERY_POSITION = frozenset(Position)


class Ban(NamedTuple):
    """A block that holds today. `side` is None where it holds on both sides."""

    key: str
    kinds: frozenset[Kind]
    regions: frozenset[Region]
    positions: frozenset[Position]
    side: Side | None
    but: frozenset[str]


class Reach(NamedTuple):
    """Where a finding counts for a step that names its key, for gear, or for easy mode."""

    key: str
    regions: frozenset[Region]
    side: Side | None
    gear: frozenset[str] = frozenset()


def one_side(side: Side | None) -> Side | None:
    """Left or right; anything else means that it holds on both sides."""
    return side if side in {Side.LEFT, Side.RIGHT} else None
