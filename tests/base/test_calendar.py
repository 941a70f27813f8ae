"""A day is a calendar day and an hour is a real hour, even when the clocks change."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.base.calendar import day_began, day_words, days_after, months_after
from tests.safety.making import QUICK
from tests.zones import MOMENTS, in_zone, near_a_change, needs_zones

pytestmark = needs_zones


@pytest.mark.soak
@QUICK
@given(near_a_change, st.integers(-4, 4))
def test_a_day_begins_with_its_first_minute(drawn: tuple[str, datetime], later: int) -> None:
    zone, at = drawn
    local = ZoneInfo(zone)
    with in_zone(zone):
        began = datetime.fromtimestamp(day_began(at.timestamp(), later), UTC)
    day = at.astimezone(local).date() + timedelta(days=later)
    assert began.astimezone(local).date() == day
    assert (began - timedelta(seconds=1)).astimezone(local).date() == day - timedelta(days=1)


@pytest.mark.soak
@QUICK
@given(near_a_change, st.integers(0, 90))
def test_days_later_the_clock_shows_the_same_time(drawn: tuple[str, datetime], days: int) -> None:
    zone, at = drawn
    local = ZoneInfo(zone)
    with in_zone(zone):
        then = datetime.fromtimestamp(days_after(at.timestamp(), days), UTC)
    wanted = at.astimezone(local).replace(tzinfo=None, fold=0) + timedelta(days=days)
    shown = then.astimezone(local).replace(tzinfo=None, fold=0)
    assert wanted <= shown <= wanted + timedelta(hours=1), "a skipped time becomes a later one"
    if shown == wanted:
        again = (then + timedelta(hours=1)).astimezone(local)
        assert again.replace(tzinfo=None, fold=0) != wanted, "the later of two equal times counts"


@pytest.mark.parametrize(("zone", "change"), MOMENTS)
def test_a_whole_week_of_days_is_counted_over_each_change(zone: str, change: datetime) -> None:
    began = change.replace(tzinfo=UTC) - timedelta(days=3)
    with in_zone(zone):
        starts = [day_began(began.timestamp(), day) for day in range(8)]
        lengths = [(b - a) / 3_600 for a, b in pairwise(starts)]
    changed = [hours for hours in lengths if hours != 24]
    assert len(changed) == (0 if zone == "Asia/Kolkata" else 1)


def test_a_day_is_written_as_people_here_write_it() -> None:
    new_year = datetime(2026, 1, 2, 9).timestamp()
    assert day_words(datetime(2026, 1, 1, 23, 59).timestamp(), new_year) == "1 January"
    assert day_words(datetime(2025, 12, 31, 0, 1).timestamp(), new_year) == "31 December 2025"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ((2026, 1, 15), 3, (2026, 4, 15)),
        ((2026, 8, 31), 6, (2027, 3, 1)),
        ((2027, 11, 30), 3, (2028, 3, 1)),
        ((2028, 2, 29), 12, (2029, 3, 1)),
        ((2026, 10, 31), 1, (2026, 12, 1)),
        ((2026, 12, 31), 12, (2027, 12, 31)),
        ((2026, 5, 31), -3, (2026, 3, 1)),
        ((2026, 3, 15), -6, (2025, 9, 15)),
        ((2026, 1, 31), -12, (2025, 1, 31)),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Havana", "Asia/Kolkata"])
def test_months_end_on_the_same_day_or_on_the_first_of_the_next_month(
    zone: str, day: tuple[int, int, int], months: int, later: tuple[int, int, int]
) -> None:
    with in_zone(zone):
        at = datetime(*day, 10, 30).timestamp()
        assert datetime.fromtimestamp(months_after(at, months)) == datetime(*later, 10, 30)


@QUICK
@given(near_a_change, st.integers(0, 12))
def test_months_are_never_too_short(drawn: tuple[str, datetime], months: int) -> None:
    zone, at = drawn
    with in_zone(zone):
        then = months_after(at.timestamp(), months)
        assert then >= at.timestamp()
        assert months_after(months_after(at.timestamp(), -months), months) >= at.timestamp()
