"""Checks the texts of a routine or entry with L13, L31, L35 and L43, at their places."""

from collections.abc import Container, Iterator, Mapping, Sequence

from player.check.lint import sides, words
from player.check.lint.drawn import apart
from player.check.lint.facts import Course, Found
from player.check.lint.placing import key_of, place_in_entry, value_of
from player.document.nodes import Map, Node, Scalar
from player.document.problem import Place
from player.document.read import Document
from player.library.opening import with_nodes
from player.routine.fields import same_id
from player.routine.model import Cycles, Exercise, Rest, Routine, Say, Step, StepCue, Text, Wait
from player.routine.named_side import in_turn


def in_texts(course: Course, document: Document) -> Iterator[tuple[Place, Found]]:
    yield from words.promises(document.root, document.lines)
    if course.speaks:
        yield from _in_spoken(course.routine, document.root)
    own = document.root.get("exercises") if isinstance(document.root, Map) else None
    if own:
        steps = course.routine.steps
        exercises = {step.exercise.id: step.exercise for step in steps}
        each_side = {step.exercise.id for step in steps if in_turn(step)}
        yield from _in_own_entries(own, exercises, each_side)


def _in_spoken(routine: Routine, root: Node | None) -> Iterator[tuple[Place, Found]]:
    """Check the spoken lines: their length, bouncing, and a side named before both are done."""
    before: list[tuple[Text, Place]] = []
    steps = root.get("steps") if isinstance(root, Map) else None
    for item, node in with_nodes(routine.items, steps):
        if isinstance(item, Step):
            own = list(_own_cues(item, node))
            for text, at in (*before, *own):
                yield from ((at, found) for found in words.bouncing(text, item.exercise.kind))
                if in_turn(item):
                    yield from ((at, found) for found in sides.naming(text))
            for text, at in own:
                yield from ((at, found) for found in words.long_line(text))
            before = []
        elif isinstance(item, Say | Rest | Wait):
            for text, at in _spoken_by(item, node):
                before.append((text, at))
                yield from ((at, found) for found in words.long_line(text))


def _spoken_by(item: Say | Rest | Wait, node: Node) -> Iterator[tuple[Text, Place]]:
    if isinstance(item, Wait):
        yield item.text, value_of(node, "wait") or node
    if item.say:
        yield item.say, value_of(node, "say") or node


def _own_cues(step: Step, node: Node) -> Iterator[tuple[Text, Place]]:
    """The cues of the step itself. They come after the cues of the catalogue."""
    cues = node.get("cues") if isinstance(node, Map) else None
    if isinstance(cues, Map):
        own: Sequence[StepCue] = step.cues[-len(cues.pairs) :] if cues.pairs else ()
        for cue, (point, _) in zip(own, cues, strict=False):
            if cue.say:
                yield cue.say, point
    phases_at = key_of(node, "phases")
    for amount in step.dose.work:
        if isinstance(amount, Cycles) and phases_at:
            yield from ((phase.say, phases_at) for phase in amount.phases if phase.say)


def _in_own_entries(
    own: Node, exercises: Mapping[str, Exercise], each_side: Container[str]
) -> Iterator[tuple[Place, Found]]:
    for id_, (key, node) in entry_nodes(own).items():
        if id_ in exercises:
            yield from in_entry(exercises[id_], (), key, node, id_ in each_side)


def in_entry(
    exercise: Exercise, cues: tuple[StepCue, ...], key: Scalar, node: Map, each_side: bool
) -> Iterator[tuple[Place, Found]]:
    """Check the texts of an entry. `each_side`: it is done on each side in turn."""
    for index, line in enumerate(exercise.how):
        for found in (*words.bouncing(line, exercise.kind), *words.long_line(line)):
            at = found._replace(parts=("how",), number=index)
            yield place_in_entry(key, node, at), found
    for cue in cues:
        for found in words.bouncing(cue.say, exercise.kind) if cue.say else ():
            yield place_in_entry(key, node, found._replace(parts=("cues", "dose"))), found
    if each_side:
        said = (found for cue in cues for found in sides.naming(cue.say, "cues", "dose"))
        for found in (*sides.on_card(exercise), *said):
            yield place_in_entry(key, node, found), found
    for found in (*words.hard_words(exercise), *apart(exercise)):
        yield place_in_entry(key, node, found), found


def entry_nodes(root: Node | None) -> dict[str, tuple[Scalar, Map]]:
    """The entries of a catalogue by id, normalised as for `use:`."""
    pairs = root.pairs.values() if isinstance(root, Map) else ()
    return {same_id(key.text): (key, node) for key, node in pairs if isinstance(node, Map)}
