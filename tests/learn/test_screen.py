"""The pages on the screen, at every size: open, choose, read to the end and go back."""

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import OptionList

from player.base.text import UNSAFE
from player.learn import pages as learn_pages
from player.learn.pages import PagesMissing, load_pages
from player.tui.screens.learn import LearnScreen, ReadScreen
from player.tui.screens.library import LibraryScreen
from player.tui.screens.note import NoteScreen
from tests.habits import some_here_all_in_proof
from tests.tui.stage import SHORT, LoopClock, Stage, play_scene, staged
from tests.tui.test_library import read_whole

SIZES = ((120, 40), (80, 24), (40, 12))


def flat(stage: Stage) -> str:
    """Return the text on the screen as one line."""
    text = stage.text()
    assert not UNSAFE.search(text.replace("\n", ""))
    return " ".join(text.split())


async def opened(stage: Stage) -> LearnScreen:
    await read_whole(stage)
    await stage.press("f1")
    return await stage.wait_for(LearnScreen)


@pytest.mark.parametrize("size", some_here_all_in_proof(SIZES, 3), ids=str)
def test_a_person_opens_reads_and_leaves_the_pages(tmp_path: Path, size: tuple[int, int]) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=size, library=SHORT) as stage:
            await read_whole(stage)
            assert "F1 why it hurts" in stage.text() and "Esc leave" in stage.text()
            await opened(stage)
            assert "Chest pain or trouble breathing" in flat(stage) and "get seen today" in flat(
                stage
            )
            await stage.press("enter")
            await stage.wait_for(ReadScreen)
            assert "Call your emergency number now" in flat(stage)
            await stage.press("escape")
            assert isinstance(stage.top, LearnScreen)
            await stage.press("down", "enter")  # the cursor skips a heading between pages
            await stage.wait_for(ReadScreen)
            assert "Blood clot" in stage.text().split("\n")[0]
            read = last = ""
            while last != (last := flat(stage)):
                read += last
                await stage.press("space")
            assert "Get seen today" in read and "nothing plays" in read and "Kamel" in read
            await stage.press("escape", "escape")
            assert isinstance(stage.top, LibraryScreen)

    play_scene(scene)


@pytest.mark.proof
def test_every_page_opens_from_the_list(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=(80, 24), library=SHORT) as stage:
            screen = await opened(stage)
            titles = []
            for _ in load_pages():
                await stage.press("enter")
                titles.append(stage.text().split("\n")[0].strip())
                await stage.press("escape", "down")
            assert titles == [page.title for page in load_pages()]
            assert screen.query_one(OptionList).highlighted == 0  # the first page again

    play_scene(scene)


def test_a_key_pressed_twice_opens_one_screen(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, library=SHORT) as stage:
            await read_whole(stage)
            for key in ("f1", "f1", "enter", "enter"):
                stage.app.post_message(Key(key, None))
            await stage.wait(1_000)
            assert sum(isinstance(s, LearnScreen) for s in stage.app.screen_stack) <= 1
            await stage.press("escape", "escape")
            assert isinstance(stage.top, LibraryScreen)
            await stage.press("f1")
            await stage.wait_for(LearnScreen)
            for _ in range(3):
                stage.app.post_message(Key("enter", "\r"))
            await stage.wait(1_000)
            assert sum(isinstance(s, ReadScreen) for s in stage.app.screen_stack) == 1
            for _ in range(5):
                stage.app.post_message(Key("escape", None))
            await stage.wait(1_000)

    play_scene(scene)


def test_a_terminal_of_one_cell_does_not_break_the_pages(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=(1, 1), library=SHORT) as stage:
            await opened(stage)
            await stage.press("down", "enter")
            await stage.wait_for(ReadScreen)
            await stage.press("space", "down")
            await stage.pilot.resize_terminal(80, 24)
            await stage.settle()
            assert "Blood clot" in stage.text()

    play_scene(scene)


def test_if_the_pages_cannot_be_read_a_note_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> learn_pages.Pages:
        raise PagesMissing("The page `x` can't be read; install supple again.")

    monkeypatch.setattr(learn_pages, "load_pages", missing)

    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, library=SHORT) as stage:
            await read_whole(stage)
            await stage.press("f1")
            await stage.wait_for(NoteScreen)
            assert "install supple again" in stage.text()
            await stage.press("escape")
            assert isinstance(stage.top, LibraryScreen)

    play_scene(scene)
