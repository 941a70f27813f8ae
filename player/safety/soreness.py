"""Asks how sore the person is, where, and whether it is new (clinical content, section 2b)."""

from collections.abc import Generator

from player.routine.vocabulary import Side
from player.safety.asking import Asker, Talk
from player.safety.derive import BAD, LEG_PLACES
from player.safety.findings import Finding, Soreness
from player.safety.injury import is_new_at_injury, may_come_from_injury, needs_early_care
from player.safety.profile import RedFlag
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.record import EndInterview

MOST_PLACES = 3

ABOVE = "a"
"""The key of a place above the belly, where supple works on nothing."""

ACHES_ABOVE = 4
"""New soreness of this level above the belly is asked about further."""

BONES = frozenset({"shin", "foot", "knee", "hipflexor"})
"""The places where a sore bone can be a break without an injury. Groin is `hipflexor`."""


def ask_soreness(ask: Asker) -> Talk:
    """Ask for up to three sore places from the belly down, and for one above it."""
    words = ask.questions.words
    above = (Choice(ABOVE, words["S2_above"]),)
    question, told_above = words["S1"], False
    number = 0
    while number < MOST_PLACES:
        lines = (
            ask.questions.early_care if needs_early_care(ask) and not ask.record.sorenesses else ()
        )
        level = yield _how_sore(ask, question, () if told_above else lines)
        assert isinstance(level, int)  # Prompt.fits has checked it
        if level == 0:
            return
        place, side = yield from ask.ask_place("S2", also=() if told_above else above)
        if place == ABOVE:
            yield from _above_the_belly(ask, level)
            question, told_above = words["S1_below"], True
            continue
        number += 1
        if not (yield from _one_place(ask, level, place, side, number < MOST_PLACES)):
            return
        question = words["S1_more"]


def _how_sore(ask: Asker, question: str, lines: tuple[str, ...]) -> Prompt:
    why, scale = ask.questions.words["why_S1"], ask.questions.scale
    return Prompt("S1", Form.NUMBER, question, why, lines=lines, scale=scale)


def _one_place(
    ask: Asker, level: int, place: str | None, side: Side | None, more: bool
) -> Generator[Prompt, Reply, bool]:
    """Ask about one sore place. Returns whether another place is sore too."""
    words, record = ask.questions.words, ask.record
    reply: Reply = "N"
    if not is_new_at_injury(ask, place, side):
        kinds = _kinds_of_ache(ask, place, side, more)
        reply = yield Prompt("S3", Form.ONE, words["S3"], words["why_S3"], kinds)
    is_new = str(reply).lower() == "n"
    record.sorenesses.append(Soreness(level, place, side, is_new))
    if level >= BAD and str(reply).lower() == "i":
        record.add(Finding("injury_bad", place, side, "R3", ask.now))
    ask.end_if_urgent()  # what was told is urgent before anything more is asked
    one_side = side in {Side.LEFT, Side.RIGHT}
    if is_new and place in LEG_PLACES and one_side:
        yield from _new_ache(ask)
    if is_new and place in BONES and one_side:
        yield from _sore_bone(ask, place, side)
    return str(reply) in {"S", "N", "I"}


def _kinds_of_ache(
    ask: Asker, place: str | None, side: Side | None, more: bool
) -> tuple[Choice, ...]:
    """The choices for an ache. If `more`, each one also exists with another sore place."""
    kinds = [Choice("s", "same as usual"), Choice("n", "new")]
    if may_come_from_injury(ask, place, side):
        kinds.append(Choice("i", "from that injury"))
    if more:
        kinds += [Choice(c.key.upper(), f"{c.say}, and another place is sore too") for c in kinds]
    return tuple(kinds)


def _new_ache(ask: Asker) -> Talk:
    """A new ache in one leg: with anything that makes a clot likelier it is urgent (R1)."""
    words, record = ask.questions.words, ask.record
    if not any(f.key == "new_leg_ache" for f in record.today):
        record.add(Finding("new_leg_ache", question="S3", at=ask.now))
        ask.end_if_urgent()  # with a known clot risk nothing more is asked
    reply = yield Prompt("S4", Form.YES_NO, words["S4"], words["why_S4"])
    if reply != "no":
        record.add(Finding("dvt_risk", question="S4", at=ask.now))
        record.red = RedFlag("dvt_signs", "S4", ask.now)
        raise EndInterview


def _sore_bone(ask: Asker, place: str | None, side: Side | None) -> Talk:
    """A sore bone without an injury can be a stress fracture."""
    words = ask.questions.words
    reply = yield Prompt("S5", Form.YES_NO, words["S5"], words["why_S5"])
    if reply != "no":
        finding = Finding("injury_unseen", place, side, "S5", ask.now, ask.now)
        ask.record.add(finding, in_profile=True)


def _above_the_belly(ask: Asker, level: int) -> Talk:
    """Ask about soreness above the belly. Only new soreness can matter."""
    words, record = ask.questions.words, ask.record
    kinds = (Choice("s", "same as usual"), Choice("n", "new"))
    kind = yield Prompt("S3.above", Form.ONE, words["S3"], words["why_S3"], kinds)
    if kind == "s" or level < ACHES_ABOVE:
        return
    question = ask.questions.above
    picked = yield from ask.ask_options(question)
    for key in [key for o in picked for key in o.keys] if picked else question.otherwise:
        record.add(Finding(key, question=question.id, at=ask.now))  # an emergency, so it ends here
    if level >= BAD:
        record.sorenesses.append(Soreness(level, new=True, above=True))


def ask_cramp(ask: Asker) -> Talk:
    """Ask how long a cramp that is there right now has lasted."""
    ask.record.add(Finding("cramp_now", question="C1", at=ask.now))
    long = ask.questions.find("F15")
    assert long is not None  # the questionnaire was read whole
    reply = yield Prompt("F15", Form.YES_NO, long.ask, long.why)
    if reply != "no":
        for key in long.keys:
            ask.record.add(Finding(key, question="F15", at=ask.now))
