"""Finds the words of the lists in one text. A question about any stretch takes constant time.

A file from a stranger may hold a text of thousands of words. Looking through the same words again
for each place that they name would take time that grows with the square of the length.
"""

from bisect import bisect_left
from collections.abc import Sequence

from player.routine.pressing.lexicon import Lexicon

Names = tuple[str, ...]
"""Names of word lists."""


class Matches:
    """The words of one text in one language. All methods take indexes of its words."""

    def __init__(self, texts: Sequence[str], lists: Lexicon) -> None:
        self.texts = texts
        self.lists = lists
        self.size = len(texts)
        self._different = frozenset(texts)
        self._lengths: dict[str, list[int]] = {}
        self._ends: dict[str, list[int]] = {}
        self._starts: dict[str, list[int]] = {}
        self._places: dict[Names, list[int]] = {}

    def is_any(self, at: int, *names: str) -> bool:
        """Whether the word is in one of the lists."""
        word = self.texts[at]
        return any(word in self.lists[name] for name in names)

    def has(self, start: int, end: int, *names: str) -> bool:
        """Whether a stretch has a word or phrase of one of the lists."""
        last = min(end, self.size)
        return any(self.first_end(name, start) <= last for name in names)

    def first_end(self, name: str, start: int) -> int:
        """Return the earliest end of all matches that begin at `start` or later."""
        if name not in self._ends:
            lengths = self._shortest(name)
            ends = [self.size + 1] * (self.size + 1)
            for at in reversed(range(self.size)):
                ends[at] = min(ends[at + 1], at + lengths[at]) if lengths[at] else ends[at + 1]
            self._ends[name] = ends
        return self._ends[name][min(start, self.size)]

    def first_start(self, name: str, start: int) -> int:
        """Return where the next match begins, at `start` or later; the number of words if none."""
        if name not in self._starts:
            self._starts[name] = first_where(self._shortest(name))
        return self._starts[name][min(start, self.size)]

    def last_before(self, end: int, name: str) -> int:
        """Return where the last match begins before `end`; -1 if there is none."""
        found = self.starts((name,))
        index = bisect_left(found, end)
        return found[index - 1] if index else -1

    def starts(self, names: Names) -> list[int]:
        """Return where words and phrases of these lists begin, in order."""
        if names not in self._places:
            lengths = zip(*(self._shortest(name) for name in names), strict=True)
            self._places[names] = [at for at, here in enumerate(lengths) if any(here)]
        return self._places[names]

    def _shortest(self, name: str) -> list[int]:
        """Return how many words the shortest match at each index has; 0 where there is none."""
        if name not in self._lengths:
            words = self.lists[name]
            starts = {word for word in self._different if words.may_begin(word)}
            self._lengths[name] = [
                words.shortest_at(self.texts, at) if word in starts else 0
                for at, word in enumerate(self.texts)
            ]
        return self._lengths[name]

    def are_any(self, *names: str) -> list[bool]:
        """Return for each word whether it is in one of the lists."""
        lists = [self.lists[name] for name in names]
        listed = {word for word in self._different if any(word in words for words in lists)}
        return [word in listed for word in self.texts]


def first_where(flags: Sequence[object]) -> list[int]:
    """Return for each index the first set flag from there on; the length if none is set."""
    size = len(flags)
    found = [size] * (size + 1)
    for at in reversed(range(size)):
        found[at] = at if flags[at] else found[at + 1]
    return found


def back(places: Sequence[int], at: int, count: int) -> int:
    """Return the entry of the sorted `places` that is `count` before `at`; 0 if there are fewer."""
    before = bisect_left(places, at)
    return places[before - count] if before >= count else 0
