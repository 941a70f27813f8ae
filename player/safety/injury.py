"""Asks about injuries of the last 3 weeks, one hurt place after the other (section 2b, G5)."""

from collections.abc import Generator
from typing import NamedTuple

from player.base.calendar import day_began
from player.routine.vocabulary import Side
from player.safety.aftermath import HOUR
from player.safety.asking import Asker, Talk
from player.safety.findings import Finding
from player.safety.hurt import day_of_injury
from player.safety.hurt_place import ask_hurt_place, ask_signs, save_injury
from player.safety.matrix import Rank
from player.safety.older_injury import ask_older_injury
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.record import OPEN, Injury

ROW = "G5"
MOST_PLACES = 6
"""How many hurt places are asked about in one sitting."""

_FRESH_S = 72 * HOUR
_UNKNOWN_AGE, _UNKNOWN_PLACE = "injury_bad", "injury_unseen"
"""What an injury counts as while its questions are open, before and after its day is known."""

_NEW_AT = frozenset({"calf", "quad", "ham", "adductor", "hipflexor"})
"""Where a clot can pass for a pulled muscle: calf, thigh and groin."""


class _When(NamedTuple):
    """The latest moment at which an injury happened, and whether that is 4 days ago or more."""

    since: float
    old: bool


def ask_injuries(ask: Asker) -> Talk:
    """Ask about each hurt place. An urgent answer ends the interview."""
    yield from _ask_places(ask, (yield from _ask_when(ask)))


def ask_left_open(ask: Asker) -> Talk:
    """Finish the questions about an older injury that an earlier start left open."""
    left = [f.since for f in ask.record.standing if f.question == ROW + OPEN and f.since]
    if not left:
        return
    words, since = ask.questions.words, max(left)
    marked = words["injury.marked"].format(day=day_of_injury(since, ask.now))
    slip = yield Prompt(
        f"{ROW}.slip",
        Form.ONE,
        words["slip.ask"],
        words["slip.why"],
        (Choice("y", words["slip.yes"]), Choice("k", words["slip.no"])),
        lines=(f"You marked: {marked}.",),
        lowers=frozenset("y"),
    )
    if slip == "y":
        ask.record.forget(ROW + OPEN)
        return
    yield from _ask_places(ask, _When(since, old=True))


def _ask_places(ask: Asker, when: _When) -> Talk:
    record, words = ask.record, ask.questions.words
    for number in range(1, MOST_PLACES + 1):
        record.forget(ROW + OPEN)  # what an earlier start left open is finished now
        record.close_row(ROW)
        if when.old:
            record.open_row(ROW, _UNKNOWN_PLACE, when.since)
            yield from ask_older_injury(ask, when.since)
        else:
            record.open_row(ROW, _UNKNOWN_AGE)
            yield from _ask_fresh_injury(ask, when.since)
        ask.end_if_urgent()
        if number == MOST_PLACES:
            break
        more = yield Prompt(
            f"{ROW}.more", Form.YES_NO, words["injury.more"], words["injury.why_more"]
        )
        if more == "no":
            break
        record.close_row(ROW)
        record.open_row(ROW, _UNKNOWN_AGE)
        when = yield from _ask_when(ask)
    record.close_row(ROW)


def _ask_when(ask: Asker) -> Generator[Prompt, Reply, _When]:
    """Ask how long ago it was. The latest moment that fits the answer counts."""
    words, now = ask.questions.words, ask.now
    choices = (
        Choice("0", "Today"),
        Choice("1", "Yesterday"),
        Choice("2", "2 or 3 days ago"),
        Choice("4", "4 to 7 days ago"),
        Choice("7", "1 to 3 weeks ago"),
        Choice("u", "Not sure (counts as today)"),
    )
    reply = yield Prompt(
        f"{ROW}.when", Form.ONE, words["injury.when"], words["injury.why_when_hurt"], choices
    )
    days = 0 if reply == "u" else int(str(reply))
    return _When(now if days == 0 else day_began(now, 1 - days), old=days > 3)


def _ask_fresh_injury(ask: Asker, since: float) -> Talk:
    """Ask about an injury of the first 3 days. The place decides which questions come."""
    place, side = yield from ask_hurt_place(ask)
    yield from ask_signs(ask, ask.questions.injury, place, side, since)
    keys = ("acute_strain", "ham_strain") if place == "ham" else ("acute_strain",)
    for key in keys:
        save_injury(ask, Finding(key, place, side, "I6", ask.now, since))
    ask.record.injuries.append(Injury(place, side, since))


def ask_for_emergency(ask: Asker) -> Talk:
    """Ask about an injury only what could be an emergency: something else is urgent already."""
    for question in ask.questions.injury:
        if ask.worst_of(question.keys) is not Rank.EMERGENCY:
            continue
        reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
        if reply in {question.unsafe, "unsure"}:
            for key in question.keys:
                ask.record.add(Finding(key, question=question.id, at=ask.now))


# What the injuries of this sitting mean for an ache


def needs_early_care(ask: Asker) -> bool:
    """Whether an injury of this sitting is in its first 3 days."""
    return any(ask.now < injury.since + _FRESH_S for injury in ask.record.injuries)


def is_new_at_injury(ask: Asker, place: str | None, side: Side | None) -> bool:
    """Whether an ache counts as new, because no clinician has seen the injury there."""
    places = ask.context.matrix.places
    return place in _NEW_AT and any(
        injury.place in _NEW_AT
        and not injury.seen
        and place in places[injury.place]
        and (injury.side is side or Side.BOTH in {injury.side, side})
        for injury in ask.record.injuries
    )


def may_come_from_injury(ask: Asker, place: str | None, side: Side | None) -> bool:
    """Whether an injury of this sitting may explain an ache: same place, or a linked one."""
    places = ask.context.matrix.places
    return side is not Side.BOTH and any(
        place in places[injury.place] and side is injury.side for injury in ask.record.injuries
    )
