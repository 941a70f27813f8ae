"""The rule about texts that name the left or the right side: L43."""

from collections.abc import Iterator

from player.check.lint.facts import Course, Found
from player.document.problem import WARNING
from player.routine.fields import short
from player.routine.model import Cycles, Exercise, Step, Text
from player.routine.named_side import in_turn, named_side

_HELP = "write `the leg that works`, `the leg on top` or `the other leg`; the screen names the side"


def naming(text: Text | None, *parts: str, number: int | None = None) -> Iterator[Found]:
    """L43 for one text of a step that does each side in turn."""
    if words := named_side(text):
        message = f"`{short(words)}` names a side, but this step does each side in turn"
        yield Found("L43", WARNING, message, _HELP, parts, number)


def in_steps(course: Course) -> Iterator[tuple[Step, Found]]:
    """L43 for the texts that a step itself writes. `spoken` checks its cues and what is said."""
    for done in course.done:
        step = done.step
        if in_turn(step):
            yield from ((step, found) for found in _of_step(step))


def _of_step(step: Step) -> Iterator[Found]:
    if not step.exercise.known or step.title != step.exercise.name:
        yield from naming(step.title, "name")
    yield from naming(step.note, "note")
    yield from naming(step.until, "until")
    for amount in step.dose.work:
        phases = amount.phases if isinstance(amount, Cycles) else ()
        for number, phase in enumerate(phases):
            yield from naming(phase.note, "phases", "cycles", number=number)


def on_card(exercise: Exercise) -> Iterator[Found]:
    """L43 for the texts on the card of an exercise that does each side in turn."""
    yield from naming(exercise.name, "name")
    for index, line in enumerate(exercise.how):
        yield from naming(line, "how", number=index)
    yield from naming(exercise.feel, "feel")
    for line in exercise.mistakes:
        yield from naming(line, "mistakes")
    yield from naming(exercise.easier, "easier")
    yield from naming(exercise.harder, "harder")
    yield from naming(exercise.note, "note")
    for line in exercise.keep_off:
        yield from naming(line, "keep_off")
