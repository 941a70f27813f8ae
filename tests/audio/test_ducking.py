"""The background gets quieter for speech. Its gain depends only on the position."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.ducking import DOWN, DUCKED_DB, UP, Ducking, Window, merged
from audio.frames import frame_of
from tests.cases import cases
from tests.habits import tries

SECOND = frame_of(1_000)
ONE = Ducking([Window(10 * SECOND, 12 * SECOND)])


def decibels(ducking: Ducking, frame: int) -> float:
    gains = ducking.gains(frame, 1)
    return 0.0 if gains is None else float(20 * np.log10(gains[0]))


@cases(
    ("at", "db"),
    [
        (0, 0),
        (10 * SECOND - DOWN - 1, 0),
        (10 * SECOND - DOWN // 2, DUCKED_DB / 2),
        (10 * SECOND - 1, DUCKED_DB),  # it is quiet when the first word begins
        (10 * SECOND, DUCKED_DB),
        (11 * SECOND, DUCKED_DB),
        (12 * SECOND - 1, DUCKED_DB),
        (12 * SECOND, DUCKED_DB),
        (12 * SECOND + UP // 2, DUCKED_DB / 2),
        (12 * SECOND + UP, 0),
        (99 * SECOND, 0),
    ],
)
def test_the_background_is_this_quiet_at_each_time_around_speech(at: int, db: float) -> None:
    assert decibels(ONE, at) == pytest.approx(db, abs=0.1)


def test_the_background_fades_250_ms_before_speech_and_600_ms_after() -> None:
    assert (-12, frame_of(250), frame_of(600)) == (DUCKED_DB, DOWN, UP)


def test_the_background_does_not_swell_between_two_sentences() -> None:
    close = [Window(10 * SECOND, 11 * SECOND), Window(11 * SECOND + DOWN + UP, 13 * SECOND)]
    assert merged(close) == [Window(10 * SECOND, 13 * SECOND)]
    assert decibels(Ducking(close), 11 * SECOND + UP) == pytest.approx(DUCKED_DB)
    apart = [close[0], Window(close[1].first + 1, close[1].end)]
    assert merged(apart) == apart
    assert decibels(Ducking(apart), 11 * SECOND + UP) == pytest.approx(0)


windows = st.lists(st.tuples(st.integers(-5_000, 200_000), st.integers(1, 60_000)), max_size=6).map(
    lambda found: [Window(first, first + length) for first, length in found]
)


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None)
@given(windows, st.integers(-30_000, 300_000), st.lists(st.integers(0, 50_000), max_size=8))
def test_the_gains_do_not_depend_on_the_blocks(
    spoken: list[Window], first: int, counts: list[int]
) -> None:
    ducking, count = Ducking(spoken), sum(counts)
    whole = ducking.gains(first, count)
    whole = np.ones(count, np.float32) if whole is None else whole
    frame = first
    for count in counts:
        part = ducking.gains(frame, count)
        expected = whole[frame - first : frame - first + count]
        assert (expected == (1 if part is None else part)).all()
        frame += count


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None)
@given(windows, st.integers(-30_000, 300_000))
def test_the_gain_never_jumps_and_is_low_for_every_word(spoken: list[Window], first: int) -> None:
    ducking = Ducking(spoken)
    gains = ducking.gains(first, 50_000)
    if gains is None:
        gains = np.ones(50_000, np.float32)
    assert np.abs(np.diff(gains)).max() < 1e-3
    assert gains.min() >= 10 ** (DUCKED_DB / 20) - 1e-6 and gains.max() <= 1
    for window in spoken:
        amid = gains[max(window.first - first, 0) : max(window.end - first, 0)]
        assert amid == pytest.approx(10 ** (DUCKED_DB / 20))
