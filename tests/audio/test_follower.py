"""Following the clock, on told times."""

import pytest

from audio.follower import LIMIT, TURNS, DeviceClock, follow
from audio.frames import frame_of
from audio.mixer import NEVER
from tests.cases import cases

PERIOD = frame_of(100)
BEGAN = frame_of(1_000_000)


def heard(clock: DeviceClock, at_ms: float, count: int = PERIOD) -> float:
    """When the frames that are taken `at_ms` after the beginning are heard, in ms after it."""
    return (clock.takes(BEGAN + round(at_ms * 48), count) - BEGAN) / 48


def steady(clock: DeviceClock, turns: int = 20) -> float:
    """Turns of a device that keeps 160 ms; returns the time of the last of them."""
    at = 0.0
    for turn in range(turns):
        at = max(0, turn * 100 - 160)
        assert heard(clock, at) == turn * 100
    return at


def test_a_steady_device_is_heard_without_a_step() -> None:
    steady(DeviceClock(), turns=200)


def test_one_late_turn_means_nothing() -> None:
    clock = DeviceClock()
    at = steady(clock)
    assert heard(clock, at + 190) == 2_000
    assert [heard(clock, at + 100 * turn) for turn in range(2, 12)] == [
        2_000 + 100 * turn for turn in range(1, 11)
    ]


def test_uneven_turns_mean_nothing() -> None:
    clock = DeviceClock()
    at = steady(clock)
    for turn in range(1, 60):
        late = (turn * 7) % 5 * (turn % 4)  # 0 to 12 ms, and 0 every fourth turn
        assert abs(heard(clock, at + 100 * turn + late) - (1_900 + 100 * turn)) <= 1


def test_lost_frames_are_known_when_all_turns_come_later() -> None:
    clock = DeviceClock()
    at = steady(clock) + 40  # it ran dry for 40 ms, so all that follows is heard 40 ms later
    for turn in range(1, TURNS):
        heard(clock, at + 100 * turn)
    assert heard(clock, at + 100 * TURNS) == 1_900 + 100 * TURNS + 40


def test_a_device_that_stood_is_known_at_once() -> None:
    clock = DeviceClock()
    at = steady(clock) + 60_000
    assert heard(clock, at) == at
    assert heard(clock, at) == at + 100
    for turn in range(20):
        assert heard(clock, at + 40 + turn * 100) == at + 200 + turn * 100


@pytest.mark.parametrize("ppm", [100, -100])
def test_a_crystal_that_is_off_is_followed(ppm: int) -> None:
    clock = DeviceClock()
    length = 100 / (1 + ppm / 1_000_000)
    for turn in range(12_000):  # twenty minutes: 120 ms
        told = heard(clock, max(0, turn * length - 160))
        assert abs(told - turn * length) < 0.2


def test_the_first_turns_need_not_be_of_one_length() -> None:
    clock = DeviceClock()
    assert [heard(clock, 0, 480), heard(clock, 0, 4_800), heard(clock, 3, 1)] == [0, 10, 110]


SOUNDS = (10_000, 20_000)


def silent_until(frame: int) -> int:
    first, last = SOUNDS
    return max(first, frame) if frame < last else NEVER


@cases(
    ("following", "due", "plays"),
    [
        (1_000, 1_000, 1_000),
        (1_000, 1_000 + LIMIT, 1_000),
        (1_000, 1_000 - LIMIT, 1_000),
        (1_000, 1_001 + LIMIT, 1_001 + LIMIT),
        (1_000, 999 - LIMIT, 999 - LIMIT),
        (1_000, 9_000, 9_000),
        (9_000, 11_000, 10_000),  # only up to where a chime begins
        (10_000, 11_000, 10_000),
        (19_000, 25_000, 19_000),  # what sounds is heard to its end
        (20_000, 25_000, 25_000),
        (15_000, 12_000, 15_000),
        (21_000, 19_000, 21_000),  # the end of the chime would be heard twice
        (25_000, 21_000, 21_000),
    ],
)
def test_a_difference_is_made_up_in_silence(following: int, due: int, plays: int) -> None:
    assert follow(following, due, silent_until) == plays
