"""The volume keys of a session change one channel at once, and the volume is saved."""

import wave
from pathlib import Path

import numpy as np

from audio.frames import RATE
from audio.volumes import Volumes
from player.history.people import person_named
from player.history.store import open_store
from player.history.volume import Loudness, loudness_of
from player.play.sound import NO_SOUND, SessionSound
from tests.tui.stage import LoopClock, in_session, play_scene
from tests.tui.test_sound import LOUD, ROW, Heard, no_sound


def rain(folder: Path) -> Path:
    file = folder / "rain.wav"
    noise = np.random.default_rng(1).normal(0, 3_000, (2 * RATE, 2)).astype("<i2")
    with wave.open(str(file), "wb") as writing:
        writing.setparams((2, 2, RATE, 0, "NONE", ""))
        writing.writeframes(noise.tobytes())
    return file


def test_each_channel_has_its_own_volume_and_it_is_saved_for_the_person(tmp_path: Path) -> None:
    heard = Heard()

    async def first(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, background=rain(tmp_path))
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            screen = stage.session
            await stage.until(lambda: bool(heard.calls))
            assert heard.material.bed is not None
            await stage.press("v")
            assert "Voice 100 %  < softer  > louder" in stage.text()
            await stage.press("less_than_sign", "less_than_sign")
            assert "Voice 80 %" in stage.text()
            await stage.press("V", "greater_than_sign")
            assert "Chimes 100 %" in stage.text()
            await stage.press("v", *["less_than_sign"] * 12)
            assert "Background 0 %" in stage.text()
            assert heard.material.volumes == Volumes(0.8**2, 1.0, 0.0)
            assert heard.last == "play" and not screen.live.waits, "the session keeps running"
            await stage.press("v", "greater_than_sign")
            assert "Voice 90 %" in stage.text()
            await stage.press("q", "y")

    play_scene(first)
    with open_store(tmp_path / "history.db") as store:
        assert loudness_of(store, person_named(store, "ana", 1)) == Loudness(90, 100, 0)

    async def second(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.until(lambda: bool(heard.calls))
            assert heard.material.volumes == Volumes(0.9**2, 1.0, 0.0)
            await stage.press("v", "v")
            assert "Chimes 100 %" in stage.text()
            await stage.press("v")
            assert "Voice 90 %" in stage.text(), (
                "without a background, its channel can not be selected"
            )

    play_scene(second)


def test_without_a_device_the_volume_keys_report_that_there_is_no_sound(tmp_path: Path) -> None:
    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=no_sound)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.press("v", "less_than_sign")
            assert NO_SOUND in stage.text() and "Voice" not in stage.text()

    play_scene(scene)


def test_with_the_sound_off_the_volume_keys_say_how_to_turn_it_on(tmp_path: Path) -> None:
    heard = Heard()

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open)
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.until(lambda: bool(heard.calls))
            await stage.press("m", "v")
            assert "The sound is off; m turns it on." in stage.text()
            await stage.press("m", "v")
            assert "Voice 100 %" in stage.text()

    play_scene(scene)


def test_a_broken_background_file_is_reported_and_the_session_goes_on(tmp_path: Path) -> None:
    heard = Heard()
    (tmp_path / "rain.mp3").write_text("no sound at all")

    async def scene(clock: LoopClock) -> None:
        sound = SessionSound(clock, open_device=heard.open, background=tmp_path / "rain.mp3")
        async with in_session(clock, tmp_path, ROW, options=LOUD, sound=sound) as stage:
            await stage.until(lambda: bool(heard.calls))
            await stage.until(lambda: "`rain.mp3` is no WAV, FLAC, MP3 or Ogg" in stage.text())
            assert heard.material.bed is None

    play_scene(scene)
