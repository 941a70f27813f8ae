"""The voice of a session: making the speech, waiting for it or not, and hearing it."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import numpy as np

from audio.cue import CueSheet
from audio.frames import RATE
from player.library.opening import open_routine
from player.library.row import Row
from player.play.options import PlayOptions
from player.play.sound import SessionSound
from player.tui.screens.session import SessionScreen
from player.tui.screens.voice import VoiceScreen
from tests.tui.stage import LIBRARY, LoopClock, Stage, in_session, play_scene, row_of, staged
from tests.tui.test_sound import Heard

ROW = row_of("  - calf-wall-bent: 30s each side\n")
LOUD = PlayOptions(person="Ana")
HALF_A_SECOND = np.full(RATE // 2, 0.1, np.float32)

Texts = Sequence[tuple[str, str]]


class Voice:
    """A voice that finishes only when the test allows it."""

    def __init__(self) -> None:
        self.may = threading.Event()
        self.asked: list[tuple[str, str]] = []
        self.on_progress: Callable[[float], None] = lambda share: None
        self.went_on = True

    def make(
        self, texts: Texts, on_progress: Callable[[float], None], is_wanted: Callable[[], bool]
    ) -> dict[tuple[str, str], np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
        self.asked, self.on_progress = list(texts), on_progress
        while not self.may.wait(0.01):
            if not is_wanted():
                self.went_on = False
                return {}
        return dict.fromkeys(texts, HALF_A_SECOND)


def waiting(
    clock: LoopClock, folder: Path, row: Row, sound: SessionSound
) -> AbstractAsyncContextManager[Stage]:
    """Run the app up to the screen that waits for the voice."""
    return staged(clock, folder, row, options=LOUD, sound=sound, shown_from=SessionScreen)


def last_sheet(heard: Heard) -> CueSheet:
    sheet = heard.calls[-1][3]
    assert sheet is not None
    return sheet


def test_speech_is_made_before_the_session_and_heard_in_it(tmp_path: Path) -> None:
    heard, voice = Heard(), Voice()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, speech_maker=voice.make)
        async with waiting(clock, tmp_path, ROW, sound) as stage:
            await stage.wait_for(VoiceScreen)
            assert "The voice gets ready." in stage.text()
            await stage.until(lambda: bool(voice.asked))
            voice.on_progress(0.4)
            await stage.wait(1_000)
            assert "40%" in stage.text() and "Enter begin with chimes" in stage.text()
            voice.may.set()
            await stage.until(lambda: isinstance(stage.top, SessionScreen))
            await stage.until(lambda: bool(heard.calls))
            said = [cue.spoken.text for cue in last_sheet(heard).cues if cue.spoken]
            assert said[0] == "Next: Wall calf stretch, knee bent. Left side. Thirty seconds."
            assert "Switch sides. Right side. Thirty seconds." in said
            assert {("en", text) for text in said} <= set(voice.asked)

    play_scene(scene)


def test_a_person_who_does_not_wait_begins_with_chimes(tmp_path: Path) -> None:
    heard, voice = Heard(), Voice()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, speech_maker=voice.make)
        async with waiting(clock, tmp_path, ROW, sound) as stage:
            await stage.wait_for(VoiceScreen)
            await stage.press("enter")
            await stage.until(lambda: isinstance(stage.top, SessionScreen))
            await stage.until(lambda: bool(heard.calls))
            assert not voice.went_on
            assert all(cue.spoken is None for cue in last_sheet(heard).cues)

    play_scene(scene)


def test_after_ten_seconds_more_the_cues_are_spoken_at_their_new_times(tmp_path: Path) -> None:
    heard, voice = Heard(), Voice()
    voice.may.set()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, speech_maker=voice.make)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.until(lambda: bool(heard.calls))
            count = [c.at for c in last_sheet(heard).cues if c.spoken and c.spoken.text == "Three"]
            await stage.wait(15_000)
            await stage.press("plus")
            later = [c.at for c in last_sheet(heard).cues if c.spoken and c.spoken.text == "Three"]
            assert later[-1] == count[-1] + 10_000

    play_scene(scene)


def test_a_muted_session_makes_no_voice(tmp_path: Path) -> None:
    voice = Voice()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, muted=True, speech_maker=voice.make)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound):
            assert voice.asked == []

    play_scene(scene)


def test_a_coachs_recording_is_heard_and_a_broken_one_is_reported(tmp_path: Path) -> None:
    heard, voice = Heard(), Voice()
    voice.may.set()
    folder = tmp_path / "own"
    folder.mkdir()
    bell = Path(__file__).parent.parent / "audio" / "clips" / "good.ogg"
    (folder / "bell.ogg").write_bytes(bell.read_bytes())
    (folder / "list.mp3").write_text("ffconcat version 1.0\nfile bell.ogg\n")
    file = folder / "mine.yaml"
    file.write_text(
        "name: T\nsteps:\n  - calf-wall-bent: 30s each side\n"
        "    cues: {5s: {say: Ring., clip: bell.ogg}, 9s: {say: No ring., clip: list.mp3}}\n"
    )
    opened = open_routine(file, LIBRARY.catalogue)
    assert opened.routine and opened.timeline
    row = Row(opened.routine, opened.timeline)

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, speech_maker=voice.make)
        async with waiting(clock, tmp_path, row, sound) as stage:
            await stage.wait_for(VoiceScreen)  # the decoder lives in a process and in real time
            await stage.until(lambda: isinstance(stage.top, SessionScreen))
            refused = "The sound `list.mp3` is no WAV, FLAC, MP3 or Ogg Vorbis file."
            await stage.until(lambda: refused in stage.text())
            await stage.until(lambda: bool(heard.calls))
            assert set(heard.material.clips) == {"bell.ogg"}
            said = {cue.text: cue.spoken for cue in last_sheet(heard).cues if cue.clip}
            assert said["Ring."] is None, "the recording replaces the voice"
            assert said["No ring."], "the voice replaces the broken recording"

    play_scene(scene)
