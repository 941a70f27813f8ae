"""Editing short clips with pydub: no sound is lost and nothing is printed."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from audio.cue import CueKind
from audio.frames import RATE, frame_of
from audio.mixer import Mixer
from audio.pcm import at_rate, faded, from_segment, louder, render, to_segment, trimmed
from audio.samples import Samples
from audio.tones import chimes
from tests.audio.fakes import loudest, sheet

BELL = chimes()[CueKind.START]
ROOT = Path(__file__).resolve().parents[2]


def sine(hertz: float, rate: int, seconds: float = 1.0) -> Samples:
    wave: Samples = np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)
    return (wave * 0.5).astype(np.float32)


@pytest.mark.parametrize(("width", "step"), [(2, 2.0**-15), (4, 2.0**-24)])
def test_a_segment_holds_the_same_samples(width: int, step: float) -> None:
    segment = to_segment(BELL, width)
    assert (segment.frame_rate, segment.channels, segment.sample_width) == (RATE, 1, width)
    assert len(segment) == len(BELL) * 1_000 // RATE
    assert loudest(from_segment(segment) - BELL) <= step


def test_two_channels_stay_apart_and_are_read_back_as_one() -> None:
    both = np.stack((BELL, np.zeros_like(BELL)), axis=1)
    segment = to_segment(both)
    assert segment.channels == 2
    left, right = segment.split_to_mono()
    assert loudest(from_segment(left) - BELL) < 1e-4 and not from_segment(right).any()
    assert loudest(from_segment(segment) - BELL * np.float32(0.5)) < 1e-4


def test_samples_beyond_full_scale_are_cut_off() -> None:
    over = np.array([2.0, -2.0, 1.0, -1.0], np.float32)
    assert to_segment(over).get_array_of_samples().tolist() == [32767, -32768, 32767, -32768]


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 96_000])
def test_a_sound_at_another_rate_is_the_same_at_48_khz(rate: int) -> None:
    made = at_rate(sine(1_000, rate), rate)
    assert abs(len(made) - RATE) <= 1 and made.dtype == np.float32
    amid = slice(RATE // 10, -RATE // 10)
    off: Samples = made[:RATE] - sine(1_000, RATE)[: len(made)]
    assert loudest(off[amid]) < 1e-3


def test_a_low_rate_adds_no_hiss() -> None:
    """Straight lines between the samples would add sound above half of the old rate."""
    spectrum = np.abs(np.fft.rfft(at_rate(sine(3_000, 16_000), 16_000)))
    assert spectrum[8_500:].max() < 1e-3 * spectrum.max()


def test_changing_the_rate_does_not_move_a_sound() -> None:
    impulse = np.zeros(16_000, np.float32)
    impulse[8_000] = 1
    assert int(np.abs(at_rate(impulse, 16_000)).argmax()) == RATE // 2


def test_silence_before_and_after_is_trimmed_to_the_millisecond() -> None:
    tone = sine(440, RATE, 0.3)
    around = np.pad(tone, (frame_of(137), frame_of(411)))
    rest = trimmed(around)
    assert abs(len(rest) - len(tone)) <= frame_of(3)
    assert abs(rest[0]) < 0.01 and abs(rest[-1]) < 0.01
    assert loudest(rest) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("count", [0, 1, 47, 4_800])
def test_silence_is_trimmed_to_nothing(count: int) -> None:
    assert len(trimmed(np.zeros(count, np.float32))) == 0


def test_fades_begin_and_end_in_silence() -> None:
    steady = np.full(frame_of(300), 0.5, np.float32)
    shaped = faded(steady, in_ms=20, out_ms=50)
    assert abs(shaped[0]) < 0.01 and abs(shaped[-1]) < 0.01
    assert shaped[frame_of(25) : frame_of(245)] == pytest.approx(0.5, abs=1e-6)
    assert shaped[frame_of(10)] == pytest.approx(0.25, abs=0.02)
    assert len(faded(steady[: frame_of(10)], in_ms=20, out_ms=50)) == frame_of(10)


def test_louder_amplifies_by_decibels_up_to_full_scale() -> None:
    assert loudest(louder(BELL, -6.0206)) == pytest.approx(loudest(BELL) / 2, rel=1e-4)
    assert loudest(louder(BELL, 40)) <= 1


def test_importing_pydub_prints_nothing() -> None:
    script = (
        "import numpy; from audio.pcm import trimmed, to_segment;"
        "trimmed(numpy.ones(4800, numpy.float32)); to_segment(numpy.ones(9, numpy.float32))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        cwd=ROOT,
        env={"PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_other_module_imports_pydub() -> None:
    knows = [
        file.relative_to(ROOT).as_posix()
        for room in ("audio", "player")
        for file in (ROOT / room).rglob("*.py")
        if "import pydub" in file.read_text("utf-8") or "from pydub" in file.read_text("utf-8")
    ]
    assert knows == ["audio/pcm.py"]


def test_a_session_can_be_rendered_as_a_segment_of_pydub() -> None:
    mixer = Mixer(sheet((500, CueKind.START)))
    whole, piece = render(mixer), render(mixer, 400, 1_000)
    assert (whole.channels, whole.frame_rate) == (2, RATE)
    assert len(whole) == 500 + len(BELL) * 1_000 // RATE
    assert piece.raw_data == whole[400:1_000].raw_data
    assert whole.max_dBFS == pytest.approx(20 * np.log10(loudest(BELL)), abs=0.01)
