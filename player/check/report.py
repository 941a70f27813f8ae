"""What `check` finds in files and folders, and how it is printed."""

import gc
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from player.check.loading import open_routine
from player.document.problem import Problem, render
from player.document.read import read_file
from player.routine.library import ENDINGS, Library, read_catalogue_file
from player.routine.terms import SHIPPED
from player.text import safe

CATALOGUE_FOLDER = "exercises"
DATA_FOLDERS = (SHIPPED / "screening", SHIPPED / "learn")
"""The program's own, known by their place: a coach may have folders of these names too."""


class FileReport(NamedTuple):
    """One file that was checked. `lines` are kept only where there is a problem to show."""

    path: str
    problems: tuple[Problem, ...]
    lines: list[str]


def check_paths(paths: Sequence[Path], library: Library) -> list[FileReport]:
    """The problems of every file that `paths` name; folders are looked through."""
    gc.freeze()  # the catalogue stays; it need not be looked through again for every file
    return [_check(file, library) for path in paths for file in files_under(path)]


def files_under(path: Path) -> Iterator[Path]:
    """The files under a path."""
    if not path.is_dir():
        yield path
        return
    yield from (child for child in sorted(path.rglob("*")) if child.suffix.lower() in ENDINGS)


def _check(file: Path, library: Library) -> FileReport:
    if file.parent.name == CATALOGUE_FOLDER:
        document, _ = read_catalogue_file(file, library.catalogue.without(file))
    elif is_data(file):
        from player.check.data import check_data  # a coach's files need none of the screening

        document = read_file(file)
        check_data(document, library.catalogue, file)
    else:
        document = open_routine(file, library.catalogue).document
    problems = tuple(document.problems.in_order())
    return FileReport(document.path, problems, document.lines if problems else [])


def is_data(file: Path) -> bool:
    """Whether a file is the program's own data, and no routine."""
    if file.parent.name not in {folder.name for folder in DATA_FOLDERS}:
        return False
    try:
        return file.resolve().parent in DATA_FOLDERS
    except (OSError, RuntimeError):
        return False


def format_problems(reports: Sequence[FileReport], form: str) -> str:
    """All problems as text with carets, as JSON, or as workflow commands."""
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
    return f"::{problem.severity} {place},title={problem.code}::{words}"
