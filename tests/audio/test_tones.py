"""The chimes, checked by measurement."""

from itertools import combinations

import numpy as np
import pytest

from audio.cue import CueKind
from audio.frames import RATE
from audio.loudness import loudness
from audio.samples import Samples
from audio.tones import CHIME_LUFS, TICK_LUFS, chimes

FUNDAMENTALS = {
    CueKind.START: 587.33,
    CueKind.HALF: 783.99,
    CueKind.COUNT: 392.00,
    CueKind.SWITCH: 440.00,
    CueKind.NEXT: 329.63,
    CueKind.WAIT: 392.00,
    CueKind.END: 523.25,
}
"""The strongest pitch of each chime; of several notes, that of the longest."""

every_chime = pytest.mark.parametrize("kind", FUNDAMENTALS, ids=str)


def spectrum(samples: Samples) -> Samples:
    power = np.abs(np.fft.rfft(samples, RATE)).astype(np.float32)  # one line for each hertz
    return power / np.float32(np.linalg.norm(power))


def test_these_kinds_have_a_chime() -> None:
    assert set(chimes()) == set(FUNDAMENTALS)


@every_chime
def test_a_chime_begins_at_once_rises_softly_and_ends_in_silence(kind: CueKind) -> None:
    samples = chimes()[kind]
    peak = np.abs(samples).max()
    assert samples.dtype == np.float32
    assert samples[0] != 0
    assert np.abs(samples[:48]).max() > 0.05 * peak
    assert np.abs(np.diff(samples[:48], prepend=np.float32(0))).max() < 0.1 * peak
    assert abs(samples[-1]) < 1e-5
    assert 0.15 <= peak < 0.6, "louder is bent"


@every_chime
def test_a_chime_has_its_pitch(kind: CueKind) -> None:
    assert abs(int(np.argmax(spectrum(chimes()[kind]))) - FUNDAMENTALS[kind]) < 3


def test_no_two_chimes_are_alike() -> None:
    for one, other in combinations(chimes().values(), 2):
        length = min(len(one), len(other)) / max(len(one), len(other))
        alike = float(spectrum(one) @ spectrum(other))
        assert alike < 0.5 or length < 0.5


def test_the_ticks_of_a_count_are_short_and_lower_than_the_start() -> None:
    assert len(chimes()[CueKind.COUNT]) < RATE // 4
    assert FUNDAMENTALS[CueKind.COUNT] < FUNDAMENTALS[CueKind.START]


@every_chime
def test_a_chime_is_as_loud_as_the_others_and_a_tick_softer(kind: CueKind) -> None:
    import pyloudnorm  # importing it takes a second

    ticks = kind is CueKind.COUNT  # too short for the blocks of the standard
    meter = pyloudnorm.Meter(RATE, block_size=0.1 if ticks else 0.4)
    both = np.repeat(chimes()[kind][:, np.newaxis], 2, axis=1)
    heard = meter.integrated_loudness(both)
    assert (
        heard == pytest.approx(TICK_LUFS, abs=1.5)
        if ticks
        else heard == pytest.approx(CHIME_LUFS, abs=1)
    )


def test_the_chime_for_what_comes_next_is_the_softest() -> None:
    levels = {
        kind: loudness(chime) for kind, chime in chimes().items() if kind is not CueKind.COUNT
    }
    assert min(levels, key=lambda kind: levels[kind]) is CueKind.NEXT
    assert sorted(levels.values())[1] - levels[CueKind.NEXT] > 0.5


def test_a_chime_is_read_only() -> None:
    with pytest.raises(ValueError, match="read-only"):
        chimes()[CueKind.START][0] = 1
