"""Screens a person for a routine: asks, judges the answers, and begins the cleared session."""

from sqlite3 import Connection

from player.base.calendar import day_began
from player.base.clock import Clock
from player.history.after import past_of, save_aftermath, worked_on_today
from player.history.interrupted import Interrupted, close_interrupted, is_interrupted
from player.history.journal import Journal
from player.history.people import (
    Person,
    emergency_of,
    forget_red_flag,
    may_have_lost_a_red_flag,
    profile_of,
    red_flag_of,
    save_open,
    save_profile,
    save_red_flag,
    settle_lost_red_flag,
)
from player.history.rulings import NO_RULING, ruling_of
from player.play.alternatives import offers
from player.play.result import Result
from player.play.resume import resumed_at
from player.play.running import Live
from player.routine.catalogue import Catalogue
from player.routine.model import Routine
from player.routine.vocabulary import Kind
from player.safety.adapt import adapt
from player.safety.clearance import Clearance, judge
from player.safety.cleared import Cleared, admit
from player.safety.interview import Interview
from player.safety.matrix import Rank, load_matrix
from player.safety.profile import RedFlag
from player.safety.questions import load_questionnaire
from player.safety.record import OPEN, Context
from player.safety.shown import shown_today
from player.safety.two_clocks import BothClocks, calendar_ms, why_stale
from player.session.pressing import press_warning
from player.session.state import begin
from player.session.timeline import Choices, compile


class Screening:
    """Screens one person for one routine, and begins the session if it is cleared."""

    def __init__(
        self,
        store: Connection,
        person: Person,
        routine: Routine,
        catalogue: Catalogue,
        clock: Clock,
    ) -> None:
        self.store = store
        self.person = person
        self.routine = routine
        self.catalogue = catalogue
        self.clock = clock
        self._red_before: RedFlag | None = None
        self._settled = False
        """The person has answered whether they were checked since a red flag may have been lost."""
        self._unfinished: RedFlag | None = None
        self._covered: RedFlag | None = None
        """The red flag that the unfinished one has replaced. Another window may have saved it."""
        self._asked_at = clock.now()
        self._ruling = NO_RULING

    def for_routine(self, routine: Routine) -> "Screening":
        """Return a screening of the same person for another routine."""
        other = Screening(self.store, self.person, routine, self.catalogue, self.clock)
        other._asked_at, other._red_before = self._asked_at, self._red_before
        other._settled = self._settled
        return other

    def interview(self, before: Interview | None = None) -> Interview:
        """Return a new interview without answers.

        If `before` is given, an interview for another routine, its answers are reused. Then only
        the additional questions of this routine are open.
        """
        wall = self.clock.wall()
        if before is not None:  # it has asked about any earlier red flag, and a later one stays
            return before.for_routine(self.routine, self._pressed_deep_today(wall))
        self._asked_at = self.clock.now()
        red = self._red_before = red_flag_of(self.store, self.person)
        return Interview(
            Context(
                load_questionnaire(),
                load_matrix(),
                self.routine,
                self.catalogue,
                profile_of(self.store, self.person),
                wall / 1_000,
                red,
                past_of(self.store, self.person, wall / 1_000),
                self._pressed_deep_today(wall),
                may_have_lost_a_red_flag(self.store, self.person),
            )
        )

    def _pressed_deep_today(self, wall: int) -> bool:
        if not any(Kind.DEEP_PRESS in step.exercise.kinds for step in self.routine.steps):
            return False
        deep = [e.id for e in self.catalogue.vetted if Kind.DEEP_PRESS in e.kinds]
        began = round(day_began(wall / 1_000) * 1_000)
        return worked_on_today(self.store, self.person, deep, wall, began)

    def save_unfinished(self, interview: Interview) -> None:
        """Save each row that is marked and confirmed, and whose questions are still open.

        It is saved at once, so that it survives if the person leaves or the program is killed. An
        urgent one becomes a red flag.
        """
        conditions = load_matrix().conditions
        found = interview.unfinished
        urgent = [f for f in found if conditions[f.key].rank >= Rank.URGENT]
        mild = [f for f in found if f not in urgent]
        save_open(self.store, self.person, mild, interview.context.now)
        if urgent:
            worst = max(urgent, key=lambda finding: conditions[finding.key].gravity)
            red = RedFlag(worst.key, worst.question.rstrip(OPEN), worst.at)
            if self._unfinished is None:
                self._covered = red_flag_of(self.store, self.person)
            if red != self._unfinished:
                save_red_flag(self.store, self.person, red)
            self._unfinished = red
        elif self._unfinished is not None:
            forget_red_flag(self.store, self.person, self._unfinished)
            self._unfinished = None
            if self._covered is not None and red_flag_of(self.store, self.person) is None:
                save_red_flag(self.store, self.person, self._covered)

    def result(self, interview: Interview) -> Result | None:
        """Judge a finished interview, and save the profile and any red flag.

        Returns None if a person who reported a red flag has not been checked since.
        """
        outcome = interview.outcome
        if outcome.left:
            return None
        save_profile(self.store, self.person, outcome.profile)
        save_aftermath(self.store, outcome.after)
        now = calendar_ms(self._answered(outcome.answers.at), self._both_clocks()) / 1_000
        clearance = judge(outcome.answers, load_matrix(), now)
        if clearance.rank >= Rank.URGENT:
            red = outcome.red or _worst(clearance)
            save_red_flag(self.store, self.person, red, ruling_of(clearance))
        elif outcome.checked:
            if self._red_before is not None:
                forget_red_flag(self.store, self.person, self._red_before)
            if interview.context.may_have_lost_red:
                settle_lost_red_flag(self.store, self.person)
                self._settled = True
        self._ruling = ruling_of(clearance)
        plan = adapt(self.routine, clearance, self.catalogue)
        cleared = admit(plan, clearance, self.person.name, now)
        own = emergency_of(self.store, self.person)
        offered = offers(interview, clearance, plan, self.catalogue)
        shown = shown_today(self.routine, clearance, self.catalogue)
        return Result(clearance, plan, shown, cleared, outcome.answers.sorenesses, offered, own)

    def start(
        self,
        cleared: Cleared,
        choices: Choices,
        interrupted: Interrupted | None = None,
        hands_free: bool = False,
    ) -> Live | str:
        """Begin the session, or return why it can't begin.

        An interrupted session continues at its old position, unless another window continued it
        in the meantime. A session can't begin if the answers are too old by either clock, or if
        another window has saved a red flag for this person in the meantime. An earlier one is no
        obstacle: the interview has asked about it, or it is more than a day old.
        """
        now, wall = clocks = self._both_clocks()
        if red_flag_of(self.store, self.person) not in {None, self._red_before}:
            return "A sign that needs help was reported in another window. Please start again."
        if not self._settled and may_have_lost_a_red_flag(self.store, self.person):
            return "What supple has saved was damaged in the meantime. Please start again."
        if why := why_stale(self._answered(cleared.at), clocks):
            return f"{why} Start again."
        position = 0
        if interrupted is not None:
            if not is_interrupted(self.store, interrupted.id, wall):
                return "That session went on in another window. Please start again."
            timeline = compile(cleared.plan, choices)
            position = resumed_at(timeline, cleared.plan, choices, interrupted)
        close_interrupted(self.store, self.person.id, wall)
        state = begin(
            cleared,
            choices,
            now,
            wall,
            position=position,
            hands_free=hands_free,
            answered_at=self._asked_at,
        )
        journal = Journal.start(
            self.store,
            self.person.id,
            cleared.plan.routine,
            choices,
            state.timeline.total_ms,
            wall,
            self._ruling,
            self._red_before,
        )
        routine, languages = cleared.plan.routine, choices.languages
        warning = press_warning(state.timeline, routine, languages, position)
        return Live(state, journal, languages, self.clock, warning)

    def _both_clocks(self) -> BothClocks:
        return BothClocks(self.clock.now(), self.clock.wall())

    def _answered(self, at: float) -> BothClocks:
        """Return both clocks at the time of the answers, which is in seconds since 1970."""
        return BothClocks(self._asked_at, round(at * 1_000))


def _worst(clearance: Clearance) -> RedFlag:
    conditions = load_matrix().conditions
    worst = max(clearance.findings, key=lambda finding: conditions[finding.key].gravity)
    return RedFlag(worst.key, worst.question, clearance.at)
