"""Asks for the days that answers need in order to end, and about some answers at their end.

An answer with a day ends by itself (`derive.active_at`). Nothing is deleted then: if the clock was
wrong for a while, the answer counts again.
"""

from collections.abc import Iterable

from player.base.calendar import day_words
from player.safety.asking import Asker, Talk
from player.safety.derive import active_at
from player.safety.findings import Finding
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import Option, Question
from player.safety.when import NOT_SURE, choices_of, latest_moment, unit_of

_STILL = "abcdefgh"
"""The keys of the answers that say that it is still so."""


def ask_about_days(ask: Asker) -> Talk:
    """Ask for the days that are missing, then about what has ended since the last start."""
    yield from _ask_missing_days(ask)
    yield from _ask_after_the_end(ask)


# A day that is not known


def _ask_missing_days(ask: Asker) -> Talk:
    """Ask once for the day of each answer of the profile that could end and has none.

    An earlier version of the program saved it, or the person left a short list without a choice.
    """
    for row in ask.questions.profile:
        for key in dict.fromkeys(f.key for f in ask.record.standing if _has_no_day(ask, f, row)):
            yield from _ask_day_of(ask, row, key)


def _has_no_day(ask: Asker, finding: Finding, row: Question) -> bool:
    """Whether the day of this finding should be asked. One told today has been asked already."""
    ends = ask.context.matrix.conditions[finding.key].lasts is not None
    is_older = finding.at != ask.now and finding.question == row.id
    return ends and is_older and finding.since is None


def _ask_day_of(ask: Asker, row: Question, key: str) -> Talk:
    words, condition = ask.questions.words, ask.context.matrix.conditions[key]
    lasts = condition.lasts
    assert lasts is not None  # `_has_no_day` has checked it
    told_at = max(f.at for f in ask.record.standing if f.key == key and f.question == row.id)
    day, unit = day_words(told_at, ask.now), unit_of(lasts)
    still = dict(zip(_STILL, _still_so(row, key), strict=False))
    also = [Choice(k, option.say) for k, option in still.items()]
    reply = yield Prompt(
        f"{row.id}.{key}.when",
        Form.ONE,
        words["injury.when"],
        words["when.why"],
        tuple(choices_of(unit, lasts, day, also)),
        (f"On {day} you told of {condition.says}.", words["when.last"]),
    )
    if str(reply) in still:
        _is_still_so(ask, row, key, still[str(reply)])
        return
    since = told_at if reply == NOT_SURE else latest_moment(unit, str(reply), lasts, ask.now)
    _change(ask, row.id, key, row.id, since)


def _still_so(row: Question, key: str) -> Iterable[Option]:
    """The options of a row that set this key without an end."""
    return (o for o in row.options if key in o.keys and o.id and not o.when)


def _is_still_so(ask: Asker, row: Question, key: str, option: Option) -> None:
    question = f"{row.id}.{option.id}"
    _change(ask, row.id, key, question, None)
    for other in set(option.keys) - {f.key for f in ask.record.standing}:
        ask.record.add(Finding(other, question=question, at=ask.now), in_profile=True)


# After the end


def _ask_after_the_end(ask: Asker) -> Talk:
    """Ask once whether all is fine, after an operation or a torn ligament has ended."""
    words, record = ask.questions.words, ask.record
    for key in dict.fromkeys(f.key for f in record.standing if _is_over(ask, f)):
        if key in record.keys:
            continue  # another one of the same kind still counts
        condition = ask.context.matrix.conditions[key]
        ended = [f for f in record.standing if f.key == key and _is_over(ask, f)]
        day = day_words(max(f.since for f in ended if f.since is not None), ask.now)
        reply = yield Prompt(
            f"cleared.{key}",
            Form.YES_NO,
            words["over.ask"],
            words["over.why"],
            lines=(f"You told of {condition.says} ({day} or before).", words["over.ended"]),
            lowers=frozenset("y"),
        )
        record.over[key] = reply == "yes"
        record.standing = [
            f._replace(asked_at=ask.now) if f in ended else f for f in record.standing
        ]


def _is_over(ask: Asker, finding: Finding) -> bool:
    """Whether this has ended, and the person still has to be asked about it."""
    matrix = ask.context.matrix
    asks = bool(matrix.conditions[finding.key].over) and finding.asked_at is None
    return asks and not active_at(finding, matrix, ask.now)


# What has no end until it is told


def ask_whether_cast_is_off(ask: Asker) -> Talk:
    """Ask about a cast or brace that was on: once it is off, it ends."""
    words, matrix = ask.questions.words, ask.context.matrix
    for row in ask.questions.profile:
        for option in row.options:
            on = f"{row.id}.{option.ends}"
            keys = dict.fromkeys(f.key for f in ask.record.standing if f.question == on)
            for key in keys if option.ends else ():
                lasts = matrix.conditions[key].lasts
                assert lasts is not None  # the questionnaire is checked when it is read
                is_off = Prompt(
                    on, Form.YES_NO, words["off.ask"], words["off.why"], lowers=frozenset("y")
                )
                off = yield is_off
                if off == "yes":
                    since = yield from ask.ask_when(f"{on}.when", option.when, lasts, option.say)
                    _change(ask, on, key, row.id, since)


def _change(ask: Asker, question: str, key: str, new: str, since: float | None) -> None:
    """Save the day of each finding of this key from `question`, and where it is from now on."""
    ask.record.standing = [
        f._replace(question=new, since=since) if (f.question, f.key) == (question, key) else f
        for f in ask.record.standing
    ]
