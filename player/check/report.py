"""Checks files and folders, and formats the problems."""

import gc
import json
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from pathlib import Path
from typing import NamedTuple

from player.base.text import safe
from player.check.lint.every_rule import lint, lint_entries
from player.check.rules import RULES
from player.document.problem import ERROR, Problem, did_you_mean, render
from player.document.read import read_file
from player.library.folders import ENDINGS, Library, holds_exercises, read_catalogue_file
from player.library.opening import open_routine
from player.routine.terms import SHIPPED

DATA_FOLDERS = (SHIPPED / "screening", SHIPPED / "learn")
"""The folders of the program's own data. Full paths: a coach may use the same folder names."""


class FileReport(NamedTuple):
    """The result for one file. `lines` is empty if there is no problem to show."""

    path: str
    problems: tuple[Problem, ...]
    lines: list[str]


class Asked(NamedTuple):
    """The options of `check`. Rules can be raised to errors but never lowered."""

    info: bool = False
    raised: frozenset[str] = frozenset()


_AS_IT_IS = Asked()


def check_paths(
    paths: Sequence[Path], library: Library, asked: Asked = _AS_IT_IS
) -> list[FileReport]:
    """Return the problems of every file in `paths`, including the files in folders."""
    # The data of a file has no reference cycles, so searching for them would only take time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        files = [file for path in paths for file in files_under(path)]
        holds = {folder: _content_of(folder) for folder in {file.parent for file in files}}
        return [_check(file, holds[file.parent], library, asked) for file in files]
    finally:
        if was_on:
            gc.enable()


def raised(codes: Sequence[str]) -> frozenset[str]:
    """The codes to raise to errors. Raises ValueError with a message for an unknown rule."""
    found: set[str] = set()
    for code in codes:
        rule = RULES.get(code.upper())
        if rule is None:
            hint = did_you_mean(code.upper(), RULES) or "they go from L01 to L43."
            raise ValueError(f"there is no rule `{safe(code)[:40]}`; {hint}")
        if not rule.of_file:
            raise ValueError(f"{rule.code} is no rule about a file, so `check` can't find it.")
        found.update(rule.reported_as or (rule.code,))
    return frozenset(found)


def files_under(path: Path) -> Iterator[Path]:
    """The files to check under a path."""
    try:
        is_folder = path.is_dir()
    except OSError:  # such as a name that is too long; reading the file reports it
        is_folder = False
    if not is_folder:
        yield path
        return
    yield from (child for child in sorted(path.rglob("*")) if child.suffix.lower() in ENDINGS)


class _Content(Enum):
    """What the files of a folder describe."""

    ROUTINES = auto()
    EXERCISES = auto()
    DATA = auto()


def _content_of(folder: Path) -> _Content:
    if holds_exercises(folder):
        return _Content.EXERCISES
    return _Content.DATA if _is_data_folder(folder) else _Content.ROUTINES


def _check(file: Path, content: _Content, library: Library, asked: Asked) -> FileReport:
    info = asked.info or bool(asked.raised)
    if content is _Content.EXERCISES:
        document, entries = read_catalogue_file(file, library.catalogue.without(file))
        more = () if document.problems.has_errors else lint_entries(document, entries, info)
    elif content is _Content.DATA:
        from player.check.data import check_data  # a coach's files need no screening data

        document, more = read_file(file), ()
        check_data(document, library.catalogue, file)
    else:
        opened = open_routine(file, library.catalogue)
        document, more = opened.document, lint(opened, info)
    if more:
        document.problems.take(more)
    problems = tuple(document.problems.in_order())
    if info:
        problems = tuple(_as_asked(problems, asked))
    return FileReport(document.path, problems, document.lines if problems else [])


def is_data(file: Path) -> bool:
    """Whether a file is part of the program's own data and not a routine."""
    return _is_data_folder(file.absolute().parent)


def _is_data_folder(folder: Path) -> bool:
    try:
        return folder.absolute().resolve() in DATA_FOLDERS
    except (OSError, RuntimeError):
        return False


def _as_asked(problems: Sequence[Problem], asked: Asked) -> Iterator[Problem]:
    for problem in problems:
        if problem.code in asked.raised:
            yield problem._replace(severity=ERROR)
        elif asked.info or not problem.is_info:
            yield problem


def format_problems(reports: Sequence[FileReport], form: str) -> str:
    """Format all problems as text with carets, as JSON, or as GitHub workflow commands."""
    if form == "json":
        rows = [_row(problem) for report in reports for problem in report.problems]
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if form == "github":
        return "\n".join(_github(problem) for report in reports for problem in report.problems)
    return "\n\n".join(
        render(problem, report.lines) for report in reports for problem in report.problems
    )


def _row(problem: Problem) -> dict[str, object]:
    return {
        "path": safe(problem.path),
        "line": problem.line,
        "column": problem.col,
        "code": problem.code,
        "severity": problem.severity,
        "message": safe(problem.message),
        "help": safe(problem.help),
        "other": _other(problem),
    }


def _other(problem: Problem) -> dict[str, object] | None:
    """The second place of a problem."""
    if problem.other is None:
        return None
    line, column, _, label = problem.other
    return {"line": line, "column": column, "label": safe(label)}


def _github(problem: Problem) -> str:
    def escaped(text: str, more: str = "") -> str:
        for char in "%\r\n" + more:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    place = f"file={escaped(safe(problem.path), ':,')},line={problem.line},col={problem.col}"
    words = escaped(safe(problem.message + (f" ({problem.help})" if problem.help else "")))
    command = "notice" if problem.is_info else problem.severity
    return f"::{command} {place},title={problem.code}::{words}"
