"""Collects the answers of one interview."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from player.routine.catalogue import Catalogue
from player.routine.model import Routine
from player.routine.vocabulary import Region, Side
from player.safety.aftermath import (
    NO_LIMITS,
    SORE,
    After,
    AfterEvent,
    Past,
    has_not_helped,
    limits,
)
from player.safety.clearance import Clearance, is_cleared, judge
from player.safety.derive import active_at
from player.safety.findings import Answers, DeepPressure, Finding, Soreness
from player.safety.matrix import Matrix, Rank
from player.safety.profile import Profile, RedFlag
from player.safety.questions import Questionnaire

BEFORE_DEEP_PRESSURE = frozenset({"F4", "F5", "F6", "F7"})
"""The follow-ups that must be answered on the same day, in addition to P9b."""

NO_PAST = Past()

TODAY = "today"
"""Where the profile saves when today's rows were last answered to the end."""

OPEN = "?"
"""The end of the question of a finding that stands for a row that is still open."""


class Injury(NamedTuple):
    """An injury reported in this sitting. `seen`: a clinician has looked at it."""

    place: str
    side: Side | None
    since: float
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """Everything an interview depends on. Moments are seconds since 1970."""

    questions: Questionnaire
    matrix: Matrix
    routine: Routine
    catalogue: Catalogue
    profile: Profile
    now: float
    last_red: RedFlag | None = None
    past: Past = NO_PAST
    deep_pressure_today: bool = False
    """Whether this person already had deep pressure today."""
    may_have_lost_red: bool = False
    """Whether a red flag of this person may be lost, because saved data is damaged or gone."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished interview: today's answers, and the profile to save."""

    answers: Answers
    profile: Profile
    left: bool = False
    """The person chose to leave, so nothing is played."""
    red: RedFlag | None = None
    after: tuple[AfterEvent, ...] = ()
    """New reports about the time since the last session."""
    checked: bool = False
    """The person has been checked since the last red flag, or took it back."""


class EndInterview(Exception):
    """Raised when no further question may delay the advice."""


class Record:
    """The findings, soreness and other answers so far, and what they allow."""

    def __init__(self, context: Context, before: "Record | None" = None) -> None:
        self.context = context
        self.now = context.now
        self.today: list[Finding] = []
        self.sorenesses: list[Soreness] = []
        saved = context.profile.findings
        self.standing: list[Finding] = [f for f in saved if f.key in context.matrix.conditions]
        self.answered: dict[str, float] = {}
        if len(self.standing) == len(saved):  # otherwise another version saved the profile
            self.answered = dict(context.profile.answered)
        self.age = context.profile.age
        over = context.profile.deep_pressure_over
        self.deep_pressure_at = None if over else context.profile.deep_pressure_at
        self.asked_now: dict[str, frozenset[Region]] = {}
        """The follow-ups asked in this sitting, with the regions that the steps touched."""
        self.marked: set[str] = set()
        """The rows of the profile that were marked in this sitting: yes or "not sure"."""
        self.after: list[AfterEvent] = []
        self.open: list[Finding] = []
        """The marked rows that are still open, each as the mildest condition it could be."""
        self.injuries: list[Injury] = []
        """The injuries reported in this sitting."""
        self.over: dict[str, bool] = {}
        """The conditions that were asked about after their end: whether all is fine now."""
        self.checked = False
        """The person has been checked since the last red flag, or took it back."""
        self.left = False
        self.finished = False
        self.red: RedFlag | None = None
        if before is not None:
            self._go_on_from(before)

    def _go_on_from(self, before: "Record") -> None:
        """Take over all answers of this sitting, to ask about another routine."""
        self.today = list(before.today)
        self.sorenesses = list(before.sorenesses)
        self.standing = list(before.standing)
        self.answered = dict(before.answered)
        self.age = before.age
        self.deep_pressure_at = before.deep_pressure_at
        self.asked_now = dict(before.asked_now)
        self.marked = set(before.marked)
        self.after = list(before.after)
        self.injuries = list(before.injuries)
        self.over = dict(before.over)
        self.checked = before.checked
        self.left = before.left
        self.red = before.red

    def add(self, finding: Finding, in_profile: bool = False) -> None:
        """Add a finding. An urgent one also ends the interview."""
        rank = self.context.matrix.conditions[finding.key].rank
        if rank >= Rank.URGENT:
            self.today.append(finding)
            self.raise_flag(finding)
            raise EndInterview
        (self.standing if in_profile else self.today).append(finding)

    def raise_flag(self, finding: Finding) -> None:
        """Keep an urgent finding as the red flag, unless a graver one is kept already."""
        ranks = self.context.matrix.conditions
        if self.red is None or ranks[finding.key].gravity > ranks[self.red.key].gravity:
            self.red = RedFlag(finding.key, finding.question, self.now)

    # Marked rows

    def today_is_asked(self) -> None:
        """Drop what an earlier start left open, since today's rows ask for it again.

        An injury stays until its questions are answered.
        """
        kept = [f for f in self.standing if f.key == "injury_unseen"]
        self.standing = [f for f in self.standing if f.question[-1:] != OPEN or f in kept]

    def open_row(self, question: str, key: str, since: float | None = None) -> None:
        """Keep a marked row as `key` until it is closed. `since`: the moment of an injury."""
        self.open.append(Finding(key, question=question + OPEN, at=self.now, since=since))

    def close_row(self, question: str, keys: Collection[str] = ()) -> None:
        """Drop what was kept for a row once its questions are answered. `keys`: only these."""
        self.open = [
            f for f in self.open if f.question != question + OPEN or (keys and f.key not in keys)
        ]

    def forget(self, question: str) -> None:
        """Drop what was told in this question and in its options, such as `P4` and `P4.trip`."""
        self.standing = [f for f in self.standing if f.question.partition(".")[0] != question]

    def reopen(self, questions: Iterable[str]) -> None:
        """Mark profile questions as unanswered, so that this interview or the next asks them."""
        for question in questions:
            self.answered.pop(question, None)

    @property
    def keys(self) -> set[str]:
        """The conditions that were told and have not ended."""
        matrix = self.context.matrix
        told = (*self.today, *self.standing)
        return {later.key for finding in told for later in active_at(finding, matrix, self.now)}

    @property
    def past(self) -> Past:
        """The reports about earlier sessions, including those of this interview."""
        return replace(self.context.past, events=(*self.context.past.events, *self.after))

    @property
    def answers(self) -> Answers:
        findings = (*self.standing, *self.today)
        today = limits(self.past, self.context.routine.id, self.now)
        usual = [(s.place, s.side) for s in self.sorenesses if s.level >= SORE and s.new is False]
        unhelped = has_not_helped(self.context.past, usual)
        return Answers(
            self.now,
            findings,
            tuple(self.sorenesses),
            self.age,
            deep_pressure=self._deep_pressure(),
            limits=today._replace(unhelped=unhelped),
            over=tuple(self.over.items()),
        )

    def _deep_pressure(self) -> DeepPressure:
        asked = self.asked_now.keys() >= BEFORE_DEEP_PRESSURE and "P9b" in self.answered
        return DeepPressure(self.deep_pressure_at, asked, self.context.deep_pressure_today)

    def judged(self) -> Clearance:
        """What the answers so far allow."""
        return judge(self.answers, self.context.matrix, self.now)

    @property
    def can_play(self) -> bool:
        """Whether anything could play today if every question still open is answered well.

        A clinician's word may lift a standing stop. A better report may lift one after a session.
        """
        stays = (f for f in self.answers.findings if not self.may_be_lifted(f))
        answers = replace(self.answers, findings=tuple(stays), limits=NO_LIMITS)
        return judge(answers, self.context.matrix, self.now).plays

    def may_be_lifted(self, finding: Finding) -> bool:
        """Whether a finding of an earlier day stops everything until a clinician has cleared it."""
        condition = self.context.matrix.conditions[finding.key]
        if not (condition.session and condition.clears) or finding not in self.standing:
            return False
        if finding not in active_at(finding, self.context.matrix, self.now):
            return False  # it has ended, or turned into something else
        return finding.at != self.now and not is_cleared(finding, condition, self.now)

    def turns_urgent(self, key: str) -> bool:
        """Whether this condition, with all that was told, would be urgent or an emergency."""
        findings = (*self.answers.findings, Finding(key, at=self.now))
        answers = replace(self.answers, findings=findings)
        return judge(answers, self.context.matrix, self.now).rank >= Rank.URGENT

    def outcome(self) -> Outcome:
        conditions = self.context.matrix.conditions
        mild = [f for f in self.open if conditions[f.key].rank < Rank.URGENT]
        standing = tuple(dict.fromkeys((*self.standing, *mild)))
        profile = Profile(
            standing,
            dict(self.answered),
            self.age,
            self.deep_pressure_at,
            self.context.profile.deep_pressure_over,
        )
        red = self.red or self.worst()
        answers = self.answers
        if not self.finished and red is None:
            answers = replace(answers, unanswered=("the safety questions",))
        after = (*self.after, *self._shown_note(answers))
        return Outcome(answers, profile, self.left, red, after, self.checked)

    def _shown_note(self, answers: Answers) -> list[AfterEvent]:
        """The event that records the note on six weeks, so that it appears only once."""
        last = self.context.past.last
        if not (answers.limits.unhelped and last):
            return []
        return [AfterEvent(After.UNHELPED, last.session, last.routine, None, None, self.now)]

    def worst(self) -> RedFlag | None:
        """The worst EMERGENCY or URGENT finding, including derived ones; None if there is none."""
        conditions = self.context.matrix.conditions
        red = [f for f in self.judged().findings if conditions[f.key].rank >= Rank.URGENT]
        if not red:
            return None
        worst = max(red, key=lambda finding: conditions[finding.key].gravity)
        return RedFlag(worst.key, worst.question, self.now)
