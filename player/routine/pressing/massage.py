"""Decides whether words describe a massage (clinical content, section 1e)."""

from collections.abc import Iterator, Sequence

from player.routine.pressing.lexicon import Lexicon, WordList
from player.routine.pressing.matches import Matches
from player.routine.pressing.sentences import Sentence

TRIGGERS = ("massage", "hand_verbs", "roll_verbs")
"""A text describes a massage only if it has a word of one of these lists."""

_HAND_WITHIN = 5
_TARGET_WITHIN = 4
"""How many words after a verb the hand may be, and how many more what it presses."""


def describes_massage(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence asks for a massage: with a tool, or by hand into a muscle."""
    return any(
        _has_tool(clause) or _presses_by_hand(clause) or _rolls(clause)
        for clause in _clauses(sentence, lexicon)
    )


def _clauses(sentence: Sentence, lexicon: Lexicon) -> Iterator[Matches]:
    """Yield the words of each clause, without articles."""
    clause: list[str] = []
    for word in sentence.words:
        if word.gap and clause:
            yield Matches(clause, lexicon)
            clause = []
        if word.text not in lexicon["articles"]:
            clause.append(word.text)
    yield Matches(clause, lexicon)


def _has_tool(clause: Matches) -> bool:
    at = 0
    while at < clause.size:
        if length := clause.lists["harmless"].at(clause.texts, at):
            at += length
        elif clause.first_start("massage", at) == at and not _comes_after_negative(clause, at):
            return True
        else:
            at += 1
    return False


def _presses_by_hand(clause: Matches) -> bool:
    """Whether a hand presses into a muscle, as in `press your thumb into the calf`."""
    return any(
        presses and not _comes_after_negative(clause, at) and _leads_into_muscle(clause, at + 1)
        for at, presses in enumerate(clause.are_any("hand_verbs"))
    )


def _leads_into_muscle(clause: Matches, start: int) -> bool:
    hand = clause.first_start("hands", start)
    if hand == clause.size or hand - start > _HAND_WITHIN + _TARGET_WITHIN:
        return False
    if not clause.lists["hand_into"].words:
        return not clause.has(start, clause.size, "not_massaged")
    into = clause.first_start("hand_into", start)
    if hand > start and clause.is_any(hand - 1, "with"):
        aims = into < hand or clause.has(start, hand, "muscles")
        return aims and not clause.has(start, hand, "not_massaged")
    if into == clause.size or into < hand:
        return False
    return not clause.has(into + 1, into + 1 + _TARGET_WITHIN, "not_massaged")


def _comes_after_negative(clause: Matches, at: int) -> bool:
    return clause.has(0, at, "negatives")


def _rolls(clause: Matches) -> bool:
    """Whether something rolls along a muscle, as in `roll up and down the calf`."""
    return any(
        rolls and not _comes_after_negative(clause, at) and _goes_over_muscle(clause, at + 1)
        for at, rolls in enumerate(clause.are_any("roll_verbs"))
    )


def _goes_over_muscle(clause: Matches, start: int) -> bool:
    over = _first(clause.lists["roll_over"], clause.texts[start : start + _HAND_WITHIN])
    if over is None:
        return False
    target = start + over + 1
    return clause.has(target, target + _TARGET_WITHIN, "muscles")


def _first(phrases: WordList, words: Sequence[str]) -> int | None:
    return next((at for at in range(len(words)) if phrases.at(words, at)), None)
