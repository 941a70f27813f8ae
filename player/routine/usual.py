"""The lines that coaches write over and over, `- calf-wall-straight: 30s each side`, read once.

A pure function of what is written, remembered: a thousand files hold the same few lines.
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
    """A step that means the same wherever it stands, and the side that it ends on."""

    step: Step
    ends_on: Side | None


@lru_cache(maxsize=256)
def shared_shape(written: WrittenDose, first: Side | None) -> Shape:
    """The same shape for the same defaults, so that they are quickly compared."""
    return Shape(written, first)


@lru_cache(maxsize=4096)
def usual_step(entry: Entry, dose: str, defaults: Shape) -> UsualStep | None:
    """What `- <exercise>: <dose>` stands for, as step 0 in line 0.

    None where there is something to report, and where it depends on what is written around it:
    on the side before a `switch`, and on what is said before a massage.
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
    """The side that a step ends on, where it ends on one."""
    if dose.side is Sides.LEFT or dose.side is Sides.RIGHT_THEN_LEFT:
        return Side.LEFT
    if dose.side is Sides.RIGHT:
        return Side.RIGHT
    if sides_swap(dose):
        return Side.RIGHT if dose.first is Side.LEFT else Side.LEFT
    return None
