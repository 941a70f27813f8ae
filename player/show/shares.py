"""What a timeline is made of: its parts as cells of a bar, and its work by region and side."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from player.routine.model import Step
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Kind, Region, Side
from player.session.timeline import Segment, Timeline


class TimeUse(StrEnum):
    """What a moment of a session is for."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    ALTERNATING = "alternating"
    ONE = "one"
    GAP = "gap"
    WAIT = "wait"


class WorkBySide(NamedTuple):
    """Milliseconds of work by side; what alternates counts as both."""

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
        """What the side gets that gets less."""
        return min(self.left, self.right) + self.both + self.one


_OWN_SIDE = frozenset({Side.LEFT, Side.RIGHT, Side.ONE})


class RegionTotal(NamedTuple):
    """The work of one kind that reaches a region; None where nobody told the region or kind."""

    region: Region | None
    kind: Kind | None
    work: WorkBySide


def part_of(segment: Segment) -> TimeUse:
    """What a segment is for, by its side where it is work."""
    if segment.kind is SegmentKind.WORK:
        return TimeUse(segment.side or Side.BOTH)
    return TimeUse.WAIT if segment.kind is SegmentKind.WAIT else TimeUse.GAP


def parts(timeline: Timeline) -> dict[TimeUse, int]:
    """Milliseconds of each part that there is; together they are the whole session."""
    found: dict[TimeUse, int] = dict.fromkeys(TimeUse, 0)
    for segment in timeline.segments:
        found[part_of(segment)] += segment.length
    return {part: ms for part, ms in found.items() if ms}


def cells(timeline: Timeline, width: int) -> tuple[TimeUse, ...]:
    """The session as `width` cells, each for a part that lies in it.

    Each part gets its share of the cells to within one. Rounding every segment by itself would
    make many short gaps look like none, or like half of the session.
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
    """How much of each part lies in each cell, times `width`; a cell holds `total_ms` of it."""
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
    """Cells to hand on, from a part with too many to one that can take one more.

    There is always such a way: that is how a table is rounded so that its sums stay right.
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
    """The work by region and kind. A step that works several regions counts for each."""
    found: dict[tuple[Region | None, Kind | None], WorkBySide] = defaultdict(WorkBySide)
    for segment in _work(timeline):
        exercise = timeline.steps[segment.step].exercise
        for region in exercise.told_regions or {None}:
            key = region, exercise.kind
            found[key] = found[key].plus(segment)
    return [
        RegionTotal(region, kind, found[region, kind])
        for region in (*Region, None)
        for kind in (*Kind, None)
        if (region, kind) in found
    ]


def by_step(timeline: Timeline) -> dict[int, WorkBySide]:
    """The work of each step, all rounds together, in reading order."""
    found = {number: WorkBySide() for number in sorted(timeline.steps)}
    for segment in _work(timeline):
        found[segment.step] = found[segment.step].plus(segment)
    return found


def all_work(timeline: Timeline) -> WorkBySide:
    """All work by side; it is `Timeline.work_ms` in parts."""
    work = WorkBySide()
    for segment in _work(timeline):
        work = work.plus(segment)
    return work


def by_exercise(timeline: Timeline, kind: Kind) -> list[tuple[Step, WorkBySide]]:
    """The work of each exercise of a kind, steps with the same exercise together."""
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
