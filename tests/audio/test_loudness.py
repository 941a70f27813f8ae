"""Loudness, compared with another implementation and with the standard."""

from collections.abc import Callable

import numpy as np
import pytest

from audio.frames import RATE
from audio.loudness import gain_to, loudness
from audio.samples import Samples
from audio.tones import chimes
from tests.cases import cases

NOBODY = float("-inf")


def noise(seconds: float, seed: int = 7) -> Samples:
    drawn = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (drawn * 0.05).astype(np.float32)


def sine(hertz: float, seconds: float, peak: float = 0.2) -> Samples:
    turns = hertz * np.arange(round(seconds * RATE)) / RATE
    wave: Samples = (peak * np.sin(2 * np.pi * turns)).astype(np.float32)
    return wave


def syllables(seconds: float) -> Samples:
    """Return noise that rises and falls like speech, with a pause that the gate ignores."""
    loud = np.abs(np.sin(2 * np.pi * 2 * np.arange(round(seconds * RATE)) / RATE)) ** 2
    loud[len(loud) // 3 : len(loud) // 2] = 1e-4
    softer: Samples = (noise(seconds) * loud).astype(np.float32)
    return softer


def both(samples: Samples) -> Samples:
    return np.repeat(samples[:, np.newaxis], 2, axis=1)


CLIPS: dict[str, Callable[[], Samples]] = {
    "noise": lambda: noise(3),
    "noise of 450 ms": lambda: noise(0.45),
    "noise of 25 s": lambda: noise(25),  # longer than two of the pieces in which it is measured
    "50 Hz": lambda: sine(50, 2),
    "100 Hz": lambda: sine(100, 2),
    "1 kHz": lambda: sine(1_000, 2),
    "8 kHz": lambda: sine(8_000, 2),
    "syllables": lambda: syllables(4),
    "long silence after": lambda: np.pad(syllables(2), (0, 5 * RATE)),
}


@cases("name", CLIPS)
def test_the_loudness_agrees_with_pyloudnorm(name: str) -> None:
    import pyloudnorm  # importing it takes a second

    clip = CLIPS[name]()
    reference = pyloudnorm.Meter(RATE).integrated_loudness(both(clip))
    assert loudness(clip) == pytest.approx(reference, abs=0.3)
    assert loudness(both(clip)) == pytest.approx(reference, abs=0.3)


def test_the_signal_of_the_standard_has_the_value_of_the_standard() -> None:
    """997 Hz at full scale in one channel of two is -3.01 LUFS."""
    full = sine(997, 5, peak=1.0)
    assert loudness(np.stack((full, np.zeros_like(full)), axis=1)) == pytest.approx(-3.01, abs=0.05)


def test_a_sound_shorter_than_a_block_is_measured_as_a_whole() -> None:
    steady = sine(1_000, 2)
    assert loudness(steady[: RATE // 5]) == pytest.approx(loudness(steady), abs=0.1)
    half = np.pad(steady[: RATE // 10], (0, RATE // 10))
    assert loudness(half) == pytest.approx(loudness(steady) - 3.01, abs=0.1)


@pytest.mark.parametrize("count", [0, 1, 100, 5 * RATE])
def test_silence_measures_minus_infinity_and_its_gain_is_1(count: int) -> None:
    silence = np.zeros(count, np.float32)
    assert loudness(silence) == NOBODY
    assert gain_to(silence, -18) == 1


@pytest.mark.parametrize("lufs", [-18, -28])
def test_the_gain_gives_the_wanted_loudness(lufs: float) -> None:
    made = {name: clip() for name, clip in CLIPS.items() if name != "noise of 25 s"}
    for name, clip in (*made.items(), *chimes().items()):
        heard = loudness(clip * np.float32(gain_to(clip, lufs)))
        assert heard == pytest.approx(lufs, abs=0.1), name


def test_the_pieces_of_a_long_track_do_not_change_its_loudness() -> None:
    track = syllables(21)
    parts = [loudness(np.concatenate((track[first:], track[:first]))) for first in (0, 96_000)]
    assert parts[0] == pytest.approx(parts[1], abs=0.1)
