"""Opening a routine file: read, laid on the clock, compared with what it promises.

Everything that shows or plays a file goes through `open_routine`, so a file that is refused
here is neither shown nor played.
"""

from dataclasses import dataclass
from pathlib import Path

from player.document.problem import Problem, Spot
from player.document.read import Document, read_file
from player.routine.catalogue import Catalogue
from player.routine.dose import DAY_MS
from player.routine.limits import MAX_SEGMENTS
from player.routine.model import Block, Item, Pick, Plan, Range, Rest, Routine, Step
from player.routine.reader import read_routine
from player.timeline import Choices, SegmentKind, Timeline, clock, compile, run_of, time_label

DURATION_TOLERANCE = 0.10
LASTS_TOLERANCE_MS = 1_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its problems; routine and timeline are None where an error stands."""

    document: Document
    routine: Routine | None
    timeline: Timeline | None

    @property
    def problems(self) -> list[Problem]:
        return self.document.problems.in_order()

    def report(self) -> str:
        """Every problem with its line and caret."""
        return "\n\n".join(self.document.render(problem) for problem in self.problems)


def open_routine(path: Path, catalogue: Catalogue, shown_as: str = "") -> Opened:
    """Read and check one file."""
    return open_document(read_file(path, shown_as), catalogue)


def open_document(document: Document, catalogue: Catalogue) -> Opened:
    """Check a document that has been read."""
    routine = read_routine(document, catalogue)
    if routine is None:
        return Opened(document, None, None)
    plan = Plan.whole(routine)
    timeline = compile(plan)
    longest = timeline
    if _has_ranges(routine.items):
        longest = compile(plan, Choices(Pick.HIGH))
    problems = document.problems
    if len(longest.segments) > MAX_SEGMENTS:
        problems.error(
            "E205",
            None,
            f"this is {len(longest.segments):,} segments; {MAX_SEGMENTS:,} are the limit",
        )
    if longest.total_ms > DAY_MS:
        problems.error("E205", None, "this routine lasts longer than 24 hours")
    if problems.has_errors:
        return Opened(document, None, None)
    _compare_duration(routine, timeline, longest, document)
    for item in _promises(routine.items):
        _compare_lasts(item, routine, document)
    for step in timeline.steps.values():
        if step.cues:
            _cues_in_time(step, document)
    return Opened(document, routine, timeline)


def _has_ranges(items: tuple[Item, ...]) -> bool:
    return any(_is_range(item) for item in items)


def _is_range(item: Item) -> bool:
    if isinstance(item, Step):
        dose = item.dose
        entry_gaps = (dose.ready, dose.switch)
        return run_of(dose, Pick.LOW) != run_of(dose, Pick.HIGH) or any(map(_wide, entry_gaps))
    if isinstance(item, Block):
        return any(map(_wide, (item.rounds, item.rest, item.between))) or _has_ranges(item.items)
    return isinstance(item, Rest) and _wide(item.time)


def _wide(value: Range) -> bool:
    return value.low != value.high


def _promises(items: tuple[Item, ...]) -> list[Step | Block]:
    found: list[Step | Block] = []
    for item in items:
        if isinstance(item, Step | Block) and item.lasts:
            found.append(item)
        if isinstance(item, Block):
            found += _promises(item.items)
    return found


def _compare_duration(routine: Routine, low: Timeline, high: Timeline, document: Document) -> None:
    promised = routine.duration
    if promised is None:
        return
    total = Range(low.total_ms, high.total_ms)
    if total.high < promised.low * (1 - DURATION_TOLERANCE) or total.low > promised.high * (
        1 + DURATION_TOLERANCE
    ):
        document.problems.warn(
            "W107",
            _place_of_key(document, "duration"),
            f"`duration` says {time_label(promised)}, the steps take {time_label(_seconds(total))}",
            "change one of them; more than 10 % apart, people plan with the wrong time",
        )


def _seconds(time: Range) -> Range:
    return Range(time.low // 1_000 * 1_000, time.high // 1_000 * 1_000)


def _place_of_key(document: Document, key: str) -> Spot | None:
    for number, line in enumerate(document.lines):
        if line.startswith(f"{key}:"):
            return Spot(number, 0, len(key))
    return None


def _compare_lasts(item: Step | Block, routine: Routine, document: Document) -> None:
    promised = item.lasts
    if promised is None:
        return
    alone = Plan(routine, (item,))
    took = Range(_work_span(compile(alone)), _work_span(compile(alone, Choices(Pick.HIGH))))
    if (
        took.high < promised.low - LASTS_TOLERANCE_MS
        or took.low > promised.high + LASTS_TOLERANCE_MS
    ):
        document.problems.warn(
            "W108",
            Spot(item.line - 1, 0),
            f"`lasts` says {time_label(promised)}, this takes {time_label(_seconds(took))}",
        )


def _work_span(timeline: Timeline) -> int:
    """From the first work to the end of the last."""
    work = [segment for segment in timeline.segments if segment.kind is SegmentKind.WORK]
    return work[-1].end - work[0].start if work else 0


def _cues_in_time(step: Step, document: Document) -> None:
    longest = max(_set_lengths(step), default=0)
    for cue in step.cues:
        at = cue.at
        if at.percent is not None:
            continue
        if (at.ms >= longest and not at.from_end) or (at.from_end and at.ms > longest):
            document.problems.warn(
                "W109",
                Spot(step.line - 1, 0),
                f"a cue at {'-' if at.from_end else ''}{clock(at.ms)} lies outside a set of "
                f"{clock(longest)}; it is dropped",
                "move it into the set",
            )


def _set_lengths(step: Step) -> list[int]:
    lengths: dict[tuple[object, int], int] = {}
    for index, piece in enumerate(run_of(step.dose, Pick.LOW)):
        key = (piece.side, piece.set)
        gap = piece.gap if index and key in lengths else 0
        lengths[key] = lengths.get(key, 0) + gap + piece.ms
    return list(lengths.values())
