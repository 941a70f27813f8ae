"""Asks what belongs to the person: the profile, deep pressure, a clinician's word (section 2c)."""

from player.base.calendar import days_after
from player.routine.vocabulary import Kind, Region
from player.safety.asking import Asker, Talk
from player.safety.confirming import RENEW_DAYS, ask_to_confirm
from player.safety.findings import age_band
from player.safety.needs import Needs
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import Question


def ask_profile(ask: Asker, needs: Needs) -> Talk:
    """Ask the rows of the profile that are not answered yet, and the age."""
    record = ask.record
    belly = ask.questions.find("P9b")
    rows = [q for q in ask.questions.profile if q is not belly or q.all_keys & needs.keys]
    answered = record.answered
    missing = {q.id for q in rows if q.id not in answered}
    if record.age is None or "age" not in answered:
        missing.add("age")
    is_old = any(not at <= ask.now <= days_after(at, RENEW_DAYS) for at in answered.values())
    if is_old and not (yield from ask_to_confirm(ask)):
        missing = {question.id for question in rows} | {"age"}
    for question in rows:
        if question.id in missing and (record.judged().plays or _could_be_urgent(ask, question)):
            yield from _ask_row(ask, question)
            ask.end_if_urgent()
    if "age" in missing and record.judged().plays:
        words = ask.questions.words
        years = yield Prompt(
            "age", Form.NUMBER, words["age.ask"], words["age.why"], low=0, high=120
        )
        assert isinstance(years, int)  # Prompt.fits saw to it
        record.age = age_band(years)
        answered["age"] = ask.now


def _could_be_urgent(ask: Asker, question: Question) -> bool:
    """Whether an answer to this question could be urgent, with all that was told."""
    return any(map(ask.record.turns_urgent, question.all_keys))


def _ask_row(ask: Asker, question: Question) -> Talk:
    reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
    ask.record.forget(question.id)
    if reply == "unsure":
        ask.record.unsure.add(question.id)
    if reply != "no":
        yield from ask.after_yes(question, in_profile=True)
    ask.record.answered[question.id] = ask.now


def ask_still_stopped(ask: Asker) -> Talk:
    """Ask about each condition that stopped earlier sessions: has a clinician cleared it?"""
    words, record = ask.questions.words, ask.record
    for index, finding in enumerate(record.standing):
        if not record.may_be_lifted(finding):
            continue
        condition = ask.context.matrix.conditions[finding.key]
        reply = yield Prompt(
            f"cleared.{finding.key}",
            Form.YES_NO,
            words["cleared.ask"],
            words["cleared.why"],
            lines=(f"The last time you told of {condition.says}.",),
            lowers=frozenset("y"),
        )
        if reply == "yes":
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
    row = ask.questions.find("P9b")
    assert row is not None  # the questionnaire was read whole
    if record.deep_pressure_at is not None and row.id not in record.answered:
        yield from _ask_row(ask, row)
        ask.end_if_urgent()
