"""The first start says what supple is for, in both hosts; a later start does not."""

from pathlib import Path

import pytest

from player.base.text import width
from player.check.lint.words import FORBIDDEN
from player.history.people import person_named
from player.history.store import open_store
from player.library.row import Row
from player.plain.output import TerminalGone
from player.plain.visit import PlainVisit
from player.play.flow import flow
from player.play.intended import INTENDED_USE
from player.play.options import PlayOptions
from player.tui.screens.who import WhoScreen
from tests.grade import grade
from tests.tui.stage import LIBRARY, WALL, LoopClock, play_scene, shipped_row, staged
from tests.virtual import MemoryConsole, Time

NARROWEST = 35
"""The cells of a line on a screen of 40 columns."""


def row() -> Row:
    return shipped_row("calf-stretch-short")


def make_known(folder: Path) -> None:
    with open_store(folder / "history.db") as store:
        person_named(store, "Ana", WALL)


def test_the_five_lines_are_short_and_easy_to_read() -> None:
    assert len(INTENDED_USE) == 5
    assert all(width(line) <= NARROWEST for line in INTENDED_USE)
    assert grade(" ".join(INTENDED_USE)) <= 7
    assert not FORBIDDEN.search(" ".join(INTENDED_USE))


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
@pytest.mark.parametrize("known", [False, True])
def test_the_screen_that_asks_for_the_name_shows_them_at_the_first_start_only(
    size: tuple[int, int], known: bool, tmp_path: Path
) -> None:
    if known:
        make_known(tmp_path)

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(mute=True)
        async with staged(clock, tmp_path, row(), size=size, options=options) as stage:
            await stage.wait_for(WhoScreen)
            text = stage.text()
            assert [line in text for line in INTENDED_USE] == [not known] * 5
            assert ("For: Ana" in text) == known

    play_scene(scene)


@pytest.mark.parametrize("known", [False, True])
def test_plain_mode_prints_them_at_the_first_start_only(known: bool, tmp_path: Path) -> None:
    if known:
        make_known(tmp_path)
    console = MemoryConsole(Time(), [], ends=True)
    with open_store(tmp_path / "history.db") as store:
        way = flow(row(), store, LIBRARY.catalogue, PlayOptions(), console.time)
        with pytest.raises(TerminalGone):
            PlainVisit(console, PlayOptions(), console.time).run(way)
    printed = console.text.splitlines()
    assert [line in printed for line in INTENDED_USE] == [not known] * 5
