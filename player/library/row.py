"""A row of the list of routines, and the search in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from player.library.folders import Library
from player.library.opening import Opened, open_routine
from player.routine.catalogue import lookup_key
from player.routine.model import Routine
from player.routine.times import clock
from player.routine.vocabulary import REGION_WORDS, Region
from player.session.timeline import Timeline


class Row(NamedTuple):
    """One routine in the list of the library, with its exact length."""

    routine: Routine
    timeline: Timeline

    @property
    def regions(self) -> list[str]:
        declared = self.routine.regions
        found = declared or frozenset(
            r for s in self.routine.steps for r in s.exercise.stated_regions
        )
        return sorted(found)

    @property
    def places(self) -> list[str]:
        """The regions in everyday words."""
        return [REGION_WORDS[region].lower() for region in Region if region in self.regions]

    @property
    def kinds(self) -> list[str]:
        return sorted({kind for step in self.routine.steps for kind in step.exercise.kinds})

    @property
    def equipment(self) -> list[str]:
        steps = {thing for step in self.routine.steps for thing in step.equipment}
        return sorted(steps | self.routine.equipment)

    @property
    def length(self) -> str:
        return f"{'' if self.timeline.exact else '≈'}{clock(self.timeline.total_ms)}"

    def fits(self, words: str, languages: Sequence[str]) -> bool:
        """Return whether the description of this routine contains each of `words`."""
        name = self.routine.name.pick(self.routine.languages_for(languages))
        level = self.routine.level or ""
        description = " ".join(
            (
                self.routine.id,
                name,
                level,
                *self.regions,
                *self.places,
                *self.kinds,
                *self.equipment,
                *self.routine.tags,
            )
        ).casefold()
        return all(word in description for word in words.casefold().split())

    def distance(self, words: str, languages: Sequence[str]) -> int:
        """Rank a match: 0 if `words` are the title, 1 if the title contains them, otherwise 2."""
        title = self.routine.name.pick(self.routine.languages_for(languages)).casefold()
        wanted = words.casefold().split()
        return 0 if wanted == title.split() else 1 if all(w in title for w in wanted) else 2

    def as_json(self, languages: Sequence[str]) -> dict[str, object]:
        """Return the row for `list --json`. Its keys are stable."""
        return {
            "id": self.routine.id,
            "name": self.routine.name.pick(self.routine.languages_for(languages)),
            "path": self.routine.path,
            "total_ms": self.timeline.total_ms,
            "exact": self.timeline.exact,
            "regions": self.regions,
            "kinds": self.kinds,
            "equipment": self.equipment,
            "level": self.routine.level.value if self.routine.level else None,
            "language": self.routine.language,
        }


def read_rows(library: Library) -> tuple[list[Row], list[Opened]]:
    """Read all routines. Returns a row for each, in order, and the files with errors."""
    rows: list[Row] = []
    broken: list[Opened] = []
    for file in library.files:
        opened = open_routine(file, library.catalogue)
        if opened.routine and opened.timeline:
            rows.append(Row(opened.routine, opened.timeline))
        else:
            broken.append(opened)
    return rows, broken


def find_by_title(library: Library, name: str) -> Path | None:
    """Return the file of the routine with this title in any language, or None."""
    wanted = lookup_key(name)
    for file in library.files:
        routine = open_routine(file, library.catalogue).routine
        if routine is not None and wanted in map(lookup_key, routine.name.words.values()):
            return file
    return None
