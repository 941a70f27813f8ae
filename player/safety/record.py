"""What one run of the interview has gathered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from player.routine.catalogue import Catalogue
from player.routine.model import Routine
from player.safety.aftermath import After, AfterEvent, Past, has_not_helped, limits
from player.safety.clearance import Clearance, judge
from player.safety.findings import Answers, DeepPressure, Finding, Soreness
from player.safety.matrix import Matrix, Rank
from player.safety.profile import Profile, RedFlag
from player.safety.questions import Questionnaire

BEFORE_DEEP_PRESSURE = frozenset({"F4", "F5", "F6", "F7"})
"""The follow-ups that must be answered on the day; besides them P9b must have been."""

NO_PAST = Past()


@dataclass(frozen=True, slots=True)
class Context:
    """Everything the interview goes by. Moments are seconds since 1970; `midnight` is when
    today began where the person is."""

    questions: Questionnaire
    matrix: Matrix
    routine: Routine
    catalogue: Catalogue
    profile: Profile
    now: float
    midnight: float
    last_red: RedFlag | None = None
    past: Past = NO_PAST
    deep_pressure_today: bool = False
    """Whether this person had deep pressure today already."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished interview: the answers of today, and what of it is to be kept."""

    answers: Answers
    profile: Profile
    left: bool = False
    """The person chose to leave; nothing is played."""
    red: RedFlag | None = None
    after: tuple[AfterEvent, ...] = ()
    """What was told of the time since the last session."""


class Enough(Exception):
    """No further question stands between this answer and the advice."""


class Record:
    """Findings, soreness and what else was told, and what it means so far."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.now = context.now
        self.today: list[Finding] = []
        self.sorenesses: list[Soreness] = []
        kept = context.profile.findings
        self.standing: list[Finding] = [f for f in kept if f.key in context.matrix.conditions]
        self.answered: dict[str, float] = {}
        if len(self.standing) == len(kept):  # else another version kept it: ask it all again
            self.answered = dict(context.profile.answered)
        self.age = context.profile.age
        over = context.profile.deep_pressure_over
        self.deep_pressure_at = None if over else context.profile.deep_pressure_at
        self.asked_now: set[str] = set()
        self.after: list[AfterEvent] = []
        self.left = False
        self.finished = False
        self.red: RedFlag | None = None

    def add(self, finding: Finding, keep: bool = False) -> None:
        """Switch a key on. One that ends everything ends the interview too."""
        rank = self.context.matrix.conditions[finding.key].rank
        if rank >= Rank.URGENT:
            self.today.append(finding)
            self.red = self.red or RedFlag(finding.key, finding.question, self.now)
            raise Enough
        (self.standing if keep else self.today).append(finding)

    def forget(self, question: str) -> None:
        self.standing = [f for f in self.standing if f.question != question]

    def reopen(self, questions: Iterable[str]) -> None:
        """Ask rows again, at the next start if this interview ends before it gets there."""
        for question in questions:
            self.answered.pop(question, None)

    @property
    def keys(self) -> set[str]:
        return {finding.key for finding in (*self.today, *self.standing)}

    @property
    def past(self) -> Past:
        """The sessions before, with what was told of them now."""
        return replace(self.context.past, events=(*self.context.past.events, *self.after))

    @property
    def answers(self) -> Answers:
        findings = (*self.standing, *self.today)
        today = limits(self.past, self.context.routine.id, self.now)
        usual = [s.place for s in self.sorenesses if s.level >= 4 and s.new is False]
        unhelped = has_not_helped(self.context.past, usual)
        return Answers(
            self.now,
            findings,
            tuple(self.sorenesses),
            self.age,
            deep_pressure=self._deep_pressure(),
            limits=today._replace(unhelped=unhelped),
        )

    def _deep_pressure(self) -> DeepPressure:
        asked = self.asked_now >= BEFORE_DEEP_PRESSURE and "P9b" in self.answered
        return DeepPressure(self.deep_pressure_at, asked, self.context.deep_pressure_today)

    def judged(self) -> Clearance:
        """What the answers so far allow."""
        return judge(self.answers, self.context.matrix, self.now)

    def outcome(self) -> Outcome:
        standing = tuple(dict.fromkeys(self.standing))
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
        return Outcome(answers, profile, self.left, red, (*self.after, *self._told(answers)))

    def _told(self, answers: Answers) -> list[AfterEvent]:
        """That six weeks have not helped is told once."""
        last = self.context.past.last
        if not (answers.limits.unhelped and last):
            return []
        return [AfterEvent(After.UNHELPED, last.session, last.routine, None, None, self.now)]

    def worst(self) -> RedFlag | None:
        """The worst EMERGENCY or URGENT finding, also one that only follows from others."""
        conditions = self.context.matrix.conditions
        red = [f for f in self.judged().findings if conditions[f.key].rank >= Rank.URGENT]
        if not red:
            return None
        worst = max(red, key=lambda finding: conditions[finding.key].rank)
        return RedFlag(worst.key, worst.question, self.now)
