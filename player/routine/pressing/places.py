"""Finds the places of the body that a text names, whatever it says about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from player.routine.pressing.clauses import Mention
from player.routine.pressing.letters import plain
from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.sentences import Sentence

_STANDS_FOR_ARTICLE = frozenset({"the", "el", "la", "los", "las"})
_SHORTEST_PLURAL = 4
_SMALL_WORDS = 2
"""The most words between two names of one place, as in `the knob on the outside of the knee`."""


class Named(NamedTuple):
    """A place that a sentence names, and the language of its words."""

    spot: Mention
    language: str


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    place: str
    language: str
    needs: frozenset[str]
    """The sentence must also have one of these words, unless there are none."""
    unless: frozenset[str]
    """The sentence must not have any of these words."""


class Places:
    """The names of some places, in all languages."""

    def __init__(
        self,
        names: Mapping[str, Mapping[str, Sequence[str]]],
        lexicons: Mapping[str, Lexicon],
    ) -> None:
        """`names` has the names of each place, by language."""
        self._articles = tuple(lexicon["articles"] for lexicon in lexicons.values())
        self._by_first: dict[str, list[_Phrase]] = defaultdict(list)
        for language, places in names.items():
            for place, phrases in places.items():
                for words in phrases:
                    phrase = _phrase(words, place, language)
                    self._by_first[phrase.words[0]].append(phrase)

    def in_sentence(self, sentence: Sentence) -> list[Named]:
        """Return the places that a sentence names, in order. Overlapping names are one place."""
        found: list[Named] = []
        for named in sorted(self._all_in(sentence), key=lambda n: (n.spot.start, -n.spot.end)):
            if found and _belongs_to(named.spot, found[-1].spot):
                last = found[-1]
                end = max(last.spot.end, named.spot.end)
                found[-1] = last._replace(spot=last.spot._replace(end=end))
            else:
                found.append(named)
        return found

    def _all_in(self, sentence: Sentence) -> Iterator[Named]:
        words = sentence.texts
        for start, first in enumerate(words):
            for form in {first, singular(first)}:
                for phrase in self._by_first.get(form, ()):
                    end = self._end_of(phrase, words, start)
                    if end and _fits(words, phrase):
                        yield Named(Mention(phrase.place, start, end), phrase.language)

    def _end_of(self, phrase: _Phrase, words: list[str], start: int) -> int:
        """Return the index after a phrase that begins at `start`; 0 if the phrase is not there."""
        at = start + 1
        for wanted in phrase.words[1:]:
            while at < len(words) and not _is(words[at], wanted) and self._is_article(words[at]):
                at += 1
            if at == len(words) or not _is(words[at], wanted):
                return 0
            at += 1
        return at

    def _is_article(self, word: str) -> bool:
        return any(word in articles for articles in self._articles)


def _belongs_to(spot: Mention, before: Mention) -> bool:
    """Whether a name overlaps with the one before, or goes on with the same place."""
    near = spot.place == before.place and spot.start - before.end <= _SMALL_WORDS
    return near or spot.start < before.end


def singular(word: str) -> str:
    """Return a word without the `s` of its plural."""
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") else word


def _is(word: str, wanted: str) -> bool:
    return wanted in {word, singular(word)}


def _fits(words: list[str], phrase: _Phrase) -> bool:
    """Whether a sentence has the other words that a phrase needs, and none that it excludes."""
    all_forms = {form for word in words for form in (word, singular(word))}
    needed = not phrase.needs or not phrase.needs.isdisjoint(all_forms)
    return needed and phrase.unless.isdisjoint(all_forms)


def _phrase(text: str, place: str, language: str) -> _Phrase:
    """Read `name & needed words ! excluded words`: `over the knee & roll|roller ! hand`."""
    text, _, unless = plain(text).partition("!")
    name, _, needs = text.partition("&")
    words = (word for word in name.replace("-", " ").split() if word not in _STANDS_FOR_ARTICLE)
    return _Phrase(tuple(words), place, language, _words(needs), _words(unless))


def _words(alternatives: str) -> frozenset[str]:
    return frozenset(alternatives.replace("|", " ").split())
