"""The safety rules. A file that breaks one of them can't be played.

A session runs only these rules. `every_rule` also runs them, from the same table.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from player.check.lint import care, massage
from player.check.lint.facts import Course, CourseRule, Found, Look, Words, course_of, facts_of
from player.check.lint.placing import place_of
from player.document.fault import FIRST_LINE, report_fault
from player.document.problem import ERROR, Problem, Problems
from player.library.opening import Opened
from player.routine.model import Dose, Step
from player.routine.vocabulary import Kind

SAFETY_RULES: Mapping[str, tuple[CourseRule, ...]] = MappingProxyType(
    {
        "L21": (massage.pressure,),
        "L23": (massage.deep_pressure_often, massage.deep_pressure_time),
        "L34": (care.heat,),
        "L36": (care.cold_time,),
        "L37": (care.cold_cloth,),
        "L38": (care.cold_by_the_nerve,),
        "L39": (care.after_cold,),
        "L41": (care.raised,),
        "L42": (care.early_care_alone,),
    }
)
"""Each safety rule by its code. The routine reader itself checks L24 (E401)."""


def safety_errors(opened: Opened) -> tuple[Problem, ...]:
    """The errors that forbid playing a routine, whatever `reason` a step gives."""
    routine, document = opened.routine, opened.document
    if routine is None:
        return ()
    problems = Problems(document.path)
    try:
        course = course_of(opened, routine, _facts_alone)
        for step, found in of_safety(course):
            if found.level == ERROR:
                at = place_of(course, step, found)
                problems.error(found.code, at, found.message, found.help)
    except Exception as error:
        report_fault(error, problems, FIRST_LINE)
    return tuple(problems.found)


def of_safety(course: Course) -> Iterator[tuple[Step | None, Found]]:
    """All findings of the safety rules, errors or not."""
    for rules in SAFETY_RULES.values():
        for rule in rules:
            yield from rule(course)


@lru_cache(maxsize=4096)
def _facts_alone(kind: Kind | None, dose: Dose, words: Words) -> Look:
    """The facts about a dose without findings: no rule about a single dose is a safety rule."""
    return Look(facts_of(dose))
