"""Held and dynamic stretches: L01 to L06, L10, L12."""

from collections.abc import Iterator
from math import inf

from player.check.lint.facts import (
    DOSE,
    MINUTE,
    Course,
    Found,
    Words,
    by_region,
    cycle_time,
    holds_of,
    listed,
    over,
)
from player.document.problem import ERROR, INFO, WARNING
from player.routine.limits import STRETCH_MS
from player.routine.model import Amount, Cycles, Dose, HeldReps, Reps, Step
from player.routine.times import duration
from player.routine.vocabulary import Kind, Unit

LONG_HOLD, OLDER, PRE_SPORT = "long-hold", "65+", "pre-sport"
_USUAL = "10 to 30 seconds are usual"
_TEMPO = ("tempo", *DOSE)


def hold_too_short(dose: Dose, words: Words) -> Iterator[Found]:
    """L01, L02: a stretch that is held too briefly."""
    for time, index, sure in holds_of(dose):
        if not sure:
            continue
        if time.low < 5_000:
            message = f"a stretch of {duration(time.low)} is too short to do anything"
            yield Found("L01", ERROR, message, _USUAL, number=index)
        elif time.low < 10_000:
            message = f"a stretch of {duration(time.low)} is short"
            yield Found("L02", WARNING, message, _USUAL, number=index)


def hold_too_long(dose: Dose, words: Words) -> Iterator[Found]:
    """L03: a stretch that is held too long."""
    for time, index, _ in holds_of(dose):
        message = f"a stretch of {duration(time.high)} is long; past 60 seconds no gain was added"
        if time.high > STRETCH_MS and LONG_HOLD not in words:
            help = "shorten it, or tag the routine `long-hold`"
            yield Found("L03", ERROR, message, help, number=index)
        elif time.high > (90_000 if OLDER in words else 60_000):
            help = "hold it 30 to 60 seconds, or say why with `reason:`"
            yield Found("L03", WARNING, message, help, number=index)


def short_for_65(dose: Dose, words: Words) -> Iterator[Found]:
    """L06: a stretch that is held too briefly at 65 or over."""
    if OLDER in words:
        for time, index, sure in holds_of(dose):
            if time.low < 30_000 and sure:
                message = f"from 65 on, {duration(time.low)} is short for a stretch"
                yield Found("L06", INFO, message, "30 to 60 seconds are advised", number=index)


def repeats(dose: Dose, words: Words) -> Iterator[Found]:
    """L12: the repeats of a dynamic stretch."""
    for amount in dose.work:
        if isinstance(amount, HeldReps | Cycles) or (
            isinstance(amount, Reps) and amount.unit is Unit.REPS
        ):
            low, high = amount.count
            found = [f"{low} repeats are few"] if low < 5 else []
            if high > 20:
                found.append(f"{high} {'' if found else 'repeats '}are many")
            if found:
                message = f"{', and '.join(found)} for one set"
                help = "8 to 15 in a set are usual"
                yield Found("L12", WARNING, message, help, ("reps", "cycles", *DOSE))
        shortest = _one_rep(dose, amount)
        if shortest < 800:
            message = f"a repeat of {duration(round(shortest))} is too fast to control"
            yield Found("L12", WARNING, message, "1 to 2 seconds or more for each", _TEMPO)


def _one_rep(dose: Dose, amount: Amount) -> float:
    """The shortest time for a repeat, in ms; infinite if it is not known."""
    if isinstance(amount, HeldReps):
        return amount.hold.time.low
    if isinstance(amount, Cycles):
        return cycle_time(amount).low
    tempo = dose.tempo
    if tempo is None or tempo.self_paced:
        return inf
    return MINUTE / tempo.per_minute if tempo.per_minute else sum(tempo.beats)


def too_little_in_all(course: Course) -> Iterator[tuple[Step, Found]]:
    """L04: too little stretching in all."""
    short: dict[int, tuple[Step, set[str], int]] = {}
    for region, parts in by_region(course.of(Kind.STATIC)):
        low = sum(part.low for _, part in parts)
        if low < 30_000 and not any(done.step.reason for done, _ in parts):
            step = parts[0][0].step
            _, names, least = short.get(step.number, (step, set(), low))
            short[step.number] = (step, names | {region.value}, min(low, least))
    for step, names, least in short.values():
        message = f"{listed(names)}: {duration(least)} of stretching in all on a side is little"
        yield step, Found("L04", INFO, message, "60 seconds on each side are the aim")


def too_much_in_all(course: Course) -> Iterator[tuple[Step, Found]]:
    """L05: too much stretching in all."""
    for step, regions, most in over(by_region(course.of(Kind.STATIC)), 4 * MINUTE):
        message = f"{regions}: {duration(most)} of stretching in all on a side"
        help = "past 4 minutes in a session no extra gain is expected"
        yield step, Found("L05", INFO, message, help)


def before_sport(course: Course) -> Iterator[tuple[Step, Found]]:
    """L10: long stretching before sport."""
    static = course.of(Kind.STATIC) if PRE_SPORT in course.words else ()
    if not static:
        return
    for step, regions, most in over(by_region(static), MINUTE):
        message = f"{regions}: {duration(most)} of held stretches on a side is much before sport"
        yield step, Found("L10", WARNING, message, "60 seconds for a muscle, then movement")
    last = static[-1].step
    if all(done.step.number < last.number for done in course.of(Kind.DYNAMIC)):
        message = "no movement follows the last held stretch of this routine before sport"
        help = "let a dynamic stretch follow"
        yield last, Found("L10", WARNING, message, help, ())
