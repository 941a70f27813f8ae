"""Collects the facts about a routine that decide what to ask: kinds, places, tools and keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from player.routine.model import Routine, Step
from player.routine.vocabulary import LEG, MASSAGE, Kind, Position, Region


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts about a routine that decide which follow-ups are asked (section 2d)."""

    kinds: frozenset[Kind]
    positions: frozenset[Position]
    equipment: frozenset[str]
    massage_on_leg: bool
    stretch_over_step: bool
    effort_on: frozenset[Region]
    """The regions of its contract-relax and strengthening steps."""
    keys: frozenset[str]
    """The conditions that its steps name in `avoid_if` or `caution`."""
    screening: frozenset[str]
    """The sets of questions that the file requests."""

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            self.kinds | other.kinds,
            self.positions | other.positions,
            self.equipment | other.equipment,
            self.massage_on_leg or other.massage_on_leg,
            self.stretch_over_step or other.stretch_over_step,
            self.effort_on | other.effort_on,
            self.keys | other.keys,
            self.screening | other.screening,
        )


def needs(routine: Routine, steps: Sequence[Step] | None = None) -> Needs:
    """Collect the facts from all steps of a routine, or only from `steps`."""
    steps = routine.steps if steps is None else steps
    effort = {Kind.CONTRACT_RELAX, Kind.STRENGTHEN}
    keys = routine.avoid_if | routine.caution
    screening = routine.screening
    for step in steps:
        keys |= step.avoid_if | step.caution
        screening |= step.screening
    return Needs(
        frozenset(kind for step in steps for kind in step.exercise.kinds),
        frozenset(position for step in steps for position in step.exercise.positions),
        frozenset(thing for step in steps for thing in step.equipment),
        any(s.exercise.kinds & MASSAGE and s.exercise.regions & LEG for s in steps),
        any(Kind.STATIC in s.exercise.kinds and "step" in s.equipment for s in steps),
        frozenset(r for s in steps if s.exercise.kinds & effort for r in s.exercise.regions),
        keys,
        screening,
    )
