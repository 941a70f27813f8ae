"""The coach's recordings: trimmed, as loud as speech, or refused with a reason."""

import wave
from pathlib import Path

import numpy as np
import pytest

from audio.clips import load_clips
from audio.cue import Cue, CueKind
from audio.frames import RATE, frame_of
from audio.loudness import loudness
from audio.mixer import SPEECH_LUFS


def recorded(file: Path, peak: float, before_ms: int = 500) -> None:
    tone = np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE) * peak * 32_767
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(np.pad(tone, (frame_of(before_ms), RATE)).astype("<i2").tobytes())


def clip_cue(name: str, at: int = 0) -> Cue:
    return Cue(at, CueKind.CLIP, "", name)


@pytest.mark.parametrize("peak", [0.05, 0.9])
def test_a_clip_is_as_loud_as_speech_and_begins_without_silence(
    tmp_path: Path, peak: float
) -> None:
    recorded(tmp_path / "a.wav", peak)
    loaded = load_clips([clip_cue("a.wav"), clip_cue("a.wav", 9_000)], tmp_path)
    assert list(loaded.clips) == ["a.wav"] and loaded.refused == ()
    clip = loaded.clips["a.wav"]
    assert loudness(clip) == pytest.approx(SPEECH_LUFS, abs=0.3)
    assert abs(len(clip) - RATE) < frame_of(5)
    assert not clip.flags.writeable


def test_a_nearly_silent_clip_is_not_made_loud(tmp_path: Path) -> None:
    recorded(tmp_path / "a.wav", 0.02)
    assert loudness(load_clips([clip_cue("a.wav")], tmp_path).clips["a.wav"]) < SPEECH_LUFS - 3


def test_a_refused_clip_is_named_and_the_others_are_loaded(tmp_path: Path) -> None:
    recorded(tmp_path / "a.wav", 0.5)
    (tmp_path / "b.mp3").write_text("ffconcat version 1.0\nfile a.wav\n")
    cues = [clip_cue("b.mp3"), clip_cue("a.wav"), clip_cue("c.ogg"), Cue(0, CueKind.SAY, "Hi")]
    loaded = load_clips(cues, tmp_path)
    assert list(loaded.clips) == ["a.wav"]
    assert loaded.refused == (
        "The sound `b.mp3` is no WAV, FLAC, MP3 or Ogg Vorbis file.",
        "The sound `c.ogg` is not there.",
    )
