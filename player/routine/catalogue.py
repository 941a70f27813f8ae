"""The catalogue of exercises. It finds an exercise by id, or by name in any language."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from player.routine.model import Exercise, Step, StepCue, Text
from player.routine.pose import Drawn
from player.routine.shape import Shape, fill
from player.routine.terms import Terms
from player.routine.vocabulary import Sides

_NOTHING = Shape()
_JOINTS = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def lookup_key(words: str) -> str:
    """Normalise an id or name for comparison: case is ignored; space, `-` and `_` are equal."""
    return _JOINTS.sub(" ", unicodedata.normalize("NFC", words).casefold()).strip()


class Entry:
    """An exercise with its dose from the catalogue. Entries are compared by identity."""

    __slots__ = ("cues", "exercise", "file", "shape", "until")

    def __init__(
        self,
        exercise: Exercise,
        shape: Shape,
        until: Text | None = None,
        cues: tuple[StepCue, ...] = (),
        file: str = "",
    ) -> None:
        self.exercise = exercise
        self.shape = shape
        self.until = until
        self.cues = cues
        self.file = file
        """The path of the file that the entry was read from."""

    def drawn_as(self, drawn: Drawn) -> "Entry":
        """Return this entry with a figure."""
        exercise = self.exercise._replace(drawn=drawn)
        return Entry(exercise, self.shape, self.until, self.cues, self.file)

    @property
    def sides(self) -> Sides:
        """The sides that a step uses if it gives none."""
        return Sides.BOTH if self.exercise.both_at_once else Sides.EACH

    def with_dose(self, shape: Shape, defaults: Shape) -> Step | None:
        """Return a step with this dose, as step 0 in line 0. None if nothing defines an amount."""
        dose = fill(shape, defaults, self.shape, self.sides)
        if dose is None:
            return None
        return Step(
            0,
            0,
            self.exercise,
            dose,
            self.exercise.name,
            equipment=self.exercise.equipment,
            cues=self.cues,
            until=self.until,
            often=self.exercise.often,
        )

    def step(self, number: int, line: int) -> Step:
        """Return the step that `- <id>` alone means: the exercise with its own dose.

        Raises ValueError for an entry without a dose. The reader reports such entries as errors.
        """
        step = self.with_dose(_NOTHING, _NOTHING)
        if step is None:
            raise ValueError(f"{self.exercise.id} has no dose")
        return step._replace(number=number, line=line)


class Unread:
    """An entry whose id and names are known. The rest is read on first use."""

    __slots__ = ("_entry", "_read", "file", "id", "names")

    def __init__(
        self, id_: str, names: tuple[str, ...], file: str, read: Callable[[], Entry]
    ) -> None:
        self.id = id_
        self.names = names
        self.file = file
        self._read = read
        self._entry: Entry | None = None

    def entry(self) -> Entry:
        if self._entry is None:
            self._entry = self._read()
        return self._entry


AnyEntry = Entry | Unread


class Catalogue(NamedTuple):
    """All exercises that a file may use, by every id and name."""

    terms: Terms
    shelf: tuple[AnyEntry, ...] = ()
    by_key: Mapping[str, AnyEntry] = MappingProxyType({})
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Every name in every language."""

    def find(self, words: str) -> Entry | None:
        """Return the entry with this id or name, or None."""
        found = self.by_key.get(lookup_key(words))
        return found.entry() if isinstance(found, Unread) else found

    @property
    def entries(self) -> list[Entry]:
        """All entries, in the order of their files."""
        return [one.entry() if isinstance(one, Unread) else one for one in self.shelf]

    @property
    def vetted(self) -> list[Exercise]:
        """The exercises that ship with the program."""
        return [entry.exercise for entry in self.entries if entry.exercise.vetted]

    def clash(self, id_: str, names: Iterable[str]) -> str | None:
        """Return the id of the entry that already has this id or one of these names, or None."""
        for key in map(lookup_key, (id_, *names)):
            if key in self.by_key:
                return _id_and_names(self.by_key[key])[0]
        return None

    def without(self, file: Path) -> "Catalogue":
        """Return this catalogue without one file, to check that file against the others."""
        try:
            rest = [
                one
                for one in self.shelf
                if not one.file or Path(one.file).resolve() != file.resolve()
            ]
        except OSError:
            return self
        return Catalogue(self.terms).joined(rest)

    def joined(self, more: Iterable[AnyEntry]) -> "Catalogue":
        """Return this catalogue with more entries. None of them may clash with an existing one."""
        added = tuple(more)
        if not added:
            return self
        by_key = dict(self.by_key)
        ids, names = list(self.ids), list(self.names)
        for one in added:
            id_, its_names = _id_and_names(one)
            ids.append(id_)
            names += its_names
            for key in map(lookup_key, (id_, *its_names)):
                by_key.setdefault(key, one)
        return Catalogue(self.terms, (*self.shelf, *added), by_key, tuple(ids), tuple(names))


def _id_and_names(one: AnyEntry) -> tuple[str, tuple[str, ...]]:
    if isinstance(one, Unread):
        return one.id, one.names
    return one.exercise.id, tuple(one.exercise.name.words.values())
