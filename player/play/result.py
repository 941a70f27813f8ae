"""The result of the safety questions, and its words, which are the same in every host."""

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
from player.safety.shown import Shown
from player.safety.wording import change_lines, finding_lines, meaning_today


class Offer(NamedTuple):
    """Another routine that the person may play today."""

    routine: Routine
    why: str

    def name(self, languages: Sequence[str]) -> str:
        return self.routine.name.pick(self.routine.languages_for(languages))


@dataclass(frozen=True, slots=True)
class Result:
    """The result of the safety questions for one routine."""

    clearance: Clearance
    plan: Plan
    shown: Shown
    """The class that is shown. `clearance` counts everything."""
    cleared: Cleared | Refusal
    sorenesses: tuple[Soreness, ...] = ()
    """How sore each place was before the session."""
    offers: tuple[Offer, ...] = ()
    """Other routines that can be played today."""
    own_number: str = ""
    """The emergency number that the person has set, if any."""

    @property
    def rank(self) -> Rank:
        return self.clearance.rank

    @property
    def number(self) -> str:
        """The emergency number in an emergency; otherwise empty."""
        return emergency_number(os.environ, self.own_number) if self.rank is Rank.EMERGENCY else ""

    @property
    def heading(self) -> str:
        """The class that is shown as a word, and what it means for this routine today."""
        words = meaning_today(self.clearance, self.shown, self.plan, bool(self.refusal))
        return f"{self.shown.rank.name}. {words}"

    @property
    def hurt_side(self) -> Side | None:
        """The side of a fresh strain; None if there is no strain, or not exactly one side."""
        found = {f.side for f in self.clearance.findings if f.key == "acute_strain"}
        side = found.pop() if len(found) == 1 else None
        return side if side in {Side.LEFT, Side.RIGHT} else None

    @property
    def reported(self) -> list[str]:
        """Each finding that counts today, with its advice, and those that change nothing."""
        return finding_lines(self.clearance, self.shown)

    @property
    def refusal(self) -> str:
        """Why nothing plays; empty if the routine can be played."""
        if isinstance(self.cleared, Refusal):
            return f"Nothing is played today: {self.cleared.words}."
        return ""

    def changes(self, languages: tuple[str, ...]) -> list[str]:
        """Return the lines about what is left out today, and the notes for the whole session."""
        if self.refusal:
            return []
        notes = (f"Note: {note}" for number, note in self.plan.notes if number == 0)
        return [*change_lines(self.plan, languages), *notes]


def care_side(result: Result) -> Side | None:
    """Return the hurt side if the session only cares for an injury; otherwise None."""
    care = {Kind.EARLY_CARE, Kind.COOL, Kind.BREATHE}
    if any(step.exercise.kinds - care for step in steps_of(result.plan.items)):
        return None
    return result.hurt_side
