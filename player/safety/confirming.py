"""Asks whether the saved profile is still right, once it is 30 days old (section 2c)."""

from collections.abc import Generator, Iterable

from player.base.calendar import day_words
from player.safety.asking import Asker
from player.safety.derive import active_at, end_of
from player.safety.endings import ask_whether_cast_is_off
from player.safety.findings import AgeBand, Finding
from player.safety.matrix import Matrix
from player.safety.prompts import Form, Prompt, Reply

RENEW_DAYS = 30
"""A profile older than this is confirmed again."""

_AGES = {AgeBand.CHILD: "under 16", AgeBand.ADULT: "16 to 64", AgeBand.OLDER: "65 or over"}


def ask_to_confirm(ask: Asker) -> Generator[Prompt, Reply, bool]:
    """Ask whether everything is still right. If not, forget that it was answered."""
    words, record = ask.questions.words, ask.record
    yield from ask_whether_cast_is_off(ask)
    reply = yield Prompt(
        "confirm",
        Form.YES_NO,
        words["confirm.ask"],
        words["confirm.why"],
        lines=tuple(_stored_lines(ask)),
        unsure="no",
    )
    if reply == "yes":
        for id_ in record.answered:
            record.answered[id_] = ask.now
        return True
    record.answered.clear()
    record.deep_pressure_at = None
    return False


def _stored_lines(ask: Asker) -> Iterable[str]:
    yield "Your saved answers:"
    record, matrix = ask.record, ask.context.matrix
    found = [later for finding in record.standing for later in active_at(finding, matrix, ask.now)]
    for finding in found:
        fine = " (a clinician said that it is fine)" if finding.cleared_at else ""
        place = f", {finding.place}" if finding.place else ""
        says = matrix.conditions[finding.key].says
        yield f"- {says}{place}{fine}{_day_and_end(finding, matrix, ask.now)}"
    if not found:
        yield "- nothing that rules out any step"
    if record.age:
        yield f"- age: {_AGES[record.age]}"
    if record.deep_pressure_at is not None:
        yield f"- {ask.questions.words['deep.stored']}"


def _day_and_end(finding: Finding, matrix: Matrix, now: float) -> str:
    """The day of a finding and how long it counts, in words; empty if it has neither."""
    condition = matrix.conditions[finding.key]
    if finding.since is None:
        return " (counts until you say that it is over)" if condition.lasts else ""
    ends = end_of(finding, condition)
    day = f" ({day_words(finding.since, now)} or before"
    if ends is None:
        return f"{day})"
    later = f", then as {matrix.conditions[condition.becomes].says}" if condition.becomes else ""
    return f"{day}; counts until {day_words(ends, now)}{later})"
