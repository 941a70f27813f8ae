"""Collects the facts about a routine that decide what to ask: kinds, places, tools and keys.

The questions about a step depend on its kinds as screened, whatever its file calls it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from player.routine.model import Exercise, Routine, Step
from player.routine.vocabulary import LEG, MASSAGE, Kind, Position, Region
from player.safety.blocks import as_screened, keys_of_relatives

TOUCHES = frozenset({Kind.ROLL, Kind.PRESS, Kind.DEEP_PRESS, Kind.HEAT, Kind.COOL})
STRAPS = frozenset({"strap", "wrap"})


@dataclass(frozen=True, slots=True)
class Needs:
    """The facts about a routine that decide which follow-ups are asked (section 2d)."""

    kinds: frozenset[Kind]
    positions: frozenset[Position]
    equipment: frozenset[str]
    touched: frozenset[Region]
    """The regions that it presses, warms, cools or straps."""
    massage_on_leg: bool
    deep_pressure: bool
    """Whether it has deep pressure from the catalogue. No other is ever played."""
    stretch_over_step: bool
    effort_on: frozenset[Region]
    """The regions of its contract-relax and strengthening steps."""
    keys: frozenset[str]
    """The conditions that its file names in `avoid_if` or `caution`."""
    resembles: frozenset[str]
    """The conditions that block the shipped exercises that its own exercises resemble."""
    screening: frozenset[str]
    """The sets of questions that the file requests."""

    def __or__(self, other: "Needs") -> "Needs":
        return Needs(
            self.kinds | other.kinds,
            self.positions | other.positions,
            self.equipment | other.equipment,
            self.touched | other.touched,
            self.massage_on_leg or other.massage_on_leg,
            self.deep_pressure or other.deep_pressure,
            self.stretch_over_step or other.stretch_over_step,
            self.effort_on | other.effort_on,
            self.keys | other.keys,
            self.resembles | other.resembles,
            self.screening | other.screening,
        )


def needs(routine: Routine, steps: Sequence[Step], vetted: Sequence[Exercise]) -> Needs:
    """Collect the facts from some steps of a routine. `vetted` are the exercises that ship."""
    effort = {Kind.CONTRACT_RELAX, Kind.STRENGTHEN}
    keys = routine.avoid_if | routine.caution
    screening, resembles = routine.screening, frozenset[str]()
    counted = [(step, as_screened(step)) for step in steps]
    for step, exercise in counted:
        keys |= step.avoid_if | step.caution
        screening |= step.screening
        if not exercise.vetted:
            keys |= exercise.avoid_if | exercise.caution
            resembles |= keys_of_relatives(exercise, vetted)
    return Needs(
        frozenset(kind for _, exercise in counted for kind in exercise.kinds),
        frozenset(position for _, exercise in counted for position in exercise.positions),
        frozenset(thing for step in steps for thing in step.equipment),
        frozenset(
            region
            for step, e in counted
            if e.kinds & TOUCHES or step.equipment & STRAPS
            for region in e.regions
        ),
        any(e.kinds & MASSAGE and e.regions & LEG for _, e in counted),
        any(e.vetted and Kind.DEEP_PRESS in e.kinds for _, e in counted),
        any(Kind.STATIC in e.kinds and "step" in step.equipment for step, e in counted),
        frozenset(region for _, e in counted if e.kinds & effort for region in e.regions),
        keys,
        resembles,
        screening,
    )
