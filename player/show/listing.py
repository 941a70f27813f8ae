"""What `list` tells of the routines and of the catalogue."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from player.library.folders import Library
from player.library.opening import Opened, open_routine
from player.routine.catalogue import Catalogue, lookup_key
from player.routine.model import Amount, Dose, HeldReps, Hold, Reps, Routine
from player.routine.times import clock, count_label, time_label
from player.routine.vocabulary import REGION_WORDS, Region, Sides
from player.session.timeline import Timeline


class Row(NamedTuple):
    """One routine of the library with its exact length."""

    routine: Routine
    timeline: Timeline

    @property
    def regions(self) -> list[str]:
        declared = self.routine.regions
        found = declared or frozenset(
            r for s in self.routine.steps for r in s.exercise.told_regions
        )
        return sorted(found)

    @property
    def places(self) -> list[str]:
        """The regions in the words of people who are no coaches."""
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
        """Whether each of `words` stands somewhere in what is told of this routine."""
        name = self.routine.name.pick(_languages(self.routine, languages))
        level = self.routine.level or ""
        told = " ".join(
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
        return all(word in told for word in words.casefold().split())

    def distance(self, words: str, languages: Sequence[str]) -> int:
        """How far `words` that fit are from the title: 0 are it, 1 stand in it, 2 elsewhere."""
        title = self.routine.name.pick(_languages(self.routine, languages)).casefold()
        wanted = words.casefold().split()
        return 0 if wanted == title.split() else 1 if all(w in title for w in wanted) else 2

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


def titled(library: Library, name: str) -> Path | None:
    """The file of the routine with this title, in whichever language."""
    wanted = lookup_key(name)
    for file in library.files:
        routine = open_routine(file, library.catalogue).routine
        if routine is not None and wanted in map(lookup_key, routine.name.words.values()):
            return file
    return None


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


def preview_lines(row: Row, languages: Sequence[str]) -> Iterator[str]:
    """What there is to know before choosing: what for, what is needed, how long, the steps."""
    routine = row.routine
    languages = _languages(routine, languages)
    about = "" if row.timeline.exact else " or more: some steps wait for you"
    yield f"{clock(row.timeline.total_ms)}{about}"
    for word, values in (
        ("For", row.places),
        ("Good for", sorted(routine.goals)),
        ("You need", row.equipment or ["nothing"]),
        ("Level", [routine.level] if routine.level else []),
        ("How often", [routine.often] if routine.often else []),
    ):
        if values:
            yield f"{word}: {', '.join(values)}"
    if routine.about:
        yield ""
        yield routine.about.pick(languages)
    yield ""
    for number, step in enumerate(routine.steps, 1):
        yield f"{number}. {step.title.pick(languages)}: {dose_words(step.dose)}"
    if routine.author:
        yield ""
        yield f"By {routine.author}{f', {routine.license}' if routine.license else ''}"


def dose_words(dose: Dose) -> str:
    """A dose as a coach would write it: `2 x 30s each side`."""
    amounts = [_amount_words(amount) for amount in dose.work]
    low, high = dose.sets
    sets = f"{_span(low, high)} x " if high > 1 and len(amounts) == 1 else ""
    side = "" if dose.side is Sides.BOTH else f" {dose.side}"
    return f"{sets}{', '.join(amounts)}{side}"


def _amount_words(amount: Amount) -> str:
    if isinstance(amount, Hold):
        return time_label(amount.time)
    if isinstance(amount, HeldReps):
        return f"{_span(*amount.count)} x {time_label(amount.hold.time)}"
    if isinstance(amount, Reps):
        return count_label(amount.count, amount.unit)
    phases = ", ".join(f"{phase.word} {time_label(phase.time)}" for phase in amount.phases)
    return f"{_span(*amount.count)} x ({phases})"


def _span(low: int, high: int) -> str:
    """`3`, or `3-5` for a range."""
    return str(low) if low == high else f"{low}-{high}"


def exercise_lines(catalogue: Catalogue, languages: Sequence[str]) -> Iterator[str]:
    """One line an exercise: id, kind, name, regions."""
    width = max((len(id_) for id_ in catalogue.ids), default=0)
    for entry in catalogue.entries:
        exercise = entry.exercise
        kind = exercise.kind.value if exercise.kind else ""
        regions = ", ".join(sorted(exercise.regions))
        yield f"{exercise.id:{width}}  {kind:15}  {exercise.name.pick(languages)} ({regions})"
