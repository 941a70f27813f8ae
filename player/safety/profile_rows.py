"""Decides which rows of the profile a routine needs (clinical content, sections 2c and 2d).

A row that is not asked is neither yes nor no. It is left out only if no answer to it could change
the class, the plan, a follow-up or an offer. Another routine asks its own rows first.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from player.routine.vocabulary import Kind
from player.safety.clearance import Clearance, judge
from player.safety.findings import Answers, Finding
from player.safety.followups import decided_by
from player.safety.matrix import Matrix, Rank, load_matrix
from player.safety.needs import needs
from player.safety.questions import Question
from player.safety.record import Context
from player.safety.swaps import offered_besides
from player.safety.touching import Touching

AFTER_AN_INJURY = frozenset({"osteoporosis", "anticoagulant", "neuropathy"})
"""The conditions that make an injury graver (R2, and the question about a knock)."""

WITH_A_DEEP_ACHE = frozenset({"anticoagulant"})
"""The conditions that make a new ache deep in the hip or back graver (R8)."""

_STRETCHES = frozenset({Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX})


def needed_rows(
    context: Context, told: Iterable[Finding], is_hurt: bool, has_deep_ache: bool
) -> list[Question]:
    """Return the rows of the profile that this routine needs, in the order of the questionnaire.

    `told` are the findings of today's new signs: what they say is not asked again. `is_hurt` is
    whether an injury was told. `has_deep_ache` is whether a new ache deep in the hip or back was.
    """
    always = AFTER_AN_INJURY if is_hurt else frozenset[str]()
    always |= WITH_A_DEEP_ACHE if has_deep_ache else frozenset()
    relevant = _Relevant(context, always)
    rows = [q for q in context.questions.profile if any(map(relevant.is_key, q.all_keys))]
    here = frozenset(finding.key for finding in told if finding.place in {None, "knee"})
    everywhere = frozenset(finding.key for finding in told)
    return [row for row in (_not_told(q, here, everywhere) for q in rows) if row is not None]


def _not_told(row: Question, here: frozenset[str], everywhere: frozenset[str]) -> Question | None:
    """Return the row without the lines that were told today; None if nothing is left of it.

    The lines about a lump are about the knee, so a lump elsewhere does not stand for them.
    """
    known = here | {"lump_new"} if "bakers_cyst" in here else here
    left = tuple(option for option in row.options if option.told not in known)
    if row.keys and not row.options and set(row.keys) <= everywhere:
        return None
    if len(left) == len(row.options):
        return row
    return replace(row, ask=row.rest or row.ask, options=left)


class _Relevant:
    """Whether a condition could matter for one routine."""

    def __init__(self, context: Context, always: frozenset[str]) -> None:
        self.always = always
        self.matrix = context.matrix
        catalogue = context.catalogue
        self.touching = Touching(context.routine, catalogue, offered_besides(catalogue))
        self.noted = frozenset[str]().union(*(e.caution for e in catalogue.vetted))
        self.stretches = any(step.exercise.kinds & _STRETCHES for step in self.touching.steps)
        steps = needs(context.routine, self.touching.steps, catalogue.vetted)
        self.decides = decided_by(context.questions.followups, steps, context.matrix)

    def is_key(self, key: str) -> bool:
        condition = self.matrix.conditions[key]
        if condition.rank >= Rank.URGENT or condition.session:
            return True
        if key in self.matrix.clot_risk | self.always | self.decides:
            return True
        if condition.note and key not in self.noted and self.stretches:
            return True  # no entry asks for its note, so it holds for every stretch
        return any(self.touching.touched(key, alone) for alone in _alone(key, self.matrix))


def _alone(key: str, matrix: Matrix) -> tuple[Clearance, ...]:
    """The clearances with only this condition, without and with a clinician's word."""
    return _shipped_alone(key) if matrix is load_matrix() else _judged_alone(key, matrix)


@cache
def _shipped_alone(key: str) -> tuple[Clearance, ...]:
    return _judged_alone(key, load_matrix())


def _judged_alone(key: str, matrix: Matrix) -> tuple[Clearance, ...]:
    words = (None, 0.0) if matrix.conditions[key].clears else (None,)
    findings = (Finding(key, cleared_at=cleared_at) for cleared_at in words)
    return tuple(judge(Answers(0.0, (finding,)), matrix, 0.0) for finding in findings)
