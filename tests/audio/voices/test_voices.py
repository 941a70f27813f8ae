"""Voices: the text that they may read, what they must not do, and saved speech."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.child import GoOn
from audio.frames import RATE
from audio.loudness import loudness
from audio.mixer import LOUDEST, SPEECH_LUFS
from audio.voices.allowed import LONGEST_SENTENCE, LONGEST_WORD, allowed, sentences
from audio.voices.cache import MOST_BYTES, SpeechCache
from audio.voices.engines import Engine, engines
from audio.voices.making import length_of, make_speech
from audio.voices.running import Pcm
from tests.habits import tries

needs_nanotts = pytest.mark.skipif(
    find_spec("py_nanotts") is None, reason="py-nanotts has no wheel for this machine"
)

HOSTILE = (
    '<genfile file="x.wav">hello</genfile>',
    '<play file="/etc/passwd"/>',
    "$(touch x.wav)",
    "`touch x.wav`; touch x.wav",
    "--output x.wav",
    "-o x.wav -w x.wav",
    "a" * 20_000,
    "\x1b]0;x\x07\x00\u202e",
    "[[pbas 300]] [[slnc 9999999]]",
    "../../../x.wav",
)


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(st.text(max_size=2_000))
def test_an_engine_gets_only_letters_digits_and_punctuation(text: str) -> None:
    cleaned = allowed(text)
    assert all(c.isalpha() or c.isdigit() or c in " .,;:!?'-" for c in cleaned)
    assert all(len(word) <= LONGEST_WORD and not word.startswith("-") for word in cleaned.split())
    assert all(len(sentence) <= LONGEST_SENTENCE for sentence in sentences(text))


def test_a_text_is_split_into_sentences() -> None:
    assert sentences("Switch sides. Left side!  Ready?") == [
        "Switch sides.",
        "Left side!",
        "Ready?",
    ]
    assert sentences("… — «») ") == []


def tone(text: str, voice: str, go_on: GoOn) -> Pcm:
    wave = 0.1 * np.sin(np.arange(8_000 + 400 * len(text)) * 0.3)
    quiet = np.zeros(4_000)
    return Pcm((np.concatenate([quiet, wave, quiet]) * 32_767).astype("<i2").tobytes(), 16_000)


VOICE = Engine("tone", {"en": "t"}, tone)


def test_speech_is_trimmed_and_as_loud_as_all_speech(tmp_path: Path) -> None:
    made = make_speech([("en", "Halfway."), ("xx", "No voice.")], tmp_path, voices=[VOICE])
    assert set(made) == {("en", "Halfway.")}
    samples = made["en", "Halfway."]
    assert loudness(samples) == pytest.approx(SPEECH_LUFS, abs=1.0)
    assert np.abs(samples).max() <= LOUDEST and not samples.flags.writeable
    assert length_of(made)("Halfway.", "en") == pytest.approx(700, abs=60)
    assert length_of(made)("Never.", "en") == 0


def test_saved_speech_is_identical_and_needs_no_engine(tmp_path: Path) -> None:
    first = make_speech([("en", "Rest. Again.")], tmp_path, voices=[VOICE])
    silent = VOICE._replace(say=lambda text, voice, go_on: pytest.fail("it was asked"))
    again = make_speech([("en", "Rest. Again."), ("en", "Rest.")], tmp_path, voices=[silent])
    assert np.array_equal(first["en", "Rest. Again."], again["en", "Rest. Again."])
    assert ("en", "Rest.") in again, "each sentence is saved"


def test_damaged_speech_is_made_again(tmp_path: Path) -> None:
    make_speech([("en", "Rest.")], tmp_path, voices=[VOICE])
    (file,) = tmp_path.iterdir()
    for damaged in (b"", b"x" * 100, file.read_bytes()[:-3], file.read_bytes()[:-1] + b"\x01"):
        file.write_bytes(damaged)
        assert ("en", "Rest.") in make_speech([("en", "Rest.")], tmp_path, voices=[VOICE])


def test_speech_is_made_even_if_it_cannot_be_saved(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    assert make_speech([("en", "Rest.")], folder, voices=[VOICE])


def test_the_cache_of_speech_does_not_exceed_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.voices.cache.MOST_BYTES", 3_000)
    cache = SpeechCache(tmp_path)
    for place in range(6):
        cache.put(str(place), np.ones(250, np.float32))
    cache.tidy()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 3_000 < MOST_BYTES


def test_a_text_that_no_voice_can_say_is_missing_from_the_result(tmp_path: Path) -> None:
    broken = Engine("broken", {"en": "b"}, lambda text, voice, go_on: None)
    assert make_speech([("en", "Rest.")], tmp_path, voices=[broken]) == {}
    assert list(tmp_path.iterdir()) == []


def test_making_speech_can_be_stopped_and_returns_what_is_ready(tmp_path: Path) -> None:
    asked: list[float] = []
    made = make_speech(
        [("en", f"Step {n}.") for n in range(9)],
        tmp_path,
        asked.append,
        [VOICE],
        lambda: len(asked) < 2,
    )
    assert 0 < len(made) < 9 and asked[-1] == 1.0


@needs_nanotts
def test_no_text_makes_an_engine_write_files_or_run_commands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = make_speech([("en", text) for text in HOSTILE], tmp_path / "speech")
    assert [file.name for file in tmp_path.iterdir()] == ["speech"]
    assert len(made) > 3 and all(0 < len(samples) < 90 * RATE for samples in made.values())


@needs_nanotts
def test_the_included_voice_speaks_both_languages(tmp_path: Path) -> None:
    (nano,) = (engine for engine in engines() if engine.name.startswith("nanotts"))
    texts = [("en", "Left side."), ("es", "Lado izquierdo.")]
    made = make_speech(texts, tmp_path, voices=[nano])
    assert set(made) == set(texts)
    for samples in made.values():
        assert 0.4 * 48_000 < len(samples) < 3 * 48_000
        assert loudness(samples) == pytest.approx(SPEECH_LUFS, abs=1.0)


@needs_nanotts
def test_an_engine_reads_its_text_from_standard_input() -> None:
    command = [sys.executable, "-P", "-m", "audio.voices.nano", "en-GB"]
    done = subprocess.run(
        command, input=b"<speed level='9'>one", capture_output=True, timeout=20, check=False
    )
    assert done.returncode == 0 and len(done.stdout) > 2_000 and not done.stderr
