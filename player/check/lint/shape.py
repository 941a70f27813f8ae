"""Rules about the whole routine: warm-up, sides, length, breath. L11, L26, L27, L29, L30."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from player.check.lint.facts import DOSE, MINUTE, Course, Done, Found, Words, outside
from player.document.problem import INFO, WARNING
from player.routine.model import Block, CyclePhase, Cycles, Dose, Item, Range, Step
from player.routine.times import clock, duration
from player.routine.vocabulary import MASSAGE, Kind, PhaseWord, Side, Sides

_WARM = 3 * MINUTE
_NO_WARM_UP_NEEDED = frozenset({"night-cramp", "early-care"})
_NEEDS_WARMTH = (Kind.STATIC, Kind.CONTRACT_RELAX)
_LONGEST, _LONGEST_MASSAGE = 45 * MINUTE, 20 * MINUTE
_NO_LONG_HOLD = frozenset({"heart", "pregnant"})
_BREATHE = ("breathe", *DOSE)
_IN_AND_OUT = frozenset({"in", "out", "breathe in", "breathe out", "inhale", "exhale"})


# Warm-up


def warm_up(course: Course) -> Iterator[tuple[Step, Found]]:
    """L11. Checks the first contract-relax, the first long stretch and the first other stretch."""
    awaited = {kind for kind in _NEEDS_WARMTH if kind in course.by_kind}
    if not awaited or course.words & _NO_WARM_UP_NEEDED:
        return
    found = list(_cold_starts(course, awaited))
    if found and not _is_short(course):
        yield from found


def _cold_starts(course: Course, awaited: set[Kind]) -> Iterator[tuple[Step, Found]]:
    short_reported = False
    for done, warm in _with_warm_up(course.routine.items, iter(course.done), [0]):
        kind = done.step.exercise.kind
        if warm >= _WARM or not awaited:
            return
        if kind not in awaited:
            continue
        short = kind is Kind.STATIC and done.look.facts.longest_hold <= 30_000
        if short and short_reported:
            continue
        if short:
            short_reported = True
        else:
            awaited.discard(kind)
        yield done.step, _too_cold(kind, short, warm)


@lru_cache(maxsize=256)
def _too_cold(kind: Kind, short: bool, warm: int) -> Found:
    what = "a stretch of more than 30s" if kind is Kind.STATIC else "contract and relax"
    message = f"{'a stretch' if short else what} after {clock(warm)} of easy movement"
    help = "begin with 3 minutes or more of it, such as `march-in-place: 3:00`"
    return Found("L11", INFO if short else WARNING, message, help, ())


def _with_warm_up(
    items: Sequence[Item], done: Iterator[Done], warm: list[int]
) -> Iterator[tuple[Done, int]]:
    """Yield each step with the easy movement before it, in ms. `warm` holds the running total."""
    for item in items:
        if isinstance(item, Step):
            one = next(done)
            yield one, warm[0]
            if _is_easy(item):
                warm[0] += one.look.facts.whole.low
        elif isinstance(item, Block):
            before = warm[0]
            yield from _with_warm_up(item.items, done, warm)
            warm[0] += (item.rounds.low - 1) * (warm[0] - before)


def _is_easy(step: Step) -> bool:
    if step.exercise.kind is Kind.ROLL:
        return step.dose.pressure is None or step.dose.pressure.high <= 4
    return step.exercise.kind is Kind.DYNAMIC


def _is_short(course: Course) -> bool:
    """Whether the routine lasts at most 5 minutes. It is scheduled only if its work is shorter."""
    work = 0
    for done in course.done:
        work += done.look.facts.whole.high * done.rounds.high
        if work > 5 * MINUTE:
            return False
    return course.opened.longest_ms <= 5 * MINUTE


# Sides


def one_side_only(course: Course) -> Iterator[tuple[Step, Found]]:
    """L26: a one-leg exercise with one side."""
    for steps in _by_exercise(course):
        if len({done.step.dose.side for done in steps}) > 1:
            continue
        step = steps[0].step
        side, other = step.dose.side, Side.LEFT
        if side is Sides.LEFT:
            other = Side.RIGHT
        message = f"this works the {side} only"
        help = f"add the {other}, write `one side`, or say why with `reason:`"
        yield step, Found("L26", WARNING, message, help, ("side", "dose"))


def unequal_sides(course: Course) -> Iterator[tuple[Step, Found]]:
    """L27: sides with different doses."""
    for steps in _by_exercise(course):
        left = sum(done.on(Side.LEFT).low for done in steps)
        right = sum(done.on(Side.RIGHT).low for done in steps)
        if min(left, right) and abs(left - right) * 100 > 20 * max(left, right):
            less = Side.LEFT if left < right else Side.RIGHT
            step = next((d.step for d in steps if d.step.dose.side.value == less), steps[-1].step)
            message = f"left {duration(left)}, right {duration(right)}"
            help = "give both sides the same, or say why with `reason:`"
            yield step, Found("L27", INFO, message, help)


def _by_exercise(course: Course) -> list[list[Done]]:
    """The steps of each exercise that has a one-sided step without a reason."""
    if not course.one_sided:
        return []
    named = {step.exercise.label for step in course.one_sided}
    found: dict[str, list[Done]] = {name: [] for name in sorted(named)}
    for done in course.done:
        if done.step.exercise.label in named:
            found[done.step.exercise.label].append(done)
    return [steps for steps in found.values() if not any(done.step.reason for done in steps)]


# Length


def length(course: Course) -> Iterator[tuple[Step | None, Found]]:
    """L29, for the routine. It is scheduled only if a bound can't decide."""
    low, high = course.opened.bounds
    if low > _LONGEST or (high > _LONGEST and course.opened.longest_ms > _LONGEST):
        message = "this lasts more than 45 minutes"
        yield None, Found("L29", WARNING, message, "split it in two", ("steps",))


def massage_length(course: Course) -> Iterator[tuple[Step, Found]]:
    """L29, for the massage."""
    if MASSAGE.isdisjoint(course.by_kind):
        return
    total = 0
    for done in course.done:
        if done.step.exercise.kind in MASSAGE:
            before, total = total, total + done.whole.high
            if before <= _LONGEST_MASSAGE < total:
                message = f"{clock(total)} of massage; 20 minutes in a session are the most"
                yield done.step, Found("L29", WARNING, message, "take some out", DOSE)


# Breath


def breath(dose: Dose, words: Words) -> Iterator[Found]:
    """L30, in and out."""
    if dose.paced:
        pattern = dose.breathe
        drawn = pattern[::2] if len(pattern) > 2 else pattern
        if found := _breaths_outside(Range(min(drawn), max(drawn))):
            yield found


def breath_in_phases(dose: Dose, words: Words) -> Iterator[Found]:
    """L30, in and out: breaths that are written as phases."""
    drawn = [phase.time for phase in _phases(dose) if phase.word.lower() in _IN_AND_OUT]
    if drawn:
        most = max(time.high for time in drawn)
        if found := _breaths_outside(Range(min(time.low for time in drawn), most)):
            yield found


def _breaths_outside(time: Range) -> Found | None:
    message = outside(" for a breath", time, 2_000, 8_000)
    return Found("L30", WARNING, message, "such as `breathe 4-6`", _BREATHE) if message else None


def _phases(dose: Dose) -> list[CyclePhase]:
    return [phase for work in dose.work if isinstance(work, Cycles) for phase in work.phases]


def breath_held(step: Step, avoid_if: frozenset[str]) -> Iterator[Found]:
    """L30, holding the breath: the step must exclude people for whom it is risky."""
    pattern = step.dose.breathe
    held = max(pattern[1::2], default=0) if step.dose.paced and len(pattern) > 2 else 0
    if step.exercise.kind is Kind.BREATHE:
        phases = (p.time.high for p in _phases(step.dose) if p.known is PhaseWord.HOLD)
        held = max(held, *phases, 0)
    spared = avoid_if | step.avoid_if | step.exercise.avoid_if
    if held > 4_000 and not spared >= _NO_LONG_HOLD:
        message = f"a breath is held for {duration(held)}"
        help = "hold it 4s or less, or add `avoid_if: [heart, pregnant]`"
        yield Found("L30", WARNING, message, help, _BREATHE)
