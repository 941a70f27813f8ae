"""A red flag is asked about for a day; two of them until the person has been checked."""

from pathlib import Path

import pytest

from player.safety.profile import RedFlag
from player.safety.prompts import Reply
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    RED,
    keys_of,
    mark,
    new_interview,
    option,
)
from tests.safety.starting import Starts

UNTIL_CHECKED = frozenset({"lump_pulse", "pad_severe"})
HOUR_MS = 3_600_000
LEAVE = {"R0": "l"}
CHECKED = {"R0": "c"}


@pytest.fixture
def ana(tmp_path: Path) -> Starts:
    starts = Starts(tmp_path / "history.db", NOW)
    starts.keep(FULL_PROFILE)
    return starts


@pytest.mark.parametrize("key", sorted(RED))
def test_after_a_day_only_two_red_flags_are_still_asked_about(key: str) -> None:
    for days in (1.01, 3.0, 400.0):
        prompt = new_interview(last_red=RedFlag(key, "x", NOW - days * DAY)).prompt
        assert prompt and (prompt.id == "R0") == (key in UNTIL_CHECKED)
    assert {k for k, row in MATRIX.conditions.items() if row.until_checked} == UNTIL_CHECKED


@pytest.mark.parametrize("key", sorted(UNTIL_CHECKED))
def test_a_lump_that_beats_is_asked_about_at_each_start_until_it_was_checked(
    ana: Starts, key: str
) -> None:
    ana.flag(RedFlag(key, "P7", NOW))
    for _ in range(3):
        ana.time.pass_calendar(26 * HOUR_MS)
        assert ana.start(LEAVE) is None
        assert [prompt.id for prompt in ana.asked] == ["R0"] and ana.red()
    ana.start(CHECKED, begin=True)
    assert ana.red() is None
    ana.start(begin=True)
    assert ana.ids == []


def test_a_lump_that_beats_told_today_is_asked_about_two_days_later(ana: Starts) -> None:
    told: dict[str, Reply] = {
        "today": mark("9"),
        "G9.which": mark(option("G9", "A lump")),
        "G9.beats": "yes",
    }
    told |= {"G9.lump": "c", "G9.lump.side": "l"}
    result = ana.start(told)
    assert result and result.clearance.keys == ("lump_pulse",)
    ana.time.pass_calendar(48 * HOUR_MS)
    ana.start(LEAVE)
    assert [prompt.id for prompt in ana.asked] == ["R0"]


@pytest.mark.parametrize("line", ["A sore that does not heal", "for hours in bed"])
def test_a_wrong_key_at_a_sore_foot_asks_for_both_of_its_lines(ana: Starts, line: str) -> None:
    ana.start({"today": mark("9"), "G9.which": mark(option("G9", line))})
    red = ana.red()
    assert red and red.key == "pad_severe"
    once_more = new_interview(last_red=red).answer("w").prompt
    assert once_more and MATRIX.conditions["pad_severe"].says in once_more.ask
    still = new_interview(last_red=red).answer("w").answer("yes")
    assert "pad_severe" in keys_of(still)


def test_of_two_red_flags_alike_the_one_that_does_not_end_is_kept(ana: Starts) -> None:
    """She hurt herself too, and leaves while she is asked about it."""
    sore = mark(option("G9", "A sore that does not heal"))
    ana.start({"today": mark("5", "9"), "G9.which": sore}, leaves_at="I2")
    red = ana.red()
    assert ana.ids == ["G9.which", "I2"] and red and red.key == "pad_severe"


# The clock


@pytest.mark.parametrize("key", sorted(RED))
def test_a_clock_set_forward_by_a_day_and_back_does_not_age_a_red_flag(
    ana: Starts, key: str
) -> None:
    red = RedFlag(key, "x", NOW)
    ana.flag(red)
    ana.time.pass_calendar(25 * HOUR_MS)
    if key in UNTIL_CHECKED:
        ana.start(LEAVE)
    else:
        ana.start(begin=True)
        assert ana.ids == [], "a day has passed, as far as the program can tell"
    assert ana.red() == red
    ana.time.pass_calendar(-24 * HOUR_MS)
    assert ana.start(LEAVE) is None
    assert [prompt.id for prompt in ana.asked] == ["R0"] and ana.red() == red


def test_a_red_flag_told_while_the_clock_was_a_day_ahead_counts_once_it_is_back(
    ana: Starts,
) -> None:
    ana.time.pass_calendar(24 * HOUR_MS)
    ana.start({"today": mark("3")})
    ana.time.pass_calendar(-24 * HOUR_MS)
    for hours in (1, 24, 22):
        ana.time.pass_calendar(hours * HOUR_MS)
        assert ana.start(LEAVE) is None
    ana.time.pass_calendar(2 * HOUR_MS)
    ana.start(begin=True)
    assert ana.ids == []


@pytest.mark.parametrize("reply", ["c", "w"])
def test_a_red_flag_is_forgotten_once_it_was_checked_or_taken_back(ana: Starts, reply: str) -> None:
    ana.flag(RedFlag("hot_joint", "G7", NOW))
    ana.start({"R0": reply, "R0-G7": "no"}, begin=True)
    assert ana.red() is None
    ana.start(begin=True)
    assert ana.ids == []
