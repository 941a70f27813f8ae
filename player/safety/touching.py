"""Decides whether one condition alone changes something in a routine (section 2e)."""

from collections.abc import Sequence
from dataclasses import replace

from player.routine.catalogue import Catalogue
from player.routine.model import Routine, Step
from player.safety.blocks import Blocks, as_screened
from player.safety.clearance import Clearance
from player.safety.matrix import load_matrix
from player.safety.swaps import stand_ins


class Touching:
    """A routine as it is written, with every step that could stand in for one of its steps.

    `more` are further steps to look at.
    """

    def __init__(self, routine: Routine, catalogue: Catalogue, more: Sequence[Step] = ()) -> None:
        self.routine = routine
        self.catalogue = catalogue
        self.steps = (*routine.steps, *stand_ins(routine, catalogue), *more)

    def touched(self, key: str, clearance: Clearance) -> bool:
        """Whether this condition alone takes out, swaps, eases or notes one of the steps."""
        alone = _only(key, clearance)
        blocks = Blocks(self.routine, alone, lambda: self.catalogue.vetted)
        return any(self._is_touched(step, key, alone, blocks) for step in self.steps)

    def _is_touched(self, step: Step, key: str, alone: Clearance, blocks: Blocks) -> bool:
        exercise = as_screened(step)
        if any(reason.key == key for reason in blocks.reasons(step)):
            return True
        if blocks.easy_reach(exercise) or blocks.easy_reach(step.exercise):
            return True
        if not exercise.vetted and key in alone.notes:
            return True  # nobody has said which notes a step of a file needs
        noted = step.exercise.caution | step.caution | self.routine.caution
        return key in noted and any(r.regions & step.exercise.regions for r in alone.reaches)


def _only(key: str, clearance: Clearance) -> Clearance:
    """Return the clearance with the blocks, limits and notes of one condition."""
    condition = load_matrix().conditions.get(key)
    return replace(
        clearance,
        bans=tuple(ban for ban in clearance.bans if ban.key == key),
        reaches=tuple(reach for reach in clearance.reaches if reach.key == key),
        easy=tuple(reach for reach in clearance.easy if reach.key == key),
        only=clearance.only if condition and condition.only else None,
        notes={k: note for k, note in clearance.notes.items() if k == key},
    )
