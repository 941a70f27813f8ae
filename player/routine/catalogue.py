"""The catalogue of exercises, and finding an exercise by id or by name in any language."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from player.routine.model import Exercise, StepCue, Text
from player.routine.shape import Shape
from player.routine.terms import Terms

_JOINTS = re.compile(r"[\s_-]+")


@lru_cache(maxsize=4096)
def lookup_key(words: str) -> str:
    """How names and ids are compared: case is ignored; space, `-` and `_` read the same."""
    return _JOINTS.sub(" ", unicodedata.normalize("NFC", words).casefold()).strip()


class Entry(NamedTuple):
    """An exercise with the dose its catalogue gives it."""

    exercise: Exercise
    shape: Shape
    until: Text | None = None
    cues: tuple[StepCue, ...] = ()
    file: str = ""
    """The path of the file that it was read from."""


class Catalogue(NamedTuple):
    """All exercises that a file may use, under every id and name they have."""

    terms: Terms
    entries: tuple[Entry, ...] = ()
    by_key: Mapping[str, Entry] = MappingProxyType({})
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Every name in every language."""

    def find(self, words: str) -> Entry | None:
        """The entry with this id or name, or None."""
        return self.by_key.get(lookup_key(words))

    @property
    def vetted(self) -> list[Exercise]:
        """The exercises that ship with the program."""
        return [entry.exercise for entry in self.entries if entry.exercise.vetted]

    def clash(self, exercise: Exercise) -> Entry | None:
        """The entry that already has the id or a name of `exercise`, or None."""
        for key in keys_of(exercise):
            if key in self.by_key:
                return self.by_key[key]
        return None

    def without(self, file: Path) -> "Catalogue":
        """This catalogue without the entries of one file, to check that file against the rest."""
        try:
            rest = [
                e for e in self.entries if not e.file or Path(e.file).resolve() != file.resolve()
            ]
        except OSError:
            return self
        return Catalogue(self.terms).joined(rest)

    def joined(self, entries: Iterable[Entry]) -> "Catalogue":
        """This catalogue with more entries; none of them may clash."""
        more = tuple(entries)
        if not more:
            return self
        by_key = dict(self.by_key)
        for entry in more:
            for key in keys_of(entry.exercise):
                by_key.setdefault(key, entry)
        return Catalogue(
            self.terms,
            self.entries + more,
            by_key,
            (*self.ids, *(entry.exercise.id for entry in more)),
            (*self.names, *(word for e in more for word in e.exercise.name.words.values())),
        )


def keys_of(exercise: Exercise) -> list[str]:
    """Everything an exercise can be found under."""
    return [lookup_key(word) for word in (exercise.id, *exercise.name.words.values())]
