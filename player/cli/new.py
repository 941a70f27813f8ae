"""`supple new` asks plain questions and writes a new routine. It never overwrites a file."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from player.authoring.composing import (
    LONGEST_MIN,
    LONGEST_NAME,
    NO_NAME,
    SHORTEST_MIN,
    Sort,
    Wanted,
    compose,
    is_name,
)
from player.base.text import safe
from player.check.report import is_data
from player.document.problem import did_you_mean
from player.library.folders import EXERCISES, holds_exercises
from player.routine.catalogue import Catalogue
from player.routine.times import clock
from player.routine.vocabulary import EQUIPMENT, Level, Region

_T = TypeVar("_T")
_MINUTES = 10
"""The length of a session if the person asks for no other."""


class NotWritten(Exception):
    """No file was written. The message gives the reason in one sentence."""


class _Again(Exception):
    """An answer is not valid, so the question is asked again. The message gives the reason."""


class Given(NamedTuple):
    """What the command line says of the routine. What it leaves out is None or empty."""

    name: str = ""
    regions: Sequence[str] = ()
    minutes: int | None = None
    equipment: Sequence[str] | None = None
    sort: str | None = None
    level: str | None = None

    @property
    def enough(self) -> bool:
        """Whether nothing has to be asked, because all else has a usual value."""
        return bool(self.name and self.regions)


def wanted_of(given: Given) -> Wanted:
    """Return what the command line asks for, with the usual values for the rest."""
    return Wanted(
        given.name,
        tuple(map(Region, given.regions)),
        _MINUTES if given.minutes is None else given.minutes,
        frozenset(given.equipment or ()),
        Sort(given.sort or Sort.STRETCH),
        Level(given.level or Level.BEGINNER),
    )


def asked(given: Given) -> Wanted:
    """Ask line by line for everything that is still missing. Raises NotWritten if input ends."""
    things = sorted(EQUIPMENT)
    levels, sorts = [*Level], [*Sort]
    if not given.name:
        given = given._replace(name=_ask("What is it called?", _name))
    if not given.regions:
        regions = _ask(f"Regions ({' '.join(Region)})?", _regions)
        given = given._replace(regions=regions)
    if given.minutes is None:
        given = given._replace(minutes=_ask(f"Minutes [{_MINUTES}]?", _minutes))
    if given.equipment is None:
        at_hand = _ask(f"At hand ({' '.join(things)}) [nothing]?", lambda a: _words(a, things))
        given = given._replace(equipment=at_hand)
    if given.sort is None:
        sort = _ask(f"Kind ({' '.join(sorts)}) [{Sort.STRETCH}]?", _one_of(sorts, Sort.STRETCH))
        given = given._replace(sort=sort)
    if given.level is None:
        level = _ask(f"Level ({' '.join(levels)}) [{Level.BEGINNER}]?", _one_of(levels, "beginner"))
        given = given._replace(level=level)
    return wanted_of(given)


def check_place(path: Path) -> None:
    """Refuse a file in a folder where no routine is found. Raises NotWritten."""
    if holds_exercises(path.parent):
        raise NotWritten(
            f"Nothing was written: a folder `{EXERCISES}` holds exercises, and no routine in it is "
            "found. Name a file beside that folder with -o."
        )
    if is_data(path):
        raise NotWritten(
            "Nothing was written: that folder holds the program's own data, and no routine in it "
            "is found. Name a file in another folder with -o."
        )


def write_new(wanted: Wanted, path: Path, catalogue: Catalogue) -> Iterator[str]:
    """Write the wanted routine to a new file, and report it. Raises NotWritten."""
    check_place(path)
    composed = compose(wanted, catalogue)
    if isinstance(composed, str):
        raise NotWritten(composed)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(composed.text)
    except FileExistsError:
        raise NotWritten(
            f"{path} is there already and was left as it is; name another file with -o."
        ) from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "bad name"
        raise NotWritten(f"{path} can't be written: {reason.lower()}.") from None
    yield f"Wrote {path}: {clock(composed.total_ms)}."
    yield f"See it while you change it: supple preview {path}"


def file_for(name: str) -> Path:
    """Return the file for a name: `evening-calves.yaml` for `Evening calves`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return Path(f"{stem[:LONGEST_NAME] or 'routine'}.yaml")


def _ask(question: str, read: Callable[[str], _T]) -> _T:
    while True:
        try:
            return read(input(f"{question} ").strip())
        except EOFError:
            print()
            raise NotWritten("Nothing was written.") from None
        except _Again as why:
            print(safe(why))


def _name(answer: str) -> str:
    if not is_name(answer):
        raise _Again(NO_NAME)
    return answer


def _regions(answer: str) -> list[str]:
    words = _words(answer, [*Region])
    if not words:
        raise _Again("It needs at least one region.")
    return words


def _words(answer: str, known: Collection[str]) -> list[str]:
    chosen = [word for word in re.split(r"[\s,]+", answer.lower()) if word]
    if chosen == ["nothing"]:
        return []
    for word in chosen:
        if word not in known:
            hint = did_you_mean(word, known) or "write words of the list, with blanks between."
            raise _Again(f"`{word[:40]}` is not in the list; {hint}")
    return chosen


def _minutes(answer: str) -> int:
    if not answer:
        return _MINUTES
    if not answer.isdecimal() or not SHORTEST_MIN <= int(answer[:4]) <= LONGEST_MIN:
        raise _Again(f"Write a number from {SHORTEST_MIN} to {LONGEST_MIN}.")
    return int(answer[:4])


def _one_of(known: Collection[str], otherwise: str) -> Callable[[str], str]:
    def read(answer: str) -> str:
        words = _words(answer, known) or [otherwise]
        if len(words) != 1:
            raise _Again("Write one of them.")
        return words[0]

    return read
