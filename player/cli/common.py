"""Helpers for all commands: errors, printing, and finding a routine."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from player.base.text import escape_json, safe

if TYPE_CHECKING:
    from player.library.folders import Library
    from player.library.opening import Opened
    from player.routine.model import Routine
    from player.session.timeline import Timeline

PICKS = ("low", "middle", "high")


class Stop(Exception):
    """Ends a command with exit code 1. The message is one or two plain sentences for stderr."""


class WrongUse(Exception):
    """Ends a command with exit code 2, because its arguments are wrong."""


class Command(NamedTuple):
    """A command: the function that runs it, its help text, and its arguments."""

    run: Callable[[argparse.Namespace], int]
    help: str
    add_arguments: Callable[[argparse.ArgumentParser], None]


def languages() -> tuple[str, ...]:
    """Return the languages of the person who runs the command."""
    from player.base.locale import languages as of

    return of(os.environ)


def find(library: "Library", name: str) -> Path:
    """Return the file for a name or path on the command line. Raises Stop."""
    looks_like_path = name.lower().endswith((".yaml", ".yml")) or os.sep in name or "/" in name
    if not looks_like_path and (found := library.find(name)):
        return found
    if looks_like_path or Path(name).is_file():
        from player.library.folders import holds_exercises

        if holds_exercises(Path(name).parent):
            raise Stop(
                f"`{safe(name)[:80]}` is for exercises, not for a routine. `supple check` reports "
                "what is wrong with it; `supple show ID` shows one exercise."
            )
        return Path(name)
    from player.document.problem import did_you_mean
    from player.library.row import find_by_title

    if found := find_by_title(library, name):
        return found
    hint = did_you_mean(name, library.ids) or "`supple list` shows all routines."
    raise Stop(f"There is no routine `{safe(name)[:80]}`; {hint}")


def open_named(library: "Library", name: str, to_play: bool = False, does: str = "") -> "Opened":
    """Open a routine by name or path. Raises Stop if it has errors, after printing all of them."""
    from player.library.opening import open_routine

    path = find(library, name)
    if to_play:
        from player.check.playable import open_to_play

        opened = open_to_play(path, library.catalogue)
    else:
        opened = open_routine(path, library.catalogue)
    if opened.routine is None or opened.timeline is None:
        say(opened.report())
        for _, problem in library.problems:  # an exercise may be missing because of its own file
            say(problem.headline())
        does = does or ("not played" if to_play else "neither shown nor played")
        raise Stop(f"This file has errors, so it is {does}.")
    return opened


def picture(routine: "Routine", timeline: "Timeline") -> Iterator[str]:
    """Return the picture of a session, fitted to the width and the encoding of the output."""
    from shutil import get_terminal_size

    from player.library.row import Row
    from player.plain.output import wrapped
    from player.show.picture import glyphs_for, picture_lines

    columns, glyphs = get_terminal_size().columns, glyphs_for(sys.stdout.encoding)
    row = Row(routine, timeline)
    for line in picture_lines(row, timeline, languages(), columns, glyphs):
        yield from wrapped(safe(line), columns) or [""]


def known_people() -> list[str]:
    """Return the names of everybody in the history. The person who played last comes first."""
    from player.history.people import people
    from player.history.refused import may_be_kept
    from player.history.store import default_path, open_store

    if not may_be_kept(default_path()):
        return []
    with open_store() as store:
        return [person.name for person in people(store)]


def person_to_play(name: str) -> str:
    """Return the name that `--person` means, for a known or a new person. Raises WrongUse."""
    from player.history.names import NotAName, read_name

    try:
        return read_name(name, known_people())
    except NotAName as why:
        raise WrongUse(str(why).removesuffix(".")) from None


def person_known(name: str) -> str:
    """Return the name of the known person that `--person` means. Raises Stop and WrongUse."""
    here = known_people()
    same = person_to_play(name)
    if same not in here:
        listed = f"Known here: {', '.join(map(safe, here))}." if here else "Nobody has played yet."
        raise Stop(f"Nobody called `{same}` is known here. {listed}")
    return same


def print_lines(lines: Iterable[str]) -> None:
    print("\n".join(safe(line) if line.strip() else line for line in lines))


def print_json(value: object) -> None:
    import json

    print(escape_json(json.dumps(value, ensure_ascii=False, indent=1)))


def say(text: str) -> None:
    print(text, file=sys.stderr)
