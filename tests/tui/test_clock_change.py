"""Somebody sets the clock of the computer while a session runs on the screen."""

from pathlib import Path

from player.play.options import PlayOptions
from player.session.state import Phase
from tests.tui.stage import LoopClock, in_session, play_scene, row_of

ANA = PlayOptions(mute=True, person="Ana")
STEPS = row_of("  - calf-wall-straight: 60s each side\n")


def test_a_session_goes_on_when_the_clock_is_set_back_by_20_seconds(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, STEPS, options=ANA) as stage:
            await stage.wait(20_000)
            at = clock.now()
            before = stage.session.live.state.position_at(at)
            clock.set_forward_ms -= 20_000
            await stage.wait(5_000)
            state = stage.session.live.state
            assert state.phase is Phase.RUNNING
            assert state.position_at(clock.now()) == before + clock.now() - at
            assert "PAUSED" not in stage.text()

    play_scene(scene)


def test_a_clock_set_back_far_is_named_for_as_long_as_the_session_waits(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        async with in_session(clock, tmp_path, STEPS, options=ANA) as stage:
            await stage.wait(20_000)
            clock.set_forward_ms -= 3_600_000
            await stage.wait(2_000)
            for _ in range(2):
                assert stage.session.live.state.phase is Phase.ASKING
                assert "The clock of this computer was set back. Leave, and start again." in (
                    stage.text()
                )
                await stage.press("space")
                await stage.wait(10_000)
            clock.set_forward_ms = 0
            await stage.wait(10_000)
            assert "Space goes on." in stage.text()
            await stage.press("space")
            assert stage.session.live.state.phase is Phase.RUNNING

    play_scene(scene)
