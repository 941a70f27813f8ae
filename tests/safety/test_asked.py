"""Each step brings all the questions about what it counts as when it is screened."""

from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.routine.model import Exercise, Routine, Step
from player.routine.vocabulary import (
    EQUIPMENT,
    LEG,
    MASSAGE,
    MASSAGE_TOOLS,
    Kind,
    Position,
    Region,
    Side,
)
from player.safety.blocks import as_screened, keys_of_relatives
from player.safety.clearance import judge
from player.safety.findings import AgeBand, Answers, Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile
from player.safety.questions import Question
from tests.safety.making import (
    CATALOGUE,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    QUICK,
    answered_with,
    harmless,
    left,
    mark,
    new_interview,
    opened,
    plan_of,
    routine_of,
)

NONE: frozenset[str] = frozenset()
MASSAGE_ASKS = {"F1", "F13"}
IS_FOR = {
    "F1": MASSAGE | {Kind.HEAT, Kind.COOL},
    "F3": MASSAGE,
    "F10": frozenset[Kind](),
    "F13": MASSAGE | {Kind.CONTRACT_RELAX, Kind.HEAT, Kind.COOL},
    "F14": frozenset({Kind.COOL}),
}
"""The follow-ups that a step alone calls for, and the kinds of steps that each is for (2d).

The other follow-ups depend on the person too, or are about deep pressure. For a stranger's step of
another kind, the questions are about what takes out the exercises that it resembles.
"""


def asked(routine: Routine, profile: Profile = FULL_PROFILE) -> frozenset[str]:
    """Return the ids of the follow-ups that are asked of a person without any problem."""
    return asked_by(answered_with(new_interview(routine, profile), mark("0")))


def asked_by(interview: Interview) -> frozenset[str]:
    by_words = {question.ask: question.id for question in QUESTIONS.followups}
    found: set[str] = set()
    while interview.prompt:
        if interview.prompt.id == "followups":
            found |= {by_words[choice.say] for choice in interview.prompt.choices}
        interview = interview.answer(harmless(interview.prompt))
    return frozenset(found)


def one_step(line: str) -> Routine:
    return routine_of(f"name: T\nsteps:\n  - {line}\n")


# Single cases


@pytest.mark.parametrize("kind", ["static-stretch", "dynamic-stretch", "strengthen", "breathe"])
@pytest.mark.parametrize("tool", sorted(MASSAGE_TOOLS - {"psoas-tool"}))
def test_a_tool_for_massage_is_asked_about_whatever_kind_the_file_gives(
    kind: str, tool: str
) -> None:
    step = f"{{name: A, kind: {kind}, regions: [calf], equipment: [{tool}], dose: 60s}}"
    assert asked(one_step(step)) >= MASSAGE_ASKS


def test_a_tool_that_a_file_adds_to_our_stretch_makes_it_a_massage() -> None:
    plain, added = (
        one_step("calf-wall-straight"),
        one_step("{use: calf-wall-straight, equipment: [roller]}"),
    )
    assert not asked(plain) and asked(added) >= MASSAGE_ASKS
    cut = judge(Answers(NOW, (Finding("skin", "calf", at=NOW),), age=AgeBand.ADULT), MATRIX, NOW)
    assert plan_of(plain, cut).items and not plan_of(added, cut).items


def test_a_tool_for_the_psoas_never_turns_our_step_into_deep_pressure_that_plays() -> None:
    step = one_step("{use: calf-hand-knead, equipment: [psoas-tool]}").steps[0]
    assert Kind.DEEP_PRESS in as_screened(step).kinds and not as_screened(step).vetted


def test_a_key_that_an_exercise_of_the_file_names_is_asked_about() -> None:
    source = """
        name: T
        exercises:
          my-calf: {name: My calf, kind: static-stretch, regions: [calf], position: stand,
            avoid_if: [masking], sides: one, dose: 30s}
        steps:
          - my-calf
    """
    assert "F13" in asked(routine_of(dedent(source).lstrip()))


def test_a_clot_risk_and_a_roller_by_another_kind_ask_for_a_new_ache() -> None:
    risk = replace(FULL_PROFILE, findings=(Finding("dvt_risk", question="P4", at=NOW),))
    step = "{name: A, kind: dynamic-stretch, regions: [ham], equipment: [roller], dose: 60s}"
    assert "F3" in asked(one_step(step), risk)


def test_a_strangers_deep_pressure_is_not_offered_to_be_switched_on() -> None:
    step = "{name: A, kind: deep-press, regions: [hipflexor], position: supine, dose: 60s}"
    begun = answered_with(new_interview(one_step(step)), mark("0"))
    assert begun.prompt and begun.prompt.id == "followups"
    assert asked_by(begun) >= MASSAGE_ASKS


# The rule

kinds = st.none() | st.sampled_from(Kind)
tools = st.frozensets(st.sampled_from(sorted(EQUIPMENT)), max_size=3)
some_regions = st.frozensets(st.sampled_from(Region), min_size=1, max_size=3)


@st.composite
def strangers_step(draw: st.DrawFn) -> str:
    kind, used = draw(kinds), draw(tools)
    words = ["name: A", "dose: 60s", f"regions: [{', '.join(sorted(draw(some_regions)))}]"]
    if kind:
        words.append(f"kind: {kind}")
    if used:
        words.append(f"equipment: [{', '.join(sorted(used))}]")
    if draw(st.booleans()):
        words.append(f"position: {draw(st.sampled_from(Position))}")
    return f"{{{', '.join(words)}}}"


@st.composite
def added_to_ours(draw: st.DrawFn) -> str:
    entry = draw(st.sampled_from([e.exercise.id for e in CATALOGUE.entries]))
    used = draw(tools)
    return f"{{use: {entry}, equipment: [{', '.join(sorted(used))}]}}" if used else entry


files = st.lists(strangers_step() | added_to_ours(), min_size=1, max_size=3).map(
    lambda lines: "name: T\nsteps:\n" + "".join(f"  - {line}\n" for line in lines)
)


def is_for(question: Question, key: str, step: Step) -> bool:
    """Whether this follow-up, with this key, is for a step at all."""
    counts_as = as_screened(step)
    if question.id == "F3" and not counts_as.regions & LEG:
        return False
    if counts_as.kinds & IS_FOR[question.id]:
        return True
    if key == "skin" and step.equipment & {"strap", "wrap"}:
        return True
    return not counts_as.vetted and key in keys_of_relatives(counts_as, CATALOGUE.vetted)


def takes_out(finding: Finding, routine: Routine, knows: tuple[Finding, ...]) -> bool:
    """Whether a condition takes out a step, or a side of one, that plays without it."""

    def plays(*found: Finding) -> frozenset[tuple[int, Side]]:
        return left(routine, judge(Answers(NOW, found, age=AgeBand.ADULT), MATRIX, NOW))

    return plays(*knows, finding) < plays(*knows)


@pytest.mark.soak
@QUICK
@given(files, st.sampled_from([None, *sorted(MATRIX.clot_risk)]))
def test_every_follow_up_that_could_take_out_a_step_is_asked(source: str, risk: str | None) -> None:
    routine = opened(source).routine
    if routine is None:
        return  # the reader refused it
    knows = (Finding(risk, question="P4", at=NOW, cleared_at=NOW),) if risk else ()
    met = asked(routine, replace(FULL_PROFILE, findings=knows))
    for question in QUESTIONS.followups:
        if question.id not in IS_FOR or (question.id == "F3" and not risk):
            continue
        for key in question.all_keys:
            if MATRIX.conditions[key].rank >= Rank.URGENT:
                continue  # it takes out everything
            steps = tuple(step for step in routine.steps if is_for(question, key, step))
            if takes_out(Finding(key, at=NOW), routine._replace(items=steps), knows):
                assert question.id in met, (question.id, key, source)


@pytest.mark.soak
@QUICK
@given(strangers_step())
def test_a_strangers_step_is_asked_about_like_ours_of_each_kind_that_it_counts_as(
    line: str,
) -> None:
    routine = opened(f"name: T\nsteps:\n  - {line}\n").routine
    if routine is None:
        return
    step = routine.steps[0]
    counts_as = as_screened(step)
    for kind in counts_as.kinds - {Kind.DEEP_PRESS}:
        ours = _ours(step, counts_as, kind)
        assert asked(routine) >= asked(routine._replace(items=(ours,))), kind


def _ours(step: Step, counts_as: Exercise, kind: Kind) -> Step:
    """Return the step as it would be in the catalogue if it were of this kind only."""
    exercise = counts_as._replace(
        kind=kind, kinds=frozenset({kind}), vetted=True, equipment=step.equipment
    )
    return step._replace(exercise=exercise)
