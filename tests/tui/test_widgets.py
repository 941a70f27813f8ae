"""The drawing functions of the widgets, and the virtual time for Textual."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.geometry import Region

from player.tui.widgets.bar import bar
from player.tui.widgets.dots import big
from player.tui.widgets.key_line import fitting
from player.tui.widgets.paint import changed
from tests.tui.stage import virtual_time


def test_virtual_time_drives_the_timers_of_textual() -> None:
    """If this fails, Textual has moved the names that `stage.virtual_time` replaces."""
    ticks: list[float] = []

    async def scene() -> None:
        app: App[None] = App()
        async with app.run_test():
            loop = asyncio.get_running_loop()
            app.set_interval(1, lambda: ticks.append(loop.time()))
            await asyncio.sleep(60.5)

    with virtual_time() as loop:
        loop.run_until_complete(scene())
    assert len(ticks) == 60 and abs(ticks[-1] - ticks[0] - 59) < 0.01


def test_digits_are_as_large_as_possible() -> None:
    assert [len(big("0:30", 80, height)) for height in (3, 4, 7, 11, 14)] == [1, 4, 7, 11, 14]
    assert [len(big("0:30", width, 40)) for width in (18, 19, 37, 38, 57)] == [1, 4, 4, 7, 11]
    assert big("0:30", 5, 5) == ("0:30",)
    assert big("8-12", 60, 7) != ("8-12",)
    assert big("größer", 200, 20) == ("größer",)


@given(st.text("0123456789:- ABCXYZ", min_size=1, max_size=6), st.integers(1, 200))
def test_large_texts_never_exceed_their_place(text: str, width: int) -> None:
    for height in (1, 4, 7, 12):
        rows = big(text, width, height)
        assert rows == (text,) or (len(rows) <= height and all(len(r) <= width for r in rows))
        assert len({len(row) for row in rows}) == 1


def test_a_bar_shows_its_share_without_colour() -> None:
    parts = bar("step    ", 0.5, " 1:00", 33)
    assert (parts.done, parts.left) == ("█" * 10, "─" * 10)
    assert bar("step    ", 0.5, " 9 min left", 20).word == ""
    assert bar("step    ", 0.5, " 9 min left", 12).label == ""
    assert len("".join(bar("", 2.0, "", 7))) == 7 == len(bar("", 2.0, "", 7).done)
    assert bar("", -1.0, "", 7).done == ""


@given(st.floats(-1, 2), st.integers(0, 200), st.text("ab ", max_size=20))
def test_a_bar_is_never_too_wide(share: float, width: int, label: str) -> None:
    assert len("".join(bar("step    ", share, label, width))) == width


def test_the_safety_key_comes_first_and_help_stays_at_any_width() -> None:
    keys = [("x", "something hurts"), ("space", "pause"), ("n", "next"), ("?", "keys")]
    assert fitting(keys, 80) == keys
    assert fitting(keys, 40) == [*keys[:2], keys[3]]
    assert fitting(keys, 26) == [keys[0], keys[3]]
    assert fitting(keys, 3) == [keys[3]]
    assert fitting([], 10) == []


words = st.text("ab ", min_size=8, max_size=8)


@given(st.lists(st.tuples(words, words), max_size=5))
def test_exactly_the_changed_cells_are_repainted(
    rows: list[tuple[str, str]],
) -> None:
    before, after = [a for a, _ in rows], [b for _, b in rows]
    regions = list(changed(before, after))
    dirty = {(x, r.y) for r in regions for x in range(r.x, r.right)}
    differs = {(x, y) for y, (a, b) in enumerate(rows) for x in range(8) if a[x] != b[x]}
    assert differs <= dirty
    assert all((r.x, r.y) in differs and (r.right - 1, r.y) in differs for r in regions)
    assert all(isinstance(r, Region) and r.height == 1 for r in regions)
