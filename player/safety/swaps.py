"""The fixed list of substitutes for blocked steps (section 2e), and how to dose them."""

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from player.document.rows import DataRow, read_rows
from player.routine.catalogue import Catalogue
from player.routine.model import (
    Amount,
    Cycles,
    Dose,
    HeldReps,
    Hold,
    Pick,
    Reps,
    Routine,
    Step,
    exactly,
)
from player.routine.pieces import run_ms
from player.routine.terms import SHIPPED, screening_data
from player.routine.vocabulary import Sides
from player.safety.easy import FEWEST_REPS, SHORTEST_HOLD_MS

WARM_UP_MS = 180_000
"""The longest warm-up, in milliseconds, that is put in front of a routine."""

_ONE_SIDED = frozenset({Sides.LEFT, Sides.RIGHT, Sides.ONE})


class Swaps(NamedTuple):
    """Substitutes, by ids of the catalogue. None of them is massage."""

    instead: Mapping[str, tuple[str, ...]]
    """For each blocked step, the possible substitutes, best first."""
    afterwards: Mapping[str, str]
    """For each blocked step, what fills the time that remains after the substitute."""
    warm_up: tuple[str, ...]
    """What to put in front if the whole warm-up is blocked, best first."""
    offered: tuple[str, ...]
    """The steps of the routines that may be offered besides: early care, cramp, breathing."""


@cache
def load_swaps() -> Swaps:
    """Read the list once. Raises ScreeningMissing; without it nothing is played."""
    with screening_data("the list of swaps"):
        return read_swaps(read_rows(SHIPPED / "screening" / "swaps.yaml", "the list of swaps"))


def read_swaps(root: DataRow) -> Swaps:
    """Read the list. Raises RowError."""
    instead, afterwards = root.row("swaps", "`swaps`"), root.row("afterwards", "`afterwards`")
    return Swaps(
        {key: instead.texts(key) for key in instead},
        {key: afterwards.text(key) for key in afterwards},
        root.texts("warm_up"),
        root.texts("offered"),
    )


def stand_ins(routine: Routine, catalogue: Catalogue) -> tuple[Step, ...]:
    """Every step that could replace one of this routine, or go in front of it."""
    swaps, ids = load_swaps(), set(load_swaps().warm_up)
    for step in routine.steps:
        if step.exercise.vetted:
            ids |= {*swaps.instead.get(step.exercise.id, ())}
            ids |= {*filter(None, [swaps.afterwards.get(step.exercise.id)])}
    return _steps(ids, catalogue)


def also_offered(catalogue: Catalogue) -> tuple[Step, ...]:
    """Every step of the routines that may be offered besides, and what could replace it."""
    swaps = load_swaps()
    ids = {*swaps.offered}.union(*(swaps.instead.get(id_, ()) for id_ in swaps.offered))
    return _steps(ids, catalogue)


def _steps(ids: set[str], catalogue: Catalogue) -> tuple[Step, ...]:
    entries = (catalogue.find(id_) for id_ in sorted(ids))
    return tuple(entry.step(0, 0) for entry in entries if entry is not None)


def in_place_of(step: Step, by: Step, within_ms: int) -> Step | None:
    """Return `by` with its own dose, cut to the time of the step that it replaces.

    If that step has only one side, so does the result. None if no sensible dose is short enough.
    """
    dose = by.dose
    if step.dose.side in _ONE_SIDED and not by.exercise.both_at_once:
        dose = dose._replace(side=step.dose.side)
    cut = cut_to(dose, within_ms)
    return cut and by._replace(number=step.number, line=step.line, dose=cut)


def warming_up(step: Step, ms: int) -> Step:
    """Return an easy movement of the given length; it uses its own tempo if it has one."""
    hold = Hold(exactly(min(ms, WARM_UP_MS)))
    return step._replace(dose=step.dose._replace(work=(hold,), sets=exactly(1)))


def cut_to(dose: Dose, within_ms: int) -> Dose | None:
    """Return the dose reduced to at most `within_ms`: first fewer sets, then less work per set.

    A hold stays at least 10 s and a set at least 5 reps, unless it is smaller already. None if
    even that is too long.
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
    """Return a set with one second, rep or cycle less; None if it is already minimal."""
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
