"""Rules about texts: L13, L31, L35. Also finds every text of a file with its place."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from player.check.grade import grade
from player.check.lint.facts import Found
from player.document.nodes import Node, Scalar, Seq
from player.document.problem import ERROR, WARNING, Place
from player.routine.fields import short
from player.routine.model import Exercise, Text
from player.routine.vocabulary import Kind

LONGEST_LINE = 90
HARDEST = 7.0
STRETCHES = frozenset({Kind.STATIC, Kind.DYNAMIC})

_GAP = r"[\s,;:–—-]+"
FORBIDDEN = re.compile(
    rf"\bpush(?:es|ed|ing)?{_GAP}through\b"
    rf"|\bno{_GAP}pain{_GAP}no{_GAP}gain\b"
    rf"|\buntil{_GAP}numb\b"
    rf"|\bbreak(?:s|ing)?{_GAP}up\b"
    rf"|\breleas(?:e|es|ed|ing){_GAP}toxins?\b"
    r"|\bcur(?:e|es|ed|ing)\b"
    r"|(?<!\bnot a )\bdiagnos(?:e|es|ed|ing|is)\b",
    re.IGNORECASE,
)
"""The words that L31 forbids. Only the last of them is allowed after `not a …`."""
_HEALS = re.compile(r"\bcur(?:e|ing)")
_NO_TEXTS = frozenset({"sources", "author", "license", "format", "language"})
"""Keys whose texts are not checked, because they contain no advice from the author."""

_BOUNCE = re.compile(r"\b(?:bounc|ballistic|rebot|balístic)\w*")
_NEGATED = re.compile(
    r"\b(?:no|not|never|don['’]?t|without|avoid|stop|nunca|sin|evita|evite|jamás)\b"
)
_SENTENCE = re.compile(r"[.!?;]+(?:\s|$)|\n")


class PlacedText(NamedTuple):
    """A text of a file with its place. `key` is the nearest key above it."""

    key: str
    node: Scalar


def texts_of(root: Node | None) -> Iterator[PlacedText]:
    """Every text that the author wrote; not sources, numbers or values of `x-` keys."""
    stack: list[tuple[str, Node]] = [("", root)] if root else []
    while stack:
        key, node = stack.pop()
        if isinstance(node, Scalar):
            yield PlacedText(key, node)
        elif isinstance(node, Seq):
            stack += [(key, item) for item in reversed(node.items)]
        else:
            for name, value in reversed(node.pairs.values()):
                if name.text not in _NO_TEXTS and not name.text.startswith("x-"):
                    stack.append((name.text, value))
                    stack.append((key, name))


def promises(root: Node | None, lines: list[str]) -> Iterator[tuple[Place, Found]]:
    """L31, for all texts of a file."""
    if not _may_promise("\n".join(lines).lower()):
        return
    for placed in texts_of(root):
        if found := FORBIDDEN.search(placed.node.text):
            message = f"`{short(found[0])}` tells to bear pain, or promises too much"
            yield placed.node, Found("L31", ERROR, message, "say what is done and how it feels")


def _may_promise(text: str) -> bool:
    """Whether a file may contain words of L31. This cheap test decides for most files."""
    return (
        "diagnos" in text
        or "toxin" in text
        or ("cur" in text and _HEALS.search(text) is not None)
        or ("push" in text and "through" in text)
        or ("pain" in text and "gain" in text)
        or ("until" in text and "numb" in text)
        or ("break" in text and "up" in text)
    )


def bounces(words: str) -> bool:
    """L13: whether a text asks for bouncing. "Do not bounce" is allowed."""
    lower = words.casefold()
    return any(
        not _NEGATED.search(sentence[: found.start()])
        for sentence in _SENTENCE.split(lower)
        for found in _BOUNCE.finditer(sentence)
    )


def bouncing(text: Text, kind: Kind | None) -> Iterator[Found]:
    """L13: a text that tells the person to bounce."""
    if kind in STRETCHES and any(map(bounces, text.words.values())):
        message = "this tells to bounce; a stretch is slow and under control"
        yield Found("L13", ERROR, message, "under `mistakes` the word may stand")


def long_line(text: Text) -> Iterator[Found]:
    """L35, for a line that is read or heard during a session."""
    longest = max(len(" ".join(words.split())) for words in text.words.values())
    if longest > LONGEST_LINE:
        message = f"this line has {longest} characters; {LONGEST_LINE} are the most"
        yield Found("L35", WARNING, message, "make it two")


def hard_words(exercise: Exercise) -> Iterator[Found]:
    """L35, for all `how` lines together: a single line is too short to grade."""
    found = grade("\n".join(line.words["en"] for line in exercise.how if "en" in line.words))
    if found > HARDEST:
        message = f"these lines read like school grade {found:.1f}"
        help = "shorter words and shorter sentences; grade 7 is the most"
        yield Found("L35", WARNING, message, help, ("how",))
