"""What `list` tells of the routines and of the catalogue."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from player.check.loading import Opened, open_routine
from player.routine.catalogue import Catalogue
from player.routine.library import Library
from player.routine.model import Routine
from player.timeline import Timeline, clock


class Row(NamedTuple):
    """One routine of the library with its exact length."""

    routine: Routine
    timeline: Timeline

    @property
    def regions(self) -> list[str]:
        declared = self.routine.regions
        found = declared or frozenset(r for s in self.routine.steps for r in s.exercise.regions)
        return sorted(found)

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

    def as_json(self, languages: Sequence[str]) -> dict[str, object]:
        """The stable keys of `list --json`."""
        return {
            "id": self.routine.id,
            "name": self.routine.name.pick(_languages(self.routine, languages)),
            "path": self.routine.path,
            "total_ms": self.timeline.total_ms,
            "exact": self.timeline.exact,
            "regions": self.regions,
            "kinds": self.kinds,
            "equipment": self.equipment,
            "level": self.routine.level.value if self.routine.level else None,
            "language": self.routine.language,
        }


def _languages(routine: Routine, languages: Sequence[str]) -> tuple[str, ...]:
    return (*languages, routine.language)


def listed(library: Library) -> tuple[list[Row], list[Opened]]:
    """The routines of the library in order, and the files that can't be played."""
    rows: list[Row] = []
    broken: list[Opened] = []
    for file in library.files:
        opened = open_routine(file, library.catalogue)
        if opened.routine and opened.timeline:
            rows.append(Row(opened.routine, opened.timeline))
        else:
            broken.append(opened)
    return rows, broken


def routine_lines(rows: Sequence[Row], languages: Sequence[str]) -> Iterator[str]:
    """One line a routine: id, length, name, regions, what is needed."""
    width = max((len(row.routine.id) for row in rows), default=0)
    for row in rows:
        name = row.routine.name.pick(_languages(row.routine, languages))
        needs = ", ".join(row.equipment) or "nothing"
        level = f", {row.routine.level}" if row.routine.level else ""
        about = f"{', '.join(row.regions)}{level}; needs {needs}"
        yield f"{row.routine.id:{width}}  {row.length:>6}  {name} ({about})"
    yield ""
    yield "Play one: supple play NAME. See its exact timeline: supple show NAME."


def exercise_lines(catalogue: Catalogue, languages: Sequence[str]) -> Iterator[str]:
    """One line an exercise: id, kind, name, regions."""
    width = max((len(id_) for id_ in catalogue.ids), default=0)
    for entry in catalogue.entries:
        exercise = entry.exercise
        kind = exercise.kind.value if exercise.kind else ""
        regions = ", ".join(sorted(exercise.regions))
        yield f"{exercise.id:{width}}  {kind:15}  {exercise.name.pick(languages)} ({regions})"
