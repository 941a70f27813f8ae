"""Asks about a fresh injury. The place comes first because the other questions depend on it."""

from collections.abc import Generator

from player.routine.vocabulary import Side
from player.safety.asking import WITHOUT_SIDES, Asker, Talk
from player.safety.findings import Finding
from player.safety.matrix import Rank
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.record import Injury


def ask_injury(ask: Asker) -> Generator[Prompt, Reply, tuple[str, Side | None]]:
    """Ask about an injury; return its place and side. An urgent answer ends the interview."""
    words = ask.questions.words
    choices = tuple(Choice(place.key, place.say) for place in ask.questions.places)
    reply = yield Prompt("I1", Form.ONE, words["injury.where"], words["injury.why_where"], choices)
    place = next(place.id for place in ask.questions.places if place.key == reply)
    side: Side | None = None
    if place not in WITHOUT_SIDES:
        side = yield from ask.ask_side("I1")
    for question in ask.questions.injury:
        if question.at is not None and place not in question.at:
            continue
        reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
        if reply in {question.unsafe, "unsure"}:
            for key in question.keys_for(place):
                ask.record.add(Finding(key, place, side, question.id, ask.now))
    since = yield from ask.ask_day("I6")
    before = [
        f for f in ask.record.standing if (f.question, f.place, f.side) == ("I6", place, side)
    ]
    ask.record.standing = [f for f in ask.record.standing if f not in before]
    since = max([since, *(f.since for f in before if f.since is not None)])  # never shorter
    keys = ("acute_strain", "ham_strain") if place == "ham" else ("acute_strain",)
    for key in keys:
        ask.record.add(Finding(key, place, side, "I6", ask.now, since), in_profile=True)
    return place, side


def ask_injuries(ask: Asker) -> Talk:
    """Ask about each injury. An urgent answer ends the interview."""
    place, side = yield from ask_injury(ask)
    ask.record.injuries.append(Injury(place, side, ask.now))
    ask.record.close_row("G5")


def is_new_at_injury(ask: Asker, place: str | None, side: Side | None) -> bool:
    """Whether an ache counts as new, because no clinician has seen the injury there."""
    return False


def may_come_from_injury(ask: Asker, place: str | None, side: Side | None) -> bool:
    """Whether today's injury may explain this ache: it is on one side, and moves with it."""
    places = ask.context.matrix.places
    return side in {Side.LEFT, Side.RIGHT} and any(
        injury.place in {"knee", "shin", "foot"}
        and place in places[injury.place]
        and side is injury.side
        for injury in ask.record.injuries
    )


def ask_for_emergency(ask: Asker) -> Talk:
    """Ask about an injury only what could be an emergency: something else is urgent already."""
    for question in ask.questions.injury:
        if ask.worst_of(question.keys) is not Rank.EMERGENCY:
            continue
        reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
        if reply in {question.unsafe, "unsure"}:
            for key in question.keys:
                ask.record.add(Finding(key, question=question.id, at=ask.now))
