"""Keys on the screens: broken reports, other keyboards, a remote, and a key that is held down."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.events import Key

from player.history.store import open_store
from player.play.options import PlayOptions
from player.play.running import END_ASKS, HINT
from player.session.state import BURST_MS, Phase
from player.tui.screens.choice import ChoiceScreen
from player.tui.screens.interview import InterviewScreen
from player.tui.screens.pain import PainScreen
from player.tui.screens.session import SessionScreen
from player.tui.screens.summary import SummaryScreen
from player.tui.widgets.prompt_view import PromptView
from tests.base.test_reports import REPORTS
from tests.tui.stage import LoopClock, Stage, in_session, play_scene, row_of, staged

ROW = row_of("  - Calf: 60s each side\n  - Thigh: 60s each side\n")
ANA = PlayOptions(person="Ana", mute=True)
NAMES = {
    "\x1b": "escape", "\r": "enter", "[": "left_square_bracket", "]": "right_square_bracket",
    "<": "less_than_sign", ";": "semicolon", "?": "question_mark", "$": "dollar_sign",
    "~": "tilde", " ": "space", "!": "exclamation_mark", ":": "colon", "/": "slash",
    "\\": "backslash", "\x07": "ctrl+g",
}  # fmt: skip


async def send(stage: Stage, pieces: str, gap_ms: int) -> None:
    """Send each character as a key of its own, as Textual does with a report that is cut."""
    for char in pieces:
        stage.app.post_message(Key(NAMES.get(char, char), char))
        await stage.wait(gap_ms)


def phase(stage: Stage) -> Phase:
    return stage.session.live.state.phase


def is_marked(stage: Stage) -> object:
    filling = stage.screen.query_one(PromptView)._filling
    assert filling is not None
    return filling.marked, filling.none, filling.chosen, filling.typed


@pytest.mark.parametrize("gap", [1, 60, 100])
def test_a_broken_report_changes_no_question(tmp_path: Path, gap: int) -> None:
    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, ROW, options=ANA, known=False) as stage:
            screen = await stage.wait_for(InterviewScreen)
            forms: set[str] = set()
            while stage.top is screen and (prompt := screen.interview.prompt) is not None:
                if prompt.form.value not in forms:
                    forms.add(prompt.form.value)
                    await stage.wait(600)
                    before = (screen.interview.replies, is_marked(stage))
                    for report in REPORTS.values():
                        await send(stage, report, gap)
                        assert stage.top is screen, report
                        found = (screen.interview.replies, is_marked(stage))
                        assert found == before, (prompt, report)
                        await stage.wait(200)
                if prompt.id == "today":
                    await stage.mark("5")  # which leads to questions of every form
                else:
                    await stage.answer_one(screen)
            assert forms >= {"marks", "yes or no", "number"}

    play_scene(scene)


@pytest.mark.parametrize("gap", [1, 60, 100])
def test_in_a_session_a_broken_report_does_nothing_but_x(tmp_path: Path, gap: int) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            live = stage.session.live
            for report in REPORTS.values():
                index = live.state.index_at(clock.now())
                await send(stage, report, gap)
                assert stage.top is stage.session and live.state.phase is Phase.RUNNING, report
                assert live.state.index_at(clock.now()) - index <= 1 and not live.state.past
                await stage.wait(200)
            await send(stage, "\x1b[<64", 20)
            await stage.at_once("x")
            await stage.wait_for(PainScreen)

    play_scene(scene)


def test_escape_alone_pauses_after_a_moment_and_never_goes_on(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            stage.app.post_message(Key("escape", "\x1b"))
            await stage.wait(100)
            assert phase(stage) is Phase.RUNNING
            await stage.wait(100)
            assert phase(stage) is Phase.PAUSED
            await stage.press("escape")
            assert phase(stage) is Phase.PAUSED and stage.top is stage.session

    play_scene(scene)


@pytest.mark.parametrize("key", ["ч", "Ч", "χ", "Χ", "ס", "ء", "х", "Х", "delete", "џ"])
def test_the_key_of_x_stops_on_every_keyboard(tmp_path: Path, key: str) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            await stage.at_once(key)
            await stage.wait_for(PainScreen)

    play_scene(scene)


@pytest.mark.parametrize("keys", ["тн", "νυ", "מט", "ىغ"])
def test_n_and_y_answer_on_every_keyboard(tmp_path: Path, keys: str) -> None:
    none, yes = tuple(keys)

    async def scene(clock: LoopClock) -> None:
        async with staged(clock, tmp_path, ROW, options=ANA, known=False) as stage:
            screen = await stage.wait_for(InterviewScreen)
            for key in (yes, *(none, "enter") * 4):  # the list has pages
                if not screen.interview.replies:
                    await stage.press(key)
            assert list(screen.interview.replies) == [frozenset("y")]
            await stage.press("minus")
            await stage.mark("5")
            while (prompt := screen.interview.prompt) is None or prompt.form.value != "yes or no":
                await stage.answer_one(screen)
            await stage.press(yes)
            assert screen.interview.replies[-1] == "yes"

    play_scene(scene)


@pytest.mark.parametrize("key", ["й", ";", "/", "ض"])
def test_q_asks_whether_to_leave_on_every_keyboard(tmp_path: Path, key: str) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            await stage.at_once(key)
            await stage.wait_for(ChoiceScreen)

    play_scene(scene)


def test_arrows_move_while_the_session_runs(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            state = stage.session.live
            for key, by in (("right", 1), ("left", -1), ("down", 1), ("up", -1)):
                before = state.state.index_at(clock.now())
                await stage.at_once(key)
                assert state.state.index_at(clock.now()) == before + by, key
                await stage.wait(BURST_MS)

    play_scene(scene)


def test_a_remote_is_silent_and_other_keys_show_the_keys(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            before = (stage.session._sound._loudness, stage.session.live.state.past)
            await stage.at_once("f5", "full_stop", "comma")
            assert HINT not in stage.text()
            assert (stage.session._sound._loudness, stage.session.live.state.past) == before
            await stage.at_once("w")
            assert HINT in stage.text()
            await stage.wait(3_500)
            assert HINT in stage.text()
            await stage.wait(1_500)  # the screen is painted once a second
            assert HINT not in stage.text()

    play_scene(scene)


async def hold(stage: Stage, key: str, ms: int) -> None:
    for _ in range(ms // 30):
        stage.app.post_message(Key(key, key))
        await stage.wait(10)


def test_next_that_is_held_asks_at_the_end_and_its_end_can_be_undone(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        row = row_of("  - Calf: 60s\n")
        async with in_session(clock, tmp_path, row, options=ANA) as stage:
            await stage.wait(15_000)
            live = stage.session.live
            await hold(stage, "n", 4_000)
            assert isinstance(stage.top, ChoiceScreen) and END_ASKS in stage.text()
            assert not live.is_over
            position = live.state.position
            await stage.press("y")
            await finish_and_undo(stage, ["0", "enter"])
            assert live.state.position == position
            assert state_of(tmp_path) == [("running", None)]
            await stage.press("space")
            assert phase(stage) is Phase.RUNNING
            await stage.wait(60_000)
            assert state_of(tmp_path)[0][0] == "complete"

    play_scene(scene)


def test_leaving_can_be_undone_on_the_summary(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            await stage.wait(15_000)
            await stage.at_once("q")
            await stage.press("y")
            assert state_of(tmp_path)[0][0] == "partial"
            await finish_and_undo(stage, ["0", "enter"])
            assert state_of(tmp_path) == [("running", None)]
            with open_store(tmp_path / "history.db") as store:
                assert store.execute("SELECT count(*) FROM soreness").fetchone() == (0,)

    play_scene(scene)


async def finish_and_undo(stage: Stage, answers: Sequence[str]) -> None:
    """Answer how sore the person is now, and take the end back on the summary."""
    await stage.wait(500)
    await stage.press(*answers)
    await stage.wait_for(SummaryScreen)
    assert "undo" in stage.text()
    await stage.press("u")
    stage.session = await stage.wait_for(SessionScreen)
    assert phase(stage) is Phase.PAUSED


def state_of(folder: Path) -> list[tuple[object, ...]]:
    with open_store(folder / "history.db") as store:
        return store.execute("SELECT state, ended FROM session").fetchall()


def test_after_pain_the_end_can_not_be_undone(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, ROW, options=ANA) as stage:
            await stage.wait(15_000)
            await stage.at_once("x")
            await stage.wait_for(PainScreen)
            await stage.press("8", "enter")
            await stage.at_once("q")
            await stage.press("y")
            await stage.wait(500)
            await stage.press("0", "enter")
            await stage.wait_for(SummaryScreen)
            assert "undo" not in stage.text()
            await stage.press("u")
            assert isinstance(stage.top, SummaryScreen)

    play_scene(scene)
