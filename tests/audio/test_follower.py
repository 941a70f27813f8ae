"""Following the session's clock, with times that the tests choose."""

import pytest

from audio.follower import LIMIT, TURNS, DeviceClock, follow
from audio.frames import frame_of
from tests.cases import cases

PERIOD = frame_of(100)
BEGAN = frame_of(1_000_000)


def heard(clock: DeviceClock, at_ms: float, count: int = PERIOD) -> float:
    """Take frames at `at_ms`, and return when they are heard. Both are ms after the start."""
    return (clock.takes(BEGAN + round(at_ms * 48), count) - BEGAN) / 48


def steady(clock: DeviceClock, turns: int = 20) -> float:
    """Take turns of a device with a lead of 160 ms. Return the time of the last turn."""
    at = 0.0
    for turn in range(turns):
        at = max(0, turn * 100 - 160)
        assert heard(clock, at) == turn * 100
    return at


def test_a_steady_device_plays_every_frame_on_time() -> None:
    steady(DeviceClock(), turns=200)


def test_one_late_turn_changes_nothing() -> None:
    clock = DeviceClock()
    at = steady(clock)
    assert heard(clock, at + 190) == 2_000
    assert [heard(clock, at + 100 * turn) for turn in range(2, 12)] == [
        2_000 + 100 * turn for turn in range(1, 11)
    ]


def test_uneven_turns_change_nothing() -> None:
    clock = DeviceClock()
    at = steady(clock)
    for turn in range(1, 60):
        late = (turn * 7) % 5 * (turn % 4)  # 0 to 12 ms, and 0 every fourth turn
        assert abs(heard(clock, at + 100 * turn + late) - (1_900 + 100 * turn)) <= 1


def test_lost_frames_are_noticed_after_several_late_turns() -> None:
    clock = DeviceClock()
    at = steady(clock) + 40  # the device ran dry for 40 ms, so all later sound is 40 ms late
    for turn in range(1, TURNS):
        heard(clock, at + 100 * turn)
    assert heard(clock, at + 100 * TURNS) == 1_900 + 100 * TURNS + 40


def test_a_device_that_stopped_is_noticed_at_once() -> None:
    clock = DeviceClock()
    at = steady(clock) + 60_000
    assert heard(clock, at) == at
    assert heard(clock, at) == at + 100
    for turn in range(20):
        assert heard(clock, at + 40 + turn * 100) == at + 200 + turn * 100


@pytest.mark.parametrize("ppm", [100, -100])
def test_the_clock_follows_a_device_that_runs_too_fast_or_too_slow(ppm: int) -> None:
    clock = DeviceClock()
    length = 100 / (1 + ppm / 1_000_000)
    for turn in range(12_000):  # in twenty minutes the error is 120 ms
        at = heard(clock, max(0, turn * length - 160))
        assert abs(at - turn * length) < 0.2


def test_the_first_turns_may_differ_in_length() -> None:
    clock = DeviceClock()
    assert [heard(clock, 0, 480), heard(clock, 0, 4_800), heard(clock, 3, 1)] == [0, 10, 110]


@pytest.mark.parametrize("ahead", [20, 160, 800, 1_000])
@pytest.mark.parametrize("period", [40, 100])
def test_however_far_a_device_is_ahead_its_frames_are_heard_in_order(
    ahead: int, period: int
) -> None:
    clock = DeviceClock()
    for turn in range(60):
        at = max(0, turn * period - ahead)
        assert heard(clock, at, frame_of(period)) == turn * period


@cases(
    ("following", "due", "plays"),
    [
        (1_000, 1_000, 1_000),
        (1_000, 1_000 + LIMIT, 1_000),
        (1_000, 1_000 - LIMIT, 1_000),
        (1_000, 1_001 + LIMIT, 1_001 + LIMIT),
        (1_000, 999 - LIMIT, 999 - LIMIT),
        (1_000, 90_000, 90_000),
    ],
)
def test_only_a_difference_that_can_be_heard_is_made_up(
    following: int, due: int, plays: int
) -> None:
    assert follow(following, due) == plays
