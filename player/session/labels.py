"""Writes the amount of a piece as a coach does: `30s`, `8-12 reps`, `contract`."""

from functools import lru_cache

from player.routine.model import CyclePhase, Range, Reps
from player.routine.pieces import PieceAmount
from player.routine.times import count_label, time_label


@lru_cache(maxsize=256)
def label_of(amount: PieceAmount | None) -> str:
    """Return the amount of a piece of work in words; empty for a gap, which has no amount."""
    if amount is None:
        return ""
    if isinstance(amount, CyclePhase):
        return amount.word
    if isinstance(amount, Reps):
        return count_label(amount.count, amount.unit)
    time = time_label(amount.time)
    return f"up to {time}" if amount.open else time


def count_of(amount: PieceAmount | None) -> str:
    """Return the number of reps, such as `8-12`; an empty text if the piece has no reps."""
    return _number(amount.count) if isinstance(amount, Reps) else ""


def _number(count: Range) -> str:
    return str(count.low) if count.low == count.high else f"{count.low}-{count.high}"
