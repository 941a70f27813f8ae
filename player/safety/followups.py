"""Asks the follow-up questions that a session needs (clinical content, section 2d)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from player.routine.model import Step, steps_of
from player.routine.vocabulary import Kind, Position, Region
from player.safety.adapt import adapt
from player.safety.asking import OPTION_KEYS, Asker, Talk
from player.safety.findings import AgeBand
from player.safety.matrix import Matrix
from player.safety.needs import STRAPS, TOUCHES, Needs, needs
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import Question
from player.safety.record import BEFORE_DEEP_PRESSURE

ALONE = "alone"
"""The `then` value in the file of a follow-up that has a prompt of its own."""

_IS_FELT = TOUCHES - {Kind.DEEP_PRESS}
_WHERE = frozenset({"F1", "F2"})
"""The follow-ups about the places that the steps touch."""

_KNEE_KEYS = frozenset(
    {"oa", "bakers_cyst", "kneecap_pain", "acl", "pcl", "meniscus", "meniscus_unseen"}
    | {"giving_way", "knee_replaced", "lump_new"}
)


class Listed(NamedTuple):
    """Follow-ups on a list by key, and the regions that the steps touch."""

    keyed: Mapping[str, Question]
    touched: frozenset[Region]

    def choices(self, group: str = "") -> tuple[Choice, ...]:
        return tuple(Choice(key, q.ask, q.why, group) for key, q in self.keyed.items())

    def save_asked(self, ask: Asker) -> None:
        """Save that these were asked in this sitting."""
        ask.record.asked_now |= {q.id: self.touched for q in self.keyed.values()}

    def take(self, ask: Asker, marks: Reply) -> Talk:
        """Handle the follow-ups that are marked."""
        assert isinstance(marks, frozenset)  # Prompt.fits has checked it
        yes = [question for key, question in self.keyed.items() if key in marks]
        yes.sort(key=lambda question: bool(question.options))  # these ask further
        for question in yes:
            if ask.record.judged().plays:
                yield from ask.after_yes(question)
            else:
                yield from ask.only_what_is_urgent(question)
            ask.end_if_urgent()


def ask_followups(ask: Asker, own: Needs) -> Talk:
    """Ask the follow-ups that the routine and today's substitutes need."""
    record = ask.record
    while record.judged().plays and (asked := _still_needed(ask, own)):
        listed = listed_now(ask, own)
        if listed.keyed:
            yield from _ask(ask, listed)
        for question in asked:
            if question.then == ALONE and record.judged().plays:
                yield from ask.after_yes(question)
                record.asked_now[question.id] = listed.touched
                ask.end_if_urgent()


def listed_now(ask: Asker, own: Needs, keys: str = OPTION_KEYS) -> Listed:
    """Return the follow-ups that are needed now, without those with a prompt of their own.

    If nothing can play any more, none is needed.
    """
    asked = _still_needed(ask, own) if ask.record.judged().plays else []
    together = [question for question in asked if question.then != ALONE]
    return Listed(dict(zip(keys, together, strict=False)), _all_needs(ask, own).touched)


def _ask(ask: Asker, listed: Listed) -> Talk:
    words = "For this routine: is one of these so?"
    marks = yield Prompt("followups", Form.MARKS, words, choices=listed.choices())
    listed.save_asked(ask)
    yield from listed.take(ask, marks)


def needs_of(ask: Asker, steps: Sequence[Step]) -> Needs:
    return needs(ask.context.routine, steps, ask.context.catalogue.vetted)


def _all_needs(ask: Asker, own: Needs) -> Needs:
    """What the routine needs as it is written, and what stands in for its steps today."""
    plan = adapt(ask.context.routine, ask.record.judged(), ask.context.catalogue)
    return own | needs_of(ask, steps_of(plan.items))


def _still_needed(ask: Asker, own: Needs) -> list[Question]:
    all_needs = _all_needs(ask, own)
    return [q for q in ask.questions.followups if is_needed(ask, q, all_needs)]


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
    """Whether the steps and what is known of the person call for this follow-up."""
    record = ask.record
    if not _suits(id_, needs):
        return False
    if id_ == "F2":
        return "P7" in record.marked  # so numb feet may be what the person was not sure of
    if id_ == "F3":
        return bool(record.keys & ask.context.matrix.clot_risk)
    if id_ == "F11":
        return _knee_is_named(ask)
    return id_ != "F12" or (record.age is AgeBand.CHILD and "age" in record.answered)


def _suits(id_: str, needs: Needs) -> bool:
    """Whether the steps call for this follow-up, for a person whom it concerns."""
    kinds, tools = needs.kinds, needs.equipment
    if id_ == "F1":
        return bool(kinds & TOUCHES or tools & STRAPS)
    if id_ == "F2":
        return bool(kinds & _IS_FELT or "wrap" in tools or "neuropathy" in needs.resembles)
    if id_ == "F3":
        return needs.massage_on_leg
    if id_ == "F10":
        loads = needs.stretch_over_step or Region.CALF in needs.effort_on
        return loads or "achilles_pain" in needs.resembles
    if id_ == "F11":
        return bool(needs.positions & {Position.HALF_KNEEL, Position.ALL_FOURS})
    if id_ == "F12":
        return True
    if id_ == "F13":
        return bool(kinds & (TOUCHES | {Kind.CONTRACT_RELAX}))
    return id_ == "F14" and Kind.COOL in kinds


def decided_by(followups: Sequence[Question], needs: Needs, matrix: Matrix) -> frozenset[str]:
    """The conditions that decide whether a follow-up of these steps is asked.

    A follow-up is not asked if its own condition is known already. Some are asked only of people
    with another condition.
    """
    found = {key for q in followups if _may_be_asked(q, needs) for key in q.keys}
    found |= matrix.clot_risk if _suits("F3", needs) else frozenset()
    found |= _KNEE_KEYS if _suits("F11", needs) else frozenset()
    return frozenset(found)


def _may_be_asked(question: Question, needs: Needs) -> bool:
    named = question.all_keys & (needs.keys | needs.resembles)
    deep = question.id in BEFORE_DEEP_PRESSURE and needs.deep_pressure
    wanted = question.needs in needs.screening
    return bool(wanted or named or deep or _suits(question.id, needs))


def _knee_is_named(ask: Asker) -> bool:
    record = ask.record
    sore = any(s.place == "knee" for s in record.sorenesses)
    hurt = any(f.place == "knee" for f in (*record.today, *record.standing))
    return sore or hurt or bool(record.keys & _KNEE_KEYS)
