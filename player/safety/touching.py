"""Finds the conditions that by themselves change something in a routine (section 2e)."""

from collections.abc import Iterator, Sequence

from player.routine.catalogue import Catalogue
from player.routine.model import Routine, Step
from player.safety.blocks import Blocks, as_screened
from player.safety.clearance import Clearance
from player.safety.easy import UNTOUCHED
from player.safety.swaps import stand_ins


def conditions_that_change(
    routine: Routine, clearance: Clearance, catalogue: Catalogue, more: Sequence[Step] = ()
) -> frozenset[str]:
    """Return the conditions that take out, swap, ease or note a step.

    Each is looked at alone, on the routine as it is written, on every step that could stand in for
    one of its steps, and on `more`.
    """
    blocks = Blocks(routine, clearance, lambda: catalogue.vetted)
    steps = (*routine.steps, *stand_ins(routine, catalogue), *more)
    return frozenset(key for step in steps for key in _changing(step, blocks))


def _changing(step: Step, blocks: Blocks) -> Iterator[str]:
    clearance, exercise = blocks.clearance, as_screened(step)
    yield from (reason.key for reason in blocks.reasons(step) if reason.key)
    if not exercise.kinds <= UNTOUCHED:
        yield from (reach.key for reach in clearance.easy if reach.regions & exercise.regions)
    noted = step.exercise.caution | step.caution | blocks.routine.caution
    if not exercise.vetted:
        noted |= clearance.notes.keys()  # nobody has said which notes a step of a file needs
    yield from (
        reach.key
        for reach in clearance.reaches
        if reach.key in noted and reach.regions & step.exercise.regions
    )
