"""People with an injury, for the tests of this room."""

from collections.abc import Mapping
from dataclasses import replace

from player.safety.findings import AgeBand, Finding
from player.safety.interview import Interview
from player.safety.profile import Profile
from player.safety.prompts import Reply
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    NOW,
    QUESTIONS,
    answered_with,
    finish,
    mark,
    new_interview,
)

PLACE_KEYS = {place.id: place.key for place in QUESTIONS.places}
TODAY, DAYS_AGO, LAST_WEEK, WEEKS_AGO = "0", "2", "4", "7"
"""The answers to when it was: today, 2 or 3 days, 4 to 7 days, 1 to 3 weeks ago."""


def having(*keys: str, age: AgeBand = AgeBand.ADULT) -> Profile:
    """Return a complete profile with these conditions."""
    found = tuple(Finding(key, question="P", at=NOW - DAY) for key in keys)
    return replace(FULL_PROFILE, findings=found, age=age)


def hurt(
    place: str,
    when: str = WEEKS_AGO,
    profile: Profile = FULL_PROFILE,
    side: str = "l",
    now: float = NOW,
    more: Mapping[str, Reply] | None = None,
    **answers: Reply,
) -> Interview:
    """Return the finished interview of a person with one injury; else all is harmless."""
    told: dict[str, Reply] = {"G5.when": when, "I1": PLACE_KEYS[place], "I1.side": side}
    begun = new_interview(profile=profile, now=now)
    return finish(answered_with(begun, mark("5")), told | answers | dict(more or {}))
