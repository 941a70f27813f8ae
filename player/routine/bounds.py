"""Estimates how many segments and how much time a routine can need, before it is scheduled."""

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
    """The size of a list of items. `time` is known only if `fewest` is within the limit."""

    work: int = 0
    """Number of pieces of work."""
    waits: int = 0
    silent: int = 0
    """Number of `say` and `rest` steps. They are not segments of their own."""
    time: Range = Range(0, 0)
    """A lower and an upper bound of the duration, in milliseconds."""

    @property
    def fewest(self) -> int:
        """A lower bound of the number of segments; 0 if there is no work.

        It also counts `say` and `rest` steps, because too many of them take too long to go through.
        """
        return max(self.work + self.waits, self.silent) if self.work else 0

    @property
    def within_limits(self) -> bool:
        """Whether the items certainly fit the limits, even with a gap at every piece and rest."""
        most = 2 * self.work + self.waits + self.silent
        return most <= MAX_SEGMENTS and self.time.high <= DAY_MS


def bounds_of(items: Sequence[Item], room: int = MAX_SEGMENTS) -> Bounds:
    """Count the contents of `items`. A step with more than `room` pieces is not timed.

    The lower bound counts only `rest` steps before a step. The upper bound counts the longer of the
    `rest` steps and the `ready` or `switch` time of the step.
    """
    work, waits, silent, least, most = _walk(items, room)
    return Bounds(work, waits, silent, Range(least, most))


def _walk(items: Sequence[Item], room: int) -> tuple[int, int, int, int, int]:
    """Return the pieces of work, the waits, the silent items, and both bounds in ms."""
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
                if ends and all(
                    isinstance(end, Step) for end in ends
                ):  # otherwise a wait may replace the rests
                    least += rests
            else:
                waits, least, most = waits + 1, least + WAIT_MS, most + WAIT_MS
    return work, waits, silent, least, most + rest


@lru_cache(maxsize=1024)
def _run(dose: Dose) -> tuple[int, int]:
    """The length of one run, and the longest gap that the dose requests before it, in ms."""
    return run_ms(dose, Pick.HIGH), max(dose.ready.high, dose.switch.high)


@lru_cache(maxsize=1024)  # coaches write the same few doses over and over
def pieces_of(dose: Dose) -> int:
    """Number of pieces of work that a dose makes at the high end of its ranges."""
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
