"""Prints the lists of routines and exercises, the preview of a routine, and doses."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from player.library.row import Row
from player.routine.catalogue import Catalogue, Entry
from player.routine.model import Amount, Dose, HeldReps, Hold, Reps
from player.routine.times import clock, count_label, hold_label, time_label
from player.routine.vocabulary import Sides
from player.session.card_words import card_words


def routine_lines(rows: Sequence[Row], languages: Sequence[str]) -> Iterator[str]:
    """Yield one line for each routine: id, length, name, regions and equipment."""
    width = max((len(row.routine.id) for row in rows), default=0)
    for row in rows:
        name = row.routine.name.pick(row.routine.languages_for(languages))
        needs = ", ".join(row.equipment) or "nothing"
        level = f", {row.routine.level}" if row.routine.level else ""
        about = f"{', '.join(row.regions)}{level}; needs {needs}"
        yield f"{row.routine.id:{width}}  {row.length:>6}  {name} ({about})"
    yield ""
    yield "Play one: supple play NAME. See its exact timeline: supple show NAME."


def preview_lines(row: Row, languages: Sequence[str]) -> Iterator[str]:
    """Yield the preview of a routine: its length, its purpose, its equipment and its steps."""
    routine = row.routine
    languages = routine.languages_for(languages)
    about = "" if row.timeline.exact else " or more: some steps wait for you"
    words = card_words((routine.about or routine.name).language(languages))
    yield f"{clock(row.timeline.total_ms)}{about}"
    for word, values in (
        ("For", row.places),
        ("Good for", sorted(routine.goals)),
        ("", [words.equipment(row.equipment).removesuffix(".")]),
        ("Level", [routine.level] if routine.level else []),
        ("How often", [routine.often] if routine.often else []),
    ):
        if values:
            yield ": ".join(part for part in (word, ", ".join(values)) if part)
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
    """Return a dose as a coach writes it: `2 x 30s each side`."""
    amounts = list(_amounts_words(dose.work))
    low, high = dose.sets
    needs_sets = high > 1 or isinstance(dose.work[0], HeldReps)  # else its reps would read as sets
    sets = f"{_span(low, high)} x " if needs_sets and len(amounts) == 1 else ""
    side = "" if dose.side is Sides.BOTH else f" {dose.side}"
    return f"{sets}{', '.join(amounts)}{side}"


def _amounts_words(work: Sequence[Amount]) -> Iterator[str]:
    """Yield each amount. In a list of counts, only the last has a unit."""
    for amount, after in zip_longest(work, work[1:]):
        if after and isinstance(amount, Reps):
            yield _span(*amount.count)
        else:
            yield _amount_words(amount)


def _amount_words(amount: Amount) -> str:
    if isinstance(amount, Hold):
        return hold_label(amount)
    if isinstance(amount, HeldReps):
        return f"{_span(*amount.count)} x {hold_label(amount.hold)}"
    if isinstance(amount, Reps):
        return count_label(amount.count, amount.unit)
    phases = ", ".join(f"{phase.word} {time_label(phase.time)}" for phase in amount.phases)
    return f"{_span(*amount.count)} x ({phases})"


def _span(low: int, high: int) -> str:
    """Return `3`, or `3-5` for a range."""
    return str(low) if low == high else f"{low}-{high}"


def exercise_json(entry: Entry, languages: Sequence[str]) -> dict[str, object]:
    """Return the JSON of an exercise for `list --exercises` and `show`. Its keys are stable."""
    exercise = entry.exercise
    return {
        "id": exercise.id,
        "name": exercise.name.pick(languages),
        "kind": exercise.kind,
        "regions": sorted(exercise.regions),
        "positions": sorted(exercise.positions),
        "equipment": sorted(exercise.equipment),
        "dose": dose_words(entry.step(1, 1).dose),
        "how": [line.pick(languages) for line in exercise.how],
        "avoid_if": sorted(exercise.avoid_if),
        "caution": sorted(exercise.caution),
    }


def exercise_lines(catalogue: Catalogue, languages: Sequence[str]) -> Iterator[str]:
    """Yield one line for each exercise: id, kind, name and regions."""
    width = max((len(id_) for id_ in catalogue.ids), default=0)
    for entry in catalogue.entries:
        exercise = entry.exercise
        kind = exercise.kind.value if exercise.kind else ""
        regions = ", ".join(sorted(exercise.regions))
        yield f"{exercise.id:{width}}  {kind:15}  {exercise.name.pick(languages)} ({regions})"
