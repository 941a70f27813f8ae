"""Decides what the findings allow today: the union of all blocks and the worst of all classes.

Each finding can only add blocks and raise the class. So no order of answers, no file and no
command-line option makes the result more permissive (clinical content, section 2e).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from player.routine.vocabulary import Region, Side
from player.safety.bans import EVERY_POSITION, EVERYWHERE, Ban, Reach, one_side
from player.safety.derive import derive, torn_and_cramping, with_known_places
from player.safety.findings import AgeBand, Answers, Finding
from player.safety.following import follows
from player.safety.matrix import ALL, Condition, Matrix, Out, Rank, Where

FRESH_S = 2 * 3_600.0
"""Today's answers are asked again once they are older than this, in seconds."""

ADVICE: Mapping[Rank, str] = {
    Rank.EMERGENCY: "Call your emergency number now.",
    Rank.URGENT: "Get seen today: emergency department, urgent care or a health advice line.",
    Rank.STOP: "Not played until a clinician has said that it is fine: all of it, or a part.",
    Rank.ADAPT: "Some of it is left out or made easier today.",
    Rank.CAUTION: "It plays; read the note first.",
    Rank.PLAY: "Nothing you told stands against it. That is no medical clearance.",
}


DEEP_PRESSURE_IS_OFF = "deep pressure is switched off for you"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What one person may do at the moment for which it was made."""

    rank: Rank
    at: float
    findings: tuple[Finding, ...]
    says: Mapping[str, str]
    """A plain description for each condition that is active."""
    whole_session: tuple[str, ...]
    """The reasons why nothing may be played, in words; empty if something may be."""
    bans: tuple[Ban, ...] = ()
    reaches: tuple[Reach, ...] = ()
    easy: tuple[Reach, ...] = ()
    only: frozenset[str] | None = None
    """If not None, only these entries of the catalogue may be played."""
    notes: Mapping[str, str] = field(default_factory=dict)
    age: AgeBand | None = None
    no_deep_pressure: str = DEEP_PRESSURE_IS_OFF
    """Why deep pressure may not be played, in words; empty if this person may have it now."""
    ranks: Mapping[str, Rank] = field(default_factory=dict)
    """The class of each condition today, after what a clinician has cleared."""

    @property
    def plays(self) -> bool:
        """Whether anything may be played at all."""
        return not self.whole_session

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted({finding.key for finding in self.findings}))

    @property
    def advice(self) -> str:
        return ADVICE[self.rank]

    def fresh(self, now: float) -> bool:
        """Whether the answers are at most two hours old and not from the future."""
        return 0 <= now - self.at <= FRESH_S


def judge(answers: Answers, matrix: Matrix, now: float) -> Clearance:
    """Decide what the answers allow at `now`."""
    strange = any(finding.key not in matrix.conditions for finding in answers.findings)
    answers = with_known_places(answers, matrix)
    findings = derive(answers, matrix, now)
    rank = Rank.STOP if strange else Rank.PLAY
    stops = ["something was kept that this version does not know"] if strange else []
    bans: list[Ban] = []
    reaches: list[Reach] = []
    easy: list[Reach] = []
    only: frozenset[str] | None = None
    notes: dict[str, str] = {}
    says: dict[str, str] = {}
    ranks: dict[str, Rank] = {}
    for finding in findings:
        condition = matrix.conditions[finding.key]
        cleared = is_cleared(finding, condition, now)
        own = Rank.ADAPT if cleared else condition.rank
        rank = max(rank, own)
        ranks[finding.key] = max(ranks.get(finding.key, own), own)
        words = condition.says_by_rule.get(finding.question, condition.says)
        says[finding.key] = says.get(finding.key) or words
        if condition.rank >= Rank.URGENT or (condition.session and not cleared):
            stops.append(condition.says)
        here = _reach(finding, condition, matrix)
        side = one_side(finding.side) if here != EVERYWHERE else None
        reaches.append(Reach(finding.key, here, side, condition.gear))
        for out in condition.then if cleared else condition.out:
            bans.append(_ban(out, finding, condition, matrix))
        if condition.easy_everywhere:
            easy.append(Reach(finding.key, EVERYWHERE, None))
        elif condition.easy:
            easy.append(Reach(finding.key, here, side))
        if condition.only:
            only = condition.only if only is None else only & condition.only
        if condition.note:
            notes[finding.key] = condition.note
    for key, fine in answers.over:
        reaches.append(Reach(f"over.{key}", EVERYWHERE, None))
        notes[f"over.{key}"] = matrix.conditions[key].over["fine" if fine else "not_yet"]
    levels = [sore.level for sore in answers.sorenesses]
    if "rest_pain" in says and levels:
        says["rest_pain"] = f"soreness of {max(levels)} out of 10"
    for sore in answers.sorenesses:
        if sore.level >= 7 and (sore.new or not sore.above):
            rank = max(rank, Rank.STOP)
            ranks["rest_pain"] = Rank.STOP
            if sore.place is None:
                stops.append(f"soreness of {sore.level} out of 10")
            else:
                regions = matrix.regions_of(Where.HERE, sore.place)
                side = one_side(sore.side)
                bans.append(Ban("rest_pain", ALL, regions, EVERY_POSITION, side, frozenset()))
    after = follows(answers.limits, matrix)
    rank = max(rank, after.rank)
    bans += after.bans
    easy += after.easy
    reaches += after.reaches
    notes |= after.notes
    says |= after.says
    ranks |= dict.fromkeys(after.says, after.rank)
    stops += after.stops
    if torn_and_cramping(findings, now):
        rank = max(rank, Rank.STOP)
        stops.append("a cramp at a fresh strain: a tear can feel like a cramp")
    if answers.unanswered:
        rank = max(rank, Rank.STOP)
        stops.append("not answered: " + ", ".join(answers.unanswered))
    clearance = Clearance(
        rank, answers.at, findings, says, tuple(dict.fromkeys(stops)), tuple(bans), tuple(reaches),
        tuple(easy), only, notes, answers.age, _no_deep_pressure(answers, now), ranks,
    )  # fmt: skip
    if not clearance.fresh(now):
        return _stale(clearance, why_not_fresh(clearance, now))
    return clearance


def _no_deep_pressure(answers: Answers, now: float) -> str:
    """Why deep pressure is off, apart from what the findings block (invariants 3 and 14)."""
    deep = answers.deep_pressure
    if deep.opted_at is None or deep.opted_at > now:
        return DEEP_PRESSURE_IS_OFF
    if not deep.asked or answers.age is None:
        return "not all questions before deep pressure were answered"
    if deep.done_today:
        return "deep pressure is played once a day at most"
    return ""


def why_not_fresh(clearance: Clearance, now: float) -> str:
    """Return why the answers no longer count at `now`, in words for a refusal."""
    set_back = now < clearance.at
    why = "the clock of this computer was set back" if set_back else "the answers are too old"
    return f"{why}; answer the questions again"


def _stale(clearance: Clearance, why: str) -> Clearance:
    return replace(
        clearance,
        rank=max(clearance.rank, Rank.STOP),
        whole_session=(*clearance.whole_session, why),
    )


def is_cleared(finding: Finding, condition: Condition, now: float) -> bool:
    """Whether a clinician's word lowers the class of this finding. URGENT and EMERGENCY stay."""
    return (
        condition.clears
        and condition.rank < Rank.URGENT
        and finding.cleared_at is not None
        and finding.cleared_at <= now
    )


def _reach(finding: Finding, condition: Condition, matrix: Matrix) -> frozenset[Region]:
    if condition.place is None or finding.place is None:
        return EVERYWHERE
    return matrix.regions_of(condition.place, finding.place)


def _ban(out: Out, finding: Finding, condition: Condition, matrix: Matrix) -> Ban:
    side: Side | None = None
    regions: frozenset[Region]
    if not isinstance(out.regions, Where):
        regions = out.regions
    elif finding.place is None:
        regions = EVERYWHERE
    else:
        regions = matrix.regions_of(out.regions, finding.place)
        side = one_side(finding.side)
    return Ban(finding.key, out.kinds, regions, out.positions, side, condition.but)
