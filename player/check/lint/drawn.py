"""Checks that the parts of a figure fit together once its angles are computed."""

from collections.abc import Iterator

from player.check.lint.facts import Found
from player.document.problem import WARNING
from player.figures.solve import Solved, solve
from player.routine.model import Exercise
from player.routine.pose import LIMB

NEAR_ENOUGH = 0.018
"""Tolerance as a share of the body height: one dot of a figure that is sixteen rows high."""

_PART = ("figure",)


def apart(exercise: Exercise) -> Iterator[Found]:
    """Report parts that should touch but do not, and ankles bent too far by a level foot."""
    figure = exercise.figure
    if figure is None:
        return
    poses = [solve(figure)] if figure.to is None else [solve(figure), solve(figure, 1.0)]
    for place, solved in enumerate(poses):
        which = "the second pose" if place else "the figure"
        for message, help in _gaps(solved):
            yield Found("W111", WARNING, f"in {which} {message}", help, _PART)


def _gaps(solved: Solved) -> Iterator[tuple[str, str]]:
    for part, thing, gap in solved.contacts:
        if gap > NEAR_ENOUGH:
            yield (
                f"`{part}` is {gap * 100:.0f} % of the height away from `{thing}`",
                "change the trunk's lean or the limb's other angles until it touches",
            )
    for side, leg in solved.legs.items():
        low, high, _ = LIMB["ankle"]
        ankle = leg.angles["ankle"]
        if not low <= ankle <= high:
            yield (
                f"the ankle of the {side} side is bent to {ankle:.0f} degrees",
                f"it goes from {low:g} to {high:g}; say its angle where the sole is not level",
            )
