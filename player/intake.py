"""The way into a session, for every host alike: the questions, the result, a cleared plan."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from player.check.screening import left_out_words
from player.clock import Clock, midnight
from player.history.journal import Interrupted, Journal, close_interrupted, found_again
from player.history.people import (
    Person,
    forget_red_flag,
    keep_profile,
    keep_red_flag,
    profile_of,
    red_flag_of,
)
from player.live import Live
from player.routine.model import Plan, Routine
from player.safety.adapt import VettedExercises, adapt
from player.safety.clearance import FRESH_S, Clearance, judge
from player.safety.cleared import Cleared, Refusal, admit
from player.safety.emergency import emergency_number
from player.safety.findings import Soreness
from player.safety.interview import Context, Interview
from player.safety.matrix import Rank, load_matrix
from player.safety.needs import needs
from player.safety.profile import RedFlag
from player.safety.questions import load_questionnaire
from player.session import begin
from player.timeline import Choices, Timeline, clock, compile, duration


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the questions, and its words."""

    clearance: Clearance
    plan: Plan
    cleared: Cleared | Refusal
    sorenesses: tuple[Soreness, ...] = ()
    """How sore it was before."""

    @property
    def rank(self) -> Rank:
        return self.clearance.rank

    @property
    def number(self) -> str:
        """The emergency number, where it should be called; else nothing."""
        return emergency_number(os.environ) if self.rank is Rank.EMERGENCY else ""

    @property
    def told(self) -> list[str]:
        """What the person told that counts today."""
        return [f"You told of: {self.clearance.says[key]}." for key in self.clearance.keys]

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
        changes = [left_out_words(change, languages) for change in self.plan.left_out]
        return changes + [f"Note: {note}" for number, note in self.plan.notes if number == 0]


class Intake:
    """One person and one routine, from the first question to a running session."""

    def __init__(
        self,
        store: Connection,
        person: Person,
        routine: Routine,
        catalogue: VettedExercises,
        clock: Clock,
    ) -> None:
        self.store = store
        self.person = person
        self.routine = routine
        self.catalogue = catalogue
        self.clock = clock
        self._red_before: RedFlag | None = None
        self._unfinished = False
        self._asked_at = clock.now()

    def interview(self) -> Interview:
        """The questions of this moment, with nothing answered yet."""
        wall = self.clock.wall()
        red = red_flag_of(self.store, self.person)
        self._red_before = red
        self._asked_at = self.clock.now()
        return Interview(
            Context(
                load_questionnaire(),
                load_matrix(),
                needs(self.routine),
                profile_of(self.store, self.person),
                wall / 1_000,
                midnight(wall) / 1_000,
                red,
            )
        )

    def told(self, interview: Interview) -> None:
        """Somebody answered; an injury is a red flag until it has been asked out.

        It is kept at once, so that neither leaving nor a kill in the middle forgets it.
        """
        if red := interview.unfinished:
            keep_red_flag(self.store, self.person, red)
            self._unfinished = True
        elif self._unfinished:
            self._unfinished = False
            if self._red_before is None:
                forget_red_flag(self.store, self.person)
            else:
                keep_red_flag(self.store, self.person, self._red_before)

    def result(self, interview: Interview) -> Result | None:
        """Judge a finished interview and keep what is to be kept. None where somebody left."""
        outcome = interview.outcome
        if outcome.left:
            return None
        keep_profile(self.store, self.person, outcome.profile)
        now = self.clock.wall() / 1_000
        clearance = judge(outcome.answers, load_matrix(), now)
        if clearance.rank >= Rank.URGENT:
            keep_red_flag(self.store, self.person, outcome.red or _worst(clearance))
        elif self._red_before is not None:
            forget_red_flag(self.store, self.person)
        plan = adapt(self.routine, clearance, self.catalogue)
        cleared = admit(plan, clearance, self.person.name, now)
        return Result(clearance, plan, cleared, outcome.answers.sorenesses)

    def start(
        self,
        cleared: Cleared,
        choices: Choices,
        was: Interrupted | None = None,
        hands_free: bool = False,
    ) -> Live | None:
        """A running session, at the place of the one that was interrupted.

        None where the answers have grown too old by now, whatever the calendar says, or where
        another window has seen a red flag of this person meanwhile.
        """
        now, wall = self.clock.now(), self.clock.wall()
        too_old = now - self._asked_at > FRESH_S * 1_000
        if too_old or not cleared.valid(wall / 1_000) or red_flag_of(self.store, self.person):
            return None
        position = resumed_at(cleared.plan, choices, was)
        if was is not None:
            close_interrupted(self.store, was.id, wall)
        state = begin(cleared, choices, now, wall, position=position, hands_free=hands_free)
        journal = Journal.start(
            self.store, self.person.id, cleared.plan.routine, choices, state.timeline.total_ms, wall
        )
        return Live(state, journal, choices.languages, self.clock)


def _worst(clearance: Clearance) -> RedFlag:
    conditions = load_matrix().conditions
    worst = max(clearance.findings, key=lambda finding: conditions[finding.key].rank)
    return RedFlag(worst.key, worst.question, clearance.at)


def resumed_at(plan: Plan, choices: Choices, was: Interrupted | None) -> int:
    """Where in today's plan an interrupted session goes on; 0 for a new one."""
    return found_again(compile(plan, choices), was) if was else 0


def resume_words(was: Interrupted) -> str:
    """`A session of Calf stretch was interrupted at 4:10 of 9:00, left side.`"""
    spot = was.spot
    side = f", {spot.side} side" if spot and spot.side in {"left", "right"} else ""
    return (
        f"A session of {was.name} was interrupted at {clock(was.position_ms)} of "
        f"{clock(was.total_ms)}{side}."
    )


def length_words(timeline: Timeline, position: int = 0) -> str:
    """`It takes about 12:50.` or, where it was interrupted, `It goes on at 4:10 of 12:50.`"""
    length = duration(timeline.total_ms // 1_000 * 1_000)
    if position:
        return f"It goes on at {clock(position)} of {length}."
    return f"It takes {'' if timeline.exact else 'about '}{length}."


def languages_for(routine: Routine, languages: Sequence[str]) -> tuple[str, ...]:
    """The person's languages, and the routine's own where none of them fits."""
    return (*languages, routine.language)
