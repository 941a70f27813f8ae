"""The facts that the rules need, as frozen values: each step and its work on each side."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

from player.document.nodes import Map, Node, Seq
from player.library.opening import Opened
from player.routine.catalogue import lookup_key
from player.routine.model import (
    Amount,
    Block,
    Cycles,
    Dose,
    HeldReps,
    Hold,
    Item,
    Pick,
    Range,
    Reps,
    Rest,
    Routine,
    Step,
    exactly,
)
from player.routine.pieces import SELF_PACED_REP_MS, run_of
from player.routine.times import duration
from player.routine.vocabulary import Kind, PhaseWord, Region, Side, Sides, Unit

MINUTE = 60_000
DOSE = ("hold", "roll", "passes", "reps", "breaths", "phases")
"""The keys that may contain an amount."""
SETS = ("sets", *DOSE)

Words = frozenset[str]
"""The goals and tags of a routine. The rules treat both alike."""


class Found(NamedTuple):
    """A finding in a step. `parts`: the keys that it concerns; the first existing one is its place.

    `number` is the number of the phase, or of the line of `how`, that it concerns.
    """

    code: str
    level: str
    message: str
    help: str = ""
    parts: tuple[str, ...] = DOSE
    number: int | None = None


class Facts(NamedTuple):
    """The work of one run of a dose in ms, at the low and at the high end."""

    left: Range
    right: Range
    whole: Range
    longest_hold: int


class Look(NamedTuple):
    """The facts about one dose, and the findings about it alone."""

    facts: Facts
    found: tuple[Found, ...] = ()


LookAt = Callable[["Kind | None", Dose, Words], Look]


class Done(NamedTuple):
    """A step, and how often its blocks repeat it. Times are totals of the whole session."""

    step: Step
    rounds: Range
    look: Look
    node: Node | None = None
    """The node of the step in its file."""

    def on(self, side: Side) -> Range:
        """The work on one side."""
        facts = self.look.facts
        return times(facts.left if side is Side.LEFT else facts.right, self.rounds)

    @property
    def side(self) -> Range:
        """The work on the side with more work."""
        left, right, *_ = self.look.facts
        return times(Range(max(left.low, right.low), max(left.high, right.high)), self.rounds)

    @property
    def whole(self) -> Range:
        return times(self.look.facts.whole, self.rounds)


def times(one: Range, many: Range) -> Range:
    return Range(one.low * many.low, one.high * many.high)


class Course(NamedTuple):
    """A routine in the form that the rules use."""

    opened: Opened
    routine: Routine
    words: Words
    done: Sequence[Done]
    by_kind: Mapping[Kind | None, Sequence[Done]]
    one_sided: Sequence[Step]
    """The steps that work on the left or the right side only."""
    speaks: bool
    """Whether the routine has spoken texts other than those of the catalogue."""

    def of(self, *kinds: Kind) -> Sequence[Done]:
        """The steps of these kinds. For a single kind they are in reading order."""
        return [done for kind in kinds for done in self.by_kind.get(kind, ())]


DoseRule = Callable[[Dose, Words], Iterable[Found]]
"""A rule about one dose. It does not depend on the other steps."""
CourseRule = Callable[[Course], Iterable[tuple[Step | None, Found]]]
"""A rule about a whole routine. A finding is about a step, or about the routine itself (None)."""

OF_A_DOSE = frozenset({"65+", "long-hold"})
"""The words that change the rules for a single dose."""


def course_of(opened: Opened, routine: Routine, look_at: LookAt) -> Course:
    found = {goal.value for goal in routine.goals}
    found.update(lookup_key(tag).replace(" ", "-") for tag in routine.tags)
    words = frozenset(found)
    walk = _Walk(look_at, words & OF_A_DOSE)
    root = opened.document.root
    walk.items(routine.items, root.get("steps") if isinstance(root, Map) else None, _ONCE)
    return Course(opened, routine, words, walk.done, walk.by_kind, walk.one_sided, walk.speaks)


_ONCE = Range(1, 1)


def often_in(course: Course, kind: Kind) -> Iterator[tuple[Step | None, str]]:
    """How often each step of a kind is done.

    If the routine itself has `often`, that comes first, paired with None. It overrides the
    `often` of the catalogue, so only steps with their own `often` follow.
    """
    of_routine = course.routine.often
    if of_routine and course.of(kind):
        yield None, of_routine
    for done in course.of(kind):
        step = done.step
        if not of_routine or step.often != step.exercise.often:
            yield step, step.often


class _Walk:
    """Visits every item once."""

    def __init__(self, look_at: LookAt, words: Words) -> None:
        self.look_at = look_at
        self.words = words
        self.done: list[Done] = []
        self.by_kind: dict[Kind | None, list[Done]] = {}
        self.one_sided: list[Step] = []
        self.speaks = False

    def items(self, items: Sequence[Item], node: Node | None, rounds: Range) -> None:
        look_at, words, by_kind = self.look_at, self.words, self.by_kind
        nodes = node.items if isinstance(node, Seq) else repeat(None)
        for item, child in zip(items, nodes, strict=False):
            if isinstance(item, Step):
                dose = item.dose
                kind, side = item.exercise.kind, dose.side
                done = Done(item, rounds, look_at(kind, dose, words), child)
                self.done.append(done)
                if kind in by_kind:
                    by_kind[kind].append(done)
                else:
                    by_kind[kind] = [done]
                if side is Sides.LEFT or side is Sides.RIGHT:
                    self.one_sided.append(item)
                if item.cues or isinstance(dose.work[0], Cycles):
                    self.speaks = True
            elif isinstance(item, Block):
                steps = child.get("steps") if isinstance(child, Map) else None
                self.items(item.items, steps, times(rounds, item.rounds))
            elif not isinstance(item, Rest) or item.say:
                self.speaks = True


def facts_of(dose: Dose) -> Facts:
    left, right, whole = map(Range, _sides(dose, Pick.LOW), _sides(dose, Pick.HIGH))
    longest_hold = max((held.time.high for held in holds_of(dose)), default=0)
    return Facts(left, right, whole, longest_hold)


def _sides(dose: Dose, pick: Pick) -> tuple[int, int, int]:
    left = right = whole = 0
    for piece in run_of(dose, pick):
        half = piece.ms // 2 if piece.side is Side.ALTERNATING else piece.ms
        whole += piece.ms
        left += 0 if piece.side is Side.RIGHT else half
        right += 0 if piece.side is Side.LEFT else half
    return left, right, whole


class Held(NamedTuple):
    """A time for which one position is held.

    `number` is the index of its first phase. `sure` is false if a phase has a coach's own word:
    then the position may or may not be held.
    """

    time: Range
    number: int | None = None
    sure: bool = True


def holds_of(dose: Dose) -> Iterator[Held]:
    """Yield every hold. A rep with a tempo counts as one, and so do held phases in a row."""
    for amount in dose.work:
        if isinstance(amount, Hold):
            yield Held(amount.time)
        elif isinstance(amount, HeldReps):
            yield Held(amount.hold.time)
        elif isinstance(amount, Cycles):
            yield from _held_phases(amount)
        elif amount.unit is Unit.BREATHS:
            yield Held(set_time(dose, amount))
        elif is_timed(dose):
            yield Held(set_time(dose, amount._replace(count=exactly(1))))


_HELD = frozenset({PhaseWord.STRETCH, PhaseWord.HOLD, PhaseWord.DEEPEN})


def _held_phases(cycles: Cycles) -> Iterator[Held]:
    held: Held | None = None
    for index, phase in enumerate(cycles.phases):
        word = phase.known
        if word is not None and word not in _HELD:
            if held:
                yield held
            held = None
            continue
        before = held or Held(exactly(0), index)
        time = Range(before.time.low + phase.time.low, before.time.high + phase.time.high)
        held = Held(time, before.number, before.sure and word is not None)
    if held:
        yield held


def is_timed(dose: Dose) -> bool:
    """Whether the length of a dose is known. That of reps without a tempo is only estimated."""
    counted = (isinstance(a, Reps) and a.unit is not Unit.BREATHS for a in dose.work)
    return not any(counted) or (dose.tempo is not None and not dose.tempo.self_paced)


def set_time(dose: Dose, amount: Amount) -> Range:
    """The work of one set on one side."""
    if isinstance(amount, Hold):
        return amount.time
    if isinstance(amount, HeldReps):
        return times(amount.count, amount.hold.time)
    if isinstance(amount, Cycles):
        return times(amount.count, cycle_time(amount))
    if amount.unit is Unit.BREATHS:
        return times(amount.count, exactly(sum(dose.breathe)))
    if dose.tempo and not dose.tempo.self_paced:
        return Range(*map(dose.tempo.lasts, amount.count))
    return times(amount.count, exactly(SELF_PACED_REP_MS))


def cycle_time(cycles: Cycles) -> Range:
    """The length of one cycle."""
    times_ = [phase.time for phase in cycles.phases]
    return Range(sum(time.low for time in times_), sum(time.high for time in times_))


def outside(
    what: str, range: Range, least: int, most: int, low: str = "short", high: str = "long"
) -> str:
    """Return one sentence that says what is wrong with a range, at one end or at both.

    `low` and `high` are the words for a time below `least` and above `most`. If neither end is
    wrong, the sentence is empty.
    """
    found = [f"{duration(range.low)}{what} is {low}"] if range.low < least else []
    if range.high > most:
        found.append(f"{duration(range.high)}{'' if found else what} is {high}")
    return ", and ".join(found)


Part = tuple[Done, Range]


def by_region(
    steps: Iterable[Done], amount: Callable[[Done, Side], Range] = Done.on
) -> Iterator[tuple[Region, list[Part]]]:
    """The work on each region of one side, step by step, for both sides in turn.

    Each region counts as one muscle. Steps that state no region are left out.
    """
    found: dict[tuple[Region, Side], list[Part]] = {}
    for done in steps:
        for side in (Side.LEFT, Side.RIGHT):
            part = amount(done, side)
            if part.high:
                for region in done.step.exercise.stated_regions:
                    found.setdefault((region, side), []).append((done, part))
    for (region, _), parts in found.items():
        yield region, parts


class Over(NamedTuple):
    """A step whose regions exceed a limit, and the largest total among them."""

    step: Step
    regions: str
    most: int


def over(regions: Iterable[tuple[Region, list[Part]]], limit: int) -> list[Over]:
    """The steps where the high end exceeds `limit`, unless a step gives a reason."""
    found: dict[int, tuple[Step, set[str], int]] = {}
    for region, parts in regions:
        most = sum(part.high for _, part in parts)
        if most > limit and not any(done.step.reason for done, _ in parts):
            step = _passing(parts, limit)
            _, names, before = found.get(step.number, (step, set(), 0))
            found[step.number] = (step, names | {region.value}, max(most, before))
    return [Over(step, listed(names), most) for step, names, most in found.values()]


def _passing(parts: list[Part], limit: int) -> Step:
    high = 0
    for done, part in parts:
        high += part.high
        if high > limit:
            return done.step
    raise ValueError("the sum does not pass the limit")


def listed(words: Iterable[str]) -> str:
    """Join words in alphabetical order: `calf`, `calf and ham`."""
    return " and ".join(", ".join(sorted(words)).rsplit(", ", 1))
