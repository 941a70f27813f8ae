"""Reads the program's own data, map by map, and stops at the first mistake.

A person who wants to stretch can't correct these files, so one mistake makes the whole file
unusable. The error carries its place for the people who write the files.
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
    """A mistake in the program's own data.

    `at` is its place in the file `path`; None if the row uses a name that another file does
    not define; `word` is then that name. `missing` is a required key that the row lacks.
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
    """One map of the data. Its methods raise RowError for a missing or wrong value."""

    def __init__(self, node: Node | None, path: str, what: str, at: Place | None = None) -> None:
        """`what` names the row in messages; `at` is the place to report if there is no row."""
        if not isinstance(node, Map):
            raise RowError(f"{what} should be a map", path, node or at)
        self.node = node
        self.path = path
        self.what = what

    def only(self, known: Collection[str]) -> None:
        """Raise RowError for any other key."""
        for key, _ in self.node:
            if key.text not in known:
                raise RowError(f"{self.what} has no key `{key.text}`", self.path, key)

    def __contains__(self, key: str) -> bool:
        return key in self.node.pairs

    def __iter__(self) -> Iterator[str]:
        return iter(self.node.pairs)

    def wrong(self, key: str, words: str) -> RowError:
        """Return an error for the value of `key`, or for the row if it has no such key."""
        return RowError(words, self.path, self.node.get(key) or self.node)

    def wrong_item(self, key: str, word: str, words: str) -> RowError:
        """Return an error for one text of the list under `key`."""
        node = self.node.get(key)
        items = node.items if isinstance(node, Seq) else []
        at = next((i for i in items if isinstance(i, Scalar) and i.text == word), None)
        return RowError(words, self.path, at or node or self.node)

    def text(self, key: str) -> str:
        """Return a required text."""
        node = self._must(key)
        if not isinstance(node, Scalar):
            raise self.wrong(key, f"`{key}` should be one text")
        return node.text

    def text_or(self, key: str, otherwise: str = "") -> str:
        return self.text(key) if key in self else otherwise

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a required list of at least one text."""
        node = self._must(key)
        items = node.items if isinstance(node, Seq) else []
        found = tuple(i.text for i in items if isinstance(i, Scalar) and not i.missing)
        if not found or len(found) != len(items):
            raise self.wrong(key, f"`{key}` should be a list of texts")
        return found

    def texts_or(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty if the key is missing."""
        return self.texts(key) if key in self else ()

    def any_texts(self, key: str) -> tuple[str, ...]:
        """The same, but `[]` is also allowed, to state that the list is empty on purpose."""
        node = self.node.get(key)
        return () if isinstance(node, Seq) and not node.items else self.texts_or(key)

    def is_text(self, key: str) -> bool:
        return isinstance(self.node.get(key), Scalar)

    def flag(self, key: str) -> bool:
        """Return whether the key is there. Its value must be `true`."""
        if key not in self:
            return False
        if self.text(key) != "true":
            raise self.wrong(key, f"`{key}` is `true` or not there")
        return True

    def number(self, key: str) -> int:
        """Return a required whole number."""
        text = self.text(key)
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise self.wrong(key, f"`{key}` should be a whole number")
        return int(text)

    def choice(self, key: str, choices: type[Choice]) -> Choice:
        """Return one member of an enumeration."""
        return self.one_of(key, {str(choice.value): choice for choice in choices})

    def choice_or_none(self, key: str, choices: type[Choice]) -> Choice | None:
        return self.choice(key, choices) if key in self else None

    def one_of(self, key: str, known: Mapping[str, Value]) -> Value:
        """Return the value in `known` for the word under `key`."""
        word = self.text(key)
        if word not in known:
            words = f"`{word}` can't stand here; one of: {', '.join(known)}"
            raise self.wrong(key, words)
        return known[word]

    def item_of(self, key: str, word: str, known: Mapping[str, Value]) -> Value:
        """Return the value in `known` for one word of the list under `key`."""
        if word not in known:
            words = f"`{word}` can't stand here; one of: {', '.join(known)}"
            raise self.wrong_item(key, word, words)
        return known[word]

    def row(self, key: str, what: str) -> "DataRow":
        """Return the map under `key`."""
        return DataRow(self._must(key), self.path, what)

    def rows(self, key: str, what: str) -> list["DataRow"]:
        """Return the maps of the list under `key`; at least one."""
        node = self._must(key)
        items = node.items if isinstance(node, Seq) else []
        if not items or not all(isinstance(item, Map) for item in items):
            raise self.wrong(key, f"`{key}` should hold maps")
        return [DataRow(item, self.path, what) for item in items]

    def rows_or(self, key: str, what: str) -> list["DataRow"]:
        """Return the maps of a list; empty if the key is missing."""
        return self.rows(key, what) if key in self else []

    def all_texts(self) -> dict[str, str]:
        """Return every text of the map by its key. Lists and maps are left out."""
        return {key: self.text(key) for key in self if isinstance(self.node.get(key), Scalar)}

    def _must(self, key: str) -> Node:
        node = self.node.get(key)
        if node is None:
            raise RowError(f"{self.what} needs `{key}`", self.path, self.node, missing=key)
        if isinstance(node, Scalar) and node.missing:
            raise self.wrong(key, f"`{key}` is empty")
        return node


def read_rows(file: Path, what: str) -> DataRow:
    """Return the map in a file of the program's data. Raises RowError, also for a missing file."""
    document = read_file(file)
    if document.problems.has_errors:
        raise RowError(f"{file.name} can't be read", document.path, None)
    return DataRow(document.root, document.path, what)
