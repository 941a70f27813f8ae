"""What stands in for a step that is out: the fixed list of section 2e, and how it is dosed."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from player.document.rows import DataRow, read_rows
from player.routine.model import Amount, Cycles, Dose, HeldReps, Hold, Pick, Reps, Step, exactly
from player.routine.pieces import run_ms
from player.routine.terms import SHIPPED, screening_data
from player.routine.vocabulary import Sides
from player.safety.easy import FEWEST_REPS, SHORTEST_HOLD_MS

WARM_UP_MS = 180_000
"""The longest warm-up that is put in front."""

_ONE_SIDED = frozenset({Sides.LEFT, Sides.RIGHT, Sides.ONE})


class Swaps(NamedTuple):
    """Ids of the catalogue. Massage is never among what stands in."""

    instead: Mapping[str, tuple[str, ...]]
    """For a step that is out, what may stand in, best first."""
    afterwards: Mapping[str, str]
    """What fills the time that is left after the step that stands in."""
    warm_up: tuple[str, ...]
    """What goes in front where all warm-up is out, best first."""


@cache
def load_swaps() -> Swaps:
    """Read the list once. Raises ScreeningMissing: without it nothing is played."""
    with screening_data("the list of swaps"):
        return read_swaps(read_rows(SHIPPED / "screening" / "swaps.yaml", "the list of swaps"))


def read_swaps(root: DataRow) -> Swaps:
    """Read the list. Raises RowError."""
    instead, afterwards = root.row("swaps", "`swaps`"), root.row("afterwards", "`afterwards`")
    return Swaps(
        {key: instead.texts(key) for key in instead},
        {key: afterwards.text(key) for key in afterwards},
        root.texts("warm_up"),
    )


def in_place_of(step: Step, by: Step, within_ms: int) -> Step | None:
    """`by` with its own dose, cut to the time of the step it stands in for.

    A step of one side is stood in for on that side. None where no sensible dose is that short.
    """
    dose = by.dose
    if step.dose.side in _ONE_SIDED and not by.exercise.both_at_once:
        dose = dose._replace(side=step.dose.side)
    cut = cut_to(dose, within_ms)
    return cut and by._replace(number=step.number, line=step.line, dose=cut)


def warming_up(step: Step, ms: int) -> Step:
    """An easy movement for a time; a tempo that it has goes on pacing it."""
    hold = Hold(exactly(min(ms, WARM_UP_MS)))
    return step._replace(dose=step.dose._replace(work=(hold,), sets=exactly(1)))


def cut_to(dose: Dose, within_ms: int) -> Dose | None:
    """The dose with fewer sets, then with less in a set, until it lasts no longer than that.

    A hold is never made shorter than 10 s and reps never fewer than 5, except where they were so
    already. None where even that is too long.
    """
    if run_ms(dose, Pick.HIGH) <= within_ms:
        return dose
    for sets in range(dose.sets.low - 1, 0, -1):
        fewer = dose._replace(work=dose.work[:sets], sets=exactly(sets))
        if run_ms(fewer, Pick.HIGH) <= within_ms:
            return fewer
    dose = dose._replace(work=dose.work[:1], sets=exactly(1))
    while smaller := _smaller(dose.work[0]):
        dose = dose._replace(work=(smaller,))
        if run_ms(dose, Pick.HIGH) <= within_ms:
            return dose
    return None


def _smaller(amount: Amount) -> Amount | None:
    """A set with a second, a rep or a cycle less; None where it is at its least."""
    if isinstance(amount, Hold):
        time = amount.time.low - 1_000
        if time >= SHORTEST_HOLD_MS:
            return amount._replace(time=exactly(time))
    elif isinstance(amount, HeldReps | Cycles):
        if amount.count.low > 1:
            return amount._replace(count=exactly(amount.count.low - 1))
    elif isinstance(amount, Reps) and amount.count.low > FEWEST_REPS:
        return amount._replace(count=exactly(amount.count.low - 1))
    return None
