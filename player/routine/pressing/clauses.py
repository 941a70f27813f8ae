"""Finds the words of contact in a sentence, such as `press`, and where its clauses begin."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.matches import Matches, Names, back, first_where
from player.routine.pressing.sentences import Gap, Token

_NEAR = 32
"""No rule allows so many words, small ones not counted, between its words and the place."""


class Mention(NamedTuple):
    """A place that a sentence names, with the index of its first word and of the word after it."""

    place: str
    start: int
    end: int


class Clauses(Matches):
    """One sentence in one language. Methods take word indexes; `end` is one past the last."""

    def __init__(self, words: Sequence[Token], spots: Sequence[Mention], lists: Lexicon) -> None:
        super().__init__([word.text for word in words], lists)
        self.words = words
        self.spots = spots
        self._named = [False] * self.size
        for spot in spots:
            self._named[spot.start : spot.end] = [True] * (spot.end - spot.start)
        starts = frozenset(spot.start for spot in spots)
        self._next_spot = first_where([at in starts for at in range(self.size)])
        self._others: dict[Names, list[int]] = {}
        self._only: dict[Names, list[int]] = {}
        self._presses: dict[Names, list[int]] = {}
        self._solid: dict[Names, list[int]] = {}
        self._limits: list[int] | None = None
        self.kept_off: dict[tuple[int, int], bool] = {}
        """By the begin and end of a clause: whether it says to keep off without naming a place."""
        self._contacts = self._find_contacts()
        self._begins = self._find_clauses()
        cuts = [begins or bool(word.gap) for begins, word in zip(self._begins, words, strict=True)]
        self._ends_at = first_where(cuts)
        self._begins_at = [0] * self.size
        for at in range(1, self.size):
            self._begins_at[at] = at if cuts[at] else self._begins_at[at - 1]

    # Words

    def only(self, start: int, end: int, *names: str) -> bool:
        """Whether all these words are articles, part of a place name, or in one of the lists."""
        if names not in self._only:
            small = self.are_any("articles", *names)
            self._only[names] = first_where(
                [not (word or place) for word, place in zip(small, self._named, strict=True)]
            )
        return self._only[names][min(start, self.size)] >= end

    def phrase(self, name: str, at: int) -> int:
        """Return the length in words of the list entry that begins here; 0 if none."""
        return self.lists[name].at(self.texts, at)

    def phrase_before(self, name: str, end: int) -> int:
        """Return the length in words of the list entry that ends before `end`; 0 if none."""
        return self.lists[name].before(self.texts, end)

    def presses(self, start: int, end: int, *but: str) -> bool:
        """Whether these words contain a word of contact that is in none of the lists `but`."""
        return self.next_press(start, *but) < min(end, self.size)

    def next_press(self, at: int, *but: str) -> int:
        """Return the index of the next word of contact that is in none of the lists `but`."""
        if but not in self._presses:
            others = self.are_any(*but)
            self._presses[but] = first_where(
                [word and not other for word, other in zip(self._contacts, others, strict=True)]
            )
        return self._presses[but][min(at, self.size)]

    def is_pressing(self, at: int) -> bool:
        """Whether this word is a word of contact. False after the last word."""
        return at < self.size and self._contacts[at]

    def skip(self, at: int, end: int, *names: str) -> int:
        """Return the first index, up to `end`, of a word that is no article and in no list."""
        return min(self._next_other(at, names), end) if at < end else at

    def near(self, spot: Mention, begin: int, lists: Names, small: Names = ()) -> list[int]:
        """Return where words of `lists` begin, before a place and near enough to be about it.

        Articles and words of the lists `small` do not count as distance.
        """
        if small not in self._solid:
            words = self.are_any("articles", *small)
            self._solid[small] = [at for at, is_small in enumerate(words) if not is_small]
        found = self.starts(lists)
        first = bisect_left(found, max(begin, back(self._solid[small], spot.start, _NEAR)))
        return found[first : bisect_left(found, spot.start)]

    def _next_other(self, at: int, names: Names) -> int:
        if names not in self._others:
            words = self.are_any("articles", *names)
            self._others[names] = first_where([not is_small for is_small in words])
        return self._others[names][min(at, self.size)]

    # Clauses

    def begin_of(self, at: int) -> int:
        """Return where the clause of a word begins."""
        return self._begins_at[at]

    def end_of(self, at: int) -> int:
        """Return where the clause of the word before this one ends."""
        return self._ends_at[at] if at < self.size else at

    def gap(self, at: int) -> Gap:
        """Return what separates a word from the one before. After the last word, it is the end."""
        return self.words[at].gap if at < self.size else Gap.END

    def is_cut(self, at: int) -> bool:
        """Whether a clause begins here, or the sentence is over."""
        return at >= self.size or self._begins[at] or bool(self.words[at].gap)

    def names_place(self, start: int, end: int) -> bool:
        """Whether a stretch has the first word of a place."""
        return self.next_spot(start) < end

    def next_spot(self, at: int) -> int:
        """Return where the next place begins, here or later; the number of words if none."""
        return self._next_spot[min(at, self.size)]

    def is_limited(self, start: int, end: int) -> bool:
        """Whether these words narrow the advice before them, as `too hard` and `unless` do."""
        if self._limits is None:
            self._limits = first_where(self.are_any("restricts", "degrees"))
        if self._limits[min(start, self.size)] >= end:
            return False
        at = start
        while at < end:
            tool = self.skip(at + 1, end)
            if self.is_any(at, "with") and tool < end and self.is_any(tool, "tools", "hands"):
                at = tool + 1  # in `never press it with your thumb`, this narrows nothing
            elif length := self.phrase("also", at):
                at += length
            elif self.is_any(at, "restricts", "degrees"):
                return True
            else:
                at += 1
        return False

    def _find_contacts(self) -> list[bool]:
        """Return for each word whether it is one of contact."""
        contact, not_contact = self.are_any("contact"), self.are_any("not_contact")
        noun, article = self.are_any("noun_after_article"), self.are_any("articles")
        return [
            contact[at]
            and not (not_contact[at] or self._named[at])
            and not (at and noun[at] and article[at - 1])
            for at in range(self.size)
        ]

    def _find_clauses(self) -> list[bool]:
        """Return for each word whether a clause begins at it without a mark before it."""
        conditions, works_on = self.are_any("conditions"), self.are_any("works_on")
        joins = self.are_any("cut_before_verb")
        behind = first_where([not word for word in self.are_any("before_verb")])
        found: list[bool] = []
        for at in range(self.size):
            if at and (conditions[at] or self.phrase("so_not", at)):
                found.append(True)
            elif works_on[at]:
                found.append(self._goes_on_with_verb(self.skip(at + 1, self.size, "subject")))
            else:
                after_cut = bool(at) and found[at - 1]
                begins = joins[at] and not after_cut and self._is_verb(behind[at + 1])
                found.append(begins)
        return found

    def _goes_on_with_verb(self, at: int) -> bool:
        verbs = ("avoid", "leave")
        return self.is_pressing(at) or any(self.phrase(name, at) > 0 for name in verbs)

    def _is_verb(self, at: int) -> bool:
        return self.is_pressing(at) or self.phrase("verbs", at) > 0
