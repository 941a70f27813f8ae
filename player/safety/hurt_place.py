"""Asks what is asked about every injury: where it is, and its signs."""

from collections.abc import Generator, Iterable

from player.routine.vocabulary import Side
from player.safety.asking import WITHOUT_SIDES, Asker
from player.safety.findings import Finding
from player.safety.matrix import Rank
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import InjuryQuestion

THINNER = "anticoagulant"
_ROW_OF_THINNER, _ASKED_HERE = "P2", "I7.thinner"


def ask_hurt_place(ask: Asker) -> Generator[Prompt, Reply, tuple[str, Side | None]]:
    """Ask for the place of an injury and its side."""
    words = ask.questions.words
    choices = tuple(Choice(place.key, place.say) for place in ask.questions.places)
    reply = yield Prompt("I1", Form.ONE, words["injury.where"], words["injury.why_where"], choices)
    place = next(place.id for place in ask.questions.places if place.key == reply)
    side: Side | None = None
    if place not in WITHOUT_SIDES:
        side = yield from ask.ask_side("I1")
    return place, side


def ask_is_unsafe(question: InjuryQuestion) -> Generator[Prompt, Reply, bool]:
    """Ask one question; return whether the answer is unsafe. "Not sure" counts as unsafe."""
    unsafe = question.unsafe
    reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why, unsure=unsafe)
    return reply in {unsafe, "unsure"}


def ask_signs(
    ask: Asker,
    questions: Iterable[InjuryQuestion],
    place: str,
    side: Side | None,
    since: float,
    old: bool = False,
) -> Generator[Prompt, Reply, list[Finding]]:
    """Ask the questions of a place. An urgent answer ends the interview; return all others."""
    found: list[Finding] = []
    opened: set[str] = set()
    for question in questions:
        if not question.is_for(place):
            continue
        if place in question.opened_at and question.id not in opened:
            continue
        if question.thinner and not (yield from _takes_thinner(ask)):
            continue
        if not (yield from ask_is_unsafe(question)):
            continue
        opened.add(question.opens)
        for key in question.keys_for(place, old):
            finding = Finding(key, place, side, question.id, ask.now)
            if ask.worst_of([key]) >= Rank.URGENT:
                ask.record.add(finding)
            found.append(finding._replace(since=since))
    return found


def _takes_thinner(ask: Asker) -> Generator[Prompt, Reply, bool]:
    """Whether the person takes a blood thinner. It is asked here if the profile has not asked yet.

    A yes counts as known from then on. The row of the profile is still asked later.
    """
    record, words = ask.record, ask.questions.words
    if THINNER in record.keys:
        return True
    if _ROW_OF_THINNER in record.answered or _ASKED_HERE in record.asked_now:
        return False
    record.asked_now[_ASKED_HERE] = frozenset()
    reply = yield Prompt(
        _ASKED_HERE, Form.YES_NO, words["injury.thinner"], words["injury.why_thinner"]
    )
    if reply == "no":
        return False
    record.add(Finding(THINNER, question=_ASKED_HERE, at=ask.now))
    return True


def save_injury(ask: Asker, finding: Finding) -> None:
    """Save an injury finding. It replaces the same one at that place, and never ends earlier."""
    record = ask.record
    same = [
        f
        for f in record.standing
        if (f.key, f.place, f.side) == (finding.key, finding.place, finding.side)
        and f.since is not None
    ]
    since = max(f.since for f in (finding, *same) if f.since is not None)
    record.standing = [f for f in record.standing if f not in same]
    record.add(finding._replace(since=since), in_profile=True)
