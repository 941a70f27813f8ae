"""A voice engine that hangs: the keys of the waiting screen act at once, and it is killed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from audio.mixer import Speech
from audio.voices.making import make_speech
from player.play.options import PlayOptions
from player.play.sound import SessionSound
from player.tui.app import NOT_PLAYED
from player.tui.screens.session import SessionScreen
from player.tui.screens.voice import VoiceScreen
from tests.audio.voices.fakes import FOR_EVER, FakeEngine, is_alive
from tests.tui.stage import LoopClock, Stage, play_scene, staged
from tests.tui.test_sound import Heard
from tests.tui.test_voice import ROW, Texts

LOUD = PlayOptions(person="Ana")


class Silent:
    """A maker of speech with one engine, which nobody gives up."""

    def __init__(self, folder: Path, does: str) -> None:
        self.engine = FakeEngine(folder, does)
        self.folder = folder
        self.is_over = False

    def make(
        self, texts: Texts, on_progress: Callable[[float], None], is_wanted: Callable[[], bool]
    ) -> Speech:
        voices = [self.engine.engine]
        made = make_speech(texts, self.folder / "kept", on_progress, voices, is_wanted, lambda: 0)
        self.is_over = True
        return made

    async def is_waited_for(self, stage: Stage) -> None:
        await stage.wait_for(VoiceScreen)
        await stage.until(lambda: self.engine.started == 2)
        assert "Enter begin with chimes" in stage.text() and "q leave" in stage.text()

    def leaves_nothing(self) -> bool:
        return self.is_over and not any(map(is_alive, self.engine.pids))


def with_a_hanging_voice(
    folder: Path, keys: str, then: Callable[[Stage], bool], does: str = FOR_EVER
) -> None:
    """Press a key while the voice hangs, and wait for what it leads to."""
    voice = Silent(folder, does)

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=Heard().open, speech_maker=voice.make)
        async with staged(
            clock, folder, ROW, options=LOUD, sound=sound, shown_from=SessionScreen
        ) as stage:
            await voice.is_waited_for(stage)
            await stage.press(keys)
            await stage.until(lambda: then(stage))
            await stage.until(voice.leaves_nothing)

    play_scene(scene)


def test_enter_begins_with_chimes(tmp_path: Path) -> None:
    with_a_hanging_voice(tmp_path, "enter", lambda stage: isinstance(stage.top, SessionScreen))


@pytest.mark.parametrize("does", [FOR_EVER, "cat /dev/zero | sleep 1000"])
def test_q_leaves_before_the_session(tmp_path: Path, does: str) -> None:
    def has_left(stage: Stage) -> bool:
        return stage.app.return_code == NOT_PLAYED

    with_a_hanging_voice(tmp_path, "q", has_left, does)


def test_the_program_ends_by_ctrl_c_and_waits_for_no_engine(tmp_path: Path) -> None:
    with_a_hanging_voice(tmp_path, "ctrl+c", lambda stage: stage.app.return_code == 130)
