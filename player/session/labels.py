"""The amount of a piece in words, as a coach writes it: `30s`, `8-12 reps`, `contract`."""

from functools import lru_cache

from player.routine.model import CyclePhase, Range, Reps
from player.routine.pieces import PieceAmount
from player.routine.times import count_label, time_label


@lru_cache(maxsize=256)
def label_of(amount: PieceAmount | None) -> str:
    """The amount of a piece of work; nothing for a gap, which has none."""
    if amount is None:
        return ""
    if isinstance(amount, CyclePhase):
        return amount.word
    if isinstance(amount, Reps):
        return count_label(amount.count, amount.unit)
    time = time_label(amount.time)
    return f"up to {time}" if amount.open else time


def count_of(amount: PieceAmount | None) -> str:
    """How many there are of what is counted, such as `8-12`; nothing where nothing is counted."""
    return _number(amount.count) if isinstance(amount, Reps) else ""


def _number(count: Range) -> str:
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"
