"""Problems of a file: their place, their message and fix, and how they are printed."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, Protocol

from player.base.text import UNSAFE, safe, width

ERROR = "error"
WARNING = "warning"
INFO = "info"
"""Information, not a mistake: reported only on request, and never a failure."""
_SUGGESTED_FOR = 1_000
_UNREADABLE = frozenset({"E004", "E009", "E011", "E013"})


class Place(Protocol):
    """Anything with a place in a file. Line and column count from 0."""

    @property
    def line(self) -> int: ...
    @property
    def col(self) -> int: ...
    @property
    def width(self) -> int: ...


class Span(NamedTuple):
    """A place without a node; `width` is in characters."""

    line: int
    col: int
    width: int = 1


class Edit(NamedTuple):
    """A replacement of characters in one line. Line and column count from 1."""

    line: int
    col: int
    width: int
    text: str


class Problem(NamedTuple):
    """One error, warning or piece of information about one place in a file.

    `line` and `col` count from 1; both are 0 for a problem of the whole file. `other` is a
    second place that explains the first: line, column, width, label. `fix` is a possible
    correction, and `known` lists the words that are valid at this place. Neither is applied
    until the whole file has been read again with the change.
    """

    path: str
    line: int
    col: int
    width: int
    code: str
    severity: str
    message: str
    help: str = ""
    other: tuple[int, int, int, str] | None = None
    fix: tuple[Edit, ...] = ()
    known: Collection[str] = ()

    @property
    def is_error(self) -> bool:
        return self.severity == ERROR

    @property
    def is_info(self) -> bool:
        return self.severity == INFO

    def headline(self) -> str:
        """The problem on one line, as compilers print it."""
        where = f"{self.path}:{self.line}:{self.col}" if self.line else self.path
        return safe(f"{where}: {self.severity}[{self.code}]: {self.message}")


class Problems:
    """The problems of one file, collected in one pass.

    `muted`: parts of the file could not be read, so something that seems missing may be there.
    """

    __slots__ = ("_reported", "_unreadable", "found", "hashes", "moved", "muted", "path", "unread")

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Problem] = []
        self.muted = False
        self.unread: set[int] = set()
        """Lines (from 0) that were reported as unreadable. Other problems in them are dropped."""
        self.moved: dict[int, int] = {}
        """By line: how many columns further right it was read than it is written."""
        self.hashes: dict[int, str] = {}
        """Lines that contain ` #`, which may have cut off a text."""
        self._reported: set[tuple[str, int, int]] = set()
        self._unreadable: set[tuple[int, int]] = set()
        """Places of values that can't be read at all. Other problems there are dropped."""

    def error(
        self,
        code: str,
        at: Place | None,
        message: str,
        help: str = "",
        other: tuple[Place, str] | None = None,
        fix: tuple[Edit, ...] = (),
        known: Collection[str] = (),
    ) -> None:
        """Add an error. A second error with the same code at the same place is dropped."""
        self.add(ERROR, code, at, message, help, other, fix, known)

    def warn(
        self,
        code: str,
        at: Place | None,
        message: str,
        help: str = "",
        other: tuple[Place, str] | None = None,
        fix: tuple[Edit, ...] = (),
        known: Collection[str] = (),
    ) -> None:
        """Add a warning."""
        self.add(WARNING, code, at, message, help, other, fix, known)

    def add(
        self,
        severity: str,
        code: str,
        at: Place | None,
        message: str,
        help: str = "",
        other: tuple[Place, str] | None = None,
        fix: tuple[Edit, ...] = (),
        known: Collection[str] = (),
    ) -> None:
        """Add a problem of any severity."""
        line, col, span = (at.line + 1, at.col + 1, max(at.width, 1)) if at else (0, 0, 0)
        second = None
        if other:
            place, label = other
            second = (place.line + 1, place.col + 1, max(place.width, 1), label)
        self._add_once(
            Problem(self.path, line, col, span, code, severity, message, help, second, fix, known)
        )

    def _add_once(self, problem: Problem) -> None:
        if self.unread and problem.line - 1 in self.unread:
            return
        if self.moved:
            problem = self._as_written(problem)
        place = (problem.line, problem.col)
        if (problem.code, *place) in self._reported or place in self._unreadable:
            return
        self._reported.add((problem.code, *place))
        if problem.code in _UNREADABLE:
            self._unreadable.add(place)
        self.found.append(problem)

    def _as_written(self, problem: Problem) -> Problem:
        """Return the problem with the file's own columns, if its line was shifted for reading."""
        col = max(1, problem.col - self.moved.get(problem.line - 1, 0)) if problem.line else 0
        other = problem.other
        if other:
            other = (other[0], max(1, other[1] - self.moved.get(other[0] - 1, 0)), *other[2:])
        fix = problem.fix if all(e.line - 1 not in self.moved for e in problem.fix) else ()
        return problem._replace(col=col, other=other, fix=fix)

    def take(self, more: Iterable[Problem]) -> None:
        """Add problems that were collected separately."""
        for problem in more:
            self._add_once(problem)

    @property
    def has_errors(self) -> bool:
        return any(problem.is_error for problem in self.found)

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """Suggest a similar word. Returns "" in a file with very many problems, to save time."""
        return did_you_mean(word, known) if len(self.found) < _SUGGESTED_FOR else ""

    def errors_since(self, count: int) -> bool:
        """Whether an error was added since there were `count` problems."""
        return len(self.found) > count and any(problem.is_error for problem in self.found[count:])

    def in_order(self) -> list[Problem]:
        """All problems in order of place; those of the whole file come first."""
        return sorted(self.found, key=lambda p: (p.line, p.col, p.severity, p.code))


def render(problem: Problem, lines: list[str]) -> str:
    """Format the problem with its source line, a caret, a second label and a help line."""
    out = [problem.headline()]
    if 0 < problem.line <= len(lines):
        out += _underlined(lines, problem.line, problem.col, problem.width, "^", "")
    if problem.other and problem.other[0] <= len(lines):
        line, col, span, label = problem.other
        second = _underlined(lines, line, col, span, "-", label)
        out += second[1:] if second[0] in out else second  # don't print the same line twice
    if problem.help:
        out.append(f"  = help: {safe(problem.help)}")
    return "\n".join(out)


_SHOWN = 100
"""How many characters of a source line are shown around a caret."""


def _underlined(
    lines: list[str], line: int, col: int, span: int, mark: str, label: str
) -> list[str]:
    text = lines[line - 1]
    start = max(0, col - 1 - _SHOWN // 2) if len(text) > _SHOWN else 0
    shown = _literal(text[start : start + _SHOWN])
    before = width(_literal(text[start : col - 1]))
    under = width(_literal(text[col - 1 : col - 1 + span])[: _SHOWN - before]) or 1
    gutter = " " * len(str(line))
    return [
        f"{line} | {shown}",
        f"{gutter} | {' ' * before}{mark * min(under, _SHOWN)}{' ' + label if label else ''}",
    ]


def _literal(text: str) -> str:
    return UNSAFE.sub("\ufffd", text.replace("\t", " "))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion such as ``did you mean `hold`?``, or an empty string."""
    close = closest(word.lower()[:80], tuple(known))
    return f"did you mean `{close}`?" if close else ""


_ALIKE = 0.6


@lru_cache(maxsize=4096)
def closest(word: str, known: tuple[str, ...], alike: float = _ALIKE) -> str:
    """Return the word of `known` that is most similar to `word`, or an empty string.

    Similarity is the share of letters and letter pairs that both words have. It finds the same as
    difflib in a fortieth of the time, which matters for a file with 9,000 mistakes.
    """
    mine = _features(word)
    best, best_share = "", alike
    for other in known:
        theirs = _features(other)
        share = 2 * len(mine & theirs) / (len(mine) + len(theirs))
        if share > best_share or (share == best_share and not best):
            best, best_share = other, share
    return best


@lru_cache(maxsize=4096)
def _features(word: str) -> frozenset[str]:
    padded = f" {word.lower()} "
    return frozenset(padded).union(map("".join, pairwise(padded)))
