"""Contract and relax: L14 to L17."""

from collections.abc import Iterator

from player.check.lint.facts import (
    SETS,
    Course,
    Done,
    Found,
    Words,
    by_region,
    outside,
    over,
    times,
)
from player.document.problem import ERROR, WARNING
from player.routine.limits import CONTRACTION_MS
from player.routine.model import (
    Amount,
    CyclePhase,
    Cycles,
    Dose,
    HeldReps,
    Range,
    Reps,
    Step,
    exactly,
)
from player.routine.vocabulary import Kind, Side, Unit


def _phases(dose: Dose, *words: str) -> Iterator[tuple[int, CyclePhase]]:
    for amount in dose.work:
        if isinstance(amount, Cycles):
            for index, phase in enumerate(amount.phases):
                if phase.word.lower() in words:
                    yield index, phase


def contraction_time(dose: Dose, words: Words) -> Iterator[Found]:
    """L14: the length of a contraction."""
    for index, phase in _phases(dose, "contract"):
        if message := outside(" of contraction", phase.time, 3_000, 10_000):
            level = ERROR if phase.time.high > CONTRACTION_MS else WARNING
            yield Found("L14", level, message, "3 to 6 seconds are advised", number=index)


def contraction_effort(dose: Dose, words: Words) -> Iterator[Found]:
    """L15: the effort of a contraction."""
    efforts: list[tuple[Range | None, int | None]] = [
        (phase.effort, index) for index, phase in _phases(dose, "contract")
    ]
    if any(effort is None for effort, _ in efforts) or not efforts:
        efforts.append((dose.effort, None))
    for effort, index in efforts:
        if effort and effort.high > 50:
            level = ERROR if effort.high > 75 else WARNING
            message = f"{effort.high} % is a hard contraction; 20 % does as well"
            parts = ("effort",) if index is None else ("phases",)
            yield Found("L15", level, message, "20 to 30 % are enough", parts, index)


def stretch_time(dose: Dose, words: Words) -> Iterator[Found]:
    """L16: the stretch after a contraction."""
    for index, phase in _phases(dose, "stretch", "deepen"):
        if message := outside(" of stretch after a contraction", phase.time, 10_000, 30_000):
            yield Found("L16", WARNING, message, "10 to 30 seconds are advised", number=index)


def cycles(course: Course) -> Iterator[tuple[Step, Found]]:
    """L17: too many contract-relax cycles."""
    steps = course.of(Kind.CONTRACT_RELAX)
    for step, regions, most in over(by_region(steps, _cycles_on), 4):
        message = f"{regions}: {most} rounds of contract and relax on a side are many"
        found = Found("L17", WARNING, message, "2 to 4 are advised", ("cycles", *SETS))
        yield step, found


def _cycles_on(done: Done, side: Side) -> Range:
    dose = done.step.dose
    if not done.on(side).high:
        return exactly(0)
    sets = dose.sets if len(dose.work) == 1 else exactly(1)
    counts = [times(_cycles_in(amount), sets) for amount in dose.work]
    return times(Range(sum(c.low for c in counts), sum(c.high for c in counts)), done.rounds)


def _cycles_in(amount: Amount) -> Range:
    """The cycles in one set. Each rep counts as one, and so does a set that gives no number."""
    if isinstance(amount, Cycles | HeldReps) or (
        isinstance(amount, Reps) and amount.unit is Unit.REPS
    ):
        return amount.count
    return exactly(1)
