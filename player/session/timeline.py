"""Turns a plan into a flat list of timed segments, in whole milliseconds.

The screen, the plain mode, the sound and the printed plan all read this one list, and no other code
computes a duration. The rules are those of the format, "What it means".
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from player.routine.catalogue import lookup_key
from player.routine.model import (
    Block,
    Dose,
    Item,
    Pick,
    Plan,
    Rest,
    Say,
    Step,
    Text,
    Wait,
    steps_of,
)
from player.routine.pieces import (
    WAIT_MS,
    Open,
    Piece,
    PieceAmount,
    SegmentKind,
    is_opposite,
    longest,
    run_ms,
    run_of,
)
from player.routine.vocabulary import Side, Sides

_WORK, _CLOSED = SegmentKind.WORK, Open.CLOSED  # looked up for every segment


class Segment(NamedTuple):
    """One period of time. A gap has the exercise, side, set and rep of the work after it.

    `start` and `end` are ms from the beginning of the session. `step` is the number of the step in
    the file, or 0 if no work follows. `set` and `rep` count from 1, and are 0 if no work follows.
    Only work has an `amount`. `round` is the number of the pass through a step whose block is
    repeated, else 0.
    """

    start: int
    end: int
    kind: SegmentKind
    step: int = 0
    exercise: str | None = None
    side: Side | None = None
    set: int = 0
    rep: int = 0
    amount: PieceAmount | None = None
    open: Open = Open.CLOSED
    round: int = 0
    added: int = 0
    """The ms that the person has added."""

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def planned(self) -> int:
        """The length without the ms that were added."""
        return self.length - self.added


class Choices(NamedTuple):
    """What the person chooses once for a whole session."""

    pick: Pick = Pick.LOW
    side: Side | None = None
    """The side to use for a dose of `one side`."""
    languages: tuple[str, ...] = ()


DEFAULT_CHOICES = Choices()


class Timeline(NamedTuple):
    """All segments in order, without holes or overlaps, from 0 to `total_ms`."""

    segments: tuple[Segment, ...]
    steps: Mapping[int, Step]
    says: Mapping[int, tuple[Text, ...]]
    """The texts to say as a segment starts, by its index. The next index after the last segment
    means the end of the session.
    """
    starts: tuple[int, ...]
    stays: tuple[int, ...]
    """The indices of the segments that wait for a key at their end."""

    @property
    def total_ms(self) -> int:
        return self.segments[-1].end if self.segments else 0

    @property
    def exact(self) -> bool:
        """Whether the session lasts exactly `total_ms`, because it never waits for a key."""
        return not self.stays

    def at(self, position: int) -> int:
        """Return the index of the segment at `position` ms; at and after the end, the last.

        It is never a segment of length 0.
        """
        return max(bisect_right(self.starts, min(position, self.total_ms - 1)) - 1, 0)

    def longer(self, index: int, by_ms: int) -> "Timeline":
        """Return this timeline with segment `index` longer by `by_ms` and all later ones moved."""
        grown = self.segments[index]
        after = [
            segment._replace(start=segment.start + by_ms, end=segment.end + by_ms)
            for segment in self.segments[index + 1 :]
        ]
        grown = grown._replace(end=grown.end + by_ms, added=grown.added + by_ms)
        return _timeline((*self.segments[:index], grown, *after), self.steps, self.says)

    def without(self, index: int, position: int, steps: Set[int]) -> "Timeline":
        """Return this timeline without what remains of `steps` after `position`.

        `position` lies in segment `index`. A removed segment stays in the list with length 0, so
        the indices of the others do not change, nor does the work credited to them. A wait or a
        text goes too if the next work that it leads to is removed.
        """
        segments = list(self.segments[:index])
        now = segments[-1].end if segments else 0
        gone = self._leading_to(steps, index)
        for number, segment in enumerate(self.segments[index:], index):
            length, is_open = segment.length, segment.open
            if segment.step in steps or (segment.kind is SegmentKind.WAIT and number in gone):
                length = max(position - segment.start, 0) if number == index else 0
                is_open = _CLOSED
            added = length - min(segment.planned, length)
            segments.append(
                segment._replace(start=now, end=now + length, open=is_open, added=added)
            )
            now += length
        says = {
            at: texts
            for at, texts in self.says.items()
            if at < index or at not in gone or (at == index and segments[at].length)
        }
        return _timeline(segments, self.steps, says)

    def _leading_to(self, steps: Set[int], start: int) -> Set[int]:
        """Return the indices from `start` on whose next work, or own work, belongs to `steps`."""
        found: set[int] = set()
        leads_there = False
        for index in range(len(self.segments) - 1, start - 1, -1):
            segment = self.segments[index]
            if segment.kind is _WORK and segment.length:
                leads_there = segment.step in steps
            if leads_there:
                found.add(index)
        return found

    def holds_work(self, index: int) -> bool:
        """Return whether any work is left from segment `index` on."""
        return any(s.kind is _WORK and s.length for s in self.segments[index:])

    def work_ms(self) -> int:
        """Return the milliseconds of work, without rests."""
        return sum(s.end - s.start for s in self.segments if s.kind is SegmentKind.WORK)


def _timeline(
    segments: Sequence[Segment], steps: Mapping[int, Step], says: Mapping[int, tuple[Text, ...]]
) -> Timeline:
    whole = tuple(segments)
    starts = tuple(segment.start for segment in whole)
    stays = tuple(i for i, segment in enumerate(whole) if segment.open is Open.STAYS)
    return Timeline(whole, steps, says, starts, stays)


def compile(plan: Plan, choices: Choices = DEFAULT_CHOICES) -> Timeline:
    """Return the timeline of a plan."""
    walk = _Walk(choices)
    walk.items(plan.items)
    walk.finish()
    steps = {step.number: step for step in steps_of(plan.items)}
    return _timeline(walk.out, steps, walk.says)


class _Walk:
    """Appends the pieces one after the other and chooses the one gap between two of them."""

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
        rounds, outer = block.rounds.pick(pick), self.round
        began = False
        for number in range(1, rounds + 1):
            if block.rounds.high > 1:  # inner rounds are counted through all outer ones
                self.round = max(outer - 1, 0) * rounds + number
            if began:
                self.block_gap = max(self.block_gap, block.rest.pick(pick))
            for item, has_work in zip(block.items, worked, strict=True):
                if has_work and began:
                    self.block_gap = max(self.block_gap, block.between.pick(pick))
                began = began or has_work
                self.items((item,))
        self.round = outer

    def wait(self, wait: Wait) -> None:
        """Append a wait. It replaces the gap; of the rests before it only `rest:` steps count."""
        self.rest()
        self.say(wait.text)
        if wait.say:
            self.say(wait.say)
        self.out.append(Segment(self.now, self.now + WAIT_MS, SegmentKind.WAIT, open=Open.STAYS))
        self.now += WAIT_MS
        self.rest_steps = self.block_gap = 0
        self.after_wait = True

    def step(self, step: Step) -> None:
        name = step.exercise.id or lookup_key(step.exercise.name.pick())
        number = step.number
        run = self.runs.get(number) or self.runs.setdefault(
            number, run_of(step.dose, self.choices.pick)
        )
        gap, kind = self.entry_gap(step.dose, name, self.side_of(run[0]))
        self.lay(step, run, gap, kind)
        self.follows(self.side_of(run[-1]), name)

    def side_of(self, piece: Piece) -> Side:
        """Return the side of a piece; for `one side`, the side that the person chose."""
        chosen = self.choices.side
        return chosen if piece.side is Side.ONE and chosen is not None else piece.side

    def lay(self, step: Step, run: Sequence[Piece], gap: int, kind: SegmentKind) -> None:
        """Append the segments of one run; `gap` and `kind` are those before its first piece."""
        number, place = step.number, self.round
        exercise = step.exercise.label
        early = step.until is not None
        add, now = self.out.append, self.now
        for piece in run:
            _, _, side, of_set, rep, ms, amount, is_open = piece
            if side is Side.ONE:
                side = self.side_of(piece)
            if piece is not run[0]:
                gap, kind = piece.gap, piece.gap_kind
            if gap:
                start, now = now, now + gap
                add(
                    Segment(
                        start, now, kind, number, exercise, side, of_set, rep, None, _CLOSED, place
                    )
                )
            if early and is_open is _CLOSED:
                is_open = Open.EARLY
            start, now = now, now + ms
            add(
                Segment(
                    start, now, _WORK, number, exercise, side, of_set, rep, amount, is_open, place
                )
            )
        self.now = now

    def follows(self, side: Side, name: str) -> None:
        """Remember the last piece of work, because the next gap depends on it."""
        self.side_before = side
        self.exercise_before = name
        self.rest_steps = self.block_gap = 0
        self.after_wait = False

    def entry_gap(self, dose: Dose, name: str, side: Side) -> tuple[int, SegmentKind]:
        """Return the gap before a run: the longest that applies, never the sum."""
        pick = self.choices.pick
        ready = dose.ready.pick(pick)
        if self.after_wait:
            return longest(rest=self.rest_steps, ready=ready)
        is_new = self.exercise_before != name or dose.own_ready
        switches = is_opposite(self.side_before, side)
        return longest(
            rest=max(self.rest_steps, self.block_gap),
            ready=ready if is_new else 0,
            switch=dose.switch.pick(pick) if switches else 0,
        )

    def rest(self) -> None:
        """Append the pending `rest:` steps at a point where no work follows them."""
        if self.rest_steps:
            end = self.now + self.rest_steps
            self.out.append(Segment(self.now, end, SegmentKind.REST))
            self.now = end

    def finish(self) -> None:
        """End the timeline. A plan ends with its last work; only a `rest:` step may follow it."""
        self.rest()


def length_ms(plan: Plan, choices: Choices = DEFAULT_CHOICES) -> int:
    """Return the length of a plan without building its segments."""
    walk = _Measure(choices)
    walk.items(plan.items)
    walk.finish()
    return walk.now


class _Measure(_Walk):
    """Measures the length only; the rules are those of `_Walk`."""

    def lay(self, step: Step, run: Sequence[Piece], gap: int, kind: SegmentKind) -> None:
        self.now += gap + run_ms(step.dose, self.choices.pick)


def has_one_side(plan: Plan) -> bool:
    """Return whether the person has to choose a side before the session."""
    return any(step.dose.side is Sides.ONE for step in steps_of(plan.items))
