"""Caches lines that coaches write again and again: `- calf-wall-straight: 30s each side`.

Each function depends only on the written text, so its result can be reused in other files.
"""

from functools import lru_cache
from typing import NamedTuple

from player.routine.catalogue import Entry
from player.routine.clashes import clashes, sides_swap
from player.routine.dose import WrittenDose, parse_dose
from player.routine.model import Dose, Step
from player.routine.shape import Shape
from player.routine.vocabulary import Side, Sides


class UsualStep(NamedTuple):
    """A step that means the same wherever it is written, and the side that it ends on."""

    step: Step
    ends_on: Side | None


@lru_cache(maxsize=256)
def shared_shape(written: WrittenDose, first: Side | None) -> Shape:
    """Return one shared shape for equal defaults, which makes them fast to compare."""
    return Shape(written, first)


@lru_cache(maxsize=4096)
def usual_step(entry: Entry, dose: str, defaults: Shape) -> UsualStep | None:
    """Return the step that `- <exercise>: <dose>` means, as step 0 in line 0.

    None if there is a problem to report, or if other lines matter: a `switch` depends
    on the side before it, and a massage is checked together with the texts before it.
    """
    exercise = entry.exercise
    if not exercise.vetted or exercise.is_massage or not dose.strip():
        return None
    written, issues = parse_dose(dose)
    shape = Shape(written)
    step = entry.with_dose(shape, defaults)
    if issues or step is None or written.switch is not None:
        return None
    if clashes(step, shape, may_switch=False):
        return None
    return UsualStep(step, last_side(step.dose))


@lru_cache(maxsize=1024)
def last_side(dose: Dose) -> Side | None:
    """The side that a step ends on; None if it does not end on one side."""
    if dose.side is Sides.LEFT or dose.side is Sides.RIGHT_THEN_LEFT:
        return Side.LEFT
    if dose.side is Sides.RIGHT:
        return Side.RIGHT
    if sides_swap(dose):
        return Side.RIGHT if dose.first is Side.LEFT else Side.LEFT
    if dose.side is Sides.ONE:
        return Side.ONE
    return None
