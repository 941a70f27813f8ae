"""Finds the routines and the catalogues of exercises.

The folders are searched in this order: the shipped routines, the person's own folder, and the
folders of `$SUPPLE_PATH`. Each folder holds routines (`*.yaml`) and may hold a folder `exercises`.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from player.document.problem import Problem
from player.document.read import Document, read_file
from player.routine.catalogue import Catalogue, Entry, lookup_key
from player.routine.entries import read_entries
from player.routine.shipped import shipped_entries
from player.routine.terms import SHIPPED, load_terms

ENDINGS = (".yaml", ".yml")
EXERCISES = "exercises"
"""The name of a folder whose files hold catalogue entries, not routines."""


class Library(NamedTuple):
    """The catalogue, the routine files in order, and the problems of the catalogue files."""

    catalogue: Catalogue
    files: tuple[Path, ...]
    problems: tuple[tuple[Document, Problem], ...] = ()

    def find(self, name: str) -> Path | None:
        """Return the file of the routine with this id, or None."""
        wanted = lookup_key(name)
        for file in self.files:
            if lookup_key(file.stem) == wanted:
                return file
        return None

    @property
    def ids(self) -> list[str]:
        return [file.stem for file in self.files]


class NoSuchHome(Exception):
    """The path of a folder begins with `~` and a user name that this machine does not know."""


def own_folder() -> Path:
    """Return the person's own folder for routines and exercises."""
    from platformdirs import user_data_dir  # only needed here, and slow to import

    return Path(user_data_dir("supple", appauthor=False)) / "routines"


def search_path(environment: str | None = None) -> list[Path]:
    """Return the folders, the shipped one first.

    `environment` replaces the value of `$SUPPLE_PATH`. Raises NoSuchHome.
    """
    value = os.environ.get("SUPPLE_PATH", "") if environment is None else environment
    extra = [_expanded(part) for part in value.split(os.pathsep) if part.strip()]
    return [SHIPPED, own_folder(), *extra]


def _expanded(part: str) -> Path:
    try:
        return Path(part).expanduser()
    except RuntimeError:
        raise NoSuchHome(
            f"SUPPLE_PATH names `{part[:80]}`, but this system knows no home folder for "
            f"`{Path(part).parts[0][:40]}`. Write the whole path of the folder."
        ) from None


def holds_exercises(folder: Path) -> bool:
    """Return whether the files of a folder are read as catalogue entries.

    The folder may be given in any way, such as `.`. A folder of the search path holds routines,
    whatever its name.
    """
    here = folder.absolute()
    try:
        real = here.resolve()
        if EXERCISES not in {here.name, real.name}:
            return False
        return real not in {place.resolve() for place in search_path()}
    except (OSError, RuntimeError):  # a loop of links
        return here.name == EXERCISES


def open_library(folders: Sequence[Path] | None = None) -> Library:
    """Read all catalogues and list all routine files. The routines are not read yet."""
    catalogue = Catalogue(load_terms())
    problems: list[tuple[Document, Problem]] = []
    files: dict[str, Path] = {}
    for folder in search_path() if folders is None else folders:
        vetted = folder == SHIPPED
        for file in _yaml_files(folder / EXERCISES):
            if vetted:
                catalogue = catalogue.joined(shipped_entries(file, catalogue.terms))
                continue
            document, entries = read_catalogue_file(file, catalogue)
            problems += [(document, problem) for problem in document.problems.in_order()]
            catalogue = catalogue.joined(entries)
        for file in _yaml_files(folder):
            files.setdefault(lookup_key(file.stem), file)
    return Library(catalogue, tuple(files.values()), tuple(problems))


def read_catalogue_file(file: Path, catalogue: Catalogue) -> tuple[Document, list[Entry]]:
    """Read one catalogue file of the person. Entries with errors are left out.

    A file with punctuation mistakes yields no entries. A line that could not be read may be the
    one that limits an entry.
    """
    document = read_file(file)
    is_whole = not document.problems.has_errors
    entries = read_entries(document.root, catalogue, document.problems)
    return document, entries if is_whole else []


def _yaml_files(folder: Path) -> Iterator[Path]:
    try:
        found = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError:
        return
    yield from (path for path in found if path.suffix.lower() in ENDINGS and _may_be_file(path))


def _may_be_file(path: Path) -> bool:
    """Whether a path is a file, or can't be looked at. Reading reports the latter."""
    try:
        return path.is_file()
    except OSError:
        return True
