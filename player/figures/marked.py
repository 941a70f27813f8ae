"""Names the marked leg, the other one, and the parts of a body that a text mentions."""

from collections.abc import Iterable
from typing import NamedTuple

from player.figures.solve import SIDES
from player.figures.words import Words
from player.routine.pose import MIDDLE_PARTS, Figure, Works
from player.routine.vocabulary import Region

_LEG_REGIONS = frozenset(Region) - {Region.BELLY, Region.LOWBACK}
_ARM_PARTS = frozenset({"hand", "elbow", "shoulder"})


class Marked(NamedTuple):
    """The sides of the marked leg and of the other; `known` is false if none or both are."""

    known: bool
    first: str
    second: str

    def legs(self, say: Words) -> dict[str, str]:
        """Return the name of the leg of each side."""
        return {
            self.first: say.this_leg if self.known else say.one_leg,
            self.second: say.other_leg,
        }

    def arms(self, say: Words) -> dict[str, str]:
        """Return the name of the arm of each side."""
        return {
            self.first: say.this_arm if self.known else say.one_arm,
            self.second: say.other_arm,
        }

    def part(self, part: str, say: Words) -> str:
        """Return `near-calf` as `the calf of the marked leg`."""
        side, _, name = part.partition("-")
        if not self.known or side not in SIDES or name in _ARM_PARTS:
            return part_words(part, say)
        return say.of_leg.format(part_words(part, say), inside(self.legs(say)[side]))


def marked(figure: Figure, regions: Iterable[Region]) -> Marked:
    """Return which leg of a figure is marked. Belly and low back belong to no leg."""
    known = figure.works is not Works.BOTH and not _LEG_REGIONS.isdisjoint(regions)
    first, second = ("far", "near") if figure.works is Works.FAR else ("near", "far")
    return Marked(known, first, second)


def inside(name: str) -> str:
    """Return a name that begins a sentence as it reads inside one."""
    return f"{name[:1].lower()}{name[1:]}"


def part_words(part: str, say: Words) -> str:
    """Return `near-calf` as `the calf`, without its side."""
    return say.parts[part if part in MIDDLE_PARTS else part.partition("-")[2]]
