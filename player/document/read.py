"""Text to nodes: the only file that knows YAML.

The parser's events are walked under guard instead of being loaded, because loading is what
goes wrong with a file from a stranger: deep nesting crashes the C composer, merge keys blow
up inside the loader, and values change their type. A broken line is blanked and the rest is
read again, so that one typing error does not hide the others.
"""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Problem, Problems, Spot
from player.document.problem import render as render_problem
from player.text import UNSAFE, describe

MAX_BYTES = 256 * 1024
MAX_TEXT = 4_000
MAX_NODES = 20_000
MAX_DEPTH = 24
RETRIES = 5
"""How many broken lines of one file are blanked before reading stops."""

_Parser = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


class Document(NamedTuple):
    """A file as read: its nodes (None where nothing could be read) and its problems so far."""

    path: str
    lines: list[str]
    root: Node | None
    problems: Problems

    def render(self, problem: Problem) -> str:
        """Show one problem of this file with its line and caret."""
        return render_problem(problem, self.lines)


def read_file(path: Path, shown_as: str = "") -> Document:
    """Read one file; whatever is wrong with it is a problem of the document, never an exception."""
    name = shown_as or str(path)
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is not a file"
            return _unreadable(name, f"it {what}" if path.exists() else "there is no such file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad name"
        return _unreadable(name, f"can't read it: {reason.lower()}")
    return read_bytes(data, name)


def read_bytes(data: bytes, path: str) -> Document:
    """Read the bytes of one file."""
    problems = Problems(path)
    if len(data) > MAX_BYTES:
        problems.error(
            "E002", None, f"the file is larger than {MAX_BYTES // 1024} KiB", "split it in two"
        )
        return Document(path, [], None, problems)
    text = _decode(data, problems)
    if text is None:
        return Document(path, [], None, problems)
    lines = text.split("\n")
    if not _characters_are_safe(text, lines, problems):
        return Document(path, lines, None, problems)
    return Document(path, lines, _parse(text, lines, problems), problems)


def _unreadable(path: str, why: str) -> Document:
    problems = Problems(path)
    problems.error("E001", None, why)
    return Document(path, [], None, problems)


def _decode(data: bytes, problems: Problems) -> str | None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[:4].count(0) in {2, 3}:
        problems.error("E003", None, "the file is written in UTF-16", "save it as UTF-8")
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return _unix_lines(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = _unix_lines(data[: error.start].decode("utf-8", "replace"))
        problems.error(
            "E003",
            _spot(before, len(before)),
            f"byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file as UTF-8",
        )
        return None


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


_SHOWN_CHARACTERS = 20
_NBSP_INDENT = re.compile(r"^[ \t]*\xa0", re.MULTILINE)


def _characters_are_safe(text: str, lines: list[str], problems: Problems) -> bool:
    for hit in islice(UNSAFE.finditer(text), _SHOWN_CHARACTERS):
        char = hit.group()
        problems.error(
            "E004", _spot(text, hit.start()), f"{describe(char)} is not allowed", "delete it"
        )
    if "\xa0" in text:
        for hit in islice(_NBSP_INDENT.finditer(text), _SHOWN_CHARACTERS):
            problems.error(
                "E004",
                _spot(text, hit.end() - 1),
                "this line is indented with a non-breaking space",
                "replace it with plain spaces",
            )
    return not problems.has_errors


def _spot(text: str, index: int) -> Spot:
    return Spot(text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1))


def _parse(text: str, lines: list[str], problems: Problems) -> Node | None:
    """Build the nodes; blank a line that can't be parsed and try again."""
    broken: list[tuple[str, Spot, str, str]] = []
    attempt_lines = lines
    while True:
        tries = Problems(problems.path)
        try:
            root = _build(text, tries)
            break
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            line = min(mark.line, len(lines) - 1) if mark else 0
            while line > 0 and not attempt_lines[line].strip():
                line -= 1
            if (
                line
                and _GLUED.match(lines[line - 1][:_LOOKED_AT])
                and "mapping values" in str(error)
            ):
                line -= 1  # the parser took `hold:30s` for the beginning of a long text
            column = mark.column if mark else 0
            broken.append(_explain(error, lines[line][:_LOOKED_AT], line, column))
            if len(broken) > RETRIES or not attempt_lines[line].strip():
                root = None
                break
            attempt_lines = [*attempt_lines[:line], "", *attempt_lines[line + 1 :]]
            text = "\n".join(attempt_lines)
    for code, spot, message, help in broken:
        problems.error(code, spot, message, help)
    problems.muted = bool(broken)
    problems.take(p for p in tries.found if not problems.muted or p.code != "E012")
    return root


def _build(text: str, problems: Problems) -> Node | None:
    """Walk the events of one document. Raises yaml.YAMLError where the text is no YAML."""
    parser = _Parser(text)
    try:
        return _Builder(parser, problems).build()
    finally:
        parser.dispose()


class _Builder:
    """Turns events into nodes and stops at the first limit that is passed."""

    def __init__(self, parser: yaml.CBaseLoader | yaml.BaseLoader, problems: Problems) -> None:
        # Any: the stubs give one type to all events, and an isinstance for each costs too much.
        self.next_event: Callable[[], Any] = parser.get_event
        self.problems = problems

    def build(self) -> Node | None:
        problems = self.problems
        self.next_event()  # the stream starts
        event = self.next_event()
        if type(event) is yaml.StreamEndEvent:
            problems.error("E012", None, "the file is empty", "start with `name:` and `steps:`")
            return None
        root = self._walk()
        if root is None:
            return None
        self.next_event()  # the document ends
        event = self.next_event()
        if type(event) is yaml.DocumentStartEvent:
            problems.error(
                "E010",
                _at(event),
                "a second document starts here; a file holds one routine",
                "remove the `---` line, or put the rest in a file of its own",
            )
        return root

    def _walk(self) -> Node | None:
        """One node with everything in it. Iterative: a file can't choose our stack depth."""
        next_event = self.next_event
        scalar_event, map_event = yaml.ScalarEvent, yaml.MappingStartEvent
        map_end, seq_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        stack: list[Map | Seq] = []
        keys: list[Scalar | None] = []  # the open key of each map on the stack
        items: list[Node] | None = None  # where the next node goes: a list, or the map `here`
        here: Map | None = None
        key: Scalar | None = None
        node: Node
        scalar: Scalar | None
        holder: Map | Seq
        nodes = 0
        while True:
            event = next_event()
            kind = type(event)
            if kind is scalar_event:
                mark, end = event.start_mark, event.end_mark
                line, col = mark.line, mark.column
                # A text over several lines is marked by its first character only.
                span = end.column - col if end.line == line else 1
                node = scalar = Scalar(event.value, line, col, span, event.implicit[0])
                if event.tag is not None or event.anchor is not None:
                    self._refuse(event)
                if len(scalar.text) > MAX_TEXT or event.style == '"':
                    self._look_at(scalar)
            elif kind is map_end or kind is seq_end:
                closed = stack.pop()
                keys.pop()
                if not stack:
                    return closed
                outer, key = stack[-1], keys[-1]
                here, items = (outer, None) if isinstance(outer, Map) else (None, outer.items)
                continue
            elif kind is yaml.AliasEvent:
                node = scalar = self._alias(event)
            else:
                if event.tag is not None or event.anchor is not None:
                    self._refuse(event)
                mark = event.start_mark
                holder = (Map if kind is map_event else Seq)(mark.line, mark.column)
                node, scalar = holder, None
            nodes += 1
            if nodes > MAX_NODES:
                self.problems.error("E007", node, f"the file holds more than {MAX_NODES:,} values")
                return None
            if items is not None:
                items.append(node)
            elif here is None:
                if scalar:
                    return scalar
            elif key is not None:
                if key.width:
                    here.pairs[key.text] = (key, node)
                key = keys[-1] = None
            else:
                key = keys[-1] = self._key(here, scalar) if scalar else self._odd_key(node)
            if not scalar:
                stack.append(holder)
                if len(stack) > MAX_DEPTH:
                    words = f"this is nested more than {MAX_DEPTH} levels deep"
                    self.problems.error("E007", node, words)
                    return None
                keys.append(None)
                key = None
                here, items = (holder, None) if isinstance(holder, Map) else (None, holder.items)

    def _look_at(self, node: Scalar) -> None:
        """Refuse what is too long, and what only an escape in double quotes can bring in."""
        if len(node.text) > MAX_TEXT:
            words = f"this text is longer than {MAX_TEXT} characters"
            self.problems.error("E011", node, words)
        elif hit := UNSAFE.search(node.text):
            words = f"{describe(hit.group())} is not allowed"
            self.problems.error("E004", node, words, "take it out")
            node.text = UNSAFE.sub("\ufffd", node.text)

    def _alias(self, event: Any) -> Scalar:
        width = len(event.anchor) + 1
        self.problems.error(
            "E009",
            _at(event, width),
            f"`*{_short(event.anchor)}` is an alias, which routine files don't have",
            "write the value out, or put quotes round a text that begins with `*`",
        )
        return Scalar("*", event.start_mark.line, event.start_mark.column, width, True)

    def _odd_key(self, node: Node) -> Scalar:
        self.problems.error(
            "E013",
            node,
            "a list or a map can't be a key",
            "put quotes round a text that begins with `[` or `{`",
        )
        return Scalar("", node.line, node.col, 1, False)

    def _key(self, here: Map, key: Scalar) -> Scalar:
        """The key of a pair; one that may not count comes back with width 0."""
        first = here.pairs.get(key.text)
        if first:
            self.problems.error(
                "E008",
                key,
                f"`{_short(key.text)}` appears twice in the same place; only one can count",
                "remove one of them",
                (first[0], "first one is here"),
            )
        elif key.text == "<<" and key.plain:
            self.problems.error(
                "E009", key, "`<<` is a merge key, which routine files don't have", "write it out"
            )
        else:
            return key
        return Scalar(key.text, key.line, key.col, 0, key.plain)

    def _refuse(
        self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
    ) -> None:
        if event.tag is not None:
            self.problems.error(
                "E009",
                _at(event),
                "tags (`!…`) have no meaning in routine files",
                "remove it, or put quotes round a text that begins with `!`",
            )
        if event.anchor is not None:
            self.problems.error(
                "E009",
                _at(event, len(event.anchor) + 1),
                f"`&{_short(event.anchor)}` is an anchor, which routine files don't have",
                "remove it, or put quotes round a text that begins with `&`",
            )


def _at(event: Any, width: int = 1) -> Spot:  # Any: see next_event
    return Spot(event.start_mark.line, event.start_mark.column, width)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"


_LOOKED_AT = 400
"""Characters of a broken line that are looked at: the patterns below are not linear."""

_GLUED = re.compile(r"^[\s-]*[A-Za-z_-]+:[^\s:/][^:]*$")
_SECOND_COLON = re.compile(r"^(?:[\s-]*)[^\s\"'#][^:#]*:\s.*?(:\s)")


def _explain(
    error: yaml.YAMLError, source: str, line: int, column: int
) -> tuple[str, Spot, str, str]:
    """Say what a parser's message means, from the line where it stopped."""
    said = str(getattr(error, "problem", "") or "")
    stripped = source.strip()
    indent = source[: len(source) - len(source.lstrip())]
    if "\t" in indent:
        return (
            "E006",
            Spot(line, source.index("\t")),
            "this line is indented with a tab",
            "replace the tab with two spaces",
        )
    body = stripped.removeprefix("- ").lstrip()
    value = body.split(": ", 1)[1].lstrip() if ": " in body else body
    if "mapping values are not allowed" in said and not _GLUED.match(source):
        second = _SECOND_COLON.search(source)
        at = second.start(1) if second else min(column, len(source))
        return (
            "E005",
            Spot(line, at),
            "there is a second `: ` inside this text",
            "put the whole text in quotes",
        )
    if value[:1] in {"@", "`", "%"}:
        return (
            "E005",
            Spot(line, source.rindex(value)),
            f"a text can't begin with `{value[0]}`",
            "put the whole text in quotes",
        )
    if "escape" in said or "code" in said:
        return (
            "E005",
            Spot(line, min(column, len(source))),
            "a `\\` between double quotes begins an escape, and this one is unknown",
            "use single quotes, or write the `\\` twice",
        )
    if value[:1] in {'"', "'"}:
        return (
            "E005",
            Spot(line, source.rindex(value), len(value)),
            "the quotes round this text don't match",
            "open and close it with the same quotes, and nothing after them",
        )
    if value[:1] in {"{", "["}:
        return (
            "E005",
            Spot(line, source.rindex(value), len(value)),
            f"this `{value[0]}` is not closed, or holds a stray character",
            "close it, and put quotes round a text with a comma, `:` or a bracket in it",
        )
    if re.match(r"^-\S", stripped) and not stripped.startswith("--"):
        return (
            "E005",
            Spot(line, len(indent)),
            "there is no space after the `-`",
            "write `- ` and then the step",
        )
    if "could not find expected ':'" in said or re.search(r"[a-z]:\S", stripped):
        return (
            "E005",
            Spot(line, len(indent), len(stripped)),
            "this line is not `key: value`; a colon needs a space after it",
            "write `key: value`",
        )
    return (
        "E005",
        Spot(line, min(column, max(len(source) - 1, 0))),
        "this line can't be read; its indentation or punctuation does not fit",
        "compare its indentation with the lines around it",
    )
