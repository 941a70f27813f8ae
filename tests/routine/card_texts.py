"""Every text of the shipped cards and routines, with its place."""

from collections.abc import Iterator, Sequence

from player.library.folders import open_library
from player.library.opening import open_routine
from player.routine.model import Block, Item, Rest, Routine, Say, Step, Text, Wait
from player.routine.named_side import texts_of, texts_of_exercise
from player.routine.terms import SHIPPED

_LIBRARY = open_library([SHIPPED])
ENTRIES = _LIBRARY.catalogue.entries
CARDS = {entry.exercise.id: entry.exercise for entry in ENTRIES}


def routines() -> list[Routine]:
    found = [open_routine(file, _LIBRARY.catalogue).routine for file in _LIBRARY.files]
    return [routine for routine in found if routine]


def every_text() -> list[tuple[str, Text]]:
    """Return each text with the id of its card or routine."""
    found: list[tuple[str, Text | None]] = []
    for entry in ENTRIES:
        exercise = entry.exercise
        texts = (*texts_of_exercise(exercise), *(cue.say for cue in entry.cues))
        found += [(exercise.id, text) for text in texts]
    for routine in routines():
        found += [(routine.id, text) for text in (routine.name, routine.about)]
        found += [(routine.id, text) for text in _of_items(routine.items)]
    return [(where, text) for where, text in found if text]


def _of_items(items: Sequence[Item]) -> Iterator[Text | None]:
    for item in items:
        if isinstance(item, Step):
            yield item.reason
            yield from texts_of(item)
        elif isinstance(item, Block):
            yield from (item.name, item.note)
            yield from _of_items(item.items)
        elif isinstance(item, Wait):
            yield from (item.text, item.say)
        else:
            assert isinstance(item, Rest | Say)
            yield item.say
