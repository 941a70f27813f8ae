"""Sums up a timeline: its parts as the cells of a bar, and its work by region and side."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from player.routine.model import Step
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Kind, Region, Side
from player.session.timeline import Segment, Timeline


class TimeUse(StrEnum):
    """The kind of a moment in a session: work on a side, a gap or a wait."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATING = "alternating"
    ONE = "one"
    GAP = "gap"
    WAIT = "wait"


class WorkBySide(NamedTuple):
    """Milliseconds of work by side. Alternating work counts as both."""

    left: int = 0
    right: int = 0
    both: int = 0
    one: int = 0

    @property
    def total(self) -> int:
        return sum(self)

    def plus(self, segment: Segment) -> "WorkBySide":
        side = segment.side.value if segment.side in _OWN_SIDE else "both"
        return self._replace(**{side: getattr(self, side) + segment.length})

    @property
    def least_side(self) -> int:
        """The work of the side that gets less. A side that is never worked does not count."""
        shared = self.both + self.one
        sides = [ms for ms in (self.left, self.right) if ms or shared]
        return min(sides, default=0) + shared


_OWN_SIDE = frozenset({Side.LEFT, Side.RIGHT, Side.ONE})


class RegionTotal(NamedTuple):
    """The work of one kind on one region. None means that the exercise does not name it."""

    region: Region | None
    kind: Kind | None
    work: WorkBySide


def part_of(segment: Segment) -> TimeUse:
    """Return the part that a segment belongs to. Work belongs to its side."""
    if segment.kind is SegmentKind.WORK:
        return TimeUse(segment.side or Side.BOTH)
    return TimeUse.WAIT if segment.kind is SegmentKind.WAIT else TimeUse.GAP


def parts(timeline: Timeline) -> dict[TimeUse, int]:
    """Return the milliseconds of each part that occurs. Their sum is the whole session."""
    found: dict[TimeUse, int] = dict.fromkeys(TimeUse, 0)
    for segment in timeline.segments:
        found[part_of(segment)] += segment.length
    return {part: ms for part, ms in found.items() if ms}


def cells(timeline: Timeline, width: int) -> tuple[TimeUse, ...]:
    """Return the session as `width` cells. Each cell shows a part that occurs in its time.

    Each part gets its share of the cells, to within one cell. If every segment were rounded alone,
    many short gaps would look like no gap at all, or like half of the session.
    """
    if not timeline.total_ms or width < 1:
        return ()
    held = _held(timeline, width)
    total = timeline.total_ms
    owed, given = dict.fromkeys(TimeUse, 0), dict.fromkeys(TimeUse, 0)
    out = []
    for cell in held:
        for part, ms in cell.items():
            owed[part] += ms
        out.append(max(cell, key=lambda part: owed[part] - given[part]))
        given[out[-1]] += total
    while way := _way_out(held, out, owed, total):
        for place, part in way:
            out[place] = part
    return tuple(out)


def _held(timeline: Timeline, width: int) -> list[dict[TimeUse, int]]:
    """Return the ms of each part in each cell, times `width`. Each cell sums to `total_ms`."""
    total = timeline.total_ms
    found: list[dict[TimeUse, int]] = [{} for _ in range(width)]
    for segment in timeline.segments:
        start, end, part = segment.start * width, segment.end * width, part_of(segment)
        for place in range(start // total, -(-end // total)):
            ms = min(end, (place + 1) * total) - max(start, place * total)
            if ms:
                found[place][part] = found[place].get(part, 0) + ms
    return found


def _way_out(
    held: Sequence[dict[TimeUse, int]],
    out: Sequence[TimeUse],
    owed: Mapping[TimeUse, int],
    total: int,
) -> list[tuple[int, TimeUse]]:
    """Return the cells to change, so that a part with too many cells has one less and a part with
    too few has one more.

    Such a chain always exists: this is controlled rounding of a table that preserves its sums.
    """
    count = {part: out.count(part) for part in TimeUse}
    many = [part for part in TimeUse if count[part] * total >= owed[part] + total]
    few = [part for part in TimeUse if count[part] * total <= owed[part] - total]
    if not many and not few:
        return []
    starts = many or [part for part in TimeUse if count[part] * total > owed[part]]
    ends = {part for part in TimeUse if count[part] * total < owed[part]} if many else set(few)
    ways: dict[TimeUse, list[tuple[int, TimeUse]]] = {part: [] for part in starts}
    queue = deque(starts)
    while queue:
        part = queue.popleft()
        if part in ends:
            return ways[part]
        for place, cell in enumerate(held):
            if out[place] is part:
                for other in cell.keys() - ways.keys():
                    ways[other] = [*ways[part], (place, other)]
                    queue.append(other)
    return []


def region_totals(timeline: Timeline) -> list[RegionTotal]:
    """Return the work by region and kind. A step that works on several regions counts for each."""
    found: dict[tuple[Region | None, Kind | None], WorkBySide] = defaultdict(WorkBySide)
    for segment in _work(timeline):
        exercise = timeline.steps[segment.step].exercise
        for region in exercise.stated_regions or {None}:
            key = region, exercise.kind
            found[key] = found[key].plus(segment)
    return [
        RegionTotal(region, kind, found[region, kind])
        for region in (*Region, None)
        for kind in (*Kind, None)
        if (region, kind) in found
    ]


def by_step(timeline: Timeline) -> dict[int, WorkBySide]:
    """Return the work of each step over all rounds, in the order of the steps."""
    found = {number: WorkBySide() for number in sorted(timeline.steps)}
    for segment in _work(timeline):
        found[segment.step] = found[segment.step].plus(segment)
    return found


def all_work(timeline: Timeline) -> WorkBySide:
    """Return all work by side. The sum is `Timeline.work_ms`."""
    work = WorkBySide()
    for segment in _work(timeline):
        work = work.plus(segment)
    return work


def by_exercise(timeline: Timeline, kind: Kind) -> list[tuple[Step, WorkBySide]]:
    """Return the work of each exercise of a kind. Steps of the same exercise are added."""
    found: dict[str, tuple[Step, WorkBySide]] = {}
    for number, work in by_step(timeline).items():
        step = timeline.steps[number]
        if step.exercise.kind is kind:
            first, before = found.get(step.exercise.label, (step, WorkBySide()))
            found[step.exercise.label] = (
                first,
                WorkBySide(*map(sum, zip(before, work, strict=True))),
            )
    return list(found.values())


def _work(timeline: Timeline) -> Sequence[Segment]:
    return [segment for segment in timeline.segments if segment.kind is SegmentKind.WORK]
