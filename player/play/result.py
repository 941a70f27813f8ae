"""What came of the questions, and how every host says it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from player.routine.model import Plan, Routine, steps_of
from player.routine.vocabulary import Kind, Side
from player.safety.clearance import Clearance
from player.safety.cleared import Cleared, Refusal
from player.safety.emergency import emergency_number
from player.safety.findings import Soreness
from player.safety.matrix import Rank
from player.safety.wording import change_lines, finding_lines, meaning_today


class Offer(NamedTuple):
    """Another routine that these answers leave to be played."""

    routine: Routine
    why: str

    def name(self, languages: Sequence[str]) -> str:
        return self.routine.name.pick(languages_for(self.routine, languages))


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the questions, and its words."""

    clearance: Clearance
    plan: Plan
    cleared: Cleared | Refusal
    sorenesses: tuple[Soreness, ...] = ()
    """How sore it was before."""
    offers: tuple[Offer, ...] = ()
    """What can be done today instead."""

    @property
    def rank(self) -> Rank:
        return self.clearance.rank

    @property
    def number(self) -> str:
        """The emergency number, where it should be called; else nothing."""
        return emergency_number(os.environ) if self.rank is Rank.EMERGENCY else ""

    @property
    def heading(self) -> str:
        """The class as a word, and what it means for this routine today."""
        words = meaning_today(self.clearance, self.plan, bool(self.refusal))
        return f"{self.rank.name}. {words}"

    @property
    def hurt_side(self) -> Side | None:
        """The side of a fresh strain, where there is one side to care for."""
        found = {f.side for f in self.clearance.findings if f.key == "acute_strain"}
        side = found.pop() if len(found) == 1 else None
        return side if side in {Side.LEFT, Side.RIGHT} else None

    @property
    def told(self) -> list[str]:
        """What the person told that counts today, each with what not to do about it."""
        return finding_lines(self.clearance)

    @property
    def refusal(self) -> str:
        """Why nothing is played; empty where something is."""
        if isinstance(self.cleared, Refusal):
            return f"Nothing is played today: {self.cleared.words}."
        return ""

    def changes(self, languages: tuple[str, ...]) -> list[str]:
        """What is left out today, and the notes for the whole session."""
        if self.refusal:
            return []
        notes = (f"Note: {note}" for number, note in self.plan.notes if number == 0)
        return [*change_lines(self.plan, languages), *notes]


def care_side(result: Result) -> Side | None:
    """The hurt side, for a session that only cares for it; None where the person has to choose."""
    care = {Kind.EARLY_CARE, Kind.COOL, Kind.BREATHE}
    if any(step.exercise.kinds - care for step in steps_of(result.plan.items)):
        return None
    return result.hurt_side


def languages_for(routine: Routine, languages: Sequence[str]) -> tuple[str, ...]:
    """The person's languages, and the routine's own where none of them fits."""
    return (*languages, routine.language)
