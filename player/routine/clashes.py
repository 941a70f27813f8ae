"""Finds contradictions inside one exercise step."""

from typing import NamedTuple

from player.routine.dose import WrittenDose
from player.routine.model import Cycles, Dose, Exercise, HeldReps, Hold, Reps, Step
from player.routine.shape import Shape
from player.routine.vocabulary import BOTH_SIDES_IN_TURN, MASSAGE, Sides, Unit


class Clash(NamedTuple):
    """A part of a step that contradicts the rest of it. `key` names the part."""

    code: str
    key: str
    message: str
    help: str = ""
    warning: bool = False


def clashes(step: Step, shape: Shape, may_switch: bool) -> list[Clash]:
    """Return every part of a step that is contradictory or has no effect, in a fixed order.

    `may_switch`: the step before may end on the other side, so that a `switch` has an effect.
    """
    found: list[Clash] = []
    written, kind = shape.written, step.exercise.kind
    if written.work is None and written.sets is not None and len(step.dose.work) > 1:
        found.append(
            Clash(
                "E107",
                "sets",
                f"`{step.exercise.id}` has a list in the catalogue, one set for each item",
                "write the amount as well, or drop `sets`",
            )
        )
    if written.tempo is not None and written.work and isinstance(written.work[0], HeldReps):
        found.append(
            Clash("E107", "tempo", "reps that are held have no tempo", "keep the hold or the tempo")
        )
    if kind is not None and kind not in MASSAGE:
        word = "roll" if "roll" in shape.keys else massage_word(written)
        if word:
            found.append(
                Clash(
                    "E402",
                    word,
                    f"`{word}` is massage, but this step is {kind.value}",
                    "massage is screened in its own way: use an exercise of a massage kind",
                )
            )
    found += _without_effect(step.dose, shape, may_switch)
    if written.side is not None and step.exercise.known:
        found += _other_sides(step.exercise, written.side)
    return found


def _without_effect(dose: Dose, shape: Shape, may_switch: bool) -> list[Clash]:
    written, found = shape.written, []
    if written.rest is not None and dose.sets.high == 1:
        found.append(_no_effect("rest", "with one set"))
    if written.relax is not None and not _relaxes(dose):
        why = "when alternating" if dose.side is Sides.ALTERNATING else "with one hold"
        found.append(_no_effect("relax", why))
    if written.switch is not None and not may_switch and not sides_swap(dose):
        found.append(_no_effect("switch", "with one side"))
    if shape.first is not None and (dose.side is Sides.RIGHT_THEN_LEFT or not sides_swap(dose)):
        found.append(_no_effect("first", "where there is no order of sides"))
    return found


def _no_effect(key: str, why: str) -> Clash:
    return Clash("W101", key, f"`{key}` has no effect {why}", "remove it", warning=True)


def _other_sides(exercise: Exercise, side: Sides) -> list[Clash]:
    """Sides that the exercise does not have."""
    if exercise.both_at_once and side is not Sides.BOTH:
        return [Clash("W102", "side", f"`{exercise.id}` works both sides at once", warning=True)]
    if not exercise.both_at_once and side is Sides.BOTH:
        message = f"`{exercise.id}` works one side at a time"
        return [Clash("W102", "side", message, "write `each side`", warning=True)]
    return []


def sides_swap(dose: Dose) -> bool:
    """Whether the work changes sides in turn. Alternating reps do not: they are one piece."""
    if dose.side is Sides.ALTERNATING:
        return not all(isinstance(a, Reps) and a.count.high > 1 for a in dose.work)
    return dose.side in BOTH_SIDES_IN_TURN


def massage_word(written: WrittenDose | Dose) -> str:
    """The part of a dose that only makes sense for massage, or an empty string."""
    if written.pressure is not None:
        return "pressure"
    for amount in written.work or ():
        if isinstance(amount, Reps) and amount.unit is Unit.PASSES:
            return "passes"
        if isinstance(amount, Cycles) and any(phase.pressure for phase in amount.phases):
            return "pressure"
    return ""


def _relaxes(dose: Dose) -> bool:
    """Whether two holds or cycles on the same side follow each other within one step."""
    if dose.side is Sides.ALTERNATING:
        return False
    sets_in_a_row = dose.sets.high > 1 and dose.side is not Sides.EACH
    for amount in dose.work:
        if isinstance(amount, (HeldReps, Cycles)) and amount.count.high > 1:
            return True
        if isinstance(amount, (Hold, HeldReps, Cycles)) and sets_in_a_row:
            return True
    return False
