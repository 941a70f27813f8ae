"""Decides which follow-up questions a session needs (clinical content, section 2d)."""

from player.routine.vocabulary import Kind, Position, Region
from player.safety.asking import Asker
from player.safety.findings import AgeBand
from player.safety.needs import STRAPS, TOUCHES, Needs
from player.safety.questions import Question
from player.safety.record import BEFORE_DEEP_PRESSURE

_IS_FELT = TOUCHES - {Kind.DEEP_PRESS}
_WHERE = frozenset({"F1", "F2"})
"""The follow-ups about the places that the steps touch."""

_KNEE_KEYS = frozenset(
    {"oa", "bakers_cyst", "kneecap_pain", "acl", "pcl", "meniscus", "meniscus_unseen"}
    | {"giving_way", "knee_replaced", "lump_new"}
)


def is_needed(ask: Asker, question: Question, needs: Needs) -> bool:
    """Whether the steps need this follow-up and no answer covers it."""
    record = ask.record
    keys = record.keys
    if question.id == "F15" or _was_asked(ask, question, needs):
        return False
    if question.keys and set(question.keys) <= keys:
        return False
    if question.needs in needs.screening or _only_here(ask, question) & needs.keys:
        return True
    if question.id in BEFORE_DEEP_PRESSURE:
        return needs.deep_pressure and record.deep_pressure_at is not None
    if _only_here(ask, question) & needs.resembles:
        return True
    return _is_called_for(ask, question.id, needs)


def _was_asked(ask: Asker, question: Question, needs: Needs) -> bool:
    """Whether it was asked in this sitting and, if it is about places, about all of these."""
    asked = ask.record.asked_now.get(question.id)
    return asked is not None and (question.id not in _WHERE or needs.touched <= asked)


def _only_here(ask: Asker, question: Question) -> frozenset[str]:
    """The keys that no question of today and no profile question sets."""
    elsewhere = frozenset[str]().union(
        *(q.all_keys for q in (*ask.questions.today, *ask.questions.profile))
    )
    return question.all_keys - elsewhere


def _is_called_for(ask: Asker, id_: str, needs: Needs) -> bool:
    kinds, tools, keys = needs.kinds, needs.equipment, ask.record.keys
    if id_ == "F1":
        return bool(kinds & TOUCHES or tools & STRAPS)
    if id_ == "F2":
        touches = kinds & _IS_FELT or "wrap" in tools or "neuropathy" in needs.resembles
        return "P7" in ask.record.unsure and bool(touches)
    if id_ == "F3":
        return needs.massage_on_leg and bool(keys & ask.context.matrix.clot_risk)
    if id_ == "F10":
        loads = needs.stretch_over_step or Region.CALF in needs.effort_on
        return loads or "achilles_pain" in needs.resembles
    if id_ == "F11":
        kneels = needs.positions & {Position.HALF_KNEEL, Position.ALL_FOURS}
        return bool(kneels) and _knee_is_named(ask)
    if id_ == "F12":
        return ask.record.age is AgeBand.CHILD
    if id_ == "F13":
        return bool(kinds & (TOUCHES | {Kind.CONTRACT_RELAX}))
    return id_ == "F14" and Kind.COOL in kinds


def _knee_is_named(ask: Asker) -> bool:
    record = ask.record
    sore = any(s.place == "knee" for s in record.sorenesses)
    hurt = any(f.place == "knee" for f in (*record.today, *record.standing))
    return sore or hurt or bool(record.keys & _KNEE_KEYS)
