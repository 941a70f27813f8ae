"""Asks what belongs to the person: the profile, deep pressure, a clinician's word (section 2c)."""

from collections.abc import Mapping, Sequence

from player.base.calendar import days_after
from player.routine.vocabulary import Kind, Region
from player.safety.asking import OPTION_KEYS, Asker, Talk
from player.safety.confirming import RENEW_DAYS, ask_to_confirm
from player.safety.findings import AgeBand, Finding
from player.safety.followups import listed_now
from player.safety.hurt import HURT
from player.safety.needs import Needs
from player.safety.new_signs import NEW_SIGNS
from player.safety.profile_rows import needed_rows
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import Question

_AGES = {"u": AgeBand.CHILD, "s": AgeBand.ADULT, "o": AgeBand.OLDER}

_DEEP = frozenset({"hipflexor", "glute", "lowback", None})
"""The places of an ache that is deep. An ache without a place may be anywhere."""

_FIRST = ("P9a", "P7", "P10")
"""The rows with an urgent line, whose short lists come first."""


def ask_profile(ask: Asker, own: Needs) -> Talk:
    """Ask for the profile answers that this routine needs and lacks, and for the age.

    If rows of the profile are due, it is one list, with the follow-ups already needed.
    """
    answered = ask.record.answered
    is_old = any(not at <= ask.now <= days_after(at, RENEW_DAYS) for at in answered.values())
    if is_old:
        yield from ask_to_confirm(ask)
    if due := _due_rows(ask):
        yield from _ask_list(ask, due, own)
    elif _is_age_due(ask):
        yield from _ask_age(ask)


def _due_rows(ask: Asker) -> list[Question]:
    """Return the rows to ask. If nothing can play any more, only those that could be urgent."""
    record = ask.record
    if all(question.id in record.answered for question in ask.questions.profile):
        return []
    told = _told_today(ask)
    for row in ask.questions.profile:  # what today's new signs told in full
        if row.keys and set(row.keys) <= {finding.key for finding in told}:
            record.answered.setdefault(row.id, ask.now)
    needed = needed_rows(ask.context, told, _is_hurt(ask), _has_deep_ache(ask))
    due = [row for row in needed if row.id not in record.answered]
    plays = record.judged().plays
    return [row for row in due if plays or _could_be_urgent(ask, row)]


def _is_age_due(ask: Asker) -> bool:
    record = ask.record
    return (record.age is None or "age" not in record.answered) and record.judged().plays


def _ask_list(ask: Asker, due: Sequence[Question], own: Needs) -> Talk:
    """Ask the rows, the follow-ups that are needed already, and the age, as one list of marks."""
    words = ask.questions.words
    rows = dict(zip(OPTION_KEYS, due, strict=False))
    today = listed_now(ask, own, OPTION_KEYS[len(rows) :])
    ages = _ages(ask) if _is_age_due(ask) else ()
    asked = tuple(Choice(k, q.ask, q.why, words["profile.kept"]) for k, q in rows.items())
    marks = yield Prompt(
        "profile",
        Form.MARKS,
        words["profile.ask"],
        words["profile.why"],
        (*asked, *today.choices(words["profile.today"]), *ages),
        one_of=frozenset(choice.key for choice in ages),
    )
    assert isinstance(marks, frozenset)  # Prompt.fits has checked it
    for key in marks & _AGES.keys():
        _save_age(ask, key)
    today.save_asked(ask)
    yield from _take_rows(ask, rows, marks)
    yield from today.take(ask, marks)


def _take_rows(ask: Asker, rows: Mapping[str, Question], marks: frozenset[str]) -> Talk:
    """Handle the marked rows. A row that is not marked is answered "no"."""
    record = ask.record
    for key, row in rows.items():
        if key not in marks:
            record.forget(row.id)
            record.answered[row.id] = ask.now
    marked = [row for key, row in rows.items() if key in marks]
    record.marked |= {row.id for row in marked}
    marked.sort(key=lambda row: (_place_in_order(row), not _could_be_urgent(ask, row)))
    for row in marked:
        if record.judged().plays or _could_be_urgent(ask, row):
            record.forget(row.id)
            yield from ask.after_yes(row, in_profile=True)
            record.answered[row.id] = ask.now
            ask.end_if_urgent()


def _place_in_order(row: Question) -> int:
    return _FIRST.index(row.id) if row.id in _FIRST else len(_FIRST)


def _told_today(ask: Asker) -> list[Finding]:
    """What today's new signs set in this sitting."""
    return [f for f in ask.record.standing if f.question == NEW_SIGNS and f.at == ask.now]


def _is_hurt(ask: Asker) -> bool:
    return bool(ask.record.injuries or HURT.intersection(ask.record.judged().keys))


def _has_deep_ache(ask: Asker) -> bool:
    return any(s.new and s.level and s.place in _DEEP for s in ask.record.sorenesses)


def _could_be_urgent(ask: Asker, question: Question) -> bool:
    """Whether an answer to this question could be urgent, with all that was told."""
    return any(map(ask.record.turns_urgent, question.all_keys))


def _ages(ask: Asker) -> tuple[Choice, ...]:
    words = ask.questions.words
    why, group = words["age.why"], words["profile.age"]
    return tuple(Choice(key, words[f"age.{band}"], why, group) for key, band in _AGES.items())


def _save_age(ask: Asker, key: str) -> None:
    ask.record.age = _AGES[key]
    ask.record.answered["age"] = ask.now


def _ask_age(ask: Asker) -> Talk:
    """Ask for the age group alone. Every answer needs Enter, because it removes limits."""
    words = ask.questions.words
    choices = tuple(choice._replace(why="", group="") for choice in _ages(ask))
    reply = yield Prompt(
        "age", Form.ONE, words["age.ask"], words["age.why"], choices, lowers=frozenset(_AGES)
    )
    _save_age(ask, str(reply))


def ask_still_stopped(ask: Asker) -> Talk:
    """Ask about each condition that stopped earlier sessions: has a clinician cleared it?"""
    record = ask.record
    for index, finding in enumerate(record.standing):
        if not record.may_be_lifted(finding):
            continue
        says = ask.context.matrix.conditions[finding.key].says
        if (yield from ask.ask_word(finding.key, f"Last time, you told of {says}.")):
            record.standing[index] = finding._replace(cleared_at=ask.now)


def ask_deep_pressure(ask: Asker, needs: Needs) -> Talk:
    """Ask whether to switch deep pressure on, unless it is blocked. It is off by default."""
    record = ask.record
    clearance = record.judged()
    out = any(
        Kind.DEEP_PRESS in ban.kinds and Region.BELLY in ban.regions for ban in clearance.bans
    )
    if not needs.deep_pressure or out or ask.context.profile.deep_pressure_over:
        return
    words = ask.questions.words
    if record.deep_pressure_at is None and "DP" not in record.asked_now:
        record.asked_now["DP"] = frozenset()
        reply = yield Prompt(
            "DP",
            Form.ONE,
            words["deep.ask"],
            words["deep.why"],
            (Choice("o", words["deep.off"]), Choice("s", words["deep.on"])),
            ask.questions.about_deep_pressure,
            lowers=frozenset("s"),
        )
        if reply == "s":
            record.deep_pressure_at = ask.now
