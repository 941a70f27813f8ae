"""Where the full screen and the plain mode report a session differently."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import player.plain.start
from player.history.people import keep_profile, person_named
from player.history.store import open_store
from player.plain.console import Console
from player.plain.start import play_plainly
from player.plain.stop import tell_again
from player.play.options import Wishes
from player.safety.stop_list import load_stop_list
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.page import Page
from player.tui.screens.pain import told_again
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from tests.safety.making import FULL_PROFILE
from tests.tui.stage import LIBRARY, WALL, LoopClock, play_scene, row_of, staged
from tests.virtual import MemoryConsole, Time

ONE_SIDE = "  - calf-wall-straight: 10s one side\n"
ANSWERS = ("n", "enter", "0", "enter")
"""Nothing is so today, and nothing is sore."""


def in_plain(folder: Path, monkeypatch: pytest.MonkeyPatch, *keys: str | int) -> str:
    """What the plain mode prints while Ana, who is known, presses these keys."""
    file = folder / "t.yaml"
    file.write_text(f"name: T\nsteps:\n{ONE_SIDE}", "utf-8")
    time = Time()
    with open_store(folder / "plain.db") as store:
        keep_profile(store, person_named(store, "Ana", WALL), FULL_PROFILE)
    console = MemoryConsole(time, keys)

    @contextmanager
    def opened() -> Iterator[Console]:
        yield console

    with monkeypatch.context() as patch:
        patch.setattr(player.plain.start, "is_terminal", lambda: True)
        patch.setattr(player.plain.start, "open_console", opened)
        patch.setattr(player.plain.start, "open_store", lambda: open_store(folder / "plain.db"))
        patch.setattr(player.plain.start, "clock", time)
        play_plainly(LIBRARY, file, Wishes(person="Ana"))
    return console.text


def on_screens(folder: Path, *keys: str) -> list[tuple[type[object], str]]:
    """Each screen that Ana sees after the questions, while she presses these keys, one a screen."""
    seen: list[tuple[type[object], str]] = []

    async def scene(clock: LoopClock) -> None:
        wishes = Wishes(person="Ana", mute=True)
        async with staged(clock, folder, row_of(ONE_SIDE), wishes=wishes) as stage:
            await stage.answer_no()
            before: object = None
            for key in keys:
                while stage.top is before or not isinstance(stage.top, Page):
                    await stage.wait(50)
                before = stage.top
                seen.append((type(before), stage.text()))
                await stage.press(*key.split())

    play_scene(scene)
    return seen


def test_where_everything_is_skipped_only_the_plain_mode_praises(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = in_plain(tmp_path, monkeypatch, *ANSWERS, "l", 2_000, "enter", "n", "n")
    assert plain.endswith("Nothing was done yet.\nWell done.")
    *_, (kind, summary) = on_screens(tmp_path, "enter", "l", "n n", "enter")
    assert kind is NoteScreen and "Nothing was done yet." in summary
    assert "Left at" in summary and "Well done" not in summary


def test_the_plain_mode_asks_the_side_before_the_start_and_the_screens_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = in_plain(tmp_path, monkeypatch, *ANSWERS, "l", 2_000, "enter", "n", "n")
    assert plain.index("Which side today?") < plain.index("Enter starts")
    kinds = [kind for kind, _ in on_screens(tmp_path, "enter", "l", "n n", "enter")]
    assert kinds == [ResultScreen, ChoiceScreen, SessionScreen, NoteScreen]


def test_only_the_screens_repeat_the_number_of_a_check_that_may_turn_red() -> None:
    (deep,) = (f for f in load_stop_list() if f.id == "deep")
    console = MemoryConsole(Time())
    tell_again(console, deep, "112")
    assert "112" not in console.text and told_again(deep, "112") == ["Your emergency number: 112"]


def test_only_the_screens_report_the_soreness(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = in_plain(tmp_path, monkeypatch, *ANSWERS, "l", 2_000, "enter", 25_000, "2", "enter")
    assert "How sore" in plain and "Soreness:" not in plain
