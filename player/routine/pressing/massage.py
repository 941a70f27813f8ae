"""Decides whether words describe a massage (clinical content, section 1e)."""

from collections.abc import Iterator, Sequence

from player.routine.pressing.lexicon import Lexicon, WordList
from player.routine.pressing.sentences import Sentence

TRIGGERS = ("massage", "hand_verbs", "roll_verbs")
"""A text describes a massage only if it has a word of one of these lists."""

_HAND_WITHIN = 5
_TARGET_WITHIN = 4
"""How many words after a verb the hand may be, and how many more what it presses."""


def describes_massage(sentence: Sentence, lexicon: Lexicon) -> bool:
    """Whether a sentence asks for a massage: with a tool, or by hand into a muscle."""
    return any(
        _has_tool(clause, lexicon) or _presses_by_hand(clause, lexicon) or _rolls(clause, lexicon)
        for clause in _clauses(sentence, lexicon)
    )


def _clauses(sentence: Sentence, lexicon: Lexicon) -> Iterator[list[str]]:
    """Yield the words of each clause, without articles."""
    clause: list[str] = []
    for word in sentence.words:
        if word.gap and clause:
            yield clause
            clause = []
        if word.text not in lexicon["articles"]:
            clause.append(word.text)
    yield clause


def _has_tool(clause: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a clause names a tool or a massage that it does not deny."""
    at = 0
    while at < len(clause):
        if length := lexicon["harmless"].at(clause, at):
            at += length
        elif lexicon["massage"].at(clause, at) and not _comes_after_negative(clause, at, lexicon):
            return True
        else:
            at += 1
    return False


def _presses_by_hand(clause: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a hand presses into a muscle, as in `press your thumb into the calf`."""
    return any(
        word in lexicon["hand_verbs"]
        and not _comes_after_negative(clause, at, lexicon)
        and _leads_into_muscle(clause[at + 1 :], lexicon)
        for at, word in enumerate(clause)
    )


def _leads_into_muscle(rest: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether the words after a verb put a hand into a muscle, not on a wall or the like."""
    hand = _first(lexicon["hands"], rest)
    if hand is None or hand > _HAND_WITHIN + _TARGET_WITHIN:
        return False
    if not lexicon["hand_into"].words:
        return not lexicon["not_massaged"].found_in(rest)
    into = _first(lexicon["hand_into"], rest)
    if hand > 0 and rest[hand - 1] in lexicon["with"]:
        target = rest[:hand]
        aims = into is not None and into < hand
        return (aims or lexicon["muscles"].found_in(target)) and not lexicon[
            "not_massaged"
        ].found_in(target)
    if into is None or into < hand:
        return False
    return not lexicon["not_massaged"].found_in(rest[into + 1 : into + 1 + _TARGET_WITHIN])


def _comes_after_negative(clause: Sequence[str], at: int, lexicon: Lexicon) -> bool:
    return lexicon["negatives"].found_in(clause[:at])


def _rolls(clause: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether something rolls along a muscle, as in `roll up and down the calf`."""
    for at, word in enumerate(clause):
        if word in lexicon["roll_verbs"] and not _comes_after_negative(clause, at, lexicon):
            rest = clause[at + 1 :]
            over = _first(lexicon["roll_over"], rest[:_HAND_WITHIN])
            if over is not None and lexicon["muscles"].found_in(
                rest[over + 1 : over + 1 + _TARGET_WITHIN]
            ):
                return True
    return False


def _first(phrases: WordList, words: Sequence[str]) -> int | None:
    return next((at for at in range(len(words)) if phrases.at(words, at)), None)
