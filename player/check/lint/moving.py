"""Time to change position between two steps: L28."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from player.check.lint.facts import Course, Found
from player.document.nodes import Map
from player.document.problem import WARNING
from player.routine.model import Block, Item, Rest, Step, Wait
from player.routine.pieces import SegmentKind
from player.routine.times import duration
from player.routine.vocabulary import Position

_ON_THE_FEET = frozenset({Position.STAND, Position.SUPPORT, Position.ONE_LEG})
_ON_THE_FLOOR = frozenset(Position) - _ON_THE_FEET - {Position.CHAIR}
_TO_THE_FLOOR = 10_000


def changes(course: Course) -> Iterator[tuple[Step, Found]]:
    """L28. If `ready` of the `defaults` is too short, it is reported only once."""
    if all(done.step.dose.ready.low >= _TO_THE_FLOOR for done in course.done):
        return
    walk = _Neighbours(course)
    walk.items(course.routine.items)
    yield from walk.found.values()


def _ready_of_defaults(course: Course) -> bool:
    root = course.opened.document.root
    defaults = root.get("defaults") if isinstance(root, Map) else None
    return isinstance(defaults, Map) and "ready" in defaults.pairs


@lru_cache(maxsize=256)
def _hurried(gap: int, needed: int, by_default: bool) -> Found:
    message = f"{duration(gap)} to change position"
    help = f"give it {duration(needed)} or more with `ready:` or a `rest:` step"
    if by_default:
        message += ", as `defaults` gives to every step"
        help = f"`ready` in `defaults`: {duration(_TO_THE_FLOOR)} or more"
    return Found("L28", WARNING, message, help, ("ready",))


@lru_cache(maxsize=256)
def _needed(before: frozenset[Position], after: frozenset[Position]) -> int:
    """The time that a change of position needs, in ms; 0 if the position may stay the same."""
    if not before.isdisjoint(after):
        return 0
    if (before <= _ON_THE_FEET and after <= _ON_THE_FLOOR) or (
        before <= _ON_THE_FLOOR and after <= _ON_THE_FEET
    ):
        return _TO_THE_FLOOR
    return 5_000


class _Neighbours:
    """Finds neighbouring steps with too little time to change position between them.

    The gap before a step is at least as long as its `ready` and as the rests before it. If
    those are too short, the timeline is computed, because a `switch` may be longer.
    """

    def __init__(self, course: Course) -> None:
        self.course = course
        self.found: dict[int, tuple[Step, Found]] = {}
        self.by_default = _ready_of_defaults(course)
        self.default_reported = False
        self.before: Step | None = None
        self.rest = 0

    def items(self, items: Sequence[Item], between: int = 0) -> None:
        began = False
        for item in items:
            if isinstance(item, Step):
                if between and began:
                    self.rest = max(self.rest, between)
                if item.dose.ready.low < _TO_THE_FLOOR > self.rest:
                    self.check_step(item)
                self.before, self.rest, began = item, 0, True
            elif isinstance(item, Rest):
                self.rest = max(self.rest, item.time.low)
            elif isinstance(item, Wait):
                self.before = None  # the person ends it, so there is enough time
            elif isinstance(item, Block):
                if between and began:
                    self.rest = max(self.rest, between)
                self.items(item.items, item.between.low)
                began = True
                if item.rounds.high > 1:
                    self.next_round(item)

    def check_step(self, step: Step) -> None:
        before, dose = self.before, step.dose
        by_default = self.by_default and not dose.own_ready
        if before is None or (by_default and self.default_reported) or step.number in self.found:
            return
        needed = _needed(before.exercise.positions, step.exercise.positions)
        gap = max(self.rest, dose.ready.low)
        if gap < needed and dose.switch.low > gap:
            gap = _played(self.course, before, step, gap)
        if gap < needed:
            self.default_reported = self.default_reported or by_default
            self.found[step.number] = (step, _hurried(gap, needed, by_default))

    def next_round(self, block: Block) -> None:
        """Compare the end of a round with the start of the next, the only pair not yet checked."""
        rest = self.rest
        self.rest = max(rest, block.rest.low, block.between.low)
        self.check_first(block.items)
        self.rest = rest

    def check_first(self, items: Sequence[Item]) -> bool:
        """Compare with the first step of a round; return whether there was a step or a wait."""
        for item in items:
            if isinstance(item, Rest):
                self.rest = max(self.rest, item.time.low)
            elif isinstance(item, Step):
                self.check_step(item)
                return True
            elif isinstance(item, Wait) or (
                isinstance(item, Block) and self.check_first(item.items)
            ):
                return True
        return False


def _played(course: Course, before: Step, step: Step, least: int) -> int:
    """The shortest time between these two steps in the timeline."""
    timeline = course.opened.timeline
    work = [s for s in timeline.segments if s.kind is SegmentKind.WORK] if timeline else []
    wanted = (before.number, step.number)
    return min(
        (b.start - a.end for a, b in pairwise(work) if (a.step, b.step) == wanted), default=least
    )
