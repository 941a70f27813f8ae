"""What is kept of a person between sessions; never an answer in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from player.safety.findings import AgeBand, Finding


@dataclass(frozen=True, slots=True)
class Profile:
    """What is kept of a person: findings, when each question was answered, the age group."""

    findings: tuple[Finding, ...] = ()
    answered: Mapping[str, float] = field(default_factory=dict)
    age: AgeBand | None = None
    deep_pressure_at: float | None = None
    """When the person switched deep pressure on (seconds since 1970); None where it is off."""
    deep_pressure_over: bool = False
    """Something went wrong under it, so it can not be switched on any more."""


class RedFlag(NamedTuple):
    """An EMERGENCY or URGENT answer of this person, and the question it came from."""

    key: str
    question: str
    at: float
