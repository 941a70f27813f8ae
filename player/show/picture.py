"""Draws a session in text: a bar of its parts, its steps, and its work by region.

Every number and cell is computed from the timeline. The sides differ in their row and in their
characters, so the picture needs no colour. With `LETTERS` it also needs no UTF-8.
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
"""Cells before a bar, for `left` or `right` and a space."""

_TICKS_MS = tuple(s * 1_000 for s in (15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400))
_TICK_ROOM = 8


class Glyphs(NamedTuple):
    """The characters of a bar, one for each part."""

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
    """Return block characters if the encoding has them, else letters."""
    try:
        "".join(BLOCKS).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return LETTERS
    return BLOCKS


class Lane(NamedTuple):
    """One row of the bar: its label and its cells."""

    word: str
    cells: str


def lanes(timeline: Timeline, columns: int, glyphs: Glyphs) -> list[Lane]:
    """Return the bar in one row for each side, or in one row if no work is on one side alone."""
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
    """Return the times below the bar, each at its cell, and the whole length at the end."""
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
    """Return a line with `^` below the cells of one step."""
    width, total = bar_width(columns), timeline.total_ms
    row = [" "] * width
    for segment in timeline.segments:
        if segment.step == step and segment.kind is SegmentKind.WORK:
            first = segment.start * width // total
            last = max(-(-segment.end * width // total), first + 1)
            row[first:last] = "^" * (min(last, width) - first)
    return " " * _WORD + "".join(row).rstrip()


def legend_line(timeline: Timeline, glyphs: Glyphs) -> str:
    """Explain the characters that occur in this bar."""
    found = parts(timeline)
    meant: dict[str, str] = {}
    for part in found:
        glyph = glyphs.of(part)
        shared = glyph in meant or (glyphs.left == glyphs.right == glyph)
        meant[glyph] = "this side" if shared else _LEGEND[part]
    return ", ".join(f"{glyph} {words}" for glyph, words in meant.items())


def sum_line(timeline: Timeline) -> str:
    """Return the content of the bar as one sentence, for screen readers."""
    work, total = all_work(timeline), timeline.total_ms
    share = f"{100 * work.total // total}%" if total else "0%"
    found = parts(timeline)
    sentence = f"Work {_time(work.total)} of {_time(total)} ({share}): {work_words(work)}."
    if TimeUse.GAP in found:
        sentence += f" Getting ready, changes and rests {_time(found[TimeUse.GAP])}."
    if TimeUse.WAIT in found:
        sentence += f" It waits for a key, reckoned as {_time(found[TimeUse.WAIT])}."
    return sentence


def bar_lines(timeline: Timeline, columns: int, glyphs: Glyphs) -> Iterator[str]:
    """Yield the bar with its scale and its legend."""
    yield from map(lane_line, lanes(timeline, columns, glyphs))
    yield scale_line(timeline, columns)
    yield legend_line(timeline, glyphs)


class StepRow(NamedTuple):
    """The number of a step in the file, and its line."""

    number: int
    line: str


def step_rows(timeline: Timeline, languages: Sequence[str]) -> list[StepRow]:
    """Return one row for each step: `0:10  1. March on a chair, 3:00: both sides 3:00`."""
    begins: dict[int, int] = {}
    for segment in timeline.segments:
        if segment.kind is SegmentKind.WORK:
            begins.setdefault(segment.step, segment.start)
    rows = []
    for place, (number, work) in enumerate(by_step(timeline).items(), 1):
        step = timeline.steps[number]
        words = f"{step.title.pick(languages)}, {dose_words(step.dose)}: {work_words(work)}"
        rows.append(StepRow(number, f"{clock(begins.get(number, 0)):>7}  {place}. {words}"))
    return rows


def total_lines(timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """Yield the work by region and kind, and the stretches with less work than usual."""
    for total in region_totals(timeline):
        yield f"{_place(total)}: {work_words(total.work)}"
    yield from _under(timeline, languages)


def usual_lines(timeline: Timeline) -> Iterator[str]:
    """Yield the doses that the sources advise for the kinds in this routine."""
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
    """Return work in words: `left 1:00, right 1:00`."""
    sides = zip(("left", "right", "both sides", "one side"), work, strict=True)
    return ", ".join(f"{word} {_time(ms)}" for word, ms in sides if ms) or "no work"


def head_lines(row: Row, timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """Yield the name, the length, the equipment and the level."""
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
    """Yield the whole picture. `timeline` is that of the routine, with the person's choices."""
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
    """Return a length rounded down to whole seconds, or in full if it is below one second."""
    return duration(ms // 1_000 * 1_000 if ms >= 1_000 else ms)
