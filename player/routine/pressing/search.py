"""Searches the texts of a routine file for pressed places, massage and unchecked languages.

The word lists are in `routines/screening/places.yaml` and `pressing.yaml`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from player.document.rows import DataRow
from player.routine.pressing.guards import pressed_spot
from player.routine.pressing.letters import plain, unreadable
from player.routine.pressing.lexicon import Lexicon, WordList
from player.routine.pressing.massage import TRIGGERS, describes_massage
from player.routine.pressing.places import Named, Places
from player.routine.pressing.sentences import Sentence, sentences_of

OTHER = "other"
"""The key of the massage words in languages that have no lists of their own."""

INTO_THE_HIP = frozenset({"inside_hip", "hip_crease"})
"""Places where pressure goes deep, towards the psoas."""

_SHOWS_ITS_LANGUAGE = 5
"""A text with at least this many words must show its language."""

_ONE_WORD_IN = 5
"""A text shows its language if one word in this many is a common word of that language."""

_CACHED = 4096


PLACE_KEYS = ("belly", "never_press", "warned")


class PlaceNames(NamedTuple):
    """The names of places in one language, by the id of the place."""

    never: Mapping[str, Sequence[str]]
    warned: Mapping[str, Sequence[str]]
    belly: Sequence[str]


def read_places(row: DataRow) -> PlaceNames:
    """Read the places of one language. Raises RowError."""
    never, warned = (row.row(key, f"`{key}`") for key in ("never_press", "warned"))
    return PlaceNames(
        {place: never.texts(place) for place in never},
        {place: warned.texts(place) for place in warned},
        row.texts("belly"),
    )


class Search:
    """Searches a text with the word lists of all languages. Raises RowError."""

    def __init__(self, places: DataRow, words: DataRow) -> None:
        self.lexicons: Mapping[str, Lexicon] = {
            name: Lexicon(words.row(name, "a language")) for name in words if name != OTHER
        }
        self._foreign = WordList(words.row(OTHER, "a language").texts("massage"))
        found = {name: read_places(places.row(name, "a language")) for name in self.lexicons}
        self._never = Places({name: one.never for name, one in found.items()}, self.lexicons)
        self._warned = Places({name: one.warned for name, one in found.items()}, self.lexicons)
        belly = {name: {"belly": one.belly} for name, one in found.items()}
        self._belly = Places(belly, self.lexicons)
        english = found["en"].never
        self.place_names = {place: names[0] for place, names in english.items()}
        self.places = frozenset(place for one in found.values() for place in one.never)
        lists = [one[name] for one in self.lexicons.values() for name in TRIGGERS]
        starts = {start for one in (self._foreign, *lists) for start in one.starts}
        self._triggers = re.compile("|".join(rf"\b{re.escape(start)}" for start in starts))
        self.pressed = lru_cache(_CACHED)(self._pressed)
        self.is_massage = lru_cache(_CACHED)(self._is_massage)
        self.reads_as = lru_cache(_CACHED)(self._reads_as)

    def _pressed(self, text: str, spared: frozenset[str] = frozenset()) -> str | None:
        """Return the never-press place, not in `spared`, that `text` asks to press, or None."""
        return self._first_pressed(text, self._never, spared)

    def doubtful(self, text: str) -> str | None:
        """Return a place in `text` that needs a warning because pressure may harm it, or None."""
        return self._first_pressed(text, self._warned)

    def names(self, text: str, place: str) -> bool:
        """Whether `text` names this never-press place, either to press it or to avoid it."""
        return any(
            named.spot.place == place
            for sentence in sentences_of(text)
            for named in self._never.in_sentence(sentence)
        )

    def is_deep(self, text: str) -> bool:
        """Whether a massage with these words presses deep: into the belly or inside the hip."""
        return self.pressed(text) in INTO_THE_HIP or any(
            self._is_on_belly(sentence) for sentence in sentences_of(text)
        )

    def _is_on_belly(self, sentence: Sentence) -> bool:
        """Whether a sentence presses the belly or the psoas, and does not only lie on it."""
        named = self._belly.in_sentence(sentence)
        if not named:
            return False
        lexicon = self.lexicons[self._language_of(sentence, named)]
        texts = [word for word in sentence.texts if word not in lexicon["articles"]]
        if lexicon["belly_is_not"].found_in(texts):
            return False
        return pressed_spot(sentence, [n.spot for n in named], lexicon) is not None

    def _is_massage(self, text: str) -> bool:
        """Whether `text` describes a massage in a language with lists, or names it in another."""
        if text.isascii() and not self._triggers.search(text.lower()):
            return False  # nearly every text of a stretch
        sentences = sentences_of(text)
        if any(map(self._is_foreign_massage, sentences)):
            return True
        return any(
            describes_massage(sentence, lexicon)
            for sentence in sentences
            for lexicon in self.lexicons.values()
        )

    def _is_foreign_massage(self, sentence: Sentence) -> bool:
        """Whether a sentence has a word for massage of a language without lists."""
        known = [lexicon["massage"] for lexicon in self.lexicons.values()]
        words = [word for word in sentence.texts if not any(word in phrases for phrases in known)]
        return self._foreign.found_in(words)

    def lies_face_down(self, text: str) -> bool:
        """Whether the person lies face down, by these words."""
        return self._has(text, "face_down")

    def names_ball(self, text: str) -> bool:
        """Whether `text` names a ball or a tool."""
        return self._has(text, "balls")

    def _has(self, text: str, name: str) -> bool:
        return any(
            lexicon[name].found_in([w for w in sentence.texts if w not in lexicon["articles"]])
            for sentence in sentences_of(text)
            for lexicon in self.lexicons.values()
        )

    def names_massage(self, title: str) -> bool:
        """Whether the name of an exercise without a kind sounds like a massage."""
        return self.is_massage(title) or self._has(title, "names_massage")

    def names_stretch(self, title: str) -> bool:
        """Whether the name of an exercise says that it is a stretch."""
        return self._has(title, "stretch")

    def unreadable(self, text: str) -> str:
        """Return a word of `text` with a letter that can hide a place; empty if there is none."""
        return unreadable(plain(text))

    def _reads_as(self, text: str, language: str) -> bool:
        """Whether a text reads as this language, which has lists. A very short one always does."""
        words = [word for sentence in sentences_of(text) for word in sentence.texts]
        if len(words) < _SHOWS_ITS_LANGUAGE:
            return True
        return self._common(words, language) * _ONE_WORD_IN >= len(words)

    def _common(self, words: list[str], language: str) -> int:
        return sum(word in self.lexicons[language]["common"] for word in words)

    def _first_pressed(
        self, text: str, places: Places, spared: frozenset[str] = frozenset()
    ) -> str | None:
        for sentence in sentences_of(text):
            named = [n for n in places.in_sentence(sentence) if n.spot.place not in spared]
            if named:
                lexicon = self.lexicons[self._language_of(sentence, named)]
                if found := pressed_spot(sentence, [n.spot for n in named], lexicon):
                    return found.place
        return None

    def _language_of(self, sentence: Sentence, named: list[Named]) -> str:
        """Return the language with most common words here; in a tie, that of the first place."""
        counts = {name: self._common(sentence.texts, name) for name in self.lexicons}
        most = max(counts.values())
        best = [name for name, count in counts.items() if count == most]
        return best[0] if len(best) == 1 else named[0].language
