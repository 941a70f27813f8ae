"""Decides which rows of the profile a routine needs (clinical content, sections 2c and 2d).

A row that is not asked is neither yes nor no. It is left out only if no answer to it could change
the class, the plan, a follow-up or an offer. Another routine asks its own rows first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from player.routine.catalogue import Catalogue
from player.routine.vocabulary import Kind
from player.safety.clearance import Clearance, judge
from player.safety.findings import Answers, Finding
from player.safety.followups import decided_by
from player.safety.matrix import Condition, Matrix, Rank
from player.safety.needs import needs
from player.safety.questions import Question
from player.safety.record import Context
from player.safety.swaps import also_offered, stand_ins
from player.safety.touching import conditions_that_change

AFTER_AN_INJURY = frozenset({"osteoporosis", "anticoagulant", "neuropathy"})
"""The conditions that make an injury graver (R2, and the question about a knock)."""

WITH_A_DEEP_ACHE = frozenset({"anticoagulant"})
"""The conditions that make a new ache deep in the hip or back graver (R8)."""

_LUMPS = frozenset({"lump_new", "bakers_cyst"})
_STRETCHES = frozenset({Kind.STATIC, Kind.DYNAMIC, Kind.CONTRACT_RELAX})


def needed_rows(
    context: Context, told: Iterable[Finding], is_hurt: bool, has_deep_ache: bool
) -> list[Question]:
    """Return the rows of the profile that this routine needs, in the order of the questionnaire.

    `told` are the findings of today's new signs: what they say is not asked again. `is_hurt` is
    whether an injury was told. `has_deep_ache` is whether a new ache deep in the hip or back was.
    """
    relevant = _relevant_keys(context)
    relevant |= AFTER_AN_INJURY if is_hurt else frozenset()
    relevant |= WITH_A_DEEP_ACHE if has_deep_ache else frozenset()
    rows = [question for question in context.questions.profile if question.all_keys & relevant]
    known = frozenset(map(_as_asked, told))
    return [row for row in (_not_told(question, known) for question in rows) if row is not None]


def _as_asked(finding: Finding) -> str:
    """The key that stands for a finding in `told`; empty for a lump that is not at the knee.

    The lines about a lump are about the knee, so a lump elsewhere does not answer them.
    """
    if finding.key in _LUMPS:
        return "lump_new" if finding.place == "knee" else ""
    return finding.key


def _not_told(row: Question, known: frozenset[str]) -> Question | None:
    """Return the row without the lines that were told today; None if nothing is left of it."""
    left = tuple(option for option in row.options if option.told not in known - {""})
    if row.keys and not row.options and set(row.keys) <= known:
        return None
    if len(left) == len(row.options):
        return row
    return replace(row, ask=row.rest or row.ask, options=left)


def _relevant_keys(context: Context) -> frozenset[str]:
    """The conditions of the profile that could matter for this routine."""
    matrix, catalogue, routine = context.matrix, context.catalogue, context.routine
    keys = frozenset[str]().union(*(row.all_keys for row in context.questions.profile))
    rows = {key: matrix.conditions[key] for key in keys}
    offered = also_offered(catalogue)
    found = {key for key, row in rows.items() if row.rank >= Rank.URGENT or row.session}
    found |= matrix.clot_risk
    found |= conditions_that_change(routine, _all_at_once(keys, matrix), catalogue, offered)
    steps = (*routine.steps, *stand_ins(routine, catalogue), *offered)
    followed = needs(routine, steps, catalogue.vetted)
    found |= decided_by(context.questions.followups, followed, matrix)
    if any(step.exercise.kinds & _STRETCHES for step in steps):
        found |= _noted_everywhere(rows, catalogue)
    return frozenset(found)


def _all_at_once(keys: Iterable[str], matrix: Matrix) -> Clearance:
    """Return a clearance with all these conditions, without and with a clinician's word."""
    findings = [Finding(key, cleared_at=word) for key in keys for word in (None, 0.0)]
    return judge(Answers(0.0, tuple(findings)), matrix, 0.0)


def _noted_everywhere(rows: Mapping[str, Condition], catalogue: Catalogue) -> frozenset[str]:
    """The conditions whose note no entry asks for. So it holds for every stretch."""
    noted = frozenset[str]().union(*(exercise.caution for exercise in catalogue.vetted))
    return frozenset(key for key, row in rows.items() if row.note and key not in noted)
