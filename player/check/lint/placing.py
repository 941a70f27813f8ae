"""Finds the place of a finding in its file: the part that it is about, else the step."""

from player.check.lint.facts import Course, Found
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Place
from player.routine.model import Step
from player.routine.shape import DOSE_KEYS
from player.routine.step_reader import STEP_KEYS

_IN_THE_DOSE = DOSE_KEYS - {"dose", "phases", "cycles"}


def place_of(course: Course, step: Step | None, found: Found) -> Place | None:
    """The place of a finding: in the step, or in the routine if there is no step."""
    if step is None:
        return _in_routine(course.opened.document.root, found)
    node = course.done[step.number - 1].node
    return _in_step(node, found) if node else None


def _in_step(node: Node, found: Found) -> Place:
    if not isinstance(node, Map) or not node.pairs:
        return node
    for part in found.parts:
        if part in node.pairs:
            return _inside(*node.pairs[part], found.number)
    first, (key, value) = next(iter(node.pairs.items()))
    if _IN_THE_DOSE.isdisjoint(found.parts):
        return key
    if "dose" in node.pairs:
        return _inside(*node.pairs["dose"], None)
    return key if first in STEP_KEYS else _inside(key, value, None)


def place_in_entry(key: Scalar, entry: Map, found: Found) -> Place:
    """The part of a catalogue entry that `found` is about."""
    dose = entry.get("dose")
    if isinstance(dose, Map):
        for part in found.parts:
            if part in dose.pairs:
                return _inside(*dose.pairs[part], found.number)
    for part in found.parts:
        if part in entry.pairs:
            return _inside(*entry.pairs[part], found.number)
    if "dose" in entry.pairs and not _IN_THE_DOSE.isdisjoint(found.parts):
        return _inside(*entry.pairs["dose"], None)
    return key


def _in_routine(root: Node | None, found: Found) -> Place | None:
    if isinstance(root, Map):
        for part in found.parts:
            if part in root.pairs:
                return _inside(*root.pairs[part], None)
    return None


def _inside(key: Scalar, value: Node, index: int | None) -> Place:
    """The value if it is one text; the numbered item if it is a list; else the key."""
    if isinstance(value, Scalar):
        return key if value.missing else value
    if index is not None and isinstance(value, Seq) and index < len(value.items):
        item = value.items[index]
        return next(iter(item))[0] if isinstance(item, Map) and item.pairs else item
    return key


def key_of(node: Node | None, name: str) -> Place | None:
    return node.pairs[name][0] if isinstance(node, Map) and name in node.pairs else None


def value_of(node: Node | None, name: str) -> Place | None:
    value = node.get(name) if isinstance(node, Map) else None
    return None if isinstance(value, Seq) else value
