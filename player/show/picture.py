"""A session as a picture in words: a bar of its parts, its steps, and its work by region.

Every number and cell comes from the one timeline. Sides differ by where they stand and by
their characters, so it reads without colour; `Drawn.ASCII` also does without UTF-8.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from player.library.row import Row
from player.routine.pieces import SegmentKind
from player.routine.times import clock, duration
from player.routine.vocabulary import REGION_WORDS, Kind
from player.session.timeline import Timeline
from player.show.listing import dose_words
from player.show.shares import (
    RegionTotal,
    TimeUse,
    WorkBySide,
    all_work,
    by_exercise,
    by_step,
    cells,
    parts,
    region_totals,
)
from player.show.usual_doses import ENOUGH_STRETCH_MS, USUAL

LEAST_BAR = 10
_WORD = 6
"""Cells for `left`, `right` and a blank in front of a bar."""

_TICKS_MS = tuple(s * 1_000 for s in (15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400))
_TICK_ROOM = 8


class Glyphs(NamedTuple):
    """The characters of a bar."""

    left: str
    right: str
    both: str
    alternating: str
    one: str
    gap: str
    wait: str

    def of(self, part: TimeUse) -> str:
        return str(getattr(self, part.value))


BLOCKS = Glyphs("█", "█", "▓", "▒", "o", "·", "?")
LETTERS = Glyphs("L", "R", "B", "A", "1", ".", "?")

_LEGEND = {
    TimeUse.LEFT: "left side",
    TimeUse.RIGHT: "right side",
    TimeUse.BOTH: "both sides at once",
    TimeUse.ALTERNATING: "left and right in turn",
    TimeUse.ONE: "the side that was chosen",
    TimeUse.GAP: "get ready, change or rest",
    TimeUse.WAIT: "waits for a key",
}
_LANES = {
    "left": frozenset({TimeUse.LEFT, TimeUse.BOTH, TimeUse.ALTERNATING, TimeUse.ONE}),
    "right": frozenset({TimeUse.RIGHT, TimeUse.BOTH, TimeUse.ALTERNATING, TimeUse.ONE}),
}
_SIDED = frozenset(TimeUse) - {TimeUse.BOTH, TimeUse.GAP, TimeUse.WAIT}


def glyphs_for(encoding: str | None) -> Glyphs:
    """Blocks where an output can take them, else letters."""
    try:
        "".join(BLOCKS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return LETTERS
    return BLOCKS


class Lane(NamedTuple):
    """One row of the bar: whose it is, and its cells."""

    word: str
    cells: str


def lanes(timeline: Timeline, columns: int, glyphs: Glyphs) -> list[Lane]:
    """The bar in one row a side; in one row where no side is worked on by itself."""
    bar = cells(timeline, bar_width(columns))
    if _SIDED.isdisjoint(bar):
        return [Lane("work", "".join(map(glyphs.of, bar)))]
    return [
        Lane(
            word,
            "".join(glyphs.of(p if p in drawn or p is TimeUse.WAIT else TimeUse.GAP) for p in bar),
        )
        for word, drawn in _LANES.items()
    ]


def bar_width(columns: int) -> int:
    return max(columns - _WORD, LEAST_BAR)


def lane_line(lane: Lane) -> str:
    return f"{lane.word:{_WORD}}{lane.cells}"


def scale_line(timeline: Timeline, columns: int) -> str:
    """Times under the bar, each from its own cell on; the whole length stands at the end."""
    width, total = bar_width(columns), timeline.total_ms
    end = clock(total)
    every = next((t for t in _TICKS_MS if t * width >= _TICK_ROOM * total), _TICKS_MS[-1])
    row = ""
    for at in range(0, total, every):
        place, label = at * width // total, clock(at)
        if place + len(label) + 1 + len(end) <= width and place >= len(row):
            row += " " * (place - len(row)) + label
    return " " * _WORD + row + " " * max(width - len(row) - len(end), 1) + end


def pointer_line(timeline: Timeline, columns: int, step: int) -> str:
    """`^` under the cells of one step."""
    width, total = bar_width(columns), timeline.total_ms
    row = [" "] * width
    for segment in timeline.segments:
        if segment.step == step and segment.kind is SegmentKind.WORK:
            first = segment.start * width // total
            last = max(-(-segment.end * width // total), first + 1)
            row[first:last] = "^" * (min(last, width) - first)
    return " " * _WORD + "".join(row).rstrip()


def legend_line(timeline: Timeline, glyphs: Glyphs) -> str:
    """What the characters mean that this bar can have."""
    found = parts(timeline)
    meant: dict[str, str] = {}
    for part in found:
        glyph = glyphs.of(part)
        shared = glyph in meant or (glyphs.left == glyphs.right == glyph)
        meant[glyph] = "this side" if shared else _LEGEND[part]
    return ", ".join(f"{glyph} {words}" for glyph, words in meant.items())


def sum_line(timeline: Timeline) -> str:
    """The bar in one sentence, for whoever hears it."""
    work, total = all_work(timeline), timeline.total_ms
    share = f"{100 * work.total // total}%" if total else "0%"
    found = parts(timeline)
    said = f"Work {_time(work.total)} of {_time(total)} ({share}): {work_words(work)}."
    if TimeUse.GAP in found:
        said += f" Getting ready, changes and rests {_time(found[TimeUse.GAP])}."
    if TimeUse.WAIT in found:
        said += f" It waits for a key, reckoned as {_time(found[TimeUse.WAIT])}."
    return said


def bar_lines(timeline: Timeline, columns: int, glyphs: Glyphs) -> Iterator[str]:
    """The bar with its scale and its legend."""
    yield from map(lane_line, lanes(timeline, columns, glyphs))
    yield scale_line(timeline, columns)
    yield legend_line(timeline, glyphs)


class StepRow(NamedTuple):
    """One step: its number in the file, when it begins, and what it is."""

    number: int
    line: str


def step_rows(timeline: Timeline, languages: Sequence[str]) -> list[StepRow]:
    """`0:10  1. March on a chair, 3:00: both sides 3:00`, a row a step."""
    begins: dict[int, int] = {}
    for segment in timeline.segments:
        if segment.kind is SegmentKind.WORK:
            begins.setdefault(segment.step, segment.start)
    rows = []
    for place, (number, work) in enumerate(by_step(timeline).items(), 1):
        step = timeline.steps[number]
        told = f"{step.title.pick(languages)}, {dose_words(step.dose)}: {work_words(work)}"
        rows.append(StepRow(number, f"{clock(begins.get(number, 0)):>7}  {place}. {told}"))
    return rows


def total_lines(timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """The work of each region and kind beside the usual dose of that kind."""
    for total in region_totals(timeline):
        yield f"{_place(total)}: {work_words(total.work)}"
    yield from _under(timeline, languages)


def usual_lines(timeline: Timeline) -> Iterator[str]:
    """What the sources advise for the kinds that this routine has."""
    there = {total.kind for total in region_totals(timeline)}
    for kind, usual in USUAL.items():
        if kind in there:
            yield f"{_kind(kind)}: {usual.dose} ({usual.source})"


def _under(timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    few = [
        f"{step.title.pick(languages)} ({_time(work.least_side)})"
        for step, work in by_exercise(timeline, Kind.STATIC)
        if work.least_side < ENOUGH_STRETCH_MS
    ]
    if few:
        yield f"Under 60 s on a side: {', '.join(few)}"


def _place(total: RegionTotal) -> str:
    region = REGION_WORDS[total.region] if total.region else "No region told"
    return f"{region}, {_kind(total.kind).lower()}"


def _kind(kind: Kind | None) -> str:
    return kind.replace("-", " ").capitalize() if kind else "no kind told"


def work_words(work: WorkBySide) -> str:
    """`left 1:00, right 1:00`."""
    sides = zip(("left", "right", "both sides", "one side"), work, strict=True)
    return ", ".join(f"{word} {_time(ms)}" for word, ms in sides if ms) or "no work"


def head_lines(row: Row, timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """The name, the length, and what has to be at hand."""
    routine = row.routine
    about = "" if timeline.exact else "about "
    waits = "" if timeline.exact else " (some steps wait for a key)"
    yield routine.name.pick(languages)
    yield f"Length: {about}{clock(timeline.total_ms)}{waits}"
    yield f"Needs: {', '.join(row.equipment) or 'nothing'}"
    if routine.level:
        yield f"Level: {routine.level}"


def picture_lines(
    row: Row, timeline: Timeline, languages: Sequence[str], columns: int, glyphs: Glyphs
) -> Iterator[str]:
    """The whole picture. `timeline` is the routine with the choices that were made for it."""
    languages = row.routine.languages_for(languages)
    yield from head_lines(row, timeline, languages)
    yield ""
    yield sum_line(timeline)
    yield from bar_lines(timeline, columns, glyphs)
    yield ""
    yield "Steps, and when their work begins"
    yield from (step.line for step in step_rows(timeline, languages))
    yield ""
    yield "Work by region and side (a step that works several regions counts for each)"
    yield from total_lines(timeline, languages)
    yield ""
    if usual := list(usual_lines(timeline)):
        yield "Usual doses, by their sources"
        yield from usual


def _time(ms: int) -> str:
    """A length to the second, as long as it has one."""
    return duration(ms // 1_000 * 1_000 if ms >= 1_000 else ms)
