"""Asks the rows of today, which come before every session (clinical content, section 2b)."""

from collections.abc import Generator
from typing import NamedTuple

from player.safety.asking import Asker
from player.safety.findings import Finding
from player.safety.injury import ask_for_emergency, ask_injuries, ask_left_open
from player.safety.matrix import Rank
from player.safety.new_signs import ask_new_signs
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import Question
from player.safety.record import EndInterview

NOT_SORE, SORE = "0", "y"
"""The keys for "nothing is sore" and "something is sore". Keyboards of all alphabets have them."""


class Today(NamedTuple):
    """What the list says about now. `not_sore` is only true if the person marked it."""

    cramping: bool
    not_sore: bool


def ask_today(ask: Asker) -> Generator[Prompt, Reply, Today]:
    """Ask all rows and whether anything is sore on one list, then what each marked row leads to.

    A person who marks a row may leave out the soreness: no sign waits for it.
    """
    record, today, cramp = ask.record, ask.questions.today, ask.questions.cramp
    choices = [Choice(str(n), ask.today_words(q), q.why, q.group) for n, q in enumerate(today, 1)]
    places = [n for n, q in enumerate(today, 1) if q.group == cramp.group]
    choices.insert(places[-1] if places else len(today), Choice("c", cramp.ask, group=cramp.group))
    marks = yield Prompt(
        "today",
        Form.MARKS,
        "Is one of these so today?",
        choices=(*choices, *_soreness(ask)),
        one_of=frozenset({NOT_SORE, SORE}),
        rows_suffice=True,
    )
    assert isinstance(marks, frozenset)  # Prompt.fits has checked it
    yes = [question for n, question in enumerate(today, 1) if str(n) in marks]
    record.today_is_asked()
    at_once = [
        Finding(key, question=question.id, at=ask.now)
        for question in yes
        if question.at_once
        for key in question.keys
    ]
    if at_once:
        record.today += at_once
        raise EndInterview  # `Outcome` takes the worst of them as its red flag
    for question in yes:
        if question.mildest:
            record.open_row(question.id, question.mildest)
    yield from _after_marks(ask, yes)
    return Today("c" in marks, NOT_SORE in marks)


def _soreness(ask: Asker) -> tuple[Choice, Choice]:
    words = ask.questions.words
    group = words["S0"]
    none = Choice(NOT_SORE, words["S0_none"], group=group)
    return none, Choice(SORE, words["S0_some"], words["why_S0"], group)


def _after_marks(ask: Asker, yes: list[Question]) -> Generator[Prompt, Reply, None]:
    """Ask what the marked rows lead to. The gravest row comes first."""
    grave = [q for q in yes if ask.worst_of(q.all_keys) >= Rank.URGENT]
    grave.sort(key=lambda question: ask.worst_of(question.all_keys), reverse=True)
    hurt = any(question.then == "injury" for question in yes)
    try:
        for question in grave:
            yield from ask_row(ask, question)
    except EndInterview:
        if hurt and ask.record.judged().rank < Rank.EMERGENCY:
            yield from ask_for_emergency(ask)
        raise
    yield from ask_injuries(ask) if hurt else ask_left_open(ask)
    for question in yes:
        if question not in grave and question.then != "injury":
            yield from ask_row(ask, question)


def ask_row(ask: Asker, question: Question) -> Generator[Prompt, Reply, None]:
    """Ask what a marked row leads to, until nothing is open."""
    if question.then == "signs":
        yield from ask_new_signs(ask, question)
    else:
        yield from ask.after_yes(question)
    ask.record.close_row(question.id)
