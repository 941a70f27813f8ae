"""The program's own warning before a massage that nobody has vetted.

No list of words catches each wording that would press a forbidden place. So no file can leave this
warning out, and none can reword it.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from player.routine.model import CyclePhase, Cycles, Routine, Step, Text
from player.routine.pieces import SegmentKind
from player.routine.terms import SHIPPED
from player.safety.blocks import as_screened
from player.session.instructions import card_language
from player.session.phrases import language_for
from player.session.timeline import Timeline

PRESS_ON_MUSCLE: Mapping[str, str] = {
    "en": "Press on muscle only. Never behind the knee, on the groin, the belly, a bone or a vein.",
    "es": (
        "Aprieta solo sobre músculo. Nunca detrás de la rodilla, ni en la ingle, la barriga, "
        "un hueso o una vena."
    ),
}
"""Keyed by the languages that the program itself speaks."""


class PressWarning(NamedTuple):
    """The warning before a massage that nobody has vetted."""

    words: str
    language: str
    """The language in which the massage is shown; English if the program does not speak it."""
    pieces: range
    """The indices of the segments that show it: the gap before the massage.

    If there is no gap, it is the first piece of work.
    """


def press_warning(
    timeline: Timeline, routine: Routine, languages: Sequence[str], position: int = 0
) -> PressWarning | None:
    """Return the warning for a session that begins at `position` (ms); None if it needs none."""
    foreign = not is_shipped(routine)
    speaks = bool(timeline.says)
    wanted = {
        number
        for number, step in timeline.steps.items()
        if _is_massage(step) and (_is_unvetted(step) or (foreign and (speaks or _adds(step))))
    }
    segments = timeline.segments
    ahead = range(timeline.at(position), len(segments)) if wanted else range(0)
    first = next((i for i in ahead if segments[i].step in wanted), None)
    if first is None:
        return None
    work = next(i for i in range(first, len(segments)) if segments[i].kind is SegmentKind.WORK)
    step = timeline.steps[segments[first].step]
    language = language_for([card_language(step, languages)])
    return PressWarning(PRESS_ON_MUSCLE[language], language, range(first, max(work, first + 1)))


def is_shipped(routine: Routine) -> bool:
    """Return whether the file of a routine ships with the program."""
    return Path(routine.path).resolve().is_relative_to(SHIPPED)


def _is_massage(step: Step) -> bool:
    return as_screened(step).is_massage


def _is_unvetted(step: Step) -> bool:
    return not as_screened(step).vetted


def _adds(step: Step) -> bool:
    """Return whether a file adds words or recordings to an exercise of the catalogue."""
    return step.title != step.exercise.name or bool(step.load) or any(_own_words(step))


def _own_words(step: Step) -> Iterator[Text | str | None]:
    yield from (step.note, step.until, step.reason)
    for cue in step.cues:
        yield from (cue.say, cue.clip)
    for amount in step.dose.work:
        if isinstance(amount, Cycles):
            for phase in amount.phases:
                yield from _phase_words(phase)


def _phase_words(phase: CyclePhase) -> Iterator[Text | str | None]:
    yield from (phase.say, phase.note, None if phase.known else phase.word)
