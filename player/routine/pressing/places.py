"""Finds the places of the body that a text names, whatever it says about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from player.routine.pressing.clauses import Mention
from player.routine.pressing.letters import plain
from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.matches import first_where
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
        self._like_articles = {
            form
            for articles in self._articles
            for word in articles.words
            for form in (word, singular(word))
        }
        self._by_first: dict[str, dict[str, list[_Phrase]]] = defaultdict(lambda: defaultdict(list))
        """By the first word, and the second if it can't be taken for an article."""
        for language, places in names.items():
            for place, phrases in places.items():
                for words in phrases:
                    phrase = _phrase(words, place, language)
                    second = phrase.words[1] if len(phrase.words) > 1 else ""
                    key = "" if second in self._like_articles else second
                    self._by_first[phrase.words[0]][key].append(phrase)

    def in_sentence(self, sentence: Sentence) -> list[Named]:
        """Return the places that a sentence names, in order. Overlapping names are one place."""
        found: list[Named] = []
        for named in sorted(self._all_in(sentence), key=lambda n: (n.spot.start, -n.spot.end)):
            if found and _belongs_to(named.spot, found[-1].spot):
                last = found[-1]
                if named.spot.end > last.spot.end:
                    longer = Mention(last.spot.place, last.spot.start, named.spot.end)
                    found[-1] = Named(longer, last.language)
            else:
                found.append(named)
        return found

    def _all_in(self, sentence: Sentence) -> Iterator[Named]:
        words = sentence.texts
        forms = {word: _forms(word) for word in set(words)}
        all_forms = {form for both in forms.values() for form in both}
        articles = {word for word in forms if self._is_article(word)}
        behind = first_where([word not in articles for word in words])
        for start, first in enumerate(words):
            second = behind[start + 1]
            after = forms[words[second]] if second < len(words) else ()
            for phrase in self._may_begin(forms[first], after):
                end = self._end_of(phrase, words, start, behind)
                if end and _fits(all_forms, phrase):
                    yield Named(Mention(phrase.place, start, end), phrase.language)

    def _may_begin(self, first: Sequence[str], second: Sequence[str]) -> Iterator[_Phrase]:
        """Yield the phrases that may begin with a word, by its forms and those of the next word
        that is no article.
        """
        for form in first:
            if phrases := self._by_first.get(form):
                for after in ("", *second):
                    yield from phrases.get(after, ())

    def _end_of(self, phrase: _Phrase, words: list[str], start: int, behind: list[int]) -> int:
        """Return the index after a phrase that begins at `start`; 0 if the phrase is not there.

        `behind` has the index of the next word that is no article.
        """
        at = start + 1
        for wanted in phrase.words[1:]:
            if wanted in self._like_articles:
                while at < behind[at] and not _is(words[at], wanted):
                    at += 1
            else:
                at = behind[at]
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


def _forms(word: str) -> tuple[str, ...]:
    one = singular(word)
    return (word,) if one == word else (word, one)


def _is(word: str, wanted: str) -> bool:
    return wanted in (word, singular(word))


def _fits(all_forms: set[str], phrase: _Phrase) -> bool:
    """Whether a sentence has the other words that a phrase needs, and none that it excludes."""
    if not phrase.needs and not phrase.unless:
        return True
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
