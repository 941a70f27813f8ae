"""Lists in pages: no row is cut where it fits, and a resize never makes a row count as seen."""

from hypothesis import given
from hypothesis import strategies as st

from player.tui.widgets.pages import Page, PageBlock, PageProgress, divided
from tests.safety.making import QUICK

blocks = st.lists(
    st.builds(PageBlock, st.integers(0, 12), st.booleans(), st.booleans()), min_size=1, max_size=12
).filter(lambda found: any(block.height for block in found))
heights = st.integers(1, 30)


def lines_of(pages: tuple[Page, ...]) -> list[tuple[int, int]]:
    return [(piece.block, line) for page in pages for piece in page for line in range(*piece[1:3])]


@QUICK
@given(blocks, heights)
def test_every_line_is_on_one_page_and_no_page_is_too_long(
    rows: list[PageBlock], height: int
) -> None:
    pages = divided(rows, height)
    assert lines_of(pages) == [(n, line) for n, b in enumerate(rows) for line in range(b.height)]
    for page in pages:
        assert 0 < sum(piece.last - piece.first + piece.gap for piece in page) <= height
        assert page[0].gap == 0


@QUICK
@given(blocks, heights)
def test_a_row_that_fits_a_page_is_never_cut(rows: list[PageBlock], height: int) -> None:
    for page in divided(rows, height):
        for piece in page:
            block = rows[piece.block]
            assert block.height > height or piece[1:3] == (0, block.height)


def test_a_heading_is_on_the_page_of_what_follows_it() -> None:
    rows = [
        PageBlock(1, leads=True),
        PageBlock(3),
        PageBlock(1, leads=True, begins=True),
        PageBlock(3),
        PageBlock(3),
    ]
    assert [[piece.block for piece in page] for page in divided(rows, 5)] == [[0, 1], [2, 3], [4]]


def test_groups_stay_together_where_that_costs_no_page() -> None:
    rows = [
        PageBlock(2),
        PageBlock(2),
        PageBlock(2, begins=True),
        PageBlock(2),
        PageBlock(2),
        PageBlock(2),
    ]
    assert [[piece.block for piece in page] for page in divided(rows, 8)] == [[0, 1], [2, 3, 4, 5]]


def test_there_are_blank_lines_where_there_is_room() -> None:
    rows = [
        PageBlock(1, leads=True, begins=True),
        PageBlock(2),
        PageBlock(2),
        PageBlock(2, begins=True),
    ]
    gaps = {height: [piece.gap for page in divided(rows, height) for piece in page] for height in
            (7, 8, 9)}  # fmt: skip
    assert gaps == {7: [0, 0, 0, 0], 8: [0, 0, 0, 1], 9: [0, 0, 1, 1]}


@QUICK
@given(blocks, st.lists(st.one_of(heights, st.integers(-3, 3).map(float)), min_size=1, max_size=12))
def test_only_what_was_on_the_screen_counts_as_seen(
    rows: list[PageBlock], moves: list[int | float]
) -> None:
    """A whole number is a resize to this height; a fraction turns so many pages."""
    reading = PageProgress(divided(rows, 5)).shown()
    on_screen = set(lines_of((reading.page,)))
    for move in moves:
        before = reading
        if isinstance(move, int):
            reading = reading.again(divided(rows, move))
            first = before.page[0].block
            assert any(piece.block == first for piece in reading.page), "the place is lost"
        else:
            reading = reading.turned(int(move))
        assert before.seen <= reading.seen, "a row that was seen stays seen"
        reading = reading.shown()
        on_screen |= set(lines_of((reading.page,)))
        for block in reading.seen:
            assert {(block, line) for line in range(rows[block].height)} <= on_screen


def test_a_row_that_was_seen_in_part_must_be_seen_whole_after_its_lines_have_changed() -> None:
    reading = PageProgress(divided([PageBlock(9)], 5)).shown()
    reading = reading.again(divided([PageBlock(10)], 5)).turned(1).shown()
    assert not reading.is_all_seen
    assert reading.turned(-1).shown().is_all_seen


@QUICK
@given(blocks, heights)
def test_reading_on_leads_to_everything(rows: list[PageBlock], height: int) -> None:
    reading = PageProgress(divided(rows, height)).turned(2).shown()
    for _ in reading.pages:
        reading = reading.read_on().shown()
    assert reading.is_all_seen
