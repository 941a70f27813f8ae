"""Chest pain told in another window stops the screen of a session, whatever lies over it."""

from pathlib import Path

import pytest

from player.history.people import person_named, save_red_flag
from player.history.store import open_store
from player.play.options import PlayOptions
from player.safety.profile import RedFlag
from player.tui.screens.note import NoteScreen
from player.tui.screens.session import SessionScreen
from tests.safety.making import NOW
from tests.tui.stage import WALL, LoopClock, in_session, play_scene, row_of

ANA = PlayOptions(mute=True, person="Ana")
TWO = row_of("  - calf-wall-straight: 30s each side\n")
WITHIN_MS = 2_000


@pytest.mark.parametrize("keys", [(), ("space",), ("question_mark",), ("q",), ("x",)])
def test_the_advice_is_shown_over_everything_and_then_the_session_is_over(
    tmp_path: Path, keys: tuple[str, ...]
) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, TWO, options=ANA) as stage:
            await stage.wait(15_000)
            await stage.at_once(*keys)
            with open_store(tmp_path / "history.db") as other:
                ana = person_named(other, "Ana", WALL)
                save_red_flag(other, ana, RedFlag("pe_heart", "G1", NOW))
            await stage.wait(WITHIN_MS)
            assert isinstance(stage.top, NoteScreen)
            assert "EMERGENCY. Stop. Sit or lie down." in stage.text()
            assert "You told of this in another window: chest pain" in stage.text()
            assert stage.session.live.is_over
            await stage.press("enter")
            for key in {"question_mark": ("enter",), "q": ("n",), "x": ("1", "enter")}.get(
                "".join(keys), ()
            ):
                await stage.press(key)
            assert not isinstance(stage.top, SessionScreen)
            assert "EMERGENCY." in stage.text(), "the summary says so again"

    play_scene(scene)
