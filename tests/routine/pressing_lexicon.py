"""Gives the shapes that the words of one language take in the grammar of massage sentences.

A text may have slots. `{M}` is a muscle, `{P}`, `{Q}` and `{R}` are places that nothing may press.
`{press:P}` is a phrase that asks for pressure on P, `{off:P}` one that asks to keep off it. Any
other slot draws from `Lexicon.words`, or asks `Lexicon.agree` for a word that agrees with a place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """Whether a text asks for pressure on a place that nothing may press."""

    FORBIDDEN = "forbidden"
    ADVICE = "advice"


@dataclass(frozen=True)
class Place:
    """A place that nothing may press, with the words of one language.

    `names` are nouns with their article; `~` marks a plural. `there` are adverbs, as in "press
    behind the knee". `starts` are where a stroke towards the place may begin. `ends` are pairs of a
    muscle and a direction: a stroke along the muscle may end at a distance in that direction.
    """

    key: str
    area: str
    names: tuple[str, ...]
    there: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[tuple[str, str], ...] = ()
    fingers: bool = False  # two or three fingers are far enough
    only_hand: bool = False  # two fingers are too near
    above_below: bool = False  # a stroke may run across it, from above to below
    sideways: bool = False  # a stroke may run across it, from one side to the other
    beside: tuple[str, ...] = ()  # names of a bone that has a muscle beside it
    soft: bool = True  # beside it is too near
    findable: bool = True  # a finger may look for it


@dataclass(frozen=True)
class Verb:
    """A way to press. Each form is the verb with its tool; `after` has `{X}` for the place."""

    bare: str
    negative: str  # what follows "don't", or in Spanish "no" and "cuando"
    infinitive: str
    gerund: str
    after: str

    def forms(self) -> Mapping[str, str]:
        return {
            "press": self.bare,
            "negative": self.negative,
            "subjunctive": self.negative,
            "infinitive": self.infinitive,
            "pressing": self.gerund,
        }


NONE: frozenset[str] = frozenset()
ANY = frozenset(
    {"breath", "speed", "when", "where", "first", "degree", "whole", "until", "time", "if"}
)
STROKE = frozenset({"breath", "speed", "degree", "if"})
ORDER = frozenset({"when", "where", "first"})


@dataclass(frozen=True)
class Rule:
    """A construction. All its templates have the same label.

    `opens` and `closes` are the kinds of clauses that may come before it and after it. `needs`: a
    place fits only if this field of it isn't empty.
    """

    name: str
    label: Label
    templates: tuple[str, ...]
    opens: frozenset[str] = NONE
    closes: frozenset[str] = NONE
    needs: str = ""
    muscle_only: bool = False


@dataclass(frozen=True)
class Extra:
    """A clause before or after a construction that leaves its label as it is."""

    kind: str
    text: str


@dataclass(frozen=True)
class Lexicon:
    """All words of one language."""

    lang: str
    places: tuple[Place, ...]
    muscles: Mapping[str, tuple[str, ...]]  # by area
    verbs: tuple[Verb, ...]
    verbs_there: tuple[Verb, ...]  # take an adverb in place of `{X}`
    words: Mapping[str, tuple[str, ...]]
    rules: tuple[Rule, ...]
    openers: Mapping[Label, tuple[Extra, ...]]
    closers: Mapping[Label, tuple[Extra, ...]]
    agree: Callable[[str, str, bool], str | None]  # slot, name, whether it is plural
    smooth: Callable[[str], str]  # contractions, such as "a el" to "al"
