"""Builds the lines to read before a step: how to do it, what to feel and what to avoid."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from textwrap import wrap
from typing import NamedTuple

from player.routine.model import Cycles, Exercise, Plan, Step
from player.routine.times import duration
from player.routine.vocabulary import Variant


class Topic(Enum):
    """The subject of a line to read."""

    HOW = auto()
    NEEDS = auto()
    EASIER = auto()
    OTHER = auto()


class StepLine(NamedTuple):
    """A line to read before a step."""

    words: str
    topic: Topic = Topic.OTHER


def step_lines(step: Step, plan: Plan, languages: Sequence[str] = ()) -> list[str]:
    """Return the lines to read before a step: how to do it, what to feel and avoid, and notes."""
    return [line.words for line in lines_to_read(step, plan, languages)]


def lines_to_read(step: Step, plan: Plan, languages: Sequence[str] = ()) -> list[StepLine]:
    """Return the same lines as `step_lines`, each with its topic."""
    exercise = step.exercise
    lines = [StepLine(text.pick(languages), Topic.HOW) for text in exercise.how]
    easier, harder = exercise.easier, exercise.harder
    if step.variant is Variant.EASIER and easier:
        lines.append(StepLine(f"Today's variant: {easier.pick(languages)}"))
    elif step.variant is Variant.HARDER and harder:
        lines.append(StepLine(f"Today's variant: {harder.pick(languages)}"))
    elif easier:
        lines.append(StepLine(f"Easier: {easier.pick(languages)}", Topic.EASIER))
    lines += map(StepLine, _cautions(exercise, languages))
    lines += map(StepLine, dose_lines(step))
    if step.equipment:
        lines.append(StepLine(f"You need: {', '.join(sorted(step.equipment))}.", Topic.NEEDS))
    lines += map(StepLine, _rest(step, plan, languages))
    return lines


def _cautions(exercise: Exercise, languages: Sequence[str]) -> Iterator[str]:
    """Yield what to feel, which mistakes to avoid, and which places never to press."""
    if exercise.feel:
        yield f"Feel: {exercise.feel.pick(languages)}"
    if exercise.mistakes:
        yield f"Avoid: {'; '.join(text.pick(languages) for text in exercise.mistakes)}."
    if exercise.keep_off:
        yield f"Keep off: {'; '.join(text.pick(languages) for text in exercise.keep_off)}."


def _rest(step: Step, plan: Plan, languages: Sequence[str]) -> Iterator[str]:
    """Yield the load, what ends the step, its phases and its notes."""
    if step.load:
        yield f"Load: {step.load}"
    if step.until:
        yield f"Until: {step.until.pick(languages)}. Press d to end it early."
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            yield from _phase_lines(amount, languages)
    for note in (step.exercise.note, step.note):
        if note:
            yield note.pick(languages)
    yield from (f"Note: {words}" for number, words in plan.notes if number == step.number)


def fit_lines(lines: Sequence[StepLine], width: int, rows: int) -> list[str]:
    """Fit the lines into `rows` rows of `width` columns.

    If one line per row takes too many rows, first the lines that describe how to do the exercise
    are joined into one paragraph, then all other lines too. If that is still too long, the list of
    equipment is dropped (the person has read it before the start), and finally the easier variant.
    """
    first = _joined(line for line in lines if line.topic is Topic.HOW)
    rest = [line for line in lines if line.topic is not Topic.HOW]
    spare = [line for line in rest if line.topic is not Topic.NEEDS]
    least = [line for line in spare if line.topic is not Topic.EASIER]
    ways = (
        [line.words for line in lines],
        [first, *(line.words for line in rest)],
        [first, _joined(rest)],
        [first, _joined(spare)],
        [" ".join((first, *(line.words for line in least)))],
    )
    for way in ways:
        if sum(len(wrap(line, max(width, 1))) for line in way) <= rows:
            return way
    return ways[-2]


def _joined(lines: Iterable[StepLine]) -> str:
    return " ".join(line.words for line in lines)


def _phase_lines(cycles: Cycles, languages: Sequence[str]) -> list[str]:
    lines = []
    for phase in cycles.phases:
        extra = [f"{phase.effort.low}% effort" if phase.effort else ""]
        extra += [text.pick(languages) for text in (phase.say, phase.note) if text]
        words = ", ".join(word for word in extra if word)
        lines.append(f"{phase.word}, {duration(phase.time.low)}{': ' + words if words else ''}")
    return lines


def dose_lines(step: Step) -> list[str]:
    """Return pressure, effort and breath in words."""
    dose = step.dose
    lines = []
    if dose.pressure:
        low, high = dose.pressure
        amount = f"at most {high}" if low == 0 else f"{low}" if low == high else f"{low} to {high}"
        lines.append(f"Pressure: {amount} out of 10.")
    if dose.effort:
        low, high = dose.effort
        lines.append(f"Effort: {low}%." if low == high else f"Effort: {low} to {high}%.")
    if dose.paced:
        names = ("in", "out") if len(dose.breathe) == 2 else ("in", "hold", "out", "hold")
        parts = [f"{name} {duration(ms)}" for name, ms in zip(names, dose.breathe, strict=False)]
        lines.append(f"Breathe: {', '.join(parts)}.")
    return lines
