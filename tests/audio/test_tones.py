"""The chimes by their numbers, since nobody listens here."""

from itertools import combinations

import numpy as np
import pytest

from audio.cue import CueKind
from audio.frames import RATE
from audio.tones import Samples, chimes

FUNDAMENTALS = {
    CueKind.START: 587.33,
    CueKind.HALF: 783.99,
    CueKind.COUNT: 392.00,
    CueKind.SWITCH: 440.00,
    CueKind.NEXT: 329.63,
    CueKind.WAIT: 392.00,
    CueKind.END: 523.25,
}
"""The strongest pitch of each; of several notes the one that rings longest."""

every_chime = pytest.mark.parametrize("kind", FUNDAMENTALS, ids=str)


def spectrum(samples: Samples) -> Samples:
    power = np.abs(np.fft.rfft(samples, RATE)).astype(np.float32)  # one line a hertz
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
    assert 0.15 <= peak <= 0.36


@every_chime
def test_a_chime_has_its_pitch(kind: CueKind) -> None:
    assert abs(int(np.argmax(spectrum(chimes()[kind]))) - FUNDAMENTALS[kind]) < 3


def test_no_chime_is_like_another() -> None:
    for one, other in combinations(chimes().values(), 2):
        length = min(len(one), len(other)) / max(len(one), len(other))
        alike = float(spectrum(one) @ spectrum(other))
        assert alike < 0.5 or length < 0.5


def test_counting_is_short_and_lower_than_the_start() -> None:
    assert len(chimes()[CueKind.COUNT]) < RATE // 4
    assert FUNDAMENTALS[CueKind.COUNT] < FUNDAMENTALS[CueKind.START]


def test_what_comes_next_is_told_most_softly() -> None:
    def peak(kind: CueKind) -> float:
        return float(np.abs(chimes()[kind]).max())

    assert peak(CueKind.NEXT) == min(peak(kind) for kind in chimes())


def test_a_chime_can_not_be_spoilt() -> None:
    with pytest.raises(ValueError, match="read-only"):
        chimes()[CueKind.START][0] = 1
