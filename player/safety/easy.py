"""Easy mode: half the dose and half the pressure (clinical content, section 2e)."""

from player.routine.model import Amount, Cycles, Dose, HeldReps, Hold, Range, Reps
from player.routine.vocabulary import MASSAGE, Kind

NOT_IN_EASY_MODE = frozenset({Kind.CONTRACT_RELAX, Kind.PRESS, Kind.DEEP_PRESS, Kind.STRENGTHEN})
UNTOUCHED = frozenset({Kind.EARLY_CARE, Kind.COOL, Kind.BREATHE})
SHORTEST_HOLD_MS = 10_000
ROUND_UP_TO_MS = 5_000
FEWEST_REPS = 5
USUAL_PRESSURE = Range(4, 4)
"""The pressure of a massage step that gives none (section 3b, defaults)."""


def eased(dose: Dose, kinds: frozenset[Kind]) -> Dose:
    """Return the dose for easy mode."""
    pressure = dose.pressure
    if pressure is None and kinds & MASSAGE:
        pressure = USUAL_PRESSURE
    return dose._replace(
        work=tuple(map(_halved, dose.work)), pressure=pressure and _softer(pressure)
    )


def _halved(amount: Amount) -> Amount:
    if isinstance(amount, Hold):
        return amount._replace(time=_shorter(amount.time))
    if isinstance(amount, HeldReps):
        hold = amount.hold._replace(time=_shorter(amount.hold.time))
        return amount._replace(count=_fewer(amount.count), hold=hold)
    if isinstance(amount, Reps):
        return amount._replace(count=_fewer(amount.count))
    phases = tuple(
        phase._replace(
            time=_shorter(phase.time), pressure=phase.pressure and _softer(phase.pressure)
        )
        for phase in amount.phases
    )
    return Cycles(phases, _fewer(amount.count))


def _shorter(time: Range) -> Range:
    return Range(_half_time(time.low), _half_time(time.high))


def _half_time(ms: int) -> int:
    """Half the time, rounded up to 5 s and at least 10 s; a shorter time stays as it is."""
    if ms <= SHORTEST_HOLD_MS:
        return ms
    rounded = -(-ms // (2 * ROUND_UP_TO_MS)) * ROUND_UP_TO_MS
    return max(SHORTEST_HOLD_MS, min(rounded, ms))


def _fewer(count: Range) -> Range:
    return Range(*(n if n <= FEWEST_REPS else max(FEWEST_REPS, n // 2) for n in count))


def _softer(pressure: Range) -> Range:
    """Half the pressure, rounded down, between 1 and 3. Zero stays zero."""
    return Range(*(min(3, max(1, p // 2), p) for p in pressure))
