"""Splits a text into sentences and words for the search for pressed places."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from player.routine.pressing.letters import plain


class Gap(IntEnum):
    """What separates a word from the one before it."""

    SPACE = 0
    COMMA = 1
    BREAK = 2
    """A colon, a semicolon, a dash, a bracket or the end of a line."""
    END = 3
    """The end of a sentence."""


class Token(NamedTuple):
    """One word, in plain letters, and what stands before it."""

    text: str
    gap: Gap = Gap.SPACE


class Sentence(NamedTuple):
    """The words of one sentence."""

    words: tuple[Token, ...]
    asks: bool = False
    """Whether it ends with a question mark."""

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]


_TOKEN = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?|\n|[^\w\s]|_")
_SHORT = (
    (re.compile(r"\bcan't\b|\bcannot\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(?:s|re|ve|ll|d|m)\b"), ""),
    (re.compile(r"\b(do|ca|wo|must|should|is|are|does)nt\b"), r"\1 not"),
)
_GAPS = dict.fromkeys(".!?…", Gap.END) | dict.fromkeys(",¡¿", Gap.COMMA)
_JOINS = frozenset("'\"“”«»`*_-‐‑%°/")
"""Marks inside a phrase, such as the hyphen of `knee-crease`. They cut nothing."""


@lru_cache(maxsize=4096)  # each text is searched for several things
def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text, in plain letters."""
    words = plain(text).replace("&", " and ").replace("+", " plus ").replace(" - ", " ; ")
    if "'" in words or "nt" in words or "cannot" in words:
        for pattern, long in _SHORT:
            words = pattern.sub(long, words)
    found: list[Sentence] = []
    sentence: list[Token] = []
    gap = Gap.SPACE
    asks = False
    for token in _TOKEN.findall(words):
        if token[0].isalnum():
            if gap is Gap.END and sentence:
                found.append(Sentence(tuple(sentence), asks))
                sentence = []
            if gap is Gap.END:
                asks = False
            sentence.append(Token(token, gap))
            gap = Gap.SPACE
        elif token not in _JOINS:
            gap = max(gap, _GAPS.get(token, Gap.BREAK))
            asks = asks or token == "?"
    if sentence:
        found.append(Sentence(tuple(sentence), asks))
    return tuple(found)
