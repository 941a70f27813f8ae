"""The library: searching by typing, broken files, and speed with many files."""

import asyncio
from itertools import count
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input, OptionList

from bench.files import write_files
from player.library.folders import Library, open_library
from player.library.row import Row
from player.routine.terms import SHIPPED
from player.tui.screens import library
from player.tui.screens.library import PAUSE_FOR_KEYS_S, READ_FOR_MS, LibraryScreen
from player.tui.screens.who import WhoScreen
from tests.tui.stage import SHORT, LoopClock, Stage, play_scene, staged

OURS = open_library([SHIPPED]).ids
"""The shipped routines in the order of the list."""
MANY, READS_MS = 150, 4
"""The number of files to read, and the time that each takes."""

NARROW = (59, 24)
"""At this size only the list is shown, so that no preview is painted with each key."""
GOOD = "name: {name}\nlevel: gentle\nsteps:\n  - Calf: 30s each side\n"


async def read_whole(stage: Stage) -> LibraryScreen:
    screen = await stage.wait_for(LibraryScreen)
    for _ in range(2_000):
        if not screen._reading:
            await stage.settle()
            return screen
        await stage.wait(10)
    raise AssertionError("it never stops reading")


def library_of(folder: Path) -> Library:
    return open_library([SHIPPED, folder])


def names(stage: Stage) -> int:
    """Return the number of listed routines, without headings."""
    return sum(not option.disabled for option in stage.screen.query_one(OptionList).options)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "first.yaml").write_text(GOOD.format(name="Ana's morning"), "utf-8")
    (folder / "bad.yaml").write_text("name: Bad\nsteps:\n  - Calf: thirty\n", "utf-8")
    (folder / "worse.yaml").write_bytes(b"\xff\xfe\x00")
    return folder


def test_the_library_shows_length_places_level_and_equipment(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=(120, 40)) as stage:
            screen = await read_whole(stage)
            screen.query_one(Input).value = "back-of"
            await stage.settle()
            text = stage.text()
            for words in (
                "Back-of-knee ease", "12:50", "calf, back thigh · gentle · needs chair, wall",
                "For: calf, back thigh", "You need: chair, wall", "Gentle movement and light",
                "⣿",  # a body of dots
            ):  # fmt: skip
                assert words in text, words
            await stage.press("tab")
            assert "3. Wall calf stretch, knee straight: 2 x 30s each side" in stage.text()

    play_scene(scene)


def test_routines_are_grouped_by_place_and_the_cursor_skips_headings(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=NARROW) as stage:
            await read_whole(stage)
            rows = [row.strip() for row in stage.text().split("\n")]
            assert any(row.startswith("CALF") for row in rows)
            seen = []
            for _ in range(len(OURS)):
                screen = stage.screen
                assert isinstance(screen, LibraryScreen)
                chosen = screen._chosen()
                assert isinstance(chosen, Row)
                seen.append((len(chosen.regions) > 1, chosen.routine.id))
                screen.action_move("cursor_down")
            assert {id_ for _, id_ in seen} == set(OURS), "the down key reaches every routine"
            assert [several for several, _ in seen] == sorted(several for several, _ in seen)
            await stage.press(*"hamstring")
            assert not any("CALF" in row for row in stage.text().split("\n"))
            assert "Hamstring massage" in stage.text()
            await stage.press("escape", *"back thigh roller")
            assert "Thigh roller" in stage.text() and "Roller only" in stage.text()

    play_scene(scene)


def test_on_a_narrow_screen_the_list_takes_all_the_room(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, size=(40, 12)) as stage:
            screen = await read_whole(stage)
            assert not screen.query_one("#preview").display
            assert screen.query_one(OptionList).size.width >= 38
            assert screen.query_one(Input).size.height == 1

    play_scene(scene)


def test_typing_searches_and_escape_clears_the_search_and_then_leaves(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            await read_whole(stage)
            await stage.press(*"roll")
            found = names(stage)
            assert 1 < found < len(OURS)
            assert f"{found} of {len(OURS)} routines" in stage.text()
            await stage.press("space", *"cal")
            assert 1 <= names(stage) < found and "Calf roller" in stage.text()
            await stage.press("x")
            assert names(stage) == 0 and "Nothing fits" in stage.text()
            await stage.press("enter")
            assert isinstance(stage.screen, LibraryScreen)
            await stage.press("escape")
            assert names(stage) == len(OURS) and stage.screen.query_one(Input).value == ""
            await stage.press("escape")
            assert stage.app.return_code == 0

    play_scene(scene)


def test_the_selected_routine_stays_selected_and_is_played(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            screen = await read_whole(stage)
            assert screen._chosen() is screen._shown[1], (
                "the first routine below its heading is selected"
            )
            await stage.press("down", "down")
            gone_to = screen._chosen()
            assert gone_to is not None and gone_to is screen._shown[3]
            await stage.press("c")
            assert screen._chosen() is gone_to
            await stage.press("escape")
            assert screen._chosen() is gone_to
            await stage.press("up", "enter")
            await stage.wait_for(WhoScreen)
            assert "Calf roller" in stage.text() and "10:20" in stage.text()

    play_scene(scene)


def test_a_typed_title_finds_that_routine_first(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            screen = await read_whole(stage)
            for words in ("calf stretch", "Psoas stretch", "early care"):
                screen.query_one(Input).value = words
                await stage.settle()
                chosen = screen._chosen()
                assert isinstance(chosen, Row)
                assert chosen.routine.name.pick(("en",)).casefold() == words.casefold()

    play_scene(scene)


def test_a_second_enter_does_not_open_a_second_visit(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, library=SHORT) as stage:
            await read_whole(stage)
            for _ in range(3):
                stage.app.post_message(Key("enter", "\r"))
            await stage.wait_for(WhoScreen)
            await stage.wait(1_000)
            assert len(stage.app.screen_stack) == 2
            await stage.press("escape")
            assert isinstance(stage.top, LibraryScreen)
            await stage.press("enter")
            await stage.wait_for(WhoScreen)

    play_scene(scene)


def test_a_broken_file_is_listed_with_its_first_problem(tmp_path: Path, own: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, library=library_of(own)) as stage:
            await read_whole(stage)
            assert names(stage) == len(OURS) + 3
            await stage.press(*"brok")
            assert names(stage) == 2
            text = stage.text()
            assert "bad" in text and "worse" in text and "thirty" in text
            await stage.press("enter")
            assert isinstance(stage.screen, LibraryScreen)
            assert "This file has errors, so it is not played." in stage.text()
            await stage.press("escape", *"mor", "enter")
            await stage.wait_for(WhoScreen)

    play_scene(scene)


def test_keys_work_while_many_routines_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading a routine takes virtual time here, so that a busy machine does not matter."""
    own = tmp_path / "own"
    own.mkdir()
    write_files(own, MANY)
    times = count(step=READS_MS)
    monkeypatch.setattr(library, "now", lambda: next(times))

    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, library=library_of(own), size=NARROW) as stage:
            screen = stage.screen
            assert isinstance(screen, LibraryScreen)
            read: list[int] = []
            field = screen.query_one(Input)
            typed_after = 0
            while screen._reading:
                before = len(screen._found)
                await asyncio.sleep(PAUSE_FOR_KEYS_S)  # a key would be looked at now
                read.append(len(screen._found) - before)
                if len(read) == 3:
                    for key in "calf":
                        stage.app.post_message(Key(key, key))
                typed_after = typed_after or (len(read) if field.value == "calf" else 0)
            await stage.settle()
            assert max(read) <= READ_FOR_MS / READS_MS + 1
            assert 4 < names(stage) < MANY + len(OURS)
            assert 0 < typed_after < len(read) / 2, "keys must not wait until all routines are read"
            await stage.press("escape", *"back-of")
            assert names(stage) == 1
            assert f"of {MANY + len(OURS)} routines" in stage.text()

    play_scene(scene)
