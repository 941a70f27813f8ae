"""Opens a routine file: reads it, and compares its real times with those it promises.

All code that shows or plays a file calls `open_routine`. A file with errors is neither shown nor
played. The dose rules belong to `player.check` and are not applied here.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from player.document.fault import FIRST_LINE, report_fault
from player.document.nodes import Map, Node, Seq
from player.document.problem import Place, Problem, Problems
from player.document.read import Document, read_file
from player.routine.catalogue import Catalogue
from player.routine.limits import DAY_MS, MAX_SEGMENTS
from player.routine.model import (
    Block,
    CuePoint,
    Item,
    Pick,
    Plan,
    Range,
    Routine,
    Step,
    When,
)
from player.routine.pieces import SegmentKind, set_lengths
from player.routine.reader import read_routine
from player.routine.times import clock, time_label
from player.session.timeline import Choices, Timeline, compile, length_ms

DURATION_TOLERANCE = 0.10
LASTS_TOLERANCE_MS = 1_000
NO_TIME = Range(0, 0)


class Opened:
    """A file with its problems. If a problem is an error, routine and timeline are None."""

    def __init__(
        self, document: Document, routine: Routine | None, bounds: Range = NO_TIME
    ) -> None:
        self.document = document
        self.routine = routine
        self.bounds = bounds
        """A lower and an upper bound of `longest_ms`, computed without compiling the routine."""

    @cached_property
    def timeline(self) -> Timeline | None:
        """The compiled routine, with the low end of every range."""
        try:
            return compile(Plan.whole(self.routine)) if self.routine else None
        except Exception as error:
            report_fault(error, self.document.problems, FIRST_LINE)
            self.routine = None
            return None

    @cached_property
    def longest_ms(self) -> int:
        """The length with the high end of every range."""
        if self.routine is None:
            return 0
        return length_ms(Plan.whole(self.routine), Choices(Pick.HIGH))

    @property
    def problems(self) -> list[Problem]:
        return self.document.problems.in_order()

    def report(self) -> str:
        """Every problem with its line and caret."""
        return "\n\n".join(self.document.render(problem) for problem in self.problems)


def open_routine(path: Path, catalogue: Catalogue, shown_as: str = "") -> Opened:
    """Read one file. `shown_as` replaces its path in problems."""
    return open_document(read_file(path, shown_as), catalogue)


def open_document(document: Document, catalogue: Catalogue) -> Opened:
    """Read a routine from a document, and add the problems of its length, cues and promises."""
    try:
        return _open(document, catalogue)
    except Exception as error:
        report_fault(error, document.problems, FIRST_LINE)
        return Opened(document, None)


def _open(document: Document, catalogue: Catalogue) -> Opened:
    read = read_routine(document, catalogue)
    if read is None:
        return Opened(document, None)
    routine, bounds = read
    if not bounds.within_limits and not _within_limits(routine, document.problems):
        return Opened(document, None)
    opened = Opened(document, routine, bounds.time)
    if routine.duration:
        _compare_duration(routine, routine.duration, opened)
    if not _has_promise(routine.items):
        return opened
    steps = document.root.get("steps") if isinstance(document.root, Map) else None
    for item, node in with_nodes(routine.items, steps):
        if isinstance(item, (Step, Block)) and item.lasts:
            _compare_lasts(item, routine, node, document.problems)
        if isinstance(item, Step) and item.cues:
            _cues_in_time(item, node, document.problems)
    return opened


def _within_limits(routine: Routine, problems: Problems) -> bool:
    """Return whether the high end of all ranges is within the limits. Adds an error if not."""
    longest = compile(Plan.whole(routine), Choices(Pick.HIGH))
    if len(longest.segments) > MAX_SEGMENTS:
        count = len(longest.segments)
        words = f"this is {count:,} segments; {MAX_SEGMENTS:,} are the limit"
        problems.error("E205", None, words, "write fewer rounds, sets or holds")
    if longest.total_ms > DAY_MS:
        words = "this routine lasts longer than 24 hours"
        problems.error("E205", None, words, "split it in two")
    return not problems.has_errors


def _has_promise(items: Sequence[Item]) -> bool:
    """Return whether any item has a cue or a promised length to compare with its real length."""
    for item in items:
        if isinstance(item, Step):
            if item.cues or item.lasts:
                return True
        elif isinstance(item, Block) and (item.lasts or _has_promise(item.items)):
            return True
    return False


def with_nodes(items: Sequence[Item], node: Node | None) -> Iterator[tuple[Item, Node]]:
    """Yield every item with its node. The file has no errors, so the two lists match."""
    if isinstance(node, Seq):
        for item, child in zip(items, node.items, strict=True):
            yield item, child
            if isinstance(item, Block) and isinstance(child, Map):
                yield from with_nodes(item.items, child.get("steps"))


def _compare_duration(routine: Routine, promised: Range, opened: Opened) -> None:
    plan = Plan.whole(routine)
    low, high = (compile(plan, Choices(pick)).total_ms for pick in (Pick.LOW, Pick.HIGH))
    if high < promised.low * (1 - DURATION_TOLERANCE) or low > promised.high * (
        1 + DURATION_TOLERANCE
    ):
        took = time_label(_seconds(Range(low, high)))
        opened.document.problems.warn(
            "W107",
            _key_of(opened.document.root, "duration"),
            f"`duration` says {time_label(promised)}, the steps take {took}",
            "change one of them; more than 10 % apart, people plan with the wrong time",
        )


def _seconds(time: Range) -> Range:
    return Range(time.low // 1_000 * 1_000, time.high // 1_000 * 1_000)


def _key_of(node: Node | None, key: str) -> Place | None:
    """Return the place of a key, or of the map that lacks it."""
    return node.pairs[key][0] if isinstance(node, Map) and key in node.pairs else node


def _compare_lasts(item: Step | Block, routine: Routine, node: Node, problems: Problems) -> None:
    promised = item.lasts
    if promised is None:
        return
    alone = Plan(routine, (item,))
    took = Range(_work_span(compile(alone)), _work_span(compile(alone, Choices(Pick.HIGH))))
    if (
        took.high < promised.low - LASTS_TOLERANCE_MS
        or took.low > promised.high + LASTS_TOLERANCE_MS
    ):
        problems.warn(
            "W108",
            _key_of(node, "lasts"),
            f"`lasts` says {time_label(promised)}, this takes {time_label(_seconds(took))}",
        )


def _work_span(timeline: Timeline) -> int:
    """Return the time from the start of the first work to the end of the last."""
    work = [segment for segment in timeline.segments if segment.kind is SegmentKind.WORK]
    return work[-1].end - work[0].start if work else 0


def _cues_in_time(step: Step, node: Node, problems: Problems) -> None:
    """Warn about cues that never come, because every set is too short.

    In `step.cues` the step's own cues come after those of the catalogue.
    """
    own = node.get("cues") if isinstance(node, Map) else None
    places = [point for point, _ in own] if isinstance(own, Map) else []
    lengths = set_lengths(step.dose, Pick.LOW)
    last = max(number for number, _ in lengths)
    for index, cue in enumerate(step.cues, len(places) - len(step.cues)):
        heard_in = [ms for number, ms in lengths if _in_set(cue.when, number, last)]
        if not any(_falls_into(cue.at, ms) for ms in heard_in):
            longest = max(heard_in)
            problems.warn(
                "W109",
                places[index] if index >= 0 else _first_place(node),
                f"this cue lies outside a set of {clock(longest)}; it is dropped",
                "move it into the set",
            )


def _falls_into(at: CuePoint, length: int) -> bool:
    if at.percent is not None:
        return at.percent < 100
    return 0 < at.ms <= length if at.from_end else at.ms < length


def _in_set(when: When, number: int, last: int) -> bool:
    return when is When.EVERY or number == (1 if when is When.FIRST else last)


def _first_place(node: Node) -> Place:
    return next(iter(node))[0] if isinstance(node, Map) else node
