"""How much a routine can hold with the high end of every range, before it is laid on the clock."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from player.routine.limits import DAY_MS, MAX_SEGMENTS
from player.routine.model import (
    Amount,
    Block,
    Cycles,
    Dose,
    HeldReps,
    Item,
    Pick,
    Range,
    Reps,
    Rest,
    Say,
    Step,
)
from player.routine.pieces import WAIT_MS, run_ms
from player.routine.vocabulary import BOTH_SIDES_IN_TURN, Sides


class Bounds(NamedTuple):
    """What some items hold. The times are given only where `fewest` keeps the limit."""

    work: int = 0
    """Pieces of work."""
    waits: int = 0
    silent: int = 0
    """`say` and `rest` steps, which are no segments of their own."""
    time: Range = Range(0, 0)
    """Less and more milliseconds than they take."""

    @property
    def fewest(self) -> int:
        """The segments are no fewer; 0 where there is no work.

        So many `say` and `rest` steps can't be walked either.
        """
        return max(self.work + self.waits, self.silent) if self.work else 0

    @property
    def within_limits(self) -> bool:
        """Whether the limits are kept for certain: each piece and `rest` may have a gap."""
        most = 2 * self.work + self.waits + self.silent
        return most <= MAX_SEGMENTS and self.time.high <= DAY_MS


def bounds_of(items: Sequence[Item], room: int = MAX_SEGMENTS) -> Bounds:
    """Count what `items` hold; nothing is unrolled that has more than `room` pieces.

    Less time than it takes: as if only a `rest` step stood before a step. More: as if only a
    `rest` step before a step stood in for its `ready`.
    """
    work, waits, silent, least, most = _walk(items, room)
    return Bounds(work, waits, silent, Range(least, most))


def _walk(items: Sequence[Item], room: int) -> tuple[int, int, int, int, int]:
    """Pieces of work, waits, silent items, and less and more milliseconds than they take."""
    work = waits = silent = least = most = rest = 0
    for item in items:
        if isinstance(item, Step):
            work += pieces_of(item.dose)
            if work > room:
                continue
            ms, entry = _run(item.dose)
            least += ms + rest
            most += ms + (rest if rest > entry else entry)
            rest = 0
        elif isinstance(item, Rest):
            silent += 1
            rest = max(rest, item.time.high)
        elif isinstance(item, Say):
            silent += 1
        else:
            most += rest
            rest = 0
            if isinstance(item, Block):
                inner = _walk(item.items, room - work)
                rounds = item.rounds.high
                rests = item.rest.high * (rounds - 1)
                work += inner[0] * rounds
                waits += inner[1] * rounds
                silent += inner[2] * rounds
                least += inner[3] * rounds
                most += (inner[4] + item.between.high * len(item.items)) * rounds + rests
                ends = (item.items[0], item.items[-1]) if item.items else ()
                if ends and all(isinstance(end, Step) for end in ends):  # a wait takes its place
                    least += rests
            else:
                waits, least, most = waits + 1, least + WAIT_MS, most + WAIT_MS
    return work, waits, silent, least, most + rest


@lru_cache(maxsize=1024)
def _run(dose: Dose) -> tuple[int, int]:
    """The length of one run, and the longest gap before it that the dose asks for."""
    return run_ms(dose, Pick.HIGH), max(dose.ready.high, dose.switch.high)


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
