"""The background: soft, without a click in the loop, and silent after the session."""

from pathlib import Path

import numpy as np
import pytest

from audio.bed import BED_LUFS, FADES_OUT, Bed, beneath, load_bed
from audio.decode import ClipError, Frames
from audio.ducking import Ducking
from audio.frames import RATE
from audio.loudness import loudness
from audio.mixer import NEVER
from tests.audio.fakes import loudest

NOBODY_SPEAKS = Ducking([])


def hum(seconds: float, peak: float = 0.5, hertz: float = 220) -> Frames:
    wave = np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE) * peak * 32_767
    return np.stack((wave, wave[::-1]), axis=1).astype(np.int16)


def rain(seconds: float, level: float = 0.1) -> Frames:
    drawn = np.random.default_rng(5).standard_normal((round(seconds * RATE), 2))
    return np.clip(drawn * level * 32_767, -32_768, 32_767).astype(np.int16)


@pytest.mark.parametrize("level", [0.2, 0.05, 0.01])
def test_a_background_is_equally_soft_whatever_its_recording(level: float) -> None:
    heard = beneath(Bed(rain(8, level)), NOBODY_SPEAKS, NEVER, 5 * RATE, 3 * RATE)
    assert loudness(heard) == pytest.approx(BED_LUFS, abs=0.5)


def test_a_nearly_silent_background_is_not_amplified() -> None:
    heard = Bed(hum(8, peak=0.001)).read(5 * RATE, 3 * RATE)
    assert loudness(heard) < BED_LUFS - 10


def test_silence_can_be_a_background() -> None:
    assert not Bed(np.zeros((2 * RATE, 2), np.int16)).read(0, 5 * RATE).any()


@pytest.mark.parametrize("seconds", [1.0, 3.3, 9.0])
def test_a_background_loops_without_a_click(seconds: float) -> None:
    made = Bed(hum(seconds)).read(0, 30 * RATE)
    assert loudest(np.diff(made, axis=0)) < 1.6 * 2 * np.pi * 220 / RATE * loudest(made)
    seam = round(seconds * RATE) - min(round(seconds * RATE) // 4, 2 * RATE)
    assert (made[seam : seam + RATE // 2] == made[: RATE // 2]).all()


def test_a_background_fades_in_and_fades_out_after_the_end() -> None:
    end = 20 * RATE
    made = beneath(Bed(rain(8)), NOBODY_SPEAKS, end, 0, 30 * RATE)
    assert loudest(made[:480]) < 0.01 * loudest(made)
    for second in (3, 10, 18):
        level = loudness(made[second * RATE : (second + 2) * RATE])
        assert level == pytest.approx(BED_LUFS, abs=0.3)
    assert 0 < loudest(made[end + FADES_OUT - 4_800 : end + FADES_OUT]) < 0.05 * loudest(made)
    assert not made[end + FADES_OUT :].any()


def test_before_the_session_a_background_is_silent() -> None:
    assert not Bed(hum(2)).read(-RATE, RATE).any()


def test_a_file_that_is_too_short_or_missing_is_no_background(tmp_path: Path) -> None:
    clip = Path(__file__).with_name("clips") / "good.flac"
    with pytest.raises(ClipError, match=r"^The sound `good.flac` is shorter than a second"):
        load_bed(clip)
    with pytest.raises(ClipError, match="can't be read: no such file"):
        load_bed(tmp_path / "none.flac")
