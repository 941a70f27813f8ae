"""Computes the reading grade of a text (Flesch-Kincaid; syllables are counted roughly)."""

import re

_SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^aeiouyl]|[aeiouy]l)e$")
_SILENT_ED = re.compile(r"[^aeiouytd]e[ds]$")


def grade(text: str) -> float:
    """The grade of a text, or 0 for a text without words. Digits are not words."""
    sentences = [words for part in _SENTENCE.split(text) if (words := _WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    total = 0
    for part in re.split(r"[-'’]", word.lower()):
        if not part:
            continue
        count = len(_VOWELS.findall(part))
        if count > 1 and (_SILENT_E.search(part) or _SILENT_ED.search(part)):
            count -= 1
        total += max(count, 1 if len(part) > 1 else 0)
    return max(total, 1)
