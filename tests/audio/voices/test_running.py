"""Voice engines in processes of their own: a late, missing or broken engine costs one sentence."""

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from audio.loudness import loudness
from audio.mixer import SPEECH_LUFS
from audio.voices.engines import Engine, engines
from audio.voices.making import make_speech
from audio.voices.running import Pcm, Talker, from_wav

ENGINE = """
import os, sys, time
def answer(data, rate=16_000):
    head = rate.to_bytes(4, "little") + len(data).to_bytes(4, "little")
    sys.stdout.buffer.write(head + data)
    sys.stdout.buffer.flush()
for line in sys.stdin.buffer:
    word = line.decode().strip()
    if word == "hang":
        time.sleep(600)
    elif word == "die":
        os._exit(1)
    elif word == "lie":
        sys.stdout.buffer.write(b"x" * 8)
        os._exit(0)
    elif word == "none":
        answer(b"")
    else:
        answer(f"{os.getpid():8}".encode() + word.encode())
"""


def talker() -> Talker:
    return Talker([sys.executable, "-c", ENGINE])


def patiently() -> bool:
    return True


def word(pcm: Pcm | None) -> bytes:
    assert pcm is not None and pcm.rate == 16_000
    return pcm.data[8:]


def test_one_process_speaks_all_sentences() -> None:
    engine = talker()
    first, second = engine.say("left", patiently), engine.say("rest", patiently)
    assert word(first) == b"left" and word(second) == b"rest"
    assert first is not None and second is not None and first.data[:8] == second.data[:8]
    assert engine.say("none", patiently) is None
    engine.close()
    engine.close()


@pytest.mark.parametrize("trouble", ["die", "lie"])
def test_an_engine_that_crashes_loses_one_sentence_and_is_started_again(trouble: str) -> None:
    engine = talker()
    for _ in range(3):  # it works in between, so it is always started again
        assert engine.say(trouble, patiently) is None
        assert word(engine.say("rest", patiently)) == b"rest"
    engine.close()


def test_an_engine_that_hangs_is_killed_when_nobody_waits_any_longer() -> None:
    engine = talker()
    looks = iter([True] * 5)
    assert engine.say("hang", lambda: next(looks, False)) is None
    assert word(engine.say("rest", patiently)) == b"rest"
    engine.close()


def test_a_missing_program_says_nothing() -> None:
    assert Talker(["/no/such/program"]).say("rest", patiently) is None


def test_a_text_that_the_best_voice_fails_on_is_said_by_the_next(tmp_path: Path) -> None:
    wave = (0.2 * np.sin(np.arange(16_000) * 0.3) * 32_767).astype("<i2").tobytes()
    closed = []
    broken = Engine("a", {"en": "b"}, lambda text, voice, go_on: None, lambda: closed.append(1))
    works = Engine("b", {"en": "b", "es": "b"}, lambda text, voice, go_on: Pcm(wave, 16_000))
    made = make_speech([("en", "Rest."), ("es", "Descansa.")], tmp_path, voices=[broken, works])
    assert len(made) == 2 and closed == [1]


def test_only_a_wav_of_one_channel_and_16_bits_is_read() -> None:
    good = b"RIFF....WAVEfmt \x10\0\0\0\1\0\1\0\x80\x3e\0\0\0\x7d\0\0\2\0\x10\0data\4\0\0\0abcd"
    assert from_wav(good) == Pcm(b"abcd", 16_000)
    for bad in (
        b"",
        b"RIFF",
        good.replace(b"data", b"atad"),
        good.replace(b"\1\0\1\0", b"\1\0\2\0"),
    ):
        assert from_wav(bad) is None


HERE = {engine.name.split()[0]: engine for engine in engines()}
PROGRAMS = {
    "piper": (find_spec("piper") is not None, "the extra voice-hd is not installed"),
    "say": (sys.platform == "darwin", "it comes with macOS"),
    "espeak-ng": (shutil.which("espeak-ng") is not None, "espeak-ng is not installed"),
    "flite": (shutil.which("flite") is not None, "flite is not installed"),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.skipif(not is_there, reason=why))
        for name, (is_there, why) in PROGRAMS.items()
    ],
)
def test_an_installed_voice_speaks_as_loud_as_all_speech(name: str, tmp_path: Path) -> None:
    engine = HERE[name]
    texts = [(language, "Left side. Thirty seconds.") for language in engine.voices]
    made = make_speech(texts, tmp_path, voices=[engine])
    assert len(made) == len(texts)
    for samples in made.values():
        assert 48_000 < len(samples) < 6 * 48_000
        assert loudness(samples) == pytest.approx(SPEECH_LUFS, abs=1.0)
