"""Reads values from nodes: texts in several languages, words of the format, and lists of them."""

import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TypeVar

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Edit, Problems, Span, closest
from player.document.syntax import quoted
from player.routine.model import Source, Text

Word = TypeVar("Word", bound=StrEnum)

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ID = re.compile(r"[a-z0-9_-]+")


def same_id(word: str) -> str:
    """Normalise an id for comparison: `_` and `-` are equal."""
    return word.replace("_", "-")


def is_id(word: str) -> bool:
    """Whether the key of a step looks like a key or an id, not like a name."""
    return _ID.fullmatch(word) is not None


def short(text: str, most: int = 40) -> str:
    """Return `text` on one line, cut to `most` characters for a message."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


class Fields:
    """Reads values and reports what is wrong. `language` is the language of plain texts."""

    __slots__ = ("language", "problems")

    def __init__(self, problems: Problems, language: str = "en") -> None:
        self.problems = problems
        self.language = language

    def scalar(self, node: Node | None, at: Scalar, what: str) -> Scalar | None:
        """Return the text under the key `at`; None with an error for a list, a map or no value."""
        if isinstance(node, Scalar) and not node.missing:
            return node
        if self.lost(node):
            return None
        if node is None or isinstance(node, Scalar):
            self.problems.error("E104", at, f"`{short(at.text)}` is empty; it should be {what}")
        else:
            found = "list" if isinstance(node, Seq) else "map"
            self.problems.error("E103", at, f"`{short(at.text)}` should be {what}, not a {found}")
        return None

    def lost(self, node: Node | None) -> bool:
        """Whether a value may be empty only because one of its lines could not be read."""
        return self.problems.muted and (node is None or (isinstance(node, Scalar) and node.missing))

    def plain(self, node: Node | None, at: Scalar, what: str = "a text") -> str:
        scalar = self.scalar(node, at, what)
        return short(scalar.text, 4_000) if scalar else ""

    def text(self, node: Node | None, at: Scalar) -> Text | None:
        """Read a text, or a map from language to text."""
        if isinstance(node, Scalar) and not node.missing:
            if self.problems.hashes:
                self.cut_short(node)
            return Text({self.language: node.text.strip()})
        if not isinstance(node, Map):
            self.scalar(node, at, "a text, or texts by language such as {en: …, es: …}")
            return None
        words: dict[str, str] = {}
        for key, value in node:
            if not self._is_language(key):
                continue
            if scalar := self.scalar(value, key, "a text"):
                if self.problems.hashes:
                    self.cut_short(scalar)
                words[key.text] = scalar.text.strip()
        if words:
            return Text(words)
        if not node.pairs:
            self.problems.error("E104", at, f"`{short(at.text)}` is empty; it should be a text")
        return None

    def _is_language(self, key: Scalar) -> bool:
        if _LANGUAGE.fullmatch(key.text):
            return True
        self.problems.error(
            "E109",
            key,
            f"`{short(key.text)}` is no language",
            "languages are written `en`, `es`, `pt-BR`; put quotes round a text with `: `",
        )
        return False

    def cut_short(self, node: Scalar, fix: tuple[Edit, ...] = ()) -> None:
        """Warn of a text that is cut off at ` #`. Two spaces before the `#` mark a real comment."""
        hit = cut_by_hash(node, self.problems.hashes)
        if hit is None:
            return
        comment, quotes = hit
        self.problems.warn(
            "W110",
            comment,
            "this `#` begins a comment, so the text ends before it",
            "put the whole text in quotes, or write a comment as `  # …`, behind two spaces",
            other=(node, "all that is left of the text"),
            fix=fix or (quotes,),
        )

    def texts(self, node: Node | None, at: Scalar) -> tuple[Text, ...]:
        """Read a list of texts, or a map from language to list. A single text is a list of one.

        The lists of all languages are translations line by line, so they must have the same length.
        """
        if isinstance(node, Map) and any(isinstance(value, Seq) for _, value in node):
            return self._lists(node)
        nodes = node.items if isinstance(node, Seq) else [node]
        found = [self.text(item, _at(item, at)) for item in nodes]
        return tuple(text for text in found if text)

    def _lists(self, node: Map) -> tuple[Text, ...]:
        lists: dict[str, list[str]] = {}
        for key, value in node:
            if not self._is_language(key):
                continue
            lines = self.texts(value, key)
            lists[key.text] = [line.pick() for line in lines]
            first = next(iter(lists.values()))
            if len(lines) != len(first):
                if not self.problems.muted:  # otherwise an unreadable line may be missing
                    self.problems.error(
                        "E111",
                        key,
                        f"`{key.text}` has {len(lines)} lines and the first language {len(first)}",
                        "the same lines in the same order in each language",
                    )
                return ()
        return tuple(
            Text(dict(zip(lists, lines, strict=True)))
            for lines in zip(*lists.values(), strict=True)
        )

    def word(self, node: Node | None, at: Scalar, words: type[Word]) -> Word | None:
        """Read one word of the format."""
        if isinstance(node, Scalar):
            found = words._value2member_map_.get(same_id(node.text.strip().lower()))
            if isinstance(found, words):
                return found
        options = [word.value for word in words]
        scalar = self.scalar(node, at, f"one of: {', '.join(options)}")
        if not scalar:
            return None
        wanted = same_id(scalar.text.strip().lower())
        self.problems.error(
            "E104",
            scalar,
            f"`{short(scalar.text)}` is no {words.__name__.lower()}",
            self.problems.did_you_mean(wanted, options) or f"one of: {', '.join(options)}",
            known=options,
        )
        return None

    def words(self, node: Node | None, at: Scalar, words: type[Word]) -> frozenset[Word]:
        """Read a list of words of the format; a single word is a list of one."""
        found = (self.word(item, _at(item, at), words) for item in self._items(node, at))
        return frozenset(word for word in found if word is not None)

    def ids(
        self, node: Node | None, at: Scalar, known: Collection[str], what: str
    ) -> frozenset[str]:
        """Read a list of ids, each of which must be known."""
        found = set()
        for scalar in self.scalars(node, at, f"a {what}"):
            name = scalar.text.strip().replace("-", "_")
            dashed = same_id(name)
            if name in known or dashed in known:
                found.add(name if name in known else dashed)
            else:
                self.problems.error(
                    "E302",
                    scalar,
                    f"there is no {what} `{short(scalar.text)}`",
                    self.problems.did_you_mean(name, sorted(known))
                    or "`supple screen --help` tells where they are listed",
                    known=known,
                )
        return frozenset(found)

    def free_words(self, node: Node | None, at: Scalar) -> tuple[str, ...]:
        """Read a list of short texts in one language, such as tags."""
        return tuple(short(scalar.text, 200) for scalar in self.scalars(node, at, "a text"))

    def scalars(self, node: Node | None, at: Scalar, what: str) -> list[Scalar]:
        """Read a list of texts with their places."""
        found = [self.scalar(item, _at(item, at), what) for item in self._items(node, at)]
        return [scalar for scalar in found if scalar]

    def flag(self, node: Node | None, at: Scalar) -> bool:
        scalar = self.scalar(node, at, "true or false")
        if scalar and scalar.text.strip().lower() not in {"true", "false"}:
            self.problems.error("E104", scalar, f"`{short(at.text)}` should be true or false")
        return bool(scalar and scalar.text.strip().lower() == "true")

    def sources(self, node: Node | None, at: Scalar) -> tuple[Source, ...]:
        """Read a list of sources: titles, or maps with title, year, doi, url and supports."""
        found = []
        for item in self._items(node, at):
            if isinstance(item, Map):
                if source := self._source(item, at):
                    found.append(source)
            elif scalar := self.scalar(item, _at(item, at), "a title, or a map with `title`"):
                found.append(Source(short(scalar.text, 400)))
        return tuple(found)

    def _source(self, node: Map, at: Scalar) -> Source | None:
        values: dict[str, str] = {}
        for key, value in node:
            if key.text in Source._fields:
                values[key.text] = self.plain(value, key)
            else:
                self.unknown(key, Source._fields, "a source")
        unread = node.pairs.keys() - set(Source._fields)
        if not values.get("title") and not unread:
            self.problems.error("E102", node, "this source has no `title`")
        if not values.get("title"):
            return None
        return Source(**values)

    def unknown(self, key: Scalar, known: Collection[str], where: str, help: str = "") -> None:
        """Report a key that is not allowed here."""
        self.problems.error(
            "E101",
            key,
            f"{where} has no key `{short(key.text)}`",
            help
            or self.problems.did_you_mean(key.text, sorted(known))
            or f"known here: {', '.join(sorted(known))}",
            known=() if help else known,
        )

    def missing(
        self, at: Map | Scalar, key: str, where: str, unknown: Collection[str] = ()
    ) -> None:
        """Report a required key that is missing, unless a part of the file could not be read.

        `unknown`: keys that were already reported; one of them may be the missing key, misspelt.
        """
        is_there = any(closest(word.lower()[:80], (key,)) for word in unknown)
        if not self.problems.muted and not is_there:
            self.problems.error("E102", at, f"{where} needs `{key}:`")

    def _items(self, node: Node | None, at: Scalar) -> list[Node | None]:
        if isinstance(node, Seq):
            return list(node.items)
        if isinstance(node, Scalar) and node.plain and "," in node.text:
            return list(_split(node))
        return [node]


def cut_by_hash(node: Scalar, lines: dict[int, str]) -> tuple[Span, Edit] | None:
    """Return the unintended comment that cuts off a text, and a fix that quotes the whole text.

    An intended comment has two spaces before its `#`, or at least one space after it.
    """
    line = lines.get(node.line)
    if line is None or not node.plain:
        return None
    end = node.col + node.width
    behind = line[end:]
    comment = behind.lstrip(" ")
    spaces = len(behind) - len(comment)
    if not spaces or comment[:1] != "#" or comment.rstrip() == "#":
        return None
    if spaces > 1 and comment[1:2] in {" ", "#"}:
        return None
    text = line[node.col :].rstrip()
    return (
        Span(node.line, end + spaces, len(comment.rstrip())),
        Edit(node.line + 1, node.col + 1, len(text), quoted(text)),
    )


def _split(node: Scalar) -> Iterator[Scalar]:
    """Split `a, b` into two texts with their places."""
    col = node.col
    for piece in node.text.split(","):
        text = piece.strip()
        before = len(piece) - len(piece.lstrip())
        yield Scalar(text, node.line, col + before, max(len(text), 1), True)
        col += len(piece) + 1


def _at(item: Node | None, key: Scalar) -> Scalar:
    """Where to report a wrong item: at its place, under the name of the key."""
    if item is None:
        return key
    return Scalar(key.text, item.line, item.col, item.width, True)
