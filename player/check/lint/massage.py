"""Rolling, pressing and deep pressure: L18 to L23."""

from collections.abc import Iterator

from player.check.lint.facts import (
    DOSE,
    MINUTE,
    SETS,
    Course,
    Done,
    Found,
    Words,
    by_region,
    is_timed,
    often_in,
    outside,
    over,
    set_time,
    times,
)
from player.document.problem import ERROR, INFO, WARNING
from player.routine.limits import DEEP_PRESSURE_MS, ROLLING_MS, SPOT_MS
from player.routine.model import Amount, Cycles, Dose, HeldReps, Range, Reps, Step, exactly
from player.routine.often import often_of
from player.routine.times import duration
from player.routine.vocabulary import Kind, Side, Unit

_DAYS_OF_DEEP_PRESSURE = 3


def rolling_set(dose: Dose, words: Words) -> Iterator[Found]:
    """L18: the length of one set of rolling."""
    least = 20_000 if is_timed(dose) else 0
    for amount in dose.work:
        set_of = set_time(dose, amount)
        what = " of rolling in one set"
        if message := outside(what, set_of, least, 120_000, "too short to do much"):
            yield Found("L18", WARNING, message, "30 to 120 seconds are advised")


def stroke(dose: Dose, words: Words) -> Iterator[Found]:
    """L19: a stroke that is too fast."""
    tempo = dose.tempo
    if tempo and not tempo.self_paced:
        ms = MINUTE // tempo.per_minute if tempo.per_minute else sum(tempo.beats)
        if ms < 1_000:
            message = f"a stroke of {duration(ms)} is fast"
            help = "2 to 4 seconds for a stroke in one direction"
            yield Found("L19", WARNING, message, help, ("tempo", *DOSE))


def rolling_sets(course: Course) -> Iterator[tuple[Step, Found]]:
    """L20: too many sets of rolling."""
    for done in course.of(Kind.ROLL):
        sets = done.step.dose.sets.high * done.rounds.high
        if sets > 3:
            message = f"{sets} sets of rolling are many"
            yield done.step, Found("L20", WARNING, message, "1 to 3 are advised", SETS)


def rolling_in_all(course: Course) -> Iterator[tuple[Step, Found]]:
    """L18, for a muscle in the whole session."""
    steps = course.of(Kind.ROLL)
    if sum(done.side.high for done in steps) <= ROLLING_MS:
        return
    for step, regions, most in over(by_region(steps), ROLLING_MS):
        message = f"{regions}: {duration(most)} of rolling on a side is more than anybody tested"
        yield step, Found("L18", ERROR, message, "5 minutes for a muscle are the most")


def pressure(course: Course) -> Iterator[tuple[Step, Found]]:
    """L21. It applies to every kind, because no wording makes a target of 6 out of 10 safe."""
    for done in course.done:
        step, dose = done.step, done.step.dose
        if dose.pressure is None and not any(isinstance(work, Cycles) for work in dose.work):
            continue  # most steps give no pressure
        is_deep = step.exercise.kind is Kind.DEEP_PRESS
        most, what = (4, " for deep pressure") if is_deep else (5, "")
        for found in _pressed(dose, most, what):
            yield step, found


def _pressed(dose: Dose, most: int, what: str) -> Iterator[Found]:
    pressures: list[tuple[Range | None, int | None]] = [(dose.pressure, None)]
    for amount in dose.work:
        if isinstance(amount, Cycles):
            pressures += [(phase.pressure, i) for i, phase in enumerate(amount.phases)]
    for asked, index in pressures:
        if asked and asked.high > most:
            message = f"{asked.high} out of 10 is too much pressure{what}"
            parts = ("pressure",) if index is None else ("phases",)
            yield Found("L21", ERROR, message, "4 out of 10 is enough", parts, index)


def spot(course: Course) -> Iterator[tuple[Step, Found]]:
    """L22: the time on one spot. Sets and rounds return to the same spots."""
    for done in course.of(Kind.PRESS):
        time = times(_on_a_spot(done.step.dose), done.rounds)
        least = 20_000 if is_timed(done.step.dose) else 0
        if message := outside(" on one spot", time, least, 60_000):
            level = ERROR if time.high > SPOT_MS else WARNING if time.high > 60_000 else INFO
            yield done.step, Found("L22", level, message, "30 to 60 seconds are usual")


def _on_a_spot(dose: Dose) -> Range:
    """The time on one spot in all sets. Each rep is a spot of its own; all else stays on one."""
    found = [set_time(dose, _first_rep(amount)) for amount in dose.work]
    if len(found) == 1:
        return times(found[0], dose.sets)
    return Range(sum(time.low for time in found), sum(time.high for time in found))


def _first_rep(amount: Amount) -> Amount:
    if isinstance(amount, HeldReps):
        return amount.hold
    if isinstance(amount, Reps) and amount.unit is Unit.REPS:
        return amount._replace(count=exactly(1))
    return amount


def spots(course: Course) -> Iterator[tuple[Step, Found]]:
    """L22, for a muscle in the whole session. Sets and rounds return to the same spots."""
    for step, regions, most in over(by_region(course.of(Kind.PRESS), _spots_on), 5):
        message = f"{regions}: {most} spots on a side are many"
        yield step, Found("L22", WARNING, message, "5 are the most", ("reps", *DOSE))


def _spots_on(done: Done, side: Side) -> Range:
    if not done.on(side).high:
        return exactly(0)
    counts = [
        a.count
        if isinstance(a, HeldReps) or (isinstance(a, Reps) and a.unit is Unit.REPS)
        else exactly(1)
        for a in done.step.dose.work
    ]
    return max(counts, key=lambda count: count.high)


def deep_pressure_time(course: Course) -> Iterator[tuple[Step, Found]]:
    """L23, duration."""
    most = {Side.LEFT: 0, Side.RIGHT: 0}
    for done in course.of(Kind.DEEP_PRESS):
        before = max(most.values())
        for side in most:
            most[side] += done.on(side).high
        after = max(most.values())
        level = _too_long(after)
        if level and level != _too_long(before):
            message = f"{duration(after)} of deep pressure on a side is too long"
            yield done.step, Found("L23", level, message, "30 seconds on a side are enough")


def _too_long(ms: int) -> str:
    if ms > DEEP_PRESSURE_MS:
        return ERROR
    return WARNING if ms > MINUTE else ""


def deep_pressure_often(course: Course) -> Iterator[tuple[Step | None, Found]]:
    """L23, frequency."""
    for step, text in often_in(course, Kind.DEEP_PRESS):
        for found in _too_often(text):
            yield step, found


def _too_often(text: str) -> Iterator[Found]:
    often = often_of(text)
    help = f"write `1/day, {_DAYS_OF_DEEP_PRESSURE}/week` or less"
    if often and often.per_day > 1:
        yield Found("L23", ERROR, "deep pressure more than once a day", help, ("often",))
    elif often and often.days > _DAYS_OF_DEEP_PRESSURE:
        message = "deep pressure on more than 3 days a week"
        yield Found("L23", WARNING, message, help, ("often",))
