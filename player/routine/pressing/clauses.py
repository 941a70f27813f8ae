"""Finds the words of contact in a sentence, such as `press`, and where its clauses begin."""

from collections.abc import Sequence
from typing import NamedTuple

from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.sentences import Gap, Token


class Mention(NamedTuple):
    """A place that a sentence names, with the index of its first word and of the word after it."""

    place: str
    start: int
    end: int


class Clauses:
    """One sentence in one language. Methods take word indexes; `end` is one past the last."""

    def __init__(self, words: Sequence[Token], spots: Sequence[Mention], lists: Lexicon) -> None:
        self.words = words
        self.texts = [word.text for word in words]
        self.spots = spots
        self.lists = lists
        self.size = len(words)
        self._contacts = [self._is_contact(at) for at in range(self.size)]
        self._cuts = frozenset(at for at in range(self.size) if self._begins_clause(at))

    # Words

    def is_any(self, at: int, *names: str) -> bool:
        """Whether the word is in one of the lists."""
        return any(self.texts[at] in self.lists[name] for name in names)

    def only(self, start: int, end: int, *names: str) -> bool:
        """Whether all these words are articles, part of a place name, or in one of the lists."""
        return all(
            self.names_place_at(at) or self.is_any(at, "articles", *names)
            for at in range(start, end)
        )

    def has(self, start: int, end: int, *names: str) -> bool:
        """Whether these words contain a word or phrase of one of the lists."""
        return any(self.lists[name].found_in(self.texts[start:end]) for name in names)

    def phrase(self, name: str, at: int) -> int:
        """Return the length in words of the list entry that begins here; 0 if none."""
        return self.lists[name].at(self.texts, at)

    def phrase_before(self, name: str, end: int) -> int:
        """Return the length in words of the list entry that ends before `end`; 0 if none."""
        return self.lists[name].before(self.texts, end)

    def presses(self, start: int, end: int, *but: str) -> bool:
        """Whether these words contain a word of contact that is in none of the lists `but`."""
        return any(
            self._contacts[at] and not self.is_any(at, *but)
            for at in range(start, min(end, self.size))
        )

    def is_pressing(self, at: int) -> bool:
        """Whether this word is a word of contact. False after the last word."""
        return at < self.size and self._contacts[at]

    def skip(self, at: int, end: int, *names: str) -> int:
        """Return the first index, up to `end`, of a word that is no article and in no list."""
        while at < end and self.is_any(at, "articles", *names):
            at += 1
        return at

    # Clauses

    def begin_of(self, at: int) -> int:
        """Return where the clause of a word begins."""
        while at > 0 and at not in self._cuts and not self.words[at].gap:
            at -= 1
        return at

    def end_of(self, at: int) -> int:
        """Return where the clause of the word before this one ends."""
        while at < self.size and at not in self._cuts and not self.words[at].gap:
            at += 1
        return at

    def gap(self, at: int) -> Gap:
        """Return what separates a word from the one before. After the last word, it is the end."""
        return self.words[at].gap if at < self.size else Gap.END

    def is_cut(self, at: int) -> bool:
        """Whether a clause begins here, or the sentence is over."""
        return at >= self.size or at in self._cuts or bool(self.words[at].gap)

    def names_place_at(self, at: int) -> bool:
        """Whether a word belongs to the name of a place."""
        return any(spot.start <= at < spot.end for spot in self.spots)

    def names_place(self, start: int, end: int) -> bool:
        """Whether a stretch has the first word of a place."""
        return any(start <= spot.start < end for spot in self.spots)

    def is_limited(self, start: int, end: int) -> bool:
        """Whether these words narrow the advice before them, as `too hard` and `unless` do."""
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

    def _is_contact(self, at: int) -> bool:
        word = self.texts[at]
        if self.names_place_at(at):
            return False
        if word in self.lists["noun_after_article"] and at and self.is_any(at - 1, "articles"):
            return False
        return word in self.lists["contact"] and word not in self.lists["not_contact"]

    def _begins_clause(self, at: int) -> bool:
        """Whether a word here begins a clause: `if`, or `and` with a verb after it."""
        if at and (self.is_any(at, "conditions") or self.phrase("so_not", at)):
            return True
        if self.is_any(at, "works_on"):
            after = self.skip(at + 1, self.size, "subject")
            return self.is_pressing(after) or (
                after < self.size and self.phrase("avoid", after) + self.phrase("leave", after) > 0
            )
        if not self.is_any(at, "cut_before_verb") or (at and self._begins_clause(at - 1)):
            return False
        after = at + 1
        while after < self.size and self.is_any(after, "before_verb"):
            after += 1
        return self.is_pressing(after) or (after < self.size and self.phrase("verbs", after) > 0)
