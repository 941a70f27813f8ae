"""Asks about what is new: a lump, a bruise, a sore, pain at night, a trip (section 2b, G9)."""

from player.safety.asking import Asker, Talk
from player.safety.findings import Finding
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import Question

NEW_SIGNS = "G9"
"""The id of the row of today that asks about new signs."""

LUMP, NOTHING = "lump", "none"
"""The `then` values of two lines of the list in its file."""

_BEHIND_THE_KNEE = Choice("b", "behind the knee")

_AT_THE_BELLY = frozenset({"hipflexor", "belly"})
"""A hard lump here can be a hernia that is stuck. Groin is `hipflexor`."""


def ask_new_signs(ask: Asker, question: Question) -> Talk:
    """Ask which signs are new, and about each. What they set is saved until it ends."""
    picked = yield from ask.ask_options(question)
    for key in dict.fromkeys(key for option in picked for key in option.keys):
        ask.record.open_row(question.id, key)
    if not picked:
        yield from ask.without_choice(question, in_profile=True)
    for option in picked:
        if option.then == LUMP:
            yield from _ask_lump(ask, question.id)
        elif option.then != NOTHING:
            yield from ask.take_option(option, question.id, in_profile=True, sides=True)
        ask.record.close_row(question.id, option.keys)


def _ask_lump(ask: Asker, question: str) -> Talk:
    """Ask where a lump is, and whether it is dangerous. The gravest question comes first."""
    words = ask.questions.words
    place, side = yield from ask.ask_place(f"{question}.lump", also=(_BEHIND_THE_KNEE,))
    behind = place == _BEHIND_THE_KNEE.key
    if behind:
        place, side = "knee", (yield from ask.ask_side(f"{question}.lump"))
    if place is None or place in _AT_THE_BELLY:
        hard = yield Prompt(
            f"{question}.hard", Form.YES_NO, words["lump.hard"], words["lump.why_hard"]
        )
        if hard != "no":
            ask.record.add(Finding("hernia_stuck", place, side, "lump.hard", ask.now))
    beats = yield Prompt(
        f"{question}.beats", Form.YES_NO, words["lump.beats"], words["lump.why_beats"]
    )
    if beats != "no":
        ask.record.add(Finding("lump_pulse", place, side, "lump.beats", ask.now))
    seen = yield Prompt(
        f"{question}.harmless",
        Form.YES_NO,
        words["lump.harmless"],
        words["lump.why_harmless"],
        lowers=frozenset("y"),
    )
    key = "bakers_cyst" if behind and seen == "yes" else "lump_new"
    cleared_at = ask.now if key == "lump_new" and seen == "yes" else None
    ask.record.add(
        Finding(key, place, side, question, ask.now, cleared_at=cleared_at), in_profile=True
    )
