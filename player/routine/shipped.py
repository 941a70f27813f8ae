"""Opens the shipped catalogue quickly: an entry is read when it is first used.

Every start needs the ids and names of all entries but the contents of only a few. Tests check that
this reader agrees with reading the whole file and that the shipped files contain no mistakes.
"""

import re
from functools import partial
from pathlib import Path

from player.document.nodes import Map
from player.document.problem import Problems
from player.document.read import read_bytes
from player.routine.catalogue import Entry, Unread
from player.routine.entries import EntryReader
from player.routine.fields import Fields
from player.routine.figure_reader import read_figure
from player.routine.pose import Drawn, Figure
from player.routine.terms import ScreeningMissing, Terms

_ENTRY = re.compile(r"^([a-z0-9-]+):\n((?:[ #].*\n|\n)+)", re.MULTILINE)
_NAME = re.compile(r'^  name: (?:\{en: "([^"\\]+)", es: "([^"\\]+)"\}|(.+))$', re.MULTILINE)

_FIGURE = "  figure:\n"


def shipped_entries(file: Path, terms: Terms) -> list[Unread]:
    """Return the entries of one shipped file. Raises ScreeningMissing if it can't be read."""
    try:
        text = file.read_text("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        raise _missing(file) from None
    found = []
    for match in _ENTRY.finditer(text if text.endswith("\n") else text + "\n"):
        read = partial(_read, match.group(), file, terms)
        found.append(Unread(match.group(1), _names(match.group(2), file), str(file), read))
    if not found:
        raise _missing(file)
    return found


def _names(body: str, file: Path) -> tuple[str, ...]:
    match = _NAME.search(body)
    if match is None:
        raise _missing(file)
    if match.group(1):
        return (match.group(1), match.group(2))
    document = read_bytes(f"name: {match.group(3)}\n".encode(), str(file))
    if not isinstance(document.root, Map):
        raise _missing(file)
    key, node = document.root.pairs["name"]
    text = Fields(document.problems).text(node, key)
    if text is None:
        raise _missing(file)
    return tuple(text.words.values())


def _read(chunk: str, file: Path, terms: Terms) -> Entry:
    """Read an entry without its figure. The figure is the last key and is read when it is drawn."""
    body, found, figure = chunk.partition(_FIGURE)
    document = read_bytes(body.encode(), str(file))
    problems = Problems(str(file))
    if isinstance(document.root, Map):
        key, node = next(iter(document.root))
        entry = EntryReader(problems, terms, vetted=True, language="en").read(key, node)
        if entry is not None and not problems.has_errors:
            return entry.drawn_as(Drawn(partial(_figure, figure, file))) if found else entry
    raise _missing(file)


def _figure(text: str, file: Path) -> Figure:
    document = read_bytes(f"figure:\n{text}".encode(), str(file))
    if isinstance(document.root, Map):
        fields = Fields(Problems(str(file)))
        figure = read_figure(fields, *document.root.pairs["figure"])
        if figure is not None:
            return figure
    raise _missing(file)


def _missing(file: Path) -> ScreeningMissing:
    return ScreeningMissing(f"the catalogue can't be read ({file.name}); install supple again")
