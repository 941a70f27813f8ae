"""What `check` finds in files and folders, and how it is printed."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from player.check.loading import open_routine
from player.document.problem import Problem
from player.document.read import Document
from player.routine.library import ENDINGS, Library, read_catalogue_file
from player.text import safe

CATALOGUE_FOLDER = "exercises"
SCREENING_FOLDER = "screening"

Checked = list[tuple[Document, list[Problem]]]


def check_paths(paths: Sequence[Path], library: Library) -> Checked:
    """The problems of every file that `paths` name; folders are looked through."""
    return [_check(file, library) for path in paths for file in _files(path)]


def _files(path: Path) -> Iterator[Path]:
    """The files under a path. Screening data is the program's own and checked when it loads."""
    if not path.is_dir():
        yield path
        return
    for child in sorted(path.rglob("*")):
        if child.suffix.lower() in ENDINGS and SCREENING_FOLDER not in child.parts:
            yield child


def _check(file: Path, library: Library) -> tuple[Document, list[Problem]]:
    if file.parent.name == CATALOGUE_FOLDER:
        document, _ = read_catalogue_file(file, library.catalogue.without(file), vetted=False)
        return document, document.problems.in_order()
    opened = open_routine(file, library.catalogue)
    return opened.document, opened.problems


def format_problems(checked: Checked, form: str) -> str:
    """All problems as text with carets, as JSON, or as workflow commands."""
    if form == "json":
        rows = [_row(problem) for _, problems in checked for problem in problems]
        return json.dumps(rows, ensure_ascii=False, indent=1)
    if form == "github":
        return "\n".join(_github(problem) for _, problems in checked for problem in problems)
    return "\n\n".join(
        document.render(problem) for document, problems in checked for problem in problems
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
    }


def _github(problem: Problem) -> str:
    def escaped(text: str, more: str = "") -> str:
        for char in "%\r\n" + more:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    place = f"file={escaped(safe(problem.path), ':,')},line={problem.line},col={problem.col}"
    words = escaped(safe(problem.message + (f" ({problem.help})" if problem.help else "")))
    return f"::{problem.severity} {place},title={problem.code}::{words}"
