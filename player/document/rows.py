"""Rows of the program's own data: a map read key by key, closed at the first mistake.

A person who wants to stretch can do nothing about a mistake in these files, so the first one
ends the reading. It carries its place, for whoever writes them.
"""

from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import TypeVar

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Place
from player.document.read import read_file

Choice = TypeVar("Choice", bound=Enum)
Value = TypeVar("Value")


class RowError(Exception):
    """What is wrong with the data, in words.

    `at` is the place in the file `path`; None where one file names something that another does not
    have. `word` is then what can't be found. `missing` is the key that is not there.
    """

    def __init__(
        self, words: str, path: str, at: Place | None, word: str = "", missing: str = ""
    ) -> None:
        super().__init__(words)
        self.path = path
        self.at = at
        self.word = word
        self.missing = missing


class DataRow:
    """One map of the data. Whatever is asked of it raises RowError where it can't be given."""

    def __init__(self, node: Node | None, path: str, what: str, at: Place | None = None) -> None:
        """`what` names the row in messages; `at` is where it should stand."""
        if not isinstance(node, Map):
            raise RowError(f"{what} should be a map", path, node or at)
        self.node = node
        self.path = path
        self.what = what

    def only(self, known: Collection[str]) -> None:
        """Refuse every other key."""
        for key, _ in self.node:
            if key.text not in known:
                raise RowError(f"{self.what} has no key `{key.text}`", self.path, key)

    def __contains__(self, key: str) -> bool:
        return key in self.node.pairs

    def __iter__(self) -> Iterator[str]:
        return iter(self.node.pairs)

    def wrong(self, key: str, words: str) -> RowError:
        """What to raise for the value of `key`, or for the row where it has no such key."""
        return RowError(words, self.path, self.node.get(key) or self.node)

    def wrong_item(self, key: str, word: str, words: str) -> RowError:
        """What to raise for one text of the list under `key`."""
        node = self.node.get(key)
        items = node.items if isinstance(node, Seq) else []
        at = next((i for i in items if isinstance(i, Scalar) and i.text == word), None)
        return RowError(words, self.path, at or node or self.node)

    def text(self, key: str) -> str:
        """A text that must be there."""
        node = self._must(key)
        if not isinstance(node, Scalar):
            raise self.wrong(key, f"`{key}` should be one text")
        return node.text

    def text_or(self, key: str, otherwise: str = "") -> str:
        return self.text(key) if key in self else otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """A list that must be there, of one text or more."""
        node = self._must(key)
        items = node.items if isinstance(node, Seq) else []
        found = tuple(i.text for i in items if isinstance(i, Scalar) and not i.missing)
        if not found or len(found) != len(items):
            raise self.wrong(key, f"`{key}` should be a list of texts")
        return found

    def texts_or(self, key: str) -> tuple[str, ...]:
        """A list of texts; nothing where the key is not there."""
        return self.texts(key) if key in self else ()

    def any_texts(self, key: str) -> tuple[str, ...]:
        """The same, but `[]` may be written too, to show that nothing is meant."""
        node = self.node.get(key)
        return () if isinstance(node, Seq) and not node.items else self.texts_or(key)

    def is_text(self, key: str) -> bool:
        return isinstance(self.node.get(key), Scalar)

    def flag(self, key: str) -> bool:
        """`true`, or not there."""
        if key not in self:
            return False
        if self.text(key) != "true":
            raise self.wrong(key, f"`{key}` is `true` or not there")
        return True

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        text = self.text(key)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise self.wrong(key, f"`{key}` should be a whole number")
        return int(text)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """One word of an enumeration."""
        return self.one_of(key, {str(choice.value): choice for choice in choices})

    def choice_or_none(self, key: str, choices: type[Choice]) -> Choice | None:
        return self.choice(key, choices) if key in self else None

    def one_of(self, key: str, known: Mapping[str, Value]) -> Value:
        """What the word under `key` stands for."""
        word = self.text(key)
        if word not in known:
            words = f"`{word}` can't stand here; one of: {', '.join(known)}"
            raise self.wrong(key, words)
        return known[word]

    def item_of(self, key: str, word: str, known: Mapping[str, Value]) -> Value:
        """What one word of the list under `key` stands for."""
        if word not in known:
            words = f"`{word}` can't stand here; one of: {', '.join(known)}"
            raise self.wrong_item(key, word, words)
        return known[word]

    def row(self, key: str, what: str) -> "DataRow":
        """The map under `key`."""
        return DataRow(self._must(key), self.path, what)

    def rows(self, key: str, what: str) -> list["DataRow"]:
        """The maps of the list under `key`, one or more."""
        node = self._must(key)
        items = node.items if isinstance(node, Seq) else []
        if not items or not all(isinstance(item, Map) for item in items):
            raise self.wrong(key, f"`{key}` should hold maps")
        return [DataRow(item, self.path, what) for item in items]

    def rows_or(self, key: str, what: str) -> list["DataRow"]:
        """The maps of a list; nothing where the key is not there."""
        return self.rows(key, what) if key in self else []

    def all_texts(self) -> dict[str, str]:
        """Every text of the map by its key; lists and maps are left out."""
        return {key: self.text(key) for key in self if isinstance(self.node.get(key), Scalar)}

    def _must(self, key: str) -> Node:
        node = self.node.get(key)
        if node is None:
            raise RowError(f"{self.what} needs `{key}`", self.path, self.node, missing=key)
        if isinstance(node, Scalar) and node.missing:
            raise self.wrong(key, f"`{key}` is empty")
        return node


def read_rows(file: Path, what: str) -> DataRow:
    """The map that a file of the program's own data is. Raises RowError, also for no such file."""
    document = read_file(file)
    if document.problems.has_errors:
        raise RowError(f"{file.name} can't be read", document.path, None)
    return DataRow(document.root, document.path, what)
