"""The dose rules on a file: what a coach may want to think about again.

Each rule is a function from frozen values to what it finds; here they are gathered, what a
`reason` answers is taken out, and each finding is put in its place. The rules in words stand in
`player.check.rules`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from player.check.lint import care, contract_relax, massage, moving, shape, stretch, words
from player.check.lint.facts import (
    Course,
    CourseRule,
    Done,
    DoseRule,
    Found,
    Look,
    Words,
    course_of,
    facts_of,
)
from player.check.lint.placing import key_of, place_in, place_in_entry, value_of
from player.check.lint.said import entry_nodes, in_entry, in_texts
from player.check.rules import ANSWERED_BY_REASON, SAFETY
from player.document.problem import ERROR, INFO, WARNING, Place, Problem, Problems
from player.document.read import Document
from player.library.opening import Opened
from player.routine.catalogue import Entry
from player.routine.model import Dose, Routine, Step
from player.routine.vocabulary import Kind

_OF_A_DOSE: Mapping[Kind | None, tuple[DoseRule, ...]] = {
    Kind.STATIC: (stretch.hold_too_short, stretch.hold_too_long, stretch.short_for_65),
    Kind.DYNAMIC: (stretch.repeats,),
    Kind.CONTRACT_RELAX: (
        contract_relax.contraction_time,
        contract_relax.contraction_effort,
        contract_relax.stretch_time,
    ),
    Kind.ROLL: (massage.rolling_set, massage.stroke),
    Kind.PRESS: (massage.spot,),
    Kind.DEEP_PRESS: (massage.deep_pressed,),
}
_OF_CARE: Mapping[Kind, tuple[Callable[[Done, Words], Iterator[Found]], ...]] = {
    Kind.HEAT: (care.heat,),
    Kind.COOL: (care.cold_time, care.cold_cloth, care.cold_by_the_nerve),
    Kind.EARLY_CARE: (care.raised,),
}
_CARED_FOR = frozenset({*_OF_CARE, Kind.DEEP_PRESS})
_OF_A_KIND: Mapping[Kind, tuple[CourseRule, ...]] = {
    Kind.CONTRACT_RELAX: (contract_relax.cycles,),
    Kind.ROLL: (massage.rolling_sets, massage.rolling_in_all),
    Kind.PRESS: (massage.spots,),
    Kind.DEEP_PRESS: (massage.deep_pressure,),
    Kind.COOL: (care.after_cold, care.cold_twice),
}
_OF_A_COURSE: tuple[CourseRule, ...] = (
    stretch.before_sport,
    shape.warm_up,
    shape.one_side_only,
    moving.changes,
    shape.massage_length,
    care.early_care_alone,
)
_ONLY_INFO: tuple[CourseRule, ...] = (
    stretch.too_little_in_all,
    stretch.too_much_in_all,
    shape.unequal_sides,
)


def lint(opened: Opened, info: bool = True) -> tuple[Problem, ...]:
    """What the rules find in a routine without errors."""
    routine, document = opened.routine, opened.document
    if routine is None:
        return ()
    course = course_of(opened, routine, _look_at)
    problems = Problems(document.path)
    kept = [
        (step, found)
        for step, found in _of_steps(course, info)
        if (info or found.level != INFO) and not (step.reason and _is_answered(found))
    ]
    kept.sort(key=_worst_first)
    for step, found in kept:
        node = course.done[step.number - 1].node
        _add(problems, place_in(node, found) if node else None, found)
    for at, found in (*_of_the_file(course, document), *in_texts(course, document)):
        _add(problems, at, found)
    return tuple(problems.found)


def refuses(opened: Opened) -> tuple[Problem, ...]:
    """The errors for which a file is not played, whatever it gives as its reason."""
    return tuple(p for p in lint(opened, info=False) if p.is_error and p.code in SAFETY)


def lint_entries(
    document: Document, entries: Iterable[Entry], info: bool = True
) -> tuple[Problem, ...]:
    """What the rules find in a catalogue file, each entry with its own dose."""
    problems = Problems(document.path)
    by_id = entry_nodes(document.root)
    for entry in entries:
        key, node = by_id[entry.exercise.id]
        step = entry.step(1, key.line + 1)
        alone = Routine("", document.path, entry.exercise.name, (step,))
        course = course_of(Opened(document, None), alone, _look_at)
        of_itself = ((step, found) for found in _of_one(course.done[0]))
        for _, found in sorted((*_of_kinds(course), *of_itself), key=_worst_first):
            if info or found.level != INFO:
                _add(problems, place_in_entry(key, node, found), found)
        for at, found in in_entry(entry.exercise, entry.cues, key, node):
            _add(problems, at, found)
    for at, found in words.promises(document.root, document.lines):
        _add(problems, at, found)
    return tuple(problems.found)


def _worst_first(of: tuple[object, Found]) -> int:
    """The order in which findings are kept: of one code at one place only the first is."""
    return _LEVELS[of[1].level]


_LEVELS = {ERROR: 0, WARNING: 1, INFO: 2}


def _add(problems: Problems, at: Place | None, found: Found) -> None:
    problems.add(found.level, found.code, at, found.message, found.help)


def _is_answered(found: Found) -> bool:
    """Whether a step's `reason` answers it; an error of a safety rule has no answer."""
    safety_error = found.code in SAFETY and found.level == ERROR
    return found.code in ANSWERED_BY_REASON and not safety_error


# What each step plays


def _of_steps(course: Course, info: bool) -> Iterator[tuple[Step, Found]]:
    for done in course.done:
        step = done.step
        if done.look.found:
            yield from ((step, found) for found in done.look.found)
        if step.dose.paced:
            for found in shape.breath_held(step, course.routine.avoid_if):
                yield step, found
    if not _CARED_FOR.isdisjoint(course.by_kind):
        yield from _of_care(course)
    yield from _of_kinds(course)
    for of_course in _OF_A_COURSE:
        yield from of_course(course)
    if info:
        for of_course in _ONLY_INFO:
            yield from of_course(course)


def _of_care(course: Course) -> Iterator[tuple[Step, Found]]:
    for done in course.done:
        step = done.step
        kind = step.exercise.kind
        for rule in _OF_CARE.get(kind, ()) if kind else ():
            for found in rule(done, course.words):
                yield step, found
        if not course.routine.often or step.often != step.exercise.often:
            for found in _of_often(step):
                yield step, found


def _of_kinds(course: Course) -> Iterator[tuple[Step, Found]]:
    for kind in course.by_kind:
        for rule in _OF_A_KIND.get(kind, ()) if kind else ():
            yield from rule(course)


def _of_one(done: Done) -> Iterator[Found]:
    step = done.step
    yield from done.look.found
    yield from shape.breath_held(step, frozenset())
    for kind in step.exercise.kinds:
        for rule in _OF_CARE.get(kind, ()):
            yield from rule(done, frozenset())
    yield from _of_often(step)


def _of_often(step: Step) -> Iterator[Found]:
    yield from massage.deep_pressure_days(step)
    yield from care.cold_days(step)


@lru_cache(maxsize=4096)
def _look_at(kind: Kind | None, dose: Dose, words: Words) -> Look:
    """A dose by itself: coaches write the same few over and over."""
    rules = _OF_A_DOSE.get(kind, ())
    if kind is not Kind.DEEP_PRESS:
        rules = (*rules, massage.pressure)
    found = (found for rule in (*rules, shape.breath) for found in rule(dose, words))
    return Look(facts_of(dose), tuple(found))


def _of_the_file(course: Course, document: Document) -> Iterator[tuple[Place | None, Found]]:
    root = document.root
    if shape.too_long(course.opened):
        message = "this lasts more than 45 minutes"
        yield key_of(root, "steps"), Found("L29", WARNING, message, "split it in two")
    often = course.routine.often
    if often and course.of(Kind.DEEP_PRESS):
        yield from ((value_of(root, "often"), found) for found in massage.too_often(often))
    if often and course.of(Kind.COOL):
        yield from ((value_of(root, "often"), found) for found in care.too_often(often))
