"""A person's way through the screens. Nothing bypasses the questions, and all is saved."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from audio.cue import Cue, CueKind
from player.history.interrupted import ALIVE_MS
from player.history.past import sessions
from player.history.people import people, red_flag_of
from player.history.store import open_store
from player.play.options import PlayOptions
from player.routine.vocabulary import Side
from player.safety.filling import NEEDS_ANSWER
from player.safety.prompts import Form, Prompt
from player.safety.stop_list import Then, stop_list_for
from player.session.state import MOVES_EVERY_MS, Do, Phase
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.library import LibraryScreen
from player.tui.screens.note import NoteScreen
from player.tui.screens.pain import PainScreen
from player.tui.screens.result import ResultScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.who import WhoScreen
from tests.habits import some_here_all_in_proof
from tests.tui.stage import (
    UNHURRIED_MS,
    LoopClock,
    Stage,
    in_session,
    play_scene,
    row_of,
    shipped_row,
    staged,
)

TWO = row_of("  - Calf: 60s\n  - Thigh: 20s\n")
ANA = PlayOptions(person="Ana", mute=True)


def test_from_the_library_to_the_summary_and_back(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            await stage.wait_for(LibraryScreen)
            await stage.wait(500)
            await stage.press(*"knee", "enter")
            screen = await stage.to_session()
            assert "Back-of-knee ease" in stage.text() and "For: Ana" in stage.text()
            await stage.press("n")
            await stage.wait(30_000)
            await stage.press("q", "y")
            await stage.wait_for(ChoiceScreen)
            await stage.press("3", "enter")
            await stage.wait_for(NoteScreen)
            text = stage.text()
            assert screen.live.state.phase is Phase.LEFT
            assert "Left at 0:40 of 12:50." in text
            assert "March on a chair: 30s" in text and "Front thigh: both sides 30s" in text
            assert "Soreness: 0 before, 3 now." in text
            await stage.press("enter")
            await stage.wait_for(LibraryScreen)

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        (done,) = sessions(store, "ana")
        assert done.state == "partial" and 30_000 <= done.work_ms < 30_500
        assert store.execute("SELECT before, after FROM soreness").fetchall() == [(0, 3)]


def test_the_next_start_asks_whether_it_is_the_same_person(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, shown_from=SessionScreen) as stage:
            await stage.wait_for(WhoScreen)
            await stage.wait(UNHURRIED_MS)
            await stage.press(*"Ana", "enter")
            await stage.wait_for_session()
            await stage.press("q", "y")
        async with staged(clock, tmp_path, TWO) as stage:
            await stage.wait_for(WhoScreen)
            assert "For: Ana · not you?" in stage.text()
            await stage.press("n", *"Ben", "enter")
            await stage.wait_for(InterviewScreen)
            assert "For: Ben" in stage.text() and "Ana" not in stage.text()
        async with staged(clock, tmp_path, TWO) as stage:
            await stage.wait_for(WhoScreen)
            assert "For: Ben · not you?" in stage.text()
            await stage.at_once("enter")  # too early to have read the question
            await stage.settle()
            assert isinstance(stage.top, WhoScreen)
            await stage.wait(1_000)
            await stage.press("enter")
            await stage.wait_for(InterviewScreen)

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert [person.name for person in people(store)] == ["Ben", "Ana"]


@pytest.mark.parametrize("size", [(80, 24), (40, 12)])
def test_a_name_that_is_refused_stays_to_be_corrected(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, size=size) as stage:
            who = await stage.wait_for(WhoScreen)
            await stage.wait(UNHURRIED_MS)
            field = who.query_one(Input)
            for wrong, why in (
                ("", "A name needs a letter or a sign."),
                ("x" * 41, "A name has at most 40 characters; this one has 41."),
                ("Ana\u200b", "`Ana\ufffd` holds an invisible character (U+200B); leave it out."),
            ):
                field.value = wrong  # as a paste does; a key for each letter is slow
                await stage.press("enter")
                assert stage.top is who and field.value == wrong
                assert why in " ".join(stage.text().split())
            await stage.press("backspace", "enter")
            await stage.wait_for(InterviewScreen)
            assert "For: Ana" in stage.text()

    play_scene(scene)


@pytest.mark.parametrize("number", some_here_all_in_proof("1234", 2))
def test_a_red_answer_ends_the_visit_and_is_asked_about_first_at_the_next_start(
    number: str, tmp_path: Path
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(InterviewScreen)
            await stage.mark(number)
            await stage.wait_for(ResultScreen)
            text = stage.text()
            assert "EMERGENCY." in text or "URGENT." in text
            assert ("Your emergency number:" in text) == ("EMERGENCY." in text)
            assert "start" not in text.splitlines()[-1]
            await stage.press("enter", "enter")
            assert not stage.messages_of(SessionScreen.Began)
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(InterviewScreen)
            assert "Have you been checked since?" in stage.text()
            await stage.press("l")
            await stage.wait_for(NoteScreen)
            assert "Nothing is played until you have been checked." in stage.text()

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert red_flag_of(store, people(store)[0]) is not None
        assert sessions(store) == []


def test_none_of_these_needs_two_keys_and_after_leaving_nothing_plays(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, size=(120, 40)) as stage:
            screen = await stage.wait_for(InterviewScreen)
            await stage.press("enter")
            assert "Mark what is so, or press n" in stage.text()
            await stage.press(
                "3", "3", "enter"
            )  # marked and unmarked again, so nothing is answered
            assert len(screen.interview.replies) == 0
            await stage.press("n", "enter")
            assert "Sore or not: choose one, then Enter." in stage.text()
            assert len(screen.interview.replies) == 0
            await stage.mark("0", "n")
            assert list(screen.interview.replies) == [frozenset("0")]
            await stage.press("-")
            assert len(screen.interview.replies) == 0
            await stage.press("question_mark")
            await stage.wait_for(NoteScreen)
            await stage.press("escape", "q")
            await stage.settle()
            assert not stage.app.is_running or stage.screen is not screen
            assert stage.app.last_words == "Left. Nothing was played."

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert sessions(store) == []


def test_a_list_can_be_answered_only_after_all_of_it_was_on_the_screen(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, size=(40, 12)) as stage:
            screen = await stage.wait_for(InterviewScreen)
            seen = ""
            for _ in range(12):
                seen += stage.text()
                await stage.press("n")
                if "None of these. Enter to confirm." in stage.text():
                    break
                assert "There is more. Read on, then n." in stage.text()
                assert screen.interview.replies == ()
            await stage.press("0", "enter")
            words = " ".join(seen.split())
            assert "A muscle is cramping right now" in words and "Something is sore" in words
            assert screen.interview.replies == (frozenset("0"),)

    play_scene(scene)


def test_an_unfinished_injury_question_leaves_a_red_flag(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(InterviewScreen)
            await stage.mark("5")
            with open_store(tmp_path / "history.db") as store:  # as after a kill
                assert red_flag_of(store, people(store)[0]) is not None
            await stage.press("q")
            await stage.settle()

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        red = red_flag_of(store, people(store)[0])
        assert red is not None and red.key == "injury_bad"


def test_a_held_key_answers_only_one_question(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, known=False) as stage:
            screen = await stage.wait_for(InterviewScreen)
            await stage.mark("5")
            await stage.press("0")  # today
            await stage.wait(1_000)
            asked = len(screen.interview.replies)
            await stage.at_once(*"cccccccccc")  # every 20 ms, as a keyboard repeats
            assert len(screen.interview.replies) == asked + 1
            await stage.wait(1_000)
            await stage.press("l")
            assert len(screen.interview.replies) == asked + 2

    play_scene(scene)


def test_an_extra_enter_does_not_start_a_session_before_its_result_is_read(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, shown_from=ResultScreen) as stage:
            await stage.wait_for(ResultScreen)
            await stage.at_once("enter")
            assert isinstance(stage.top, ResultScreen)
            assert "Too fast. Press it again." in stage.text()
            await stage.press("enter")
            await stage.wait_for(SessionScreen)

    play_scene(scene)


def test_pause_help_and_leaving_all_stop_the_time(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(12_000)
            for key, back in (("space", "space"), ("question_mark", "enter"), ("q", "n")):
                before = screen.live.state.position_at(clock.now())
                await stage.press(key)
                await stage.wait(10_000)
                if key == "space":
                    assert "PAUSED. Space goes on." in stage.text()
                await stage.press(back)
                await stage.wait_for(SessionScreen)
                assert screen.live.state.phase is Phase.RUNNING
                assert screen.live.state.position_at(clock.now()) - before < 1_000

    play_scene(scene)


def test_keys_move_the_session_and_undo_takes_it_back(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session

            def at() -> int:
                return screen.live.state.position_at(clock.now())

            await stage.wait(30_000)
            was = at()
            await stage.press("pagedown")
            assert "Get ready" in stage.text() and 70_000 <= at() < 71_000
            await stage.press("u")
            assert abs(at() - was) < 1_000
            assert "Undone: back to 0:30, both sides, Calf." in stage.text()
            total = screen.live.state.timeline.total_ms
            await stage.press("+", "equals_sign")
            assert screen.live.state.timeline.total_ms == total + 20_000
            await stage.press("r")
            assert at() < 1_000
            await stage.press("n", "d")
            assert "This step has a fixed time." in stage.text()
            await stage.press("b")
            assert at() < 1_000

    play_scene(scene)


def test_an_open_step_waits_for_a_key(tmp_path: Path) -> None:
    row = row_of("  - Raises: 8-12 reps\n  - wait: Turn over\n  - Calf: 20s\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            screen = stage.session
            assert "about" in stage.text()
            await stage.wait(screen.live.state.stops_at[0] + 10_000)
            assert "d or Page Down when you are done." in stage.text() and screen.live.waits
            await stage.press("d")
            assert "Turn over" in stage.text() and "Your turn" in stage.text()
            assert "d or Page Down when you are done." in stage.text()
            await stage.wait(10_000)
            await stage.press("pagedown")  # a presenter's remote has no d
            assert "Calf" in stage.text() and not screen.live.waits

    play_scene(scene)


@pytest.mark.parametrize("key", some_here_all_in_proof("123456789abc", 6))
def test_pain_stops_at_once_and_never_offers_to_carry_on(key: str, tmp_path: Path) -> None:
    feeling = stop_list_for(())["123456789abc".index(key)]

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(15_000)
            await stage.press("x")
            await stage.wait_for(PainScreen)
            for other in ("escape", "q", "space", "enter", "minus", "x"):
                await stage.press(other)
            assert isinstance(stage.top, PainScreen)
            await stage.wait(5_000)
            assert screen.live.state.position < 16_000
            await stage.press(key)
            await stage.wait_for(NoteScreen)
            assert " ".join(feeling.says.split())[:40] in " ".join(stage.text().split())
            if feeling.rank == "emergency":
                assert "EMERGENCY." in stage.text() and "emergency number" in stage.text()
            await stage.press("enter")
            await stage.settle()
            if feeling.then in {Then.SKIP_STEP, Then.CRAMP}:
                assert isinstance(stage.top, SessionScreen) and "STOPPED." in stage.text()
                await stage.wait(feeling.check.wait_ms if feeling.check else 10_000)
                await stage.press("space")
                if feeling.check:
                    await stage.wait_for(ChoiceScreen)
                    await stage.press("q", "space", feeling.check.fine, "space")
                await stage.wait(2_000)
                assert screen.live.state.segment_at(clock.now()).step == 2
                await stage.press("x")
                await stage.wait_for(PainScreen)
                await stage.press(key)
                await stage.wait_for(NoteScreen)
                assert "second time" in stage.text()
                await stage.press("enter")
            await stage.settle()
            assert screen.live.state.phase is Phase.LEFT
            assert not isinstance(stage.top, SessionScreen)
            red = feeling.key is not None
            assert isinstance(stage.top, NoteScreen if red else ChoiceScreen)
            if feeling.rank == "emergency":
                assert "EMERGENCY." in stage.text() and "emergency number" in stage.text()

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        (done,) = sessions(store)
        assert done.state == "partial" and set(done.hurt) == {feeling.id}
        red = red_flag_of(store, people(store)[0])
        assert (red.key if red else None) == feeling.key


def test_after_sleep_the_session_is_paused_and_at_most_a_second_is_credited(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(20_000)
            before = screen.live.state.position_at(clock.now())
            clock.slept_ms += 3_600_000
            await stage.wait(2_000)
            assert "PAUSED: it was asleep." in stage.text()
            assert screen.live.state.position - before <= 2_000
            await stage.press("space")
            assert screen.live.state.phase is Phase.RUNNING

    play_scene(scene)


@pytest.mark.parametrize("keys", [["space"], ["n", "plus", "space"], ["u", "b", "r", "d"]])
def test_keys_of_the_sleep_do_nothing_but_x_and_q(keys: list[str], tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(20_000)
            before = screen.live.state.position_at(clock.now())

            def phase() -> Phase:
                return screen.live.state.phase

            async def sleep_then(*pressed: str) -> None:
                clock.slept_ms += 60_000
                await stage.at_once(*pressed)

            await sleep_then(*keys)
            assert phase() is Phase.ASKING
            assert screen.live.state.position - before <= 2_000
            assert "Too fast. Press it again." in stage.text()
            await stage.wait(5_000)
            assert "PAUSED: it was asleep." in stage.text()
            await sleep_then("space")
            assert phase() is Phase.ASKING
            await stage.wait(500)
            await stage.at_once("space")
            assert phase() is Phase.RUNNING
            await stage.wait(2_000)
            await sleep_then("q")
            await stage.wait_for(ChoiceScreen)
            await stage.press("n")
            assert phase() is Phase.ASKING, "staying does not start the session again"
            await stage.wait(500)
            await stage.at_once("space")
            await sleep_then("x")
            await stage.wait_for(PainScreen)
            assert phase() is Phase.HURTING

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        (done,) = sessions(store)
        assert done.state == "partial"


@pytest.mark.parametrize(("key", "back"), [("question_mark", "enter"), ("q", "n")])
def test_a_key_of_the_sleep_that_closes_a_page_does_not_go_on(
    key: str, back: str, tmp_path: Path
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(20_000)
            await stage.press(key)
            await stage.wait(3_000)
            clock.slept_ms += 60_000
            await stage.at_once(back)
            await stage.wait_for(SessionScreen)
            assert screen.live.state.phase is Phase.PAUSED
            assert "Too fast. Press it again." in stage.text()

    play_scene(scene)


def test_after_too_long_a_sleep_the_screen_says_why_the_session_can_not_go_on(
    tmp_path: Path,
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(20_000)
            clock.slept_ms += 2 * 3_600_000
            await stage.wait(2_000)
            assert "The answers are more than two hours old." in stage.text()
            await stage.press("space")
            assert screen.live.state.phase is Phase.ASKING
            screen.notice("Sound off.")
            await stage.wait(1_000)
            assert "The answers are more than two hours old." in stage.text()

    play_scene(scene)


def test_ctrl_c_on_the_summary_promises_no_offer(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait(2_000)
            await stage.press("q", "y")
            await stage.wait_for(NoteScreen)
            await stage.press("ctrl+c")
            assert stage.app.last_words == "Stopped. What was done is saved."

    play_scene(scene)


def test_an_interrupted_session_is_offered_until_it_is_resumed_at_its_position(
    tmp_path: Path,
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(40_000)
            screen.live.save_position = lambda: None  # type: ignore[method-assign]  # as if it was killed
        path = tmp_path / "t.yaml"
        path.write_text("name: T\nsteps:\n  - Calf: 60s\n  - Thigh: 20s\n", "utf-8")
        with open_store(tmp_path / "history.db") as store:
            store.execute("UPDATE session SET path = ?", (str(path),))
        clock.slept_ms += ALIVE_MS
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(ChoiceScreen)
            assert "A session of T was interrupted at 0:" in stage.text()
            await stage.press("q")
            assert stage.app.last_words == "Left. Nothing was played."
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(ChoiceScreen)
            assert "was interrupted" in stage.text(), "the offer stays after the person leaves it"
            await stage.press("r")
            await stage.wait_for(InterviewScreen)
            await stage.press("q")
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait_for(ChoiceScreen)
            assert "was interrupted" in stage.text(), (
                "the offer stays after the person leaves the questions"
            )
            await stage.press("r")
            await stage.answer_no()
            await stage.wait_for(ResultScreen)
            assert "It goes on at 0:" in stage.text()
            await stage.wait(1_000)
            await stage.press("enter")
            again = await stage.wait_for(SessionScreen)
            assert 38_000 <= again.live.state.position <= 41_000

    play_scene(scene)


def test_answers_that_are_too_old_start_no_session(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, shown_from=ResultScreen) as stage:
            await stage.wait_for(ResultScreen)
            await stage.wait(1_000)
            clock.slept_ms += 2 * 3_600_000 + 1_000
            await stage.press("enter")
            await stage.wait_for(NoteScreen)
            assert "more than two hours old" in stage.text()
            assert not stage.messages_of(SessionScreen.Began)

    play_scene(scene)


def test_one_side_is_chosen_before_the_session(tmp_path: Path) -> None:
    row = row_of("  - Calf: 20s one side\n")

    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, row, options=ANA, shown_from=SessionScreen) as stage:
            await stage.wait_for(ChoiceScreen)
            await stage.press("r")
            await stage.wait_for(SessionScreen)
            await stage.press("n")
            assert "right side" in stage.text() and "RIGHT" in stage.text()

    play_scene(scene)


async def flashes_of(stage: Stage) -> set[CueKind]:
    """The kinds of cues at which the clock flashes."""
    screen = await stage.wait_for(SessionScreen)
    found: set[CueKind] = set()
    asked: list[Cue] = []
    flash, flashes = screen.flash, stage.app.sound.flashes

    def heard(cue: Cue) -> bool:
        asked.append(cue)
        return flashes(cue)

    def flashed() -> None:
        found.add(asked[-1].kind)
        flash()

    # Both listen, and do the same.
    stage.app.sound.flashes = heard  # type: ignore[method-assign]
    screen.flash = flashed  # type: ignore[method-assign]
    await stage.wait(screen.live.state.timeline.total_ms)
    return found


def test_without_sound_the_screen_flashes_instead_of_chimes(tmp_path: Path) -> None:
    row = row_of("  - calf-wall-straight: 30s each side\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            found = await flashes_of(stage)
            assert found == {CueKind.START, CueKind.HALF, CueKind.SWITCH}

    play_scene(scene)


@pytest.mark.parametrize("keys", [("space", "n"), ("x", "8", "enter")])
def test_after_a_stop_the_screen_flashes_for_what_comes(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    row = row_of("  - calf-wall-straight: 30s left\n  - calf-wall-bent: 30s right\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            screen = await stage.wait_for(SessionScreen)
            await stage.wait(15_000)
            await stage.press(*keys)
            await stage.until(lambda: stage.top is screen)
            await stage.wait(2_000)
            assert not screen.query(".-flash")
            await stage.press("space")
            assert screen.live.state.phase is Phase.RUNNING
            assert screen.query(".-flash") and "right side" in stage.text()

    play_scene(scene)


def burst(stage: Stage, *keys: str) -> None:
    """Send several keys at once, before the program handles the first."""
    for key in keys:
        named = {"enter": "\r", "space": " ", "minus": "-", "question_mark": "?"}
        char = named.get(key, key)
        stage.app.post_message(Key(key, char))


def test_keys_in_a_burst_never_answer_another_question(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA) as stage:
            screen = await stage.wait_for(InterviewScreen)
            await stage.mark("n")
            await stage.press("0", "enter", "n")
            await stage.wait(1_000)
            replies = list(screen.interview.replies)
            burst(stage, "minus", "y")
            await stage.wait(1_000)
            assert list(screen.interview.replies) == replies[:-1]
            burst(stage, "q", "q", "y")
            await stage.wait(1_000)
            assert stage.app._exception is None

    play_scene(scene)


@pytest.mark.parametrize(
    "keys",
    some_here_all_in_proof([("x",), ("space",), ("question_mark", "x"), ("n",), ("q",)], 3),
)
def test_keys_right_after_the_start_do_no_harm(keys: tuple[str, ...], tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, TWO, options=ANA, shown_from=ResultScreen) as stage:
            await stage.wait_for(ResultScreen)
            await stage.wait(1_000)
            burst(stage, "enter", *keys)
            await stage.wait(1_000)
            assert stage.messages_of(SessionScreen.Began) and stage.app._exception is None

    play_scene(scene)


@pytest.mark.parametrize("key", some_here_all_in_proof(["x", "question_mark", "q"], 2))
@pytest.mark.parametrize("early_ms", some_here_all_in_proof([0, 20, 200], 3))
def test_a_dialog_opened_at_the_very_end_still_closes(
    key: str, early_ms: int, tmp_path: Path
) -> None:
    row = row_of("  - Calf: 20s\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            screen = stage.session
            began = screen.live.state.anchor or 0
            end = began + screen.live.state.timeline.total_ms
            await asyncio.sleep((end - early_ms - clock.now()) / 1_000)
            burst(stage, key)
            await stage.wait(500)
            for _ in range(6):
                if isinstance(stage.top, PainScreen):
                    await stage.press("c")
                elif isinstance(stage.top, NoteScreen):
                    await stage.press("enter")
                elif isinstance(stage.top, ChoiceScreen):
                    await stage.press(*("y" if stage.top._prompt.id == "leave" else ("3", "enter")))
                await stage.wait(1_000)
            assert screen.live.is_over and not isinstance(stage.top, SessionScreen)

    play_scene(scene)


def test_x_works_with_caps_lock(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            for opens in ("X", "question_mark", "Q"):
                await stage.press(opens)
                if opens != "X":
                    await stage.press("X" if opens == "question_mark" else "x")
                await stage.wait_for(PainScreen)
                await stage.press("8" if opens == "X" else "C", "enter")
                await stage.settle()
                if screen.live.is_over:
                    return
                await stage.press("space")

    play_scene(scene)


def test_pain_can_not_be_undone_and_its_step_can_not_be_reached_again(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            screen = stage.session
            await stage.wait(15_000)
            await stage.press("x", "8", "enter", "u")
            assert "Stopped. Space goes on, q leaves." in stage.text()
            await stage.press("b", "space")
            assert screen.live.state.segment_at(clock.now()).step == 2

    play_scene(scene)


def test_a_session_with_pain_at_its_last_step_is_not_complete(tmp_path: Path) -> None:
    row = row_of("  - Calf: 20s\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            await stage.wait(25_000)
            await stage.press("x", "8")
            assert (
                "Nothing is left, so the session ends" in stage.text()
                and "end the session" in stage.text()
            )
            await stage.press("enter", "2", "enter")
            assert "Well done" not in stage.text()

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert sessions(store)[0].state == "partial"


def test_an_own_exercise_without_regions_counts_for_no_region(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait(30_000)
            await stage.press("q", "y", "0", "enter")
            await stage.wait_for(NoteScreen)
            assert "Calf: 20s" in stage.text() and "Belly" not in stage.text()

    play_scene(scene)


STRAINED = {
    "today": ("5", "enter"), "G5.when": ("1",), "I1": ("c",), "I1.side": ("l",), "I2": ("n",),
    "I3a": ("n",), "I4a": ("y",), "I4d": ("y",), "I5a": ("n",),
}  # fmt: skip
"""The answers of a person who strained the left calf yesterday, without any red flag."""


async def answer(stage: Stage, answers: Mapping[str, Sequence[str]]) -> list[str]:
    """Answer prompts by their id, and all others as a person without any findings."""
    asked = []
    screen = await stage.wait_for(InterviewScreen)
    while stage.screen is screen and (prompt := screen.interview.prompt) is not None:
        asked.append(prompt.id)
        if prompt.id not in answers:
            await stage.answer_one(screen)
            continue
        keys = answers[prompt.id]
        await (stage.mark(*keys[:-1]) if prompt.form is Form.MARKS else stage.press(*keys))
        assert screen.interview.prompt is not prompt, f"{prompt.id} is still asked"
    return asked


def test_a_fresh_strain_is_offered_early_care_on_its_side(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, shipped_row("calf-stretch"), options=ANA) as stage:
            await answer(stage, STRAINED)
            await stage.wait_for(ResultScreen)
            assert "Press 1 for Early care" in stage.text() and "1 Early care" in stage.text()
            await stage.wait(1_000)
            await stage.press("1")
            assert await answer(stage, {}) == ["followups"], (
                "an answered question is not asked again"
            )
            await stage.wait_for(ResultScreen)
            assert "Early care" in stage.text() and "Left out" not in stage.text()
            await stage.wait(1_000)
            await stage.press("enter")
            screen = await stage.wait_for(SessionScreen)
            sides = {s.side for s in screen.live.state.timeline.segments if s.side}
            assert sides == {Side.LEFT}, "the hurt side is not asked again"

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert [session.routine for session in sessions(store)] == ["early-care"]


def test_if_a_routine_is_refused_today_another_one_is_offered(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        row = shipped_row("thigh-roller")
        async with staged(
            clock, tmp_path, row, options=ANA, known=False,
            shown_from=ResultScreen, replies={"P2": "yes"},
        ) as stage:  # fmt: skip
            await stage.wait_for(ResultScreen)
            text = " ".join(stage.text().split())
            assert "not a good day for this routine" in text
            assert "Press 1 for Quiet breathing" in text and "Enter start" not in text
            await stage.wait(1_000)
            await stage.press("1")
            await stage.wait_for(ResultScreen)
            await stage.wait(1_000)
            assert "Quiet breathing" in stage.text()
            await stage.press("enter")
            await stage.wait_for(SessionScreen)

    play_scene(scene)


def test_the_next_start_asks_about_the_last_session_and_rests_a_place_that_got_worse(
    tmp_path: Path,
) -> None:
    row = row_of("  - calf-wall-straight: 20s each side\n  - ham-chair-sit: 60s each side\n")

    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            await stage.wait(30_000)
            await stage.press("q", "y")
            await stage.wait_for(ChoiceScreen)
            await stage.press("2", "enter")
            await stage.wait(1_000)
        clock.slept_ms += 20 * 3_600_000
        async with staged(clock, tmp_path, row, options=ANA) as stage:
            worse = {"A1": ("w",), "A1.where": ("c",), "A1.where.side": ("l",)}
            met = await answer(stage, worse)
            assert met[:5] == ["today", "A1", "A1.where", "A1.where.side", "A1.night"]
            await stage.wait_for(ResultScreen)
            text = " ".join(stage.text().split())
            assert "Left out: Wall calf stretch, knee straight, left side" in text
            assert "having been worse after a session" in text

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert store.execute("SELECT told, place, side FROM after").fetchall() == [
            ("worse", "calf", "left")
        ]


def at_the_psoas(clock: LoopClock, folder: Path) -> AbstractAsyncContextManager[Stage]:
    """A session with deep pressure, for a person who has learnt it."""
    row = shipped_row("psoas-massager")
    return in_session(clock, folder, row, options=ANA, replies={"DP": "s"})


async def into_deep_pressure(stage: Stage, clock: LoopClock) -> SessionScreen:
    screen = stage.session
    while screen.live.state.segment_at(clock.now()).exercise != "psoas-tool-press":
        screen.live.do(Do.NEXT)  # unpainted
        await stage.wait(MOVES_EVERY_MS)
    await stage.press("n")
    await stage.wait(2_000)
    await stage.press("x")
    await stage.wait_for(PainScreen)
    await stage.press("4")
    await stage.wait_for(NoteScreen)
    assert "Roll off slowly." in stage.text() and "Your emergency number" in stage.text()
    await stage.press("enter")
    await stage.settle()
    return screen


def test_a_feeling_that_must_pass_is_checked_in_time_and_becomes_an_emergency_if_it_lasts(
    tmp_path: Path,
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with at_the_psoas(clock, tmp_path) as stage:
            screen = await into_deep_pressure(stage, clock)
            assert "STOPPED. Has it passed? 2:00" in stage.text()
            await stage.wait(120_000)
            await stage.wait_for(ChoiceScreen)
            assert "Has it passed?" in stage.text() and "something hurts" in stage.text()
            await stage.press("n")
            await stage.wait_for(NoteScreen)
            assert "EMERGENCY. Stop. Call your emergency number now." in stage.text()
            await stage.press("enter")
            await stage.settle()
            assert screen.live.is_over

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        red = red_flag_of(store, people(store)[0])
        assert red is not None and red.key == "aaa_acute"


def test_an_open_check_is_asked_before_the_person_can_leave(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with at_the_psoas(clock, tmp_path) as stage:
            await into_deep_pressure(stage, clock)
            await stage.press("q", "y")
            await stage.wait_for(ChoiceScreen)
            assert "Has it passed?" in stage.text()
            await stage.press("q")
            await stage.settle()
            assert "Has it passed?" in stage.text(), "the check can not be bypassed"
            await stage.press("y")
            await stage.settle()
            assert "How sore" in stage.text() or "Left at" in stage.text()

    play_scene(scene)
    with open_store(tmp_path / "history.db") as store:
        assert red_flag_of(store, people(store)[0]) is None


def test_a_question_that_needs_an_answer_says_so(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path) as stage:
            question = Prompt("q", Form.YES_NO, "Is it so?")
            screen = ChoiceScreen("T", question, required=True)
            stage.app.push_screen(screen)
            await stage.wait_for(ChoiceScreen)
            for key in ("q", "escape"):
                await stage.press(key)
                assert stage.top is screen and NEEDS_ANSWER in stage.text(), key
            await stage.press("n")
            assert stage.top is not screen

    play_scene(scene)
