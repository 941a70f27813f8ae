"""Finds texts that name the left or the right side of the body.

A step that does each side in turn may lose one side to the answers of a person. A text such as
"Lie on your right side" would then put the wrong leg to work.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from player.routine.model import Cycles, Exercise, Step, Text
from player.routine.vocabulary import BOTH_SIDES_IN_TURN

_PART = "(?:sides?|legs?|foot|feet|knees?|hips?|arms?|hands?|thighs?|cal(?:f|ves))"
_WHICH = "(?:front|back|upper|lower|inner|outer|top|bottom|bent|straight|free|whole|own)"
_NO_SIDE = (
    "(?:height|angle|place|spot|position|moment|time|size|way|level|distance|length|amount|pace"
    "|speed|direction|muscle|point|bend|pull)"
)
"""Nouns after "the right" that make it mean "the correct"."""
_ENGLISH = (
    rf"(?<!\ball )\b(?:left|right)(?:[\s-]+hand)?(?:[\s-]+{_WHICH})?[\s-]+{_PART}\b"
    rf"|\b{_PART}\s+(?:that\s+is\s+|which\s+is\s+)?(?:on|to|at|of)\s+(?:the|your)\s+"
    rf"(?:left\b|right\b(?!\s+{_NO_SIDE}\b))"
    rf"|\b{_PART},?\s+(?:left|right)(?=\s*(?:$|[^\w\s]|(?:first|then|and|or)\b))"
)
_SPANISH = (
    r"\b(?:lado|pierna|pie|rodilla|cadera|brazo|mano|muslo|pantorrilla)s?\s+"
    r"(?:de\s+(?:la|tu)\s+|del\s+lado\s+|a\s+la\s+)?(?:izquierd|derech)[oa]s?\b"
)
_NAMED = re.compile(f"{_ENGLISH}|{_SPANISH}")


def named_side(text: Text | None) -> str:
    """Return the words that name a side, in any language of the text; empty if none do."""
    for words in text.words.values() if text else ():
        if found := _NAMED.search(_plain(words)):
            return found[0]
    return ""


def _plain(words: str) -> str:
    """Return the words in lower case, without characters that nobody sees."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    if folded.isascii():
        return folded
    return "".join(char for char in folded if unicodedata.category(char) != "Cf")


def in_turn(step: Step) -> bool:
    """Whether a step does first one side of the body and then the other."""
    return step.dose.side in BOTH_SIDES_IN_TURN and not step.exercise.both_at_once


def names_a_side(texts: Iterable[Text | None]) -> bool:
    return any(map(named_side, texts))


def texts_of(step: Step) -> Iterator[Text | None]:
    """Every text that is shown or said with a step."""
    yield from (step.title, step.note, step.until)
    yield from (cue.say for cue in step.cues)
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            for phase in amount.phases:
                yield from (phase.say, phase.note)
    yield from texts_of_exercise(step.exercise)


def texts_of_exercise(exercise: Exercise) -> Iterator[Text | None]:
    """Every text on the card of an exercise."""
    yield exercise.name
    yield from exercise.how
    yield exercise.feel
    yield from exercise.mistakes
    yield from (exercise.easier, exercise.harder, exercise.note)
    yield from exercise.keep_off
