"""Reduces a text to plain Latin letters, so that no character can hide a word from a search."""

import re
import unicodedata

_SAME = str.maketrans({"ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d",
                       "þ": "th", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "＇": "'"})  # fmt: skip
_SENTENCES = str.maketrans({"\ufdfa": "\u0635", "\ufdfb": "\u062c"})
"""Single characters that stand for a whole Arabic sentence, by its first letter.

No other grows so much in plain letters, and nothing can be read in them either way.
"""
_DROPPED = frozenset({"Mn", "Me", "Cf", "Cc"})
_DIGIT_INSIDE = re.compile(r"[^\W\d_]\d+[^\W\d_]+")


def plain(text: str) -> str:
    """Return a text in small letters, without accents and without invisible characters."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text.translate(_SENTENCES)).casefold().translate(_SAME)
    letters = unicodedata.normalize("NFD", folded)
    return "".join(c for c in letters if c in "\n\t" or unicodedata.category(c) not in _DROPPED)


def unreadable(words: str) -> str:
    """Return the first word of a plain text that may look like another; empty if there is none.

    Such a word has a letter of another script, or a digit between letters.
    """
    for word in words.split():
        if not word.isascii() and any(c.isalpha() and not c.isascii() for c in word):
            return word
        if found := _DIGIT_INSIDE.search(word):
            start = found.start()
            while start and word[start - 1].isalpha():
                start -= 1
            return word[start : found.end()]
    return ""
