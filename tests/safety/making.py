"""Helpers for the tests of this room: the shipped data, answers, routines and interviews."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from hypothesis import settings

from player.base.calendar import day_began
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import Opened, open_document, open_routine
from player.routine.model import Dose, Exercise, Hold, Plan, Routine, Step, exactly, steps_of, text
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Kind, Position, Region, Side, Sides
from player.safety.adapt import AdaptedPlan, adapt
from player.safety.aftermath import Last, Past
from player.safety.answers_file import parse_answers
from player.safety.clearance import Clearance, judge
from player.safety.findings import AgeBand, Answers
from player.safety.interview import Interview
from player.safety.matrix import Rank, load_matrix
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Form, Prompt, Reply
from player.safety.questions import load_questionnaire
from player.safety.record import NO_PAST, Context
from player.safety.today import NOT_SORE, SORE
from tests.habits import tries

NOW = 1_790_000_000.0
DAY = 86_400.0
MIDNIGHT = day_began(NOW)
LIBRARY = open_library([SHIPPED])
CATALOGUE = LIBRARY.catalogue
MATRIX = load_matrix()
QUESTIONS = load_questionnaire()
QUICK = settings(max_examples=tries(25), deadline=None)
"""How many examples a property test tries. There is no deadline: a busy machine is no failure."""
KEYS = tuple(MATRIX.conditions)
RED = frozenset(key for key, row in MATRIX.conditions.items() if row.rank >= Rank.URGENT)


def opened(source: str) -> Opened:
    return open_document(read_bytes(source.encode(), "t.yaml"), CATALOGUE)


def routine_of(source: str) -> Routine:
    what = opened(source)
    assert what.routine, what.report()
    return what.routine


@cache
def shipped() -> tuple[Routine, ...]:
    found = [open_routine(file, CATALOGUE).routine for file in LIBRARY.files]
    assert len(found) >= 12 and all(found)
    return tuple(routine for routine in found if routine)


@cache
def alone(id_: str) -> Routine:
    """Return a routine of one step: this exercise of the catalogue with its own dose."""
    return routine_of(f"name: T\nsteps:\n  - {id_}\n")


def every_exercise() -> tuple[Routine, ...]:
    return tuple(alone(entry.exercise.id) for entry in CATALOGUE.entries)


@cache
def one_of_each() -> Routine:
    """Return a routine with a step for each kind, region and position."""
    dose = Dose(
        (Hold(exactly(30_000)),), exactly(1), Sides.BOTH, Side.LEFT,
        exactly(0), exactly(0), exactly(0), exactly(0), (),
    )  # fmt: skip
    steps: list[Step] = []
    for kind in Kind:
        for region in Region:
            for position in Position:
                name = f"{kind} {region} {position}"
                exercise = Exercise(
                    name, text(name), kind, frozenset({kind}), frozenset({region}),
                    frozenset({position}), vetted=True, known=True,
                )  # fmt: skip
                steps.append(Step(len(steps) + 1, 1, exercise, dose, text(name)))
    return Routine("each", "each.yaml", text("Each"), tuple(steps))


def clearance_for(
    *keys: str, soreness: int = 0, age: int = 40, unanswered: Iterable[str] = ()
) -> Clearance:
    """Return a clearance from keys without places, as in a file of answers."""
    rows = {
        "yes": list(keys),
        "soreness": soreness,
        "age": age,
        "unanswered": list(unanswered),
    }
    return judge(parse_answers(json.dumps(rows).encode(), MATRIX, NOW), MATRIX, NOW)


def plan_of(routine: Routine, clearance: Clearance) -> AdaptedPlan:
    return adapt(routine, clearance, CATALOGUE)


def substitutes(plan: Plan) -> dict[int, Step]:
    """Return the substitutes of a plan by step number."""
    own = {step.number: step.exercise for step in plan.routine.steps}
    return {s.number: s for s in steps_of(plan.items) if own.get(s.number) is not s.exercise}


def played(plan: Plan) -> frozenset[tuple[int, Side]]:
    """Return every step of the routine itself that plays, by number and side."""
    found = set()
    others = substitutes(plan)
    for step in steps_of(plan.items):
        if step.number in others:
            continue
        side = step.dose.side
        if side is not Sides.RIGHT:
            found.add((step.number, Side.LEFT))
        if side is not Sides.LEFT:
            found.add((step.number, Side.RIGHT))
    return frozenset(found)


def left(routine: Routine, clearance: Clearance) -> frozenset[tuple[int, Side]]:
    return played(plan_of(routine, clearance))


# Interviews

FULL_PROFILE = Profile(
    answered={row.id: NOW - DAY for row in QUESTIONS.profile} | {"age": NOW - DAY},
    age=AgeBand.ADULT,
)


def new_interview(
    routine: Routine | None = None,
    profile: Profile = FULL_PROFILE,
    now: float = NOW,
    last_red: RedFlag | None = None,
    past: Past = NO_PAST,
    may_have_lost_red: bool = False,
) -> Interview:
    """Return an interview before its first answer, for a person with a complete profile."""
    routine = routine or alone("calf-wall-straight")
    context = Context(QUESTIONS, MATRIX, routine, CATALOGUE, profile, now, last_red, past)
    return Interview(replace(context, may_have_lost_red=may_have_lost_red))


def mark(*keys: str) -> frozenset[str]:
    return frozenset(keys)


def answered_with(interview: Interview, *replies: Reply) -> Interview:
    for reply in replies:
        interview = interview.answer(reply)
    return interview


HARMLESS_ONE = frozenset({"s", NOT_SORE})
"""In a list that needs one of some choices: 16 to 64 years old, or nothing is sore."""

_HARMLESS: Mapping[str, Reply] = {
    "G5.when": "7",  # 1 to 3 weeks ago, seen, and better since
    "O1": "yes",
    "O3": "yes",
    "K1": "yes",
}


def harmless(prompt: Prompt) -> Reply:
    """Return the answer of a person without any problem."""
    if prompt.id in _HARMLESS:
        return _HARMLESS[prompt.id]
    if prompt.form is Form.MARKS:
        return HARMLESS_ONE & prompt.one_of
    if prompt.form is Form.YES_NO:
        safe_yes = prompt.id.startswith("I4") or prompt.id == "confirm"
        return "yes" if safe_yes else "no"
    if prompt.form is Form.NUMBER:
        return 0 if prompt.scale else 40
    if prompt.id == "age":
        return "s"
    return prompt.choices[-1].key


def finish(interview: Interview, replies: Mapping[str, Reply] | None = None) -> Interview:
    """Answer with `replies` by prompt id, and every other prompt harmlessly."""
    while interview.prompt:
        interview = interview.answer(reply_to(interview.prompt, replies or {}))
    return interview


def reply_to(prompt: Prompt, replies: Mapping[str, Reply]) -> Reply:
    """Return the reply by prompt id, or a harmless one.

    `{"P7": "yes", "F1": "yes", "age": "u"}` marks a row, a follow-up and an age in a list. With a
    reply for S1, something is marked as sore.
    """
    if prompt.id in replies:
        return replies[prompt.id]
    if prompt.id == "today" and "S1" in replies:
        return frozenset({SORE})
    if prompt.id not in {"profile", "followups"}:
        return harmless(prompt)
    ids = {**rows_of(prompt), **followups_of(prompt)}
    marked = {key for key, id_ in ids.items() if replies.get(id_, "no") != "no"}
    return frozenset(marked) | prompt.one_of & {str(replies.get("age", "s"))}


def rows_of(prompt: Prompt) -> dict[str, str]:
    """Return the id of each row of the profile that this prompt asks, by its key."""
    ids = {words: row.id for row in QUESTIONS.profile for words in (row.ask, row.rest) if words}
    return {choice.key: ids[choice.say] for choice in prompt.choices if choice.say in ids}


def followups_of(prompt: Prompt) -> dict[str, str]:
    """Return the id of each follow-up that this list asks, by its key."""
    ids = {row.ask: row.id for row in QUESTIONS.followups if row.then != "alone"}
    return {choice.key: ids[choice.say] for choice in prompt.choices if choice.say in ids}


def rows_asked(interview: Interview, replies: Mapping[str, Reply] | None = None) -> list[str]:
    """Return the rows of the profile that `finish` would be asked."""
    found: list[str] = []
    while interview.prompt:
        if interview.prompt.id == "profile":
            found += rows_of(interview.prompt).values()
        interview = interview.answer(reply_to(interview.prompt, replies or {}))
    return found


def all_asked(interview: Interview, replies: Mapping[str, Reply] | None = None) -> set[str]:
    """Return the ids of all prompts that `finish` answers, and of all that is in their lists."""
    found: set[str] = set()
    while prompt := interview.prompt:
        found |= {prompt.id, *rows_of(prompt).values(), *followups_of(prompt).values()}
        found |= {"age"} if prompt.id == "profile" and prompt.one_of else set()
        interview = interview.answer(reply_to(prompt, replies or {}))
    return found


def prompts(interview: Interview, replies: Mapping[str, Reply] | None = None) -> list[str]:
    """Return the ids of all prompts that `finish` answers."""
    found = []
    while interview.prompt:
        found.append(interview.prompt.id)
        interview = interview.answer(reply_to(interview.prompt, replies or {}))
    return found


def every_prompt() -> list[Prompt]:
    """Return prompts of every kind, as the interview asks them."""
    found: dict[str, Prompt] = {}
    ill: dict[str, Reply] = {"today": mark("5", "8", "c"), "S1": 3, "S3": "n", "A1": "w"}
    last = Last(1, "calf-stretch", "Calf stretch", NOW - DAY, 2, 2)
    people: list[tuple[Interview, Mapping[str, Reply]]] = [
        (new_interview(alone("psoas-tool-press"), profile=Profile()), {"DP": "s"}),
        (new_interview(alone("calf-roll"), profile=replace(FULL_PROFILE, age=None)), {}),
        (
            new_interview(past=Past(last=last), last_red=RedFlag("dvt_signs", "G3", NOW - 3_600)),
            ill,
        ),
    ]
    for interview, replies in people:
        here = interview
        while here.prompt:
            found.setdefault(here.prompt.id, here.prompt)
            reply = replies.get(here.prompt.id)
            if reply is None:
                reply = "c" if here.prompt.id == "R0" else harmless(here.prompt)
            here = here.answer(reply)
    return list(found.values())


def result(interview: Interview, now: float | None = None) -> Clearance:
    return judge_answers(interview.outcome.answers, now)


def judge_answers(answers: Answers, now: float | None = None) -> Clearance:
    return judge(answers, MATRIX, answers.at if now is None else now)


def keys_of(interview: Interview) -> set[str]:
    return set(result(interview).keys)


def option(question: str, words: str) -> str:
    """Return the key of the line in a short list that contains these words."""
    found = QUESTIONS.find(question)
    assert found
    lines: Sequence[str] = [row.say for row in found.options]
    (index,) = [n for n, line in enumerate(lines) if words in line]
    return "123456789abcdefgh"[index]
