"""The word lists of one language for the search of texts, read from the screening data."""

from collections.abc import Sequence

from player.document.rows import DataRow
from player.routine.pressing.lists import LISTS


class WordList:
    """A list of words and phrases. `word*` matches any ending; a phrase matches word by word."""

    def __init__(self, texts: Sequence[str]) -> None:
        split = [tuple(text.lower().split()) for text in texts]
        self.words = frozenset(p[0] for p in split if len(p) == 1 and not p[0].endswith("*"))
        self.stems = tuple(p[0][:-1] for p in split if len(p) == 1 and p[0].endswith("*"))
        self.phrases = tuple(sorted((p for p in split if len(p) > 1), key=len, reverse=True))
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.phrases:
            self._by_first.setdefault(phrase[0], []).append(phrase)
            self._by_last.setdefault(phrase[-1], []).append(phrase)

    @property
    def starts(self) -> set[str]:
        """The first word of each entry, or what comes before the star in `word*`."""
        return {*self.words, *self.stems, *(phrase[0] for phrase in self.phrases)}

    def __contains__(self, word: str) -> bool:
        return word in self.words or (bool(self.stems) and word.startswith(self.stems))

    def at(self, words: Sequence[str], at: int) -> int:
        """Return how many words the longest match at this index has; 0 if there is none."""
        if at >= len(words):
            return 0
        for phrase in self._by_first.get(words[at], ()):
            if tuple(words[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return int(words[at] in self)

    def may_begin(self, word: str) -> bool:
        """Whether one of the words is this, or one of the phrases begins with it."""
        return word in self or word in self._by_first

    def shortest_at(self, words: Sequence[str], at: int) -> int:
        """Return how many words the shortest match at this index has; 0 if there is none."""
        return int(words[at] in self) or min(
            (
                len(phrase)
                for phrase in self._by_first.get(words[at], ())
                if tuple(words[at : at + len(phrase)]) == phrase
            ),
            default=0,
        )

    def before(self, words: Sequence[str], end: int) -> int:
        """Return how many words the longest match just before this index has; 0 if none."""
        if end <= 0:
            return 0
        for phrase in self._by_last.get(words[end - 1], ()):
            if end >= len(phrase) and tuple(words[end - len(phrase) : end]) == phrase:
                return len(phrase)
        return int(words[end - 1] in self)

    def found_in(self, words: Sequence[str]) -> bool:
        """Whether one of the words or phrases is among `words`."""
        return any(self.at(words, index) for index in range(len(words)))


def _list(row: DataRow, name: str) -> Sequence[str]:
    """Return a list that must be there, but may be empty."""
    return row.any_texts(name) if name in row else row.texts(name)


class Lexicon:
    """The word lists of one language, by the names in `LISTS`. Raises RowError."""

    def __init__(self, row: DataRow) -> None:
        row.only(LISTS)
        self._lists = {name: WordList(_list(row, name)) for name in LISTS}
        self.numbers = {word: n for n, word in enumerate(row.texts("numbers"), 1)}

    def __getitem__(self, name: str) -> WordList:
        return self._lists[name]
