"""The picture of a session: every number and every cell agrees with the timeline."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from bench.files import routine_text
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_document
from player.library.row import Row
from player.routine.pieces import SegmentKind
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Kind, Region
from player.session.timeline import Timeline
from player.show.picture import (
    BLOCKS,
    LETTERS,
    Glyphs,
    bar_lines,
    bar_width,
    glyphs_for,
    lanes,
    picture_lines,
    pointer_line,
    scale_line,
    step_rows,
)
from player.show.shares import (
    TimeUse,
    WorkBySide,
    all_work,
    by_step,
    cells,
    part_of,
    parts,
    region_totals,
)
from player.show.usual_doses import USUAL
from tests.habits import tries

LIBRARY = open_library([SHIPPED])
HARD = (
    "1s each side ready 0s", "40 x 2s alternating ready 1s", "7 breaths", "10 reps",
    "3 x 20s left ready 3s", "2 x 11s one side", "1:07", "5 reps alternating tempo 2s",
)  # fmt: skip


def row_of(source: str) -> Row:
    opened = open_document(read_bytes(source.encode(), "t.yaml"), LIBRARY.catalogue)
    assert opened.routine and opened.timeline, opened.report()
    return Row(opened.routine, opened.timeline)


def row_of_steps(*steps: str) -> Row:
    return row_of("name: T\nsteps:\n" + "".join(f"  - {step}\n" for step in steps))


routines = some.one_of(
    some.integers(0, 60).map(lambda number: row_of(routine_text(number))),
    some.lists(some.sampled_from(HARD), min_size=1, max_size=8).map(
        lambda doses: row_of_steps(*(f"Move {n}: {dose}" for n, dose in enumerate(doses)))
    ),
)


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None)
@given(routines, some.integers(1, 200))
def test_each_part_gets_its_share_of_the_bar_to_within_one_cell(row: Row, width: int) -> None:
    timeline = row.timeline
    bar = cells(timeline, width)
    assert len(bar) == width
    found = parts(timeline)
    assert sum(found.values()) == timeline.total_ms
    for part in TimeUse:
        share = found.get(part, 0) * width / timeline.total_ms
        assert abs(bar.count(part) - share) < 1, part
    for place, part in enumerate(bar):
        start, end = (n * timeline.total_ms / width for n in (place, place + 1))
        there = {part_of(s) for s in timeline.segments if s.start < end and s.end > start}
        assert part in there, place


@pytest.mark.soak
@settings(max_examples=tries(25), deadline=None)
@given(routines)
def test_all_totals_equal_the_work_of_the_timeline(row: Row) -> None:
    timeline = row.timeline
    assert all_work(timeline).total == timeline.work_ms()
    assert sum(work.total for work in by_step(timeline).values()) == timeline.work_ms()
    found = parts(timeline)
    sided = sum(found.get(part, 0) for part in TimeUse if part not in {TimeUse.GAP, TimeUse.WAIT})
    assert sided == timeline.work_ms()
    work = [s for s in timeline.segments if s.kind is SegmentKind.WORK]
    for region in (*Region, None):
        lengths = [
            s.length
            for s in work
            if region in (timeline.steps[s.step].exercise.stated_regions or {None})
        ]
        totals = [t.work.total for t in region_totals(timeline) if t.region is region]
        assert sum(totals) == sum(lengths)


@pytest.mark.soak
@settings(max_examples=tries(20), deadline=None)
@given(routines, some.integers(12, 200), some.sampled_from([BLOCKS, LETTERS]))
def test_no_line_of_the_bar_is_wider_than_the_columns(
    row: Row, columns: int, glyphs: Glyphs
) -> None:
    for lane in lanes(row.timeline, columns, glyphs):
        assert len(lane.cells) == bar_width(columns)
    assert len(scale_line(row.timeline, columns)) <= max(columns, 22)
    for number in row.timeline.steps:
        pointer = pointer_line(row.timeline, columns, number)
        assert "^" in pointer and len(pointer) <= max(columns, 16)


def words(row: Row, columns: int = 80, glyphs: Glyphs = BLOCKS) -> str:
    return "\n".join(picture_lines(row, row.timeline, (), columns, glyphs))


def test_each_side_has_its_own_row() -> None:
    row = row_of_steps("Calf: 30s each side ready 0s switch 10s", "Thigh: 30s ready 0s")
    assert list(bar_lines(row.timeline, 26, BLOCKS)) == [
        "left  ██████········▓▓▓▓▓▓",
        "right ········██████▓▓▓▓▓▓",
        "      0:00            1:40",
        "█ this side, ▓ both sides at once, · get ready, change or rest",
    ]
    left, right = lanes(row.timeline, 26, LETTERS)
    assert left.cells == "LLLLLL........BBBBBB" and right.cells == "........RRRRRRBBBBBB"
    assert words(row, glyphs=LETTERS).isascii()


def test_work_on_both_sides_alone_gives_one_row() -> None:
    (lane,) = lanes(row_of_steps("Breathe: 1:00 ready 0s").timeline, 16, BLOCKS)
    assert lane == ("work", "▓" * 10)


def test_the_picture_shows_the_length_the_steps_and_the_work_by_region() -> None:
    row = row_of_steps(
        "march-in-place: 3:00", "calf-wall-straight: 2 x 30s each side", "calf-roll: 60s each side"
    )
    text = words(row)
    for part in (
        "Length: 7:55", "Needs: roller, wall",
        "Work 7:00 of 7:55 (88%): left 2:00, right 2:00, both sides 3:00.",
        "0:10  1. March on the spot, 3:00: both sides 3:00",
        "3:20  2. Wall calf stretch, knee straight, 2 x 30s each side: left 1:00, right 1:00",
        "Calf, static stretch: left 1:00, right 1:00", "Calf, roll: left 1:00, right 1:00",
        "Static stretch: at least 60 s per exercise and side",
        "Roll: 1 to 3 sets of 30 to 120 s (Behm 2020)",
    ):  # fmt: skip
        assert part in text, part
    assert "Under 60 s" not in text and "≈" not in text


def test_the_picture_names_stretches_with_less_work_than_usual_on_a_side() -> None:
    row = row_of_steps(
        "calf-wall-straight: 2 x 30s left then right", "calf-wall-bent: 50s left",
        "ham-chair-sit: 30s each side", "ham-chair-sit: 30s each side",
    )  # fmt: skip
    assert "Under 60 s on a side: Wall calf stretch, knee bent (50s)" in words(row)


def test_the_picture_says_which_parts_wait_for_a_key() -> None:
    row = row_of_steps("Raises: 10 reps", "wait: Turn over")
    text = words(row)
    assert "Length: about 0:55 (some steps wait for a key)" in text
    assert "? waits for a key" in text and "reckoned as 15s" in text


@pytest.mark.parametrize(
    ("encoding", "glyphs"),
    [
        ("utf-8", BLOCKS),
        ("UTF8", BLOCKS),
        ("ascii", LETTERS),
        ("latin-1", LETTERS),
        (None, LETTERS),
    ],
)
def test_letters_replace_blocks_that_the_encoding_does_not_have(
    encoding: str | None, glyphs: Sequence[str]
) -> None:
    assert glyphs_for(encoding) == glyphs


def test_every_kind_except_strengthening_has_a_usual_dose() -> None:
    assert set(Kind) - set(USUAL) == {Kind.STRENGTHEN}
    for usual in USUAL.values():
        assert usual.dose and usual.source


def test_steps_are_numbered_in_order_and_their_rounds_are_added() -> None:
    row = row_of(
        "name: T\nsteps:\n  - rounds: 2\n    steps:\n      - Calf: 20s each side\n"
        "      - Thigh: 10s\n"
    )
    assert [step.line.split("  ")[-1] for step in step_rows(row.timeline, ())] == [
        "1. Calf, 20s each side: left 40s, right 40s", "2. Thigh, 10s: both sides 20s",
    ]  # fmt: skip
    assert list(by_step(row.timeline).values()) == [
        WorkBySide(40_000, 40_000),
        WorkBySide(both=20_000),
    ]


def test_an_empty_width_draws_nothing() -> None:
    row = row_of_steps("Calf: 20s")
    assert cells(row.timeline, 0) == () and cells(Timeline((), {}, {}, (), ()), 8) == ()
    assert math.isclose(len(cells(row.timeline, 1)), 1)
