"""A limit lasts its full hours or days, even when the clocks change."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.derive import active_at
from player.safety.findings import Finding
from player.safety.prompts import Reply
from tests.safety.making import (
    FULL_PROFILE,
    MATRIX,
    QUICK,
    finish,
    mark,
    new_interview,
    prompts,
)
from tests.zones import in_zone, near_a_change, needs_zones

pytestmark = needs_zones


def first_moment(day: date, zone: ZoneInfo) -> datetime:
    """Return when a local day begins. A change of the clocks may skip or repeat midnight."""
    at = datetime.combine(day, time(), zone).astimezone(UTC) - timedelta(hours=2)
    while at.astimezone(zone).date() < day:
        at += timedelta(minutes=1)
    return at


def keys_at(finding: Finding, now: datetime) -> set[str]:
    return {later.key for later in active_at(finding, MATRIX, now.timestamp())}


@pytest.mark.soak
@QUICK
@given(near_a_change, st.integers(0, 2))
def test_a_strain_rests_72_hours_from_the_latest_moment_and_heals_to_day_21(
    drawn: tuple[str, datetime], days: int
) -> None:
    zone, now = drawn
    local = ZoneInfo(zone)
    with in_zone(zone):
        begun = new_interview(profile=replace(FULL_PROFILE, answered={}), now=now.timestamp())
        replies: dict[str, Reply] = {
            "today": mark("5"), "G5.when": str(days), "I1": "c", "I1.side": "l",
        }  # fmt: skip
        done = finish(begun, replies)
        (strain,) = [f for f in done.outcome.profile.findings if f.key == "acute_strain"]
        today = now.astimezone(local).date()
        latest = now if days == 0 else first_moment(today - timedelta(days=days - 1), local)
        assert strain.since == latest.timestamp()
        rested = latest + timedelta(hours=72)
        assert keys_at(strain, rested - timedelta(seconds=1)) == {"acute_strain"}
        assert keys_at(strain, rested) == {"strain_healing"}
        shown = latest.astimezone(local).replace(tzinfo=None) + timedelta(days=21)
        healed = shown.replace(tzinfo=local, fold=0).astimezone(UTC)
        assert keys_at(strain, healed - timedelta(seconds=1)) == {"strain_healing"}
        assert keys_at(strain, healed + timedelta(hours=1, seconds=1)) == set()
        on_time = healed.astimezone(local).replace(tzinfo=None) == shown
        twice = shown.replace(tzinfo=local, fold=1).astimezone(UTC) != healed
        if on_time and not twice:
            assert keys_at(strain, healed) == set()


@QUICK
@given(near_a_change)
def test_a_profile_is_confirmed_after_30_days_of_the_calendar(
    drawn: tuple[str, datetime],
) -> None:
    zone, now = drawn
    local = ZoneInfo(zone)
    told = now - timedelta(days=30, hours=2)
    with in_zone(zone):
        answered = dict.fromkeys(FULL_PROFILE.answered, told.timestamp())
        profile = replace(FULL_PROFILE, answered=answered)
        assert "confirm" in prompts(new_interview(profile=profile, now=now.timestamp()))
        shown = told.astimezone(local).replace(tzinfo=None) + timedelta(days=30)
        due = shown.replace(tzinfo=local, fold=0).timestamp()
        assert "confirm" not in prompts(new_interview(profile=profile, now=due - 1))
