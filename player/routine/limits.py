"""How large a routine may be, counted before anything is unrolled."""

from collections.abc import Sequence
from functools import lru_cache

from player.routine.model import Amount, Block, Cycles, Dose, HeldReps, Item, Reps, Rest, Say, Step
from player.routine.vocabulary import Sides

DAY_MS = 24 * 3_600_000
MAX_SEGMENTS = 20_000
MAX_SETS = 100
MAX_COUNT = 1_000
BOTH_SIDES_IN_TURN = frozenset(
    {Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT, Sides.ALTERNATING}
)


def segments_at_most(items: Sequence[Item]) -> int:
    """Pieces and waits at the high end of every range; 0 where there is no work.

    `say` and `rest` steps are no segments of their own, but so many of them can't be walked.
    """
    work, waits, silent = _count(items)
    return max(work + waits, silent) if work else 0


def _count(items: Sequence[Item]) -> tuple[int, int, int]:
    work = waits = silent = 0
    for item in items:
        if isinstance(item, Step):
            work += pieces_of(item.dose)
        elif isinstance(item, Block):
            inner = _count(item.items)
            work += item.rounds.high * inner[0]
            waits += item.rounds.high * inner[1]
            silent += item.rounds.high * inner[2]
        elif isinstance(item, (Say, Rest)):
            silent += 1
        else:
            waits += 1
    return work, waits, silent


@lru_cache(maxsize=1024)  # coaches write the same few doses over and over
def pieces_of(dose: Dose) -> int:
    """Pieces of work that a dose makes at the high end of its ranges."""
    per_side = 0
    for amount in dose.work:
        per_side += _pieces_of_set(amount, dose.side)
    sets = dose.sets.high if len(dose.work) == 1 else 1
    return per_side * sets


def _pieces_of_set(amount: Amount, side: Sides) -> int:
    sides = 2 if side in BOTH_SIDES_IN_TURN else 1
    if isinstance(amount, HeldReps):
        return sides * amount.count.high
    if isinstance(amount, Cycles):
        return sides * amount.count.high * len(amount.phases)
    if isinstance(amount, Reps) and side is Sides.ALTERNATING and amount.count.high > 1:
        return 1
    return sides
