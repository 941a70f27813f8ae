"""Runs all dose rules on a file. They report what a coach may want to reconsider.

Each rule is a function that takes frozen values and returns findings. This module runs the
rules, drops the findings that a `reason` justifies, and locates all others in the file.
`player.check.rules` describes the rules in words.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from player.check.lint import (
    care,
    contract_relax,
    massage,
    moving,
    shape,
    sides,
    stretch,
    words,
)
from player.check.lint.facts import (
    Course,
    CourseRule,
    DoseRule,
    Found,
    Look,
    Words,
    course_of,
    facts_of,
)
from player.check.lint.placing import place_in_entry, place_of
from player.check.lint.safety import of_safety
from player.check.lint.spoken import entry_nodes, in_entry, in_texts
from player.check.rules import ANSWERED_BY_REASON, SAFETY
from player.document.fault import FIRST_LINE, report_fault
from player.document.problem import ERROR, INFO, WARNING, Place, Problem, Problems
from player.document.read import Document
from player.library.opening import Opened
from player.routine.catalogue import Entry
from player.routine.model import Dose, Routine, Step
from player.routine.named_side import in_turn
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
    Kind.BREATHE: (shape.breath_in_phases,),
}
_OF_A_KIND: Mapping[Kind, tuple[CourseRule, ...]] = {
    Kind.CONTRACT_RELAX: (contract_relax.cycles,),
    Kind.ROLL: (massage.rolling_sets, massage.rolling_in_all),
    Kind.PRESS: (massage.spot, massage.spots),
    Kind.COOL: (care.cold_often, care.cold_twice),
}
_OF_A_COURSE: tuple[CourseRule, ...] = (
    stretch.before_sport,
    shape.warm_up,
    shape.one_side_only,
    sides.in_steps,
    moving.changes,
    shape.massage_length,
    shape.length,
)
_ONLY_INFO: tuple[CourseRule, ...] = (
    stretch.too_little_in_all,
    stretch.too_much_in_all,
    shape.unequal_sides,
)


def lint(opened: Opened, info: bool = True) -> tuple[Problem, ...]:
    """All findings in a routine without errors."""
    routine, document = opened.routine, opened.document
    if routine is None:
        return ()
    problems = Problems(document.path)
    try:
        _lint(opened, routine, info, problems)
    except Exception as error:
        report_fault(error, problems, FIRST_LINE)
    return tuple(problems.found)


def _lint(opened: Opened, routine: Routine, info: bool, problems: Problems) -> None:
    course = course_of(opened, routine, _look_at)
    reported = [
        (step, found)
        for step, found in _of_doses(course, info)
        if (info or found.level != INFO) and not (step and step.reason and _is_answered(found))
    ]
    reported.sort(key=_worst_first)
    for step, found in reported:
        _add(problems, place_of(course, step, found), found)
    for at, found in in_texts(course, opened.document):
        _add(problems, at, found)


def lint_entries(
    document: Document, entries: Iterable[Entry], info: bool = True
) -> tuple[Problem, ...]:
    """All findings in a catalogue file, where each entry has its own dose."""
    problems = Problems(document.path)
    try:
        _lint_entries(document, entries, info, problems)
    except Exception as error:
        report_fault(error, problems, FIRST_LINE)
    return tuple(problems.found)


def _lint_entries(
    document: Document, entries: Iterable[Entry], info: bool, problems: Problems
) -> None:
    by_id = entry_nodes(document.root)
    for entry in entries:
        key, node = by_id[entry.exercise.id]
        step = entry.step(1, key.line + 1)
        alone = Routine("", document.path, entry.exercise.name, (step,))
        course = course_of(Opened(document, None), alone, _look_at)
        of_itself = ((step, found) for found in shape.breath_held(step, frozenset()))
        found_in = (*of_safety(course), *_of_each(course), *_of_kinds(course), *of_itself)
        for _, found in sorted(found_in, key=_worst_first):
            if info or found.level != INFO:
                _add(problems, place_in_entry(key, node, found), found)
        for at, found in in_entry(entry.exercise, entry.cues, key, node, in_turn(step)):
            _add(problems, at, found)
    for at, found in words.promises(document.root, document.lines):
        _add(problems, at, found)


def _worst_first(of: tuple[object, Found]) -> int:
    """The sort key of a finding. Only the first finding of a code at a place is reported."""
    return _LEVELS[of[1].level]


_LEVELS = {ERROR: 0, WARNING: 1, INFO: 2}


def _add(problems: Problems, at: Place | None, found: Found) -> None:
    problems.add(found.level, found.code, at, found.message, found.help)


def _is_answered(found: Found) -> bool:
    """Whether the step's `reason` justifies this finding. It never justifies a safety error."""
    safety_error = found.code in SAFETY and found.level == ERROR
    return found.code in ANSWERED_BY_REASON and not safety_error


def _of_doses(course: Course, info: bool) -> Iterator[tuple[Step | None, Found]]:
    """All findings of the dose rules in a routine."""
    yield from of_safety(course)
    yield from _of_each(course)
    for done in course.done:
        if done.step.dose.paced or done.step.exercise.kind is Kind.BREATHE:
            for found in shape.breath_held(done.step, course.routine.avoid_if):
                yield done.step, found
    yield from _of_kinds(course)
    for of_course in _OF_A_COURSE:
        yield from of_course(course)
    if info:
        for of_course in _ONLY_INFO:
            yield from of_course(course)


def _of_each(course: Course) -> Iterator[tuple[Step | None, Found]]:
    """The findings of the rules that examine one dose at a time."""
    for done in course.done:
        if done.look.found:
            yield from ((done.step, found) for found in done.look.found)


def _of_kinds(course: Course) -> Iterator[tuple[Step | None, Found]]:
    for kind in course.by_kind:
        for rule in _OF_A_KIND.get(kind, ()) if kind else ():
            yield from rule(course)


@lru_cache(maxsize=4096)
def _look_at(kind: Kind | None, dose: Dose, words: Words) -> Look:
    """Examine one dose. The result is cached: coaches use the same few doses again and again."""
    rules = (*_OF_A_DOSE.get(kind, ()), shape.breath)
    found = (found for rule in rules for found in rule(dose, words))
    return Look(facts_of(dose), tuple(found))
