"""How large a routine may be, counted before anything is unrolled."""

from collections.abc import Sequence

from player.routine.model import Amount, Block, Cycles, Dose, HeldReps, Item, Reps, Rest, Say, Step
from player.routine.vocabulary import Sides

MAX_SEGMENTS = 20_000
BOTH_SIDES_IN_TURN = frozenset(
    {Sides.EACH, Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT, Sides.ALTERNATING}
)


def segments_at_most(items: Sequence[Item]) -> int:
    """Pieces, waits and rests at the high end of every range; 0 where there is no work."""
    work, other = _count(items)
    return work + other if work else 0


def _count(items: Sequence[Item]) -> tuple[int, int]:
    work = other = 0
    for item in items:
        if isinstance(item, Step):
            work += pieces_of(item.dose)
        elif isinstance(item, Block):
            inner_work, inner_other = _count(item.items)
            work += item.rounds.high * inner_work
            other += item.rounds.high * inner_other
        elif not isinstance(item, Say | Rest):
            other += 1
    return work, other


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
