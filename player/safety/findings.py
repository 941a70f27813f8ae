"""A person's answers as findings: which conditions are active, where, and since when."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from player.routine.vocabulary import Side
from player.safety.aftermath import NO_LIMITS, Limits


class AgeBand(StrEnum):
    """The age group of a person. The age itself is never saved."""

    CHILD = "child"
    ADULT = "adult"
    OLDER = "older"


def age_band(years: int) -> AgeBand:
    if years < 16:
        return AgeBand.CHILD
    return AgeBand.OLDER if years >= 65 else AgeBand.ADULT


class Finding(NamedTuple):
    """One active condition. Moments are seconds since 1970.

    Without a place it applies everywhere, without a side to both sides. `since` is the moment of an
    injury, operation, trip or birth: the latest day that it can have been. `cleared_at` is when the
    person stated that a clinician cleared it.
    """

    key: str
    place: str | None = None
    side: Side | None = None
    question: str = ""
    at: float = 0.0
    since: float | None = None
    cleared_at: float | None = None
    seen_at: float | None = None
    """When the person stated that a clinician had looked at this injury."""
    better_at: float | None = None
    """When the person stated that it was better."""
    asked_at: float | None = None
    """When the person was asked about it after its end."""


class Soreness(NamedTuple):
    """How sore a place is, 0 to 10. `new` is None if nobody asked."""

    level: int
    place: str | None = None
    side: Side | None = None
    new: bool | None = None
    above: bool = False
    """It is above the belly, which supple does not work on; then it has no place."""


class DeepPressure(NamedTuple):
    """What deep pressure requires besides the findings. The default values switch it off.

    `opted_at` is when the person switched it on. `asked` is whether all of its questions were
    answered for this session. `done_today` is whether this person already had it today.
    """

    opted_at: float | None = None
    asked: bool = False
    done_today: bool = False


NO_DEEP_PRESSURE = DeepPressure()


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one person for one session.

    `at` is when today's questions were answered. `unanswered` holds the questions left open.
    """

    at: float
    findings: tuple[Finding, ...] = ()
    sorenesses: tuple[Soreness, ...] = ()
    age: AgeBand | None = None
    unanswered: tuple[str, ...] = ()
    deep_pressure: DeepPressure = NO_DEEP_PRESSURE
    limits: Limits = NO_LIMITS
    """Limits that follow from how the person felt after earlier sessions."""
    over: tuple[tuple[str, bool], ...] = ()
    """Each condition that has ended and was asked about today, and whether all is fine now."""
