"""What a person answered, as findings: which keys are on, where, since when."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from player.routine.vocabulary import Side
from player.safety.aftermath import NO_LIMITS, Limits


class AgeBand(StrEnum):
    """All that is saved of an age."""

    CHILD = "child"
    ADULT = "adult"
    OLDER = "older"


def age_band(years: int) -> AgeBand:
    if years < 16:
        return AgeBand.CHILD
    return AgeBand.OLDER if years >= 65 else AgeBand.ADULT


class Finding(NamedTuple):
    """One key that is on. Moments are seconds since 1970.

    Without a place it holds everywhere, without a side on both. `since` is when an injury, a
    jab or a birth was; `cleared_at` when the person stated that a clinician said it is fine.
    """

    key: str
    place: str | None = None
    side: Side | None = None
    question: str = ""
    at: float = 0.0
    since: float | None = None
    cleared_at: float | None = None


class Soreness(NamedTuple):
    """How sore a place is, 0 to 10. `new` is None where nobody asked."""

    level: int
    place: str | None = None
    side: Side | None = None
    new: bool | None = None


class DeepPressure(NamedTuple):
    """What deep pressure hangs on besides the findings. As it stands here, it is off.

    `opted_at` is when the person switched it on, `asked` whether all of its questions were
    answered for this session, `done_today` whether this person had it today already.
    """

    opted_at: float | None = None
    asked: bool = False
    done_today: bool = False


NO_DEEP_PRESSURE = DeepPressure()


@dataclass(frozen=True, slots=True)
class Answers:
    """Everything that was answered, by one person for one session.

    `at` is when Today was answered. `unanswered` holds what was asked and not answered.
    """

    at: float
    findings: tuple[Finding, ...] = ()
    sorenesses: tuple[Soreness, ...] = ()
    age: AgeBand | None = None
    unanswered: tuple[str, ...] = ()
    deep_pressure: DeepPressure = NO_DEEP_PRESSURE
    limits: Limits = NO_LIMITS
    """What follows from how it went after the sessions before."""
