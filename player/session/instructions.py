"""Builds the lines to read before a step: how to do it, what to feel and what to avoid."""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from textwrap import wrap
from typing import NamedTuple

from player.routine.model import Cycles, Exercise, Plan, Step, Text
from player.routine.times import duration
from player.routine.vocabulary import Variant
from player.session.card_words import CardWords, card_words


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
    """Return the same lines as `step_lines`, each with its topic.

    A label is in the language of the text beside it, whatever the person's language is.
    """
    exercise = step.exercise
    card = card_words(card_language(step, languages))

    def words_of(text: Text) -> CardWords:
        return card_words(text.language(languages))

    lines = [StepLine(text.pick(languages), Topic.HOW) for text in exercise.how]
    easier, harder = exercise.easier, exercise.harder
    if step.variant is Variant.EASIER and easier:
        lines.append(StepLine(words_of(easier).variant.format(easier.pick(languages))))
    elif step.variant is Variant.HARDER and harder:
        lines.append(StepLine(words_of(harder).variant.format(harder.pick(languages))))
    elif easier:
        words = words_of(easier).easier.format(easier.pick(languages))
        lines.append(StepLine(words, Topic.EASIER))
    lines += map(StepLine, _cautions(exercise, languages))
    lines += map(StepLine, dose_lines(step, card))
    if step.equipment:
        lines.append(StepLine(card.equipment(step.equipment), Topic.NEEDS))
    lines += map(StepLine, _rest(step, plan, languages, card))
    return lines


def card_language(step: Step, languages: Sequence[str]) -> str:
    """Return the language in which the text of a card is shown: how to do it, or else its title."""
    texts = (*step.exercise.how, step.title)
    return texts[0].language(languages)


def _cautions(exercise: Exercise, languages: Sequence[str]) -> Iterator[str]:
    """Yield what to feel, which mistakes to avoid, and which places never to press."""
    if exercise.feel:
        words = card_words(exercise.feel.language(languages))
        yield words.feel.format(exercise.feel.pick(languages))
    if mistakes := exercise.mistakes:
        words = card_words(mistakes[0].language(languages))
        yield words.avoid.format("; ".join(text.pick(languages) for text in mistakes))
    if places := exercise.keep_off:
        words = card_words(places[0].language(languages))
        yield words.keep_off.format("; ".join(text.pick(languages) for text in places))


def _rest(step: Step, plan: Plan, languages: Sequence[str], card: CardWords) -> Iterator[str]:
    """Yield the load, what ends the step, its phases and its notes."""
    if step.load:
        yield card.load.format(step.load)
    if step.until:
        words = card_words(step.until.language(languages))
        yield words.until.format(step.until.pick(languages))
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


def dose_lines(step: Step, words: CardWords) -> list[str]:
    """Return pressure, effort and breath in words."""
    dose = step.dose
    lines = []
    if dose.pressure:
        low, high = dose.pressure
        amount = words.at_most.format(high) if low == 0 else _span(low, high, words)
        lines.append(words.pressure.format(amount))
    if dose.effort:
        lines.append(words.effort.format(_span(*dose.effort, words)))
    if dose.paced:
        into, _, out, _ = words.breaths
        names = (into, out) if len(dose.breathe) == 2 else words.breaths
        parts = [f"{name} {duration(ms)}" for name, ms in zip(names, dose.breathe, strict=False)]
        lines.append(words.breathe.format(", ".join(parts)))
    return lines


def _span(low: int, high: int, words: CardWords) -> str:
    return str(low) if low == high else words.span.format(low, high)
