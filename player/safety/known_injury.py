"""Asks at a later start about an injury that is known already (clinical content, section 2b)."""

from collections.abc import Generator

from player.base.calendar import days_after
from player.safety.asking import Asker, Talk
from player.safety.derive import active_at, derive
from player.safety.findings import Finding
from player.safety.hurt import HURT, SORE_BONE, name_of_injury
from player.safety.prompts import Form, Prompt, Reply
from player.safety.record import OPEN

AFTER_DAYS = 7
"""From how many days on it is asked whether a hurt place is better."""


def ask_known_injuries(ask: Asker) -> Talk:
    """Ask whether each injury that stops something is better, or fine by a clinician's word.

    If nothing can play today, it is asked at the next start.
    """
    if not ask.record.can_play:
        return
    for finding in [f for f in ask.record.standing if _is_due(ask, f)]:
        yield from _ask_better(ask, finding)
    derived = derive(ask.record.answers, ask.context.matrix, ask.now)
    for finding in [f for f in derived if f.question == "R2b" and _is_due(ask, f)]:
        yield from _ask_word(ask, finding)


def _is_due(ask: Asker, finding: Finding) -> bool:
    """Whether it is time to ask about this finding: it is 7 days old, and not from today."""
    if finding.key != "injury_unseen" or finding.question.endswith(OPEN):
        return False
    since = finding.at if finding.since is None else finding.since
    return finding.at != ask.now and ask.now >= days_after(since, AFTER_DAYS)


def _ask_better(ask: Asker, finding: Finding) -> Talk:
    words, record = ask.questions.words, ask.record
    reply = yield Prompt(
        "K1",
        Form.YES_NO,
        words["injury.better"].format(hurt=name_of_injury(finding, words, ask.now)),
        words["injury.why_better"],
        lowers=frozenset("y"),
    )
    if reply != "yes":
        if finding.cleared_at is None:
            yield from _ask_word(ask, finding)
        return
    record.standing.remove(finding)
    if finding.question == SORE_BONE:
        return
    healing = finding._replace(
        key="strain_healing",
        since=finding.at if finding.since is None else finding.since,
        seen_at=finding.seen_at or finding.cleared_at,
        cleared_at=None,
        better_at=ask.now,
    )
    if active_at(healing, ask.context.matrix, ask.now):
        others = [f for f in record.standing if not _is_same(f, healing)]
        record.standing = [*others, healing]


def _is_same(finding: Finding, healing: Finding) -> bool:
    """Whether a finding says that the same injury is healing."""
    place = (healing.place, healing.side, healing.since)
    return finding.key == "strain_healing" and (finding.place, finding.side, finding.since) == place


def _ask_word(ask: Asker, finding: Finding) -> Generator[Prompt, Reply, None]:
    """Ask for a clinician's word. From then on the injury there counts as seen."""
    words, record = ask.questions.words, ask.record
    line = words["injury.word_line"].format(hurt=name_of_injury(finding, words, ask.now))
    if not (yield from ask.ask_word("injury_unseen", line)):
        return
    here = (finding.place, finding.side)
    record.standing = [
        _with_word(f, ask.now) if f.key in HURT and (f.place, f.side) == here else f
        for f in record.standing
    ]


def _with_word(finding: Finding, at: float) -> Finding:
    cleared_at = at if finding.key == "injury_unseen" else finding.cleared_at
    return finding._replace(seen_at=at, cleared_at=cleared_at)
