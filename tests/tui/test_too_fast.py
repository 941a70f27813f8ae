"""On the screens, no burst of keys and no paste answers a question by accident."""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from textual.events import Key, Paste

from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.play.options import PlayOptions
from player.safety.pace import ANSWER_AFTER_MS, NO_PASTE, TOO_FAST
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.library import LibraryScreen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.who import WhoScreen
from player.tui.widgets.prompt_view import PromptView
from tests.habits import seed, tries
from tests.safety.making import DAY, FULL_PROFILE
from tests.tui.stage import WALL, LoopClock, Stage, play_scene, row_of, staged

ROW = row_of("  - Calf: 20s one side\n")
KEYS = [*"0123456789abcdefghilnopqrstuwyNQ?-. ", "enter", "enter", "backspace", "escape"]
NAMED = {"enter": "\r", "backspace": "\x7f", "escape": "\x1b"}


def press(stage: Stage, key: str) -> None:
    """Post a key, or a paste, as the terminal does."""
    if key == "paste":
        stage.app.post_message(Paste("n\r10\ryy"))
    else:
        stage.app.post_message(Key(key, NAMED.get(key, key)))


async def burst(stage: Stage, chance: Random) -> None:
    """Send keys and pastes that begin before anybody can have read the question."""
    await stage.wait(
        chance.randrange(ANSWER_AFTER_MS - 120)
    )  # a part of this time has passed already
    for _ in range(chance.randrange(1, 12)):
        press(stage, chance.choice([*KEYS, "paste"]))
        await stage.wait(chance.choice([0, 0, 13, 100]))
    await stage.wait(1_000)


async def clear(stage: Stage) -> None:
    """Close what the burst opened and clear what it typed, so that the question can be answered."""
    while not isinstance(stage.top, InterviewScreen):
        await stage.press("escape")
    view = stage.screen.query_one(PromptView)
    filling = view._filling
    assert filling is not None
    await stage.press(*sorted(filling.marked), *["backspace"] * len(filling.typed))


def has_an_old_profile(folder: Path) -> None:
    """Save a profile that is asked about before it is asked anew."""
    old = dict.fromkeys(FULL_PROFILE.answered, WALL / 1_000 - 31 * DAY)
    with open_store(folder / "history.db") as store:
        save_profile(store, person_named(store, "Ana", WALL), replace(FULL_PROFILE, answered=old))


@pytest.mark.soak
def test_no_burst_answers_or_leaves_a_question(tmp_path: Path) -> None:
    chance = Random(seed())
    asked: list[str] = []

    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True)
        async with staged(clock, tmp_path, ROW, options=options, known=False) as stage:
            screen = await stage.wait_for(InterviewScreen)
            while stage.screen is screen and (prompt := screen.interview.prompt) is not None:
                replies = screen.interview.replies
                await burst(stage, chance)
                await clear(stage)
                assert screen.interview.replies == replies, prompt
                asked.append(prompt.form.value)
                if prompt.id == "today":
                    await stage.mark("5")  # which leads to questions of every form
                else:
                    await stage.answer_one(screen)

    for number in range(tries(1)):
        tmp_path = tmp_path / str(number)
        tmp_path.mkdir()
        has_an_old_profile(tmp_path)
        play_scene(scene)
    assert {"marks", "number", "yes or no"} <= set(asked)


def test_a_paste_and_an_early_key_are_refused_with_a_message(
    tmp_path: Path,
) -> None:
    async def scene(clock: LoopClock) -> None:
        options = PlayOptions(person="Ana", mute=True)
        async with staged(clock, tmp_path, ROW, options=options, size=(120, 40)) as stage:
            screen = await stage.wait_for(InterviewScreen)
            await stage.at_once("n", "y", "enter")
            assert TOO_FAST in stage.text() and not screen.interview.replies
            await stage.press("enter")
            assert len(screen.interview.replies) == 1
            press(stage, "paste")
            await stage.settle()
            assert NO_PASTE in stage.text()
            await stage.press("1", "0")
            assert "10: the worst you can imagine" in stage.text()
            stage.app.post_message(Paste("7"))
            await stage.settle()
            await stage.pilot.resize_terminal(60, 20)
            await stage.settle()
            assert "10: the worst you can imagine" in stage.text()
            await stage.press("minus")
            assert "10-: it should be one whole number" in stage.text()
            await stage.press("backspace", "enter")
            assert screen.interview.replies[-1] == 10

    play_scene(scene)


def test_keys_from_before_a_screen_do_not_affect_it(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            await stage.wait_for(LibraryScreen)
            await stage.wait(500)
            await stage.press(*"knee")
            await stage.at_once("enter")
            for key in (*"Ana", "enter", "n", "enter", "1", "enter"):
                press(stage, key)
            await stage.wait_for(WhoScreen)
            await stage.wait(1_000)
            assert isinstance(stage.top, WhoScreen)
            await stage.press(*"Ben", "enter")
            await stage.answer_no()
            await stage.wait_for(ResultScreen)
            await stage.at_once("q", "enter", "q")
            assert isinstance(stage.top, ResultScreen) and TOO_FAST in stage.text()

    play_scene(scene)


def test_x_is_never_too_early(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, row_of("  - Calf: 20s\n")) as stage:
            screen = await stage.to_session()
            await stage.at_once("q", "x")
            assert screen.live.state.phase.value == "hurting"
            assert not isinstance(stage.top, SessionScreen)

    play_scene(scene)
