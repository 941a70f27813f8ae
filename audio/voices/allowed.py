"""Restricts the text that a voice engine may read. Some engines obey tags in their text."""

import re

LONGEST_WORD = 40
LONGEST_SENTENCE = 300
LONGEST_TEXT = 1_000

_PUNCTUATION = frozenset(" .,;:!?'-")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def allowed(text: str) -> str:
    """Return only letters of any script, digits, spaces and `. , ; : ! ? ' -`.

    Everything else becomes a space. A dash that could begin an option is removed, and words longer
    than any real word are cut.
    """
    cleaned = "".join(
        char if char.isalpha() or char.isdigit() or char in _PUNCTUATION else " "
        for char in text[:LONGEST_TEXT]
    )
    words = (word.lstrip("-")[:LONGEST_WORD] for word in cleaned.split())
    return " ".join(word for word in words if word)


def sentences(text: str) -> list[str]:
    """Return the sentences of the allowed text, each short enough for one call of an engine."""
    found: list[str] = []
    for sentence in _SENTENCE.split(allowed(text)):
        words = ""
        for word in sentence.split():
            if len(words) + len(word) + 1 > LONGEST_SENTENCE:
                found.append(words)
                words = ""
            words = f"{words} {word}".strip()
        if any(char.isalnum() for char in words):
            found.append(words)
    return found
