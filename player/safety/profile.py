"""What is saved about a person between sessions. Answers are never saved as text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from player.safety.findings import AgeBand, Finding


@dataclass(frozen=True, slots=True)
class Profile:
    """The saved findings, the time of each answer, and the age group of a person."""

    findings: tuple[Finding, ...] = ()
    answered: Mapping[str, float] = field(default_factory=dict)
    age: AgeBand | None = None
    deep_pressure_at: float | None = None
    """When the person switched deep pressure on, in seconds since 1970; None if it is off."""
    deep_pressure_over: bool = False
    """Something went wrong during deep pressure, so it can never be switched on again."""


class RedFlag(NamedTuple):
    """An EMERGENCY or URGENT answer of this person, and the question it came from."""

    key: str
    question: str
    at: float
