"""`supple new` asks plain questions and writes a new routine. It never overwrites a file."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from player.authoring.composing import (
    LONGEST_MIN,
    LONGEST_NAME,
    SHORTEST_MIN,
    Sort,
    Wanted,
    compose,
)
from player.base.text import safe
from player.document.problem import did_you_mean
from player.routine.catalogue import Catalogue
from player.routine.times import clock
from player.routine.vocabulary import EQUIPMENT, Level, Region

_T = TypeVar("_T")


class NotWritten(Exception):
    """No file was written. The message gives the reason in one sentence."""


class _Again(Exception):
    """An answer is not valid, so the question is asked again. The message gives the reason."""


def asked(name: str, regions: Sequence[str]) -> Wanted:
    """Ask line by line for everything that is still missing. Raises NotWritten if input ends."""
    things = sorted(EQUIPMENT)
    levels, sorts = [*Level], [*Sort]
    return Wanted(
        name or _ask("What is it called?", _name),
        tuple(map(Region, regions or _ask(f"Regions ({' '.join(Region)})?", _regions))),
        _ask("Minutes [10]?", _minutes),
        frozenset(_ask(f"At hand ({' '.join(things)}) [nothing]?", lambda a: _words(a, things))),
        Sort(_ask(f"Kind ({' '.join(sorts)}) [{Sort.STRETCH}]?", _one_of(sorts, Sort.STRETCH))),
        Level(_ask(f"Level ({' '.join(levels)}) [{Level.BEGINNER}]?", _one_of(levels, "beginner"))),
    )


def write_new(wanted: Wanted, path: Path, catalogue: Catalogue) -> Iterator[str]:
    """Write the wanted routine to a new file, and report it. Raises NotWritten."""
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
    if not answer:
        raise _Again("It needs a name.")
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
        return 10
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
