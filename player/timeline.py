"""A plan on the clock: one flat list of segments with exact whole milliseconds.

The screen, the plain mode, the sound and the printed plan are functions of this one list;
no second place computes a duration. The rules are those of the format, "What it means".
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

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
    Plan,
    Range,
    Reps,
    Rest,
    Say,
    Step,
    Text,
    Wait,
    steps_of,
)
from player.routine.vocabulary import Side, Sides, Unit

WAIT_MS = 15_000
"""What a `wait` counts; a session stays there until a key is pressed."""

SELF_PACED_REP_MS = 3_000


class SegmentKind(StrEnum):
    WORK = "work"
    READY = "ready"
    SWITCH = "switch"
    RELAX = "relax"
    REST = "rest"
    WAIT = "wait"


class Open(StrEnum):
    """Whether a segment's end is the person's to choose."""

    CLOSED = "closed"
    EARLY = "early"
    """It ends by itself and may be ended before (`up to`, `until`)."""
    STAYS = "stays"
    """It stays at its end until a key is pressed (untimed reps, `wait`)."""


_WORK, _CLOSED = SegmentKind.WORK, Open.CLOSED  # looked up for every segment


class Segment(NamedTuple):
    """One stretch of time. A gap carries the exercise, side, set and rep that come.

    `start` and `end` are ms from the beginning of the session. `step` is the number of the
    step in the file, 0 where no work follows. `set` and `rep` count from 1 and are 0 there.
    """

    start: int
    end: int
    kind: SegmentKind
    step: int = 0
    exercise: str | None = None
    side: Side | None = None
    set: int = 0
    rep: int = 0
    label: str | None = None
    open: Open = Open.CLOSED
    round: int = 0

    @property
    def length(self) -> int:
        return self.end - self.start


class Choices(NamedTuple):
    """What the person chooses once for a session."""

    pick: Pick = Pick.LOW
    side: Side | None = None
    """The side for `one side`."""
    languages: tuple[str, ...] = ()


DEFAULT_CHOICES = Choices()


class Timeline(NamedTuple):
    """All segments in order, without holes or overlaps, from 0 to `total_ms`."""

    segments: tuple[Segment, ...]
    steps: Mapping[int, Step]
    says: Mapping[int, tuple[Text, ...]]
    """What is said as a segment starts, by its index; the number of segments means the end."""
    starts: tuple[int, ...]
    stays: tuple[int, ...]
    """The indices of the segments that wait for a key at their end."""

    @property
    def total_ms(self) -> int:
        return self.segments[-1].end if self.segments else 0

    @property
    def exact(self) -> bool:
        """True when nothing waits for the person: with no key touched it lasts `total_ms`."""
        return not self.stays

    def at(self, position: int) -> int:
        """The index of the segment at `position` ms; the last one at and past the end."""
        return max(bisect_right(self.starts, position) - 1, 0)

    def longer(self, index: int, by_ms: int) -> "Timeline":
        """This timeline with segment `index` made longer and everything after it later."""
        grown = self.segments[index]
        after = [
            segment._replace(start=segment.start + by_ms, end=segment.end + by_ms)
            for segment in self.segments[index + 1 :]
        ]
        grown = grown._replace(end=grown.end + by_ms)
        return _timeline((*self.segments[:index], grown, *after), self.steps, self.says)

    def work_ms(self) -> int:
        """Milliseconds of work, rests not counted."""
        return sum(s.end - s.start for s in self.segments if s.kind is SegmentKind.WORK)


def _timeline(
    segments: Sequence[Segment], steps: Mapping[int, Step], says: Mapping[int, tuple[Text, ...]]
) -> Timeline:
    whole = tuple(segments)
    starts = tuple(segment.start for segment in whole)
    stays = tuple(i for i, segment in enumerate(whole) if segment.open is Open.STAYS)
    return Timeline(whole, steps, says, starts, stays)


def compile(plan: Plan, choices: Choices = DEFAULT_CHOICES) -> Timeline:
    """Lay a plan on the clock."""
    walk = _Walk(choices)
    walk.items(plan.items)
    walk.finish()
    steps = {step.number: step for step in steps_of(plan.items)}
    return _timeline(walk.out, steps, walk.says)


class Piece(NamedTuple):
    """Work with one clock, and the gap before it within the same run of its step."""

    gap: int
    gap_kind: SegmentKind
    side: Side
    set: int
    rep: int
    ms: int
    label: str
    open: Open


class _Walk:
    """Puts pieces one after the other and settles the one gap between two of them."""

    def __init__(self, choices: Choices) -> None:
        self.choices = choices
        self.out: list[Segment] = []
        self.runs: dict[int, tuple[Piece, ...]] = {}
        self.says: dict[int, tuple[Text, ...]] = {}
        self.now = 0
        self.exercise_before: str | None = None
        self.side_before: Side | None = None
        self.rest_steps = 0
        self.block_gap = 0
        self.after_wait = False
        self.round = 0

    def items(self, items: Sequence[Item]) -> None:
        for item in items:
            if isinstance(item, Step):
                self.step(item)
            elif isinstance(item, Rest):
                self.rest_steps = max(self.rest_steps, item.time.pick(self.choices.pick))
                if item.say:
                    self.say(item.say)
            elif isinstance(item, Say):
                self.say(item.say)
            elif isinstance(item, Wait):
                self.wait(item)
            else:
                self.block(item)

    def say(self, text: Text) -> None:
        self.says[len(self.out)] = (*self.says.get(len(self.out), ()), text)

    def block(self, block: Block) -> None:
        pick = self.choices.pick
        worked = [bool(steps_of([item])) for item in block.items]
        outer = self.round
        began = False
        for number in range(1, block.rounds.pick(pick) + 1):
            self.round = number if block.rounds.high > 1 else outer
            if began:
                self.block_gap = max(self.block_gap, block.rest.pick(pick))
            for item, has_work in zip(block.items, worked, strict=True):
                if has_work and began:
                    self.block_gap = max(self.block_gap, block.between.pick(pick))
                began = began or has_work
                self.items((item,))
        self.round = outer

    def wait(self, wait: Wait) -> None:
        """A wait stands in for the gap: before it only `rest:` steps count."""
        self.rest()
        self.say(wait.text)
        if wait.say:
            self.say(wait.say)
        self.out.append(Segment(self.now, self.now + WAIT_MS, SegmentKind.WAIT, open=Open.STAYS))
        self.now += WAIT_MS
        self.rest_steps = self.block_gap = 0
        self.after_wait = True

    def step(self, step: Step) -> None:
        dose, number, place = step.dose, step.number, self.round
        name = step.exercise.id or lookup_key(step.exercise.name.pick())
        label = step.exercise.label
        early = step.until is not None
        chosen = self.choices.side
        add, now = self.out.append, self.now
        run = self.runs.get(number) or self.runs.setdefault(number, run_of(dose, self.choices.pick))
        gap, kind = self.entry_gap(dose, name, run[0])
        for piece in run:
            _, _, side, of_set, rep, ms, words, is_open = piece
            if side is Side.ONE and chosen is not None:
                side = chosen
            if piece is not run[0]:
                gap, kind = piece.gap, piece.gap_kind
            if gap:
                start, now = now, now + gap
                add(
                    Segment(
                        start, now, kind, number, label, side, of_set, rep, None, _CLOSED, place
                    )
                )
            if early and is_open is _CLOSED:
                is_open = Open.EARLY
            start, now = now, now + ms
            add(Segment(start, now, _WORK, number, label, side, of_set, rep, words, is_open, place))
        self.now = now
        self.side_before = run[-1].side
        self.exercise_before = name
        self.rest_steps = self.block_gap = 0
        self.after_wait = False

    def entry_gap(self, dose: Dose, name: str, first: Piece) -> tuple[int, SegmentKind]:
        """The gap before the first piece of a run: the longest that applies, never the sum."""
        pick = self.choices.pick
        ready = dose.ready.pick(pick)
        if self.after_wait:
            return _longest(rest=self.rest_steps, ready=ready)
        is_new = self.exercise_before != name or dose.own_ready
        switches = is_opposite(self.side_before, first.side)
        return _longest(
            rest=max(self.rest_steps, self.block_gap),
            ready=ready if is_new else 0,
            switch=dose.switch.pick(pick) if switches else 0,
        )

    def rest(self) -> None:
        """The `rest:` steps that stand here, where no work follows."""
        if self.rest_steps:
            end = self.now + self.rest_steps
            self.out.append(Segment(self.now, end, SegmentKind.REST))
            self.now = end

    def finish(self) -> None:
        """Nothing implied follows the last work; a `rest:` step that stands there does."""
        self.rest()


def _longest(
    rest: int = 0, ready: int = 0, switch: int = 0, relax: int = 0
) -> tuple[int, SegmentKind]:
    """The longest gap; on a tie the first of rest, ready, switch, relax gives the name."""
    ms = max(rest, ready, switch, relax)
    if ms == rest:
        return ms, SegmentKind.REST
    if ms == ready:
        return ms, SegmentKind.READY
    return ms, SegmentKind.SWITCH if ms == switch else SegmentKind.RELAX


def is_opposite(before: Side | None, side: Side | None) -> bool:
    """Whether the body has to change from the left to the right, or back."""
    return (before is Side.LEFT and side is Side.RIGHT) or (
        before is Side.RIGHT and side is Side.LEFT
    )


class _Part(NamedTuple):
    """A piece before its gap is known. `cycle` numbers what follows without a gap."""

    side: Side
    set: int
    rep: int
    ms: int
    label: str
    open: Open
    phase: int
    relaxes: bool


@lru_cache(maxsize=1024)
def run_of(dose: Dose, pick: Pick) -> tuple[Piece, ...]:
    """The pieces of one run of a step, with the gaps between them (the first has none)."""
    pieces: list[Piece] = []
    before: _Part | None = None
    switch, rest, relax = dose.switch.pick(pick), dose.rest.pick(pick), dose.relax.pick(pick)
    for part in _parts(dose, pick):
        gap, kind = 0, SegmentKind.REST
        if before is not None and not part.phase:
            same_side = part.side is before.side
            gap, kind = _longest(
                rest=rest if part.set > before.set else 0,
                switch=switch if is_opposite(before.side, part.side) else 0,
                relax=relax if same_side and part.relaxes and before.relaxes else 0,
            )
        pieces.append(
            Piece(gap, kind, part.side, part.set, part.rep, part.ms, part.label, part.open)
        )
        before = part
    return tuple(pieces)


def _parts(dose: Dose, pick: Pick) -> list[_Part]:
    amounts = dose.work if len(dose.work) > 1 else dose.work * dose.sets.pick(pick)
    numbered = list(enumerate(amounts, 1))
    sides = _order(dose)
    if dose.side in {Sides.LEFT_THEN_RIGHT, Sides.RIGHT_THEN_LEFT}:
        return [
            p for side in sides for n, amount in numbered for p in _set(amount, dose, pick, side, n)
        ]
    if dose.side is Sides.ALTERNATING:
        return [p for n, amount in numbered for p in _alternating(amount, dose, pick, sides, n)]
    return [
        p for n, amount in numbered for side in sides for p in _set(amount, dose, pick, side, n)
    ]


def _order(dose: Dose) -> tuple[Side, ...]:
    if dose.side in {Sides.EACH, Sides.ALTERNATING, Sides.LEFT_THEN_RIGHT}:
        return (Side.RIGHT, Side.LEFT) if dose.first is Side.RIGHT else (Side.LEFT, Side.RIGHT)
    if dose.side is Sides.RIGHT_THEN_LEFT:
        return (Side.RIGHT, Side.LEFT)
    return (Side.ONE if dose.side is Sides.ONE else Side(dose.side.value),)


def _alternating(
    amount: Amount, dose: Dose, pick: Pick, sides: tuple[Side, ...], number: int
) -> list[_Part]:
    """Sides swap after each rep, hold or cycle; where nothing repeats it is `each side`."""
    if isinstance(amount, Reps):
        if amount.count.high > 1:
            return [_counted(amount, dose, pick, Side.ALTERNATING, number)]
    elif not isinstance(amount, Hold) and amount.count.high > 1:
        by_side = [_set(amount, dose, pick, side, number) for side in sides]
        per_rep = len(amount.phases) if isinstance(amount, Cycles) else 1
        reps = range(0, len(by_side[0]), per_rep)
        return [p for start in reps for parts in by_side for p in parts[start : start + per_rep]]
    return [part for side in sides for part in _set(amount, dose, pick, side, number)]


def _set(amount: Amount, dose: Dose, pick: Pick, side: Side, number: int) -> list[_Part]:
    """One set on one side."""
    if isinstance(amount, Hold):
        return [_held(amount, pick, side, number, 1)]
    if isinstance(amount, HeldReps):
        count = amount.count.pick(pick)
        return [_held(amount.hold, pick, side, number, rep) for rep in range(1, count + 1)]
    if isinstance(amount, Reps):
        return [_counted(amount, dose, pick, side, number)]
    return [
        _Part(side, number, cycle, phase.time.pick(pick), phase.word, Open.CLOSED, index, True)
        for cycle in range(1, amount.count.pick(pick) + 1)
        for index, phase in enumerate(amount.phases)
    ]


def _held(hold: Hold, pick: Pick, side: Side, number: int, rep: int) -> _Part:
    is_open = Open.EARLY if hold.open else Open.CLOSED
    label = f"up to {time_label(hold.time)}" if hold.open else time_label(hold.time)
    return _Part(side, number, rep, hold.time.pick(pick), label, is_open, 0, True)


def _counted(amount: Reps, dose: Dose, pick: Pick, side: Side, number: int) -> _Part:
    times = 2 if side is Side.ALTERNATING else 1
    count = amount.count.pick(pick) * times
    is_open = Open.CLOSED
    if amount.unit is Unit.BREATHS:
        ms = count * sum(dose.breathe)
    elif dose.tempo is None or dose.tempo.self_paced:
        ms, is_open = count * SELF_PACED_REP_MS, Open.STAYS
    else:
        ms = dose.tempo.lasts(count)
    shown = Range(amount.count.low * times, amount.count.high * times)
    return _Part(side, number, 1, ms, count_label(shown, amount.unit), is_open, 0, False)


def count_label(count: Range, unit: Unit) -> str:
    """`10 reps`, `8-12 reps`, `1 breath`."""
    if count.low != count.high:
        return f"{count.low}-{count.high} {unit}"
    if count.low == 1:
        return f"1 {'pass' if unit is Unit.PASSES else unit.value.removesuffix('s')}"
    return f"{count.low} {unit}"


def time_label(time: Range) -> str:
    """`30s`, `20-30s`, `1:30`, `1:00-1:30`."""
    if time.low == time.high:
        return duration(time.low)
    low, high = duration(time.low), duration(time.high)
    if low.endswith("s") and high.endswith("s"):
        low = low.removesuffix("s")
    return f"{low}-{high}"


def duration(ms: int) -> str:
    """A length of time as a coach writes it: `45s`, `4.286s`, `1:30`, `1:02:03`."""
    if ms < 60_000:
        whole, rest = divmod(ms, 1_000)
        return f"{whole}.{rest:03d}".rstrip("0").rstrip(".") + "s" if rest else f"{whole}s"
    return clock(ms)


def clock(ms: int) -> str:
    """A position or a length as a clock shows it, whole seconds rounded down: `4:10`."""
    minutes, seconds = divmod(ms // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"


def has_one_side(plan: Plan) -> bool:
    """Whether the person has to choose a side before the session."""
    return any(step.dose.side is Sides.ONE for step in steps_of(plan.items))
