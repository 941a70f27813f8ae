"""Fixes mistakes in a file for `supple check --fix`, if a fix is safe without asking the author.

Each fix is verified: it is accepted only if the whole file, read again, no longer has the problem
and has no new one at its place. Adding a unit to a time must not change the session, and a word is
corrected only if exactly one known word is similar.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from player.base.text import safe
from player.check.replacing import NotReplaced, replace_file
from player.check.report import files_under, is_data
from player.check.spelling import meant
from player.check.written import Written
from player.document.problem import Edit, Problem
from player.document.read import MAX_BYTES, read_bytes
from player.library.folders import Library, holds_exercises
from player.library.opening import open_document
from player.routine.catalogue import Catalogue
from player.routine.entries import read_entries
from player.routine.model import Routine

_UNREADABLE = frozenset({"E001", "E002", "E003", "E004", "E005", "E006", "E007"})
"""With one of these problems, the meaning of the rest of the file is unknown."""

_IDS = frozenset({"E301", "E302"})
"""Problems with the name of an exercise or condition. An id must never become another id."""

_READINGS = 300
_READ_IN_ALL = 2_000_000
"""Limits for fixing one file: how often it is read, and how many bytes in total."""


class Fixed(NamedTuple):
    """One fix that was made, with its original place."""

    path: str
    edit: Edit
    code: str
    was: str

    def line(self) -> str:
        """The fix on one line, in the format of problems."""
        text = self.edit.text
        if not text:
            words = f"took out `{self.was}`"
        elif not self.was:
            words = f"put in `{text}`"
        elif not text.strip():
            words = "put spaces in place of tabs"
        else:
            words = f"`{self.was}` is now `{text}`"
        return safe(f"{self.path}:{self.edit.line}:{self.edit.col}: fixed[{self.code}]: {words}")


class _Read(NamedTuple):
    """The routine in a text, and its problems."""

    problems: list[Problem]
    routine: Routine | None

    @property
    def unreadable(self) -> int:
        return sum(p.code in _UNREADABLE for p in self.problems)


def fix_paths(paths: Sequence[Path], library: Library) -> tuple[list[Fixed], list[str]]:
    """Fix the files under `paths`. Returns the fixes, and the reasons for files left unchanged."""
    done: list[Fixed] = []
    left: list[str] = []
    for file in (file for path in paths for file in files_under(path)):
        try:
            done += _fix_file(file, library)
        except NotReplaced as why:
            left.append(f"{safe(file)}: nothing was fixed; {safe(why)}.")
    return done, left


def _fix_file(file: Path, library: Library) -> list[Fixed]:
    if is_data(file) or not file.is_file():
        return []
    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError:
        return []  # `supple check` reports this file
    fixed_data, fixed = fix_bytes(data, file, library.catalogue)
    if fixed:
        replace_file(file, data, fixed_data)
    return fixed


def fix_bytes(data: bytes, file: Path, catalogue: Catalogue) -> tuple[bytes, list[Fixed]]:
    """Return the fixed data of a file and the fixes.

    Raises NotReplaced for a file that has to be corrected by hand first. Fixing the result again
    changes nothing, because all remaining fixes were tried and rejected.
    """
    written = Written.of(data)
    if written is None:
        return data, []
    if holds_exercises(file.parent):
        catalogue = catalogue.without(file)
    now = _read(written.data, file, catalogue)
    fixed: list[Fixed] = []
    tried: set[tuple[Edit, ...]] = set()
    wanted = _fixable(now, written, tried)
    fixed_since = False
    readings = 0
    while wanted:
        readings += 1
        if readings > _READINGS or readings * len(data) > _READ_IN_ALL:
            raise NotReplaced("it has too many mistakes; mend some of them by hand first")
        batch = _without_overlaps(wanted)
        edits = [edit for _, fix in batch for edit in fix]
        after = written.with_edits(edits)
        then = _read(after.data, file, catalogue)
        if _succeeds(now, then, batch) and _is_unambiguous(batch, written, then, file, catalogue):
            fixed += [
                Fixed(str(file), edit, problem.code, written.at(edit))
                for problem, fix in batch
                for edit in fix
            ]
            written, now, fixed_since = after, then, True
            wanted = _fixable(now, written, tried)
        elif len(batch) > 1:
            wanted = batch[: len(batch) // 2]
        else:
            tried.add(batch[0][1])
            wanted = _fixable(now, written, tried)
        if not wanted and fixed_since:  # a rejected fix may succeed after others
            tried, fixed_since = set(), False
            wanted = _fixable(now, written, tried)
    if fixed and now.unreadable:
        raise NotReplaced("it has a mistake of punctuation that has to be mended by hand first")
    return written.data, fixed


_Wanted = list[tuple[Problem, tuple[Edit, ...]]]


def _read(data: bytes, file: Path, catalogue: Catalogue) -> _Read:
    document = read_bytes(data, str(file))
    if holds_exercises(file.parent):
        read_entries(document.root, catalogue, document.problems)
        return _Read(document.problems.in_order(), None)
    opened = open_document(document, catalogue)
    return _Read(opened.problems, opened.routine)


def _fixable(now: _Read, written: Written, tried: set[tuple[Edit, ...]]) -> _Wanted:
    """The problems that may have a fix, each with its edits."""
    found: _Wanted = []
    for problem in now.problems:
        edits = problem.fix or _respelling(problem, written)
        if edits and edits not in tried:
            found.append((problem, edits))
    return found


def _respelling(problem: Problem, written: Written) -> tuple[Edit, ...]:
    """The edit that corrects a misspelt word, if only one word can be meant."""
    if not problem.known or not problem.line:
        return ()
    edit = Edit(problem.line, problem.col, problem.width, "")
    was = written.at(edit)
    quote = was[0] if len(was) > 1 and was[0] in {"'", '"'} and was[-1] == was[0] else ""
    word = meant(was.strip("'\""), problem.known, problem.code in _IDS)
    return (edit._replace(text=f"{quote}{word}{quote}"),) if word else ()


def _without_overlaps(wanted: _Wanted) -> _Wanted:
    """Drop every fix that overlaps an earlier one."""
    batch: _Wanted = []
    taken: dict[int, list[tuple[int, int]]] = {}
    for problem, edits in wanted:
        spans = [(e.line, e.col, e.col + max(e.width, 1)) for e in edits]
        if any(a < end and col < b for ln, col, end in spans for a, b in taken.get(ln, ())):
            continue
        batch.append((problem, edits))
        for line, col, end in spans:
            taken.setdefault(line, []).append((col, end))
    return batch


def _succeeds(before: _Read, after: _Read, batch: _Wanted) -> bool:
    """Whether the problems are gone and their places have no new ones."""
    if after.unreadable > before.unreadable:
        return False
    removed = Counter((p.code, p.line, p.message) for p, _ in batch)
    had = Counter((p.code, p.line, p.message) for p in before.problems)
    has = Counter((p.code, p.line, p.message) for p in after.problems)
    if any(has[place] > had[place] - count for place, count in removed.items()):
        return False
    known = {(p.code, p.message) for p in before.problems}
    edits: dict[int, list[Edit]] = {}
    for _, fix in batch:
        for edit in fix:
            edits.setdefault(edit.line, []).append(edit)
    for problem in after.problems:
        if not problem.is_error or (problem.code, problem.message) in known:
            continue
        if any(_touches(problem, edit) for edit in edits.get(problem.line, ())):
            return False
    if all(p.code == "W202" for p, _ in batch) and before.routine != after.routine:
        return False
    return not before.routine or after.routine is not None


def _touches(problem: Problem, edit: Edit) -> bool:
    """Whether a problem touches the inserted text."""
    end = edit.col + len(edit.text)
    return problem.col <= end and edit.col <= problem.col + problem.width


def _is_unambiguous(
    batch: _Wanted, written: Written, then: _Read, file: Path, catalogue: Catalogue
) -> bool:
    """Whether a file with tabs means the same for every usual width of a tab."""
    tabs = [edit for problem, fix in batch if problem.code == "E006" for edit in fix]
    if not tabs:
        return True
    others = [edit for problem, fix in batch if problem.code != "E006" for edit in fix]
    for wide in (4, 8):
        wider = [e._replace(text=written.at(e).replace("\t", " " * wide)) for e in tabs]
        other = _read(written.with_edits([*others, *wider]).data, file, catalogue)
        if not other.unreadable and _meaning(other) != _meaning(then):
            return False
    return True


def _meaning(read: _Read) -> tuple[Routine | None, list[tuple[str, int]]]:
    return read.routine, [(p.code, p.line) for p in read.problems]
