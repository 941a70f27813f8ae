"""Asks whether the saved profile is still right, once it is 30 days old (section 2c)."""

from collections.abc import Generator, Iterable

from player.safety.asking import Asker
from player.safety.derive import active_at
from player.safety.findings import AgeBand
from player.safety.prompts import Form, Prompt, Reply

RENEW_DAYS = 30
"""A profile older than this is confirmed again."""

_AGES = {AgeBand.CHILD: "under 16", AgeBand.ADULT: "16 to 64", AgeBand.OLDER: "65 or over"}


def ask_to_confirm(ask: Asker) -> Generator[Prompt, Reply, bool]:
    """Ask whether everything is still right. If not, forget that it was answered."""
    words, record = ask.questions.words, ask.record
    reply = yield Prompt(
        "confirm",
        Form.YES_NO,
        words["confirm.ask"],
        words["confirm.why"],
        lines=tuple(_stored_lines(ask)),
    )
    if reply == "yes":
        for id_ in record.answered:
            record.answered[id_] = ask.now
        return True
    record.answered.clear()
    record.deep_pressure_at = None
    return False


def _stored_lines(ask: Asker) -> Iterable[str]:
    yield "What you told, and is kept:"
    record, matrix = ask.record, ask.context.matrix
    found = [later for finding in record.standing for later in active_at(finding, matrix, ask.now)]
    for finding in found:
        fine = " (a clinician said that it is fine)" if finding.cleared_at else ""
        place = f", {finding.place}" if finding.place else ""
        yield f"- {matrix.conditions[finding.key].says}{place}{fine}"
    if not found:
        yield "- nothing that stands against any step"
    if record.age:
        yield f"- age: {_AGES[record.age]}"
    if record.deep_pressure_at is not None:
        yield f"- {ask.questions.words['deep.stored']}"
