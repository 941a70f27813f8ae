"""Reads text into nodes. No other module uses YAML.

It processes the parser's events itself instead of loading the document, because loading is unsafe
for a file from a stranger: deep nesting crashes the C composer, merge keys explode inside the
loader, and values change their type. A broken line is repaired or left out and the rest is read
again, so that one typing error does not hide the others.
"""

import re
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import Any, NamedTuple

import yaml

from player.base.text import UNSAFE, describe
from player.document.fault import FIRST_LINE, report_fault
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Problem, Problems, Span
from player.document.problem import render as render_problem
from player.document.syntax import Broken, blanked, explain, with_quotes

MAX_BYTES = 256 * 1024
MAX_TEXT = 4_000
MAX_NODES = 20_000
MAX_DEPTH = 24
RETRIES = 30
"""Reading stops after this many broken lines in one file."""
_READ_AGAIN = 1_500_000
"""How many characters may be read again, in total, to find more mistakes after the first."""

_Parser = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader


class Document(NamedTuple):
    """The result of reading a file: its root (None if unreadable) and the problems so far."""

    path: str
    lines: list[str]
    root: Node | None
    problems: Problems

    def render(self, problem: Problem) -> str:
        """Format one problem of this file with its line and a caret."""
        return render_problem(problem, self.lines)


def read_file(path: Path, shown_as: str = "") -> Document:
    """Read one file. Every mistake becomes a problem of the document, never an exception."""
    name = shown_as or str(path)
    try:
        kind = path.stat().st_mode
        if not S_ISREG(kind):
            return _unreadable(name, f"it is {'a folder' if S_ISDIR(kind) else 'not a file'}")
        with path.open(
            "rb", buffering=0
        ) as file:  # the file is read in one go; a buffer would only copy it
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _unreadable(name, "there is no such file")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad name"
        return _unreadable(name, f"can't read it: {reason.lower()}")
    return read_bytes(data, name)


def read_bytes(data: bytes, path: str) -> Document:
    """Read the bytes of one file."""
    problems = Problems(path)
    try:
        return _read_bytes(data, path, problems)
    except Exception as error:
        report_fault(error, problems, FIRST_LINE)
        return Document(path, [], None, problems)


def _read_bytes(data: bytes, path: str, problems: Problems) -> Document:
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
    root = _parse(text, lines, problems)
    if " #" in text:
        problems.hashes = {n: line for n, line in enumerate(lines) if " #" in line}
    return Document(path, lines, root, problems)


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


def _spot(text: str, index: int) -> Span:
    return Span(text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1))


def _parse(text: str, lines: list[str], problems: Problems) -> Node | None:
    """Build the nodes. Repair or blank a line that can't be parsed, and read again."""
    broken: list[Broken] = []
    now, moved, left_out, vague = lines, dict[int, int](), False, False
    while True:
        tries = Problems(problems.path)
        try:
            root = _build(text, tries)
            break
        except yaml.YAMLError as error:
            found = explain(error, now)
        reported = {one.at.line for one in broken}
        if found.at.line in reported or not reported.isdisjoint(found.lines):
            # The repaired lines do not parse either.
            found = found._replace(lines=blanked(now, found), certain=False)
        elif not (found.vague and vague):
            broken.append(found)
            moved |= found.moved
        left_out, vague = left_out or not found.certain, found.vague
        before, now = now, [*now]
        for number, line in found.lines.items():
            now[number] = line
        if now == before or len(broken) * len(text) > _READ_AGAIN or len(broken) > RETRIES:
            root, left_out = _root_of_beginning(now[: found.at.line], tries), True
            break
        text = "\n".join(now)
    for one in broken:
        problems.error(one.code, one.at, one.message, one.help, one.other, one.fix)
    if broken:
        problems.muted = left_out
        problems.unread = {one.at.line for one in broken if one.at.line not in one.moved}
        problems.moved = moved
    for problem in tries.found:
        if problem.code == "E009" and problem.line not in problems.moved:
            edits = with_quotes(lines, problem.line - 1, problem.col - 1)
            problems.take([problem._replace(fix=edits)])
        elif problem.code != "E012" or not problems.muted:
            problems.take([problem])
    return root


def _root_of_beginning(lines: list[str], tries: Problems) -> Node | None:
    """Return the nodes before a line that can't be repaired."""
    tries.found.clear()
    try:
        return _build("\n".join(lines), tries)
    except yaml.YAMLError:
        return None


def _build(text: str, problems: Problems) -> Node | None:
    """Build the nodes of one document. Raises yaml.YAMLError if the text is not YAML."""
    parser = _Parser(text)
    try:
        return _Builder(parser, problems).build()
    finally:
        parser.dispose()


class _Builder:
    """Builds nodes from events and stops at the first exceeded limit."""

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
        """Build one node with its contents, without recursion: a file may be nested deeply."""
        next_event = self.next_event
        scalar_event, map_event = yaml.ScalarEvent, yaml.MappingStartEvent
        map_end, seq_end = yaml.MappingEndEvent, yaml.SequenceEndEvent
        stack: list[Map | Seq] = []
        keys: list[Scalar | None] = []  # the open key of each map on the stack
        items: list[Node] | None = None  # the open list; None while a map is open
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
                # For a text over several lines, only the first character is marked.
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
        """Report a text that is too long, or unsafe characters from an escape in double quotes."""
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
        """Return the key of a pair, with width 0 if the key is not valid."""
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


def _at(event: Any, width: int = 1) -> Span:  # Any: see next_event
    return Span(event.start_mark.line, event.start_mark.column, width)


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
