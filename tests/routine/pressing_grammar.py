"""Builds sentences of massage steps, each labelled by how it was built.

The check of texts is measured with them. Neither the words nor the labels come from the check.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tests.routine.pressing_english import ENGLISH
from tests.routine.pressing_lexicon import Extra, Label, Lexicon, Place, Rule
from tests.routine.pressing_spanish import SPANISH

MUSCLE_ONLY = 0.10
"""The share of sentences of advice that name no place at all."""

SHORTEST, LONGEST = 4, 25
"""How many words a sentence has."""

_NOT_AFTER_TO = {"on", "over", "down", "en", "a", "por"}
"""First words of adverbs that don't follow "to" or "hasta"."""

_SLOT = re.compile(r"\{(\w+)(?::(\w))?\}")


@dataclass(frozen=True)
class Sentence:
    """A text, its language, its label, and the construction that gave it the label.

    `rule` begins with the main construction. `+` adds the kind of each clause around it.
    """

    text: str
    lang: str
    label: Label
    rule: str

    @property
    def construction(self) -> str:
        return self.rule.partition("+")[0]


def sentences(count: int, seed: int) -> list[Sentence]:
    """Return `count` different sentences: both languages and both labels in turn."""
    rng = random.Random(seed)
    found: dict[str, Sentence] = {}
    turns = [(lexicon, label) for lexicon in (ENGLISH, SPANISH) for label in Label]
    while len(found) < count:
        lexicon, label = turns[len(found) % len(turns)]
        made = _sentence(rng, lexicon, label)
        if SHORTEST <= len(made.text.split()) <= LONGEST:
            found.setdefault(made.text, made)
    return list(found.values())


def hardest(of: Iterable[Sentence], label: Label, count: int = 20) -> list[Sentence]:
    """Return the sentences with the most constructions, the longest first, one of each rule."""
    ranked = sorted(
        (each for each in of if each.label is label),
        key=lambda each: (-each.rule.count("+"), -len(each.text), each.text),
    )
    first = {each.rule: each for each in reversed(ranked)}
    return [each for each in ranked if first[each.rule] is each][:count]


def by_rule(of: Iterable[Sentence]) -> Counter[tuple[str, str, str]]:
    """Count the sentences by label, construction and language."""
    return Counter((str(each.label), each.construction, each.lang) for each in of)


def _sentence(rng: random.Random, lexicon: Lexicon, label: Label) -> Sentence:
    muscle_only = label is Label.ADVICE and rng.random() < MUSCLE_ONLY
    rules = [r for r in lexicon.rules if r.label is label and r.muscle_only == muscle_only]
    name = rng.choice(sorted({rule.name for rule in rules}))
    rule = rng.choice([rule for rule in rules if rule.name == name])
    before, after = _around(rng, lexicon, rule)
    parts = [before.text if before else "", rng.choice(rule.templates), after.text if after else ""]
    text = _Draw(rng, lexicon, rule).filled("".join(parts))
    kinds = [each.kind for each in (before, after) if each]
    return Sentence(_written(lexicon.smooth(text)), lexicon.lang, label, "+".join([name, *kinds]))


def _around(rng: random.Random, lexicon: Lexicon, rule: Rule) -> tuple[Extra | None, Extra | None]:
    openers = [e for e in lexicon.openers[rule.label] if e.kind in rule.opens]
    before = rng.choice(openers) if openers and rng.random() < 0.45 else None
    closers = [
        each
        for each in lexicon.closers[rule.label]
        if each.kind in rule.closes and (before is None or each.kind != before.kind)
    ]
    after = rng.choice(closers) if closers and rng.random() < 0.45 else None
    return before, after


def _written(text: str) -> str:
    """Return the text with capitals and a full stop."""
    joined = re.sub(r"(^|[.!] )(\w)", lambda m: m[1] + m[2].upper(), text)
    return joined if joined.endswith((".", "!")) else joined + "."


class _Draw:
    """Fills the slots of one sentence: each letter is the same place each time."""

    def __init__(self, rng: random.Random, lexicon: Lexicon, rule: Rule) -> None:
        self._rng = rng
        self._lexicon = lexicon
        fits = [p for p in lexicon.places if not rule.needs or getattr(p, rule.needs)]
        main = rng.choice(fits)
        self._places = {"P": main, **self._others(main)}
        self._names = {letter: rng.choice(place.names) for letter, place in self._places.items()}
        if rule.needs == "beside":
            self._names["P"] = rng.choice(main.beside)
        muscles = rng.sample(lexicon.muscles[main.area], 2)
        ends = rng.choice(main.ends) if main.ends else ("", "")
        self._fixed = {"M": muscles[0], "N": muscles[1], "E": ends[0], "dir": ends[1]}
        self._fixed["start"] = rng.choice(main.starts) if main.starts else ""

    def _others(self, main: Place) -> dict[str, Place]:
        others = [place for place in self._lexicon.places if place.key != main.key]
        near = [place for place in others if place.area == main.area]
        second = self._rng.choice(near or others)
        third = self._rng.choice([place for place in others if place.key != second.key])
        return {"Q": second, "R": third}

    def filled(self, text: str) -> str:
        while _SLOT.search(text):
            text = _SLOT.sub(lambda slot: self._slot(slot[1], slot[2]), text)
        return text

    def _slot(self, slot: str, letter: str | None) -> str:
        if slot in self._names:
            return self._names[slot].lstrip("~")
        if slot in self._fixed:
            return self._fixed[slot]
        if letter is None:
            return self._rng.choice(self._lexicon.words[slot])
        agreed = self._lexicon.agree(slot, *self._agreeing(letter))
        return self._phrase(slot, letter) if agreed is None else agreed

    def _agreeing(self, letter: str) -> tuple[str, bool]:
        name = self._names[letter]
        return name.lstrip("~"), name.startswith("~")

    def _phrase(self, slot: str, letter: str) -> str:
        place = self._places[letter]
        adverbs = [
            each for each in place.there if slot != "to" or each.split()[0] not in _NOT_AFTER_TO
        ]
        there = self._rng.choice(adverbs) if adverbs and self._rng.random() < 0.4 else ""
        if slot in ("to", "there"):
            noun = self._rng.choice(self._lexicon.words[slot]).replace("X}", f"{letter}}}")
            bare = self._rng.choice(self._lexicon.words["bare_" + slot]).replace("{X}", there)
            return bare if there else noun
        verbs = self._lexicon.verbs_there if there else self._lexicon.verbs
        verb = self._rng.choice(verbs)
        forms = verb.forms()
        if slot in forms:
            return forms[slot] + verb.after.replace("{X}", there or f"{{{letter}}}")
        return self._rng.choice(self._lexicon.words[slot]).replace("X}", f"{letter}}}")
