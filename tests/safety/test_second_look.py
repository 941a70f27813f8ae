"""Cases that a review found: each of them once allowed more than it should."""

from dataclasses import replace

import pytest

from player.routine.vocabulary import Side
from player.safety.clearance import judge
from player.safety.cleared import Cleared, Refusal, admit
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.interview import Interview
from player.safety.matrix import Rank
from tests.safety.making import (
    FULL_PROFILE,
    MATRIX,
    NOW,
    clearance_for,
    left,
    mark,
    new_interview,
    opened,
    plan_of,
    rows_of,
    shipped,
)

LIGHT = "name: T\nsteps:\n  - {{use: calf-hand-knead{}}}\n"


@pytest.mark.parametrize("more", [", pressure: 4", ", pressure: 2-9", ", equipment: [roller]"])
def test_with_a_blood_thinner_only_light_massage_by_hand_plays(more: str) -> None:
    light, hard = opened(LIGHT.format("")).routine, opened(LIGHT.format(more)).routine
    assert light is not None and hard is not None
    assert left(light, clearance_for("anticoagulant"))
    assert left(hard, clearance_for()) and not left(hard, clearance_for("anticoagulant"))


def test_a_plan_that_was_changed_after_it_was_adapted_is_refused() -> None:
    roll = opened("name: T\nsteps: [calf-roll, calf-wall-straight]\n").routine
    assert roll is not None
    clearance = clearance_for("anticoagulant")
    plan = plan_of(roll, clearance)
    assert isinstance(admit(plan, clearance, "Ana", NOW), Cleared)
    assert isinstance(admit(plan._replace(items=roll.items), clearance, "Ana", NOW), Refusal)
    forged = plan._replace(items=roll.items)
    forged._clearance = clearance
    assert isinstance(admit(forged, clearance, "Ana", NOW), Refusal)


def test_with_a_key_from_another_version_nothing_plays_and_it_says_why() -> None:
    kept = Answers(NOW, (Finding("moon_sickness", at=NOW), Finding("oa", at=NOW)))
    clearance = judge(kept, MATRIX, NOW)
    assert not clearance.plays and clearance.rank is Rank.STOP and clearance.keys == ("oa",)


def test_a_place_from_another_version_counts_as_everywhere() -> None:
    skin = Finding("skin", "elbow", Side.LEFT, at=NOW)
    for routine in shipped():
        strange = judge(Answers(NOW, (skin,), age=AgeBand.ADULT), MATRIX, NOW)
        assert left(routine, strange) == left(routine, clearance_for("skin"))
    sore = Answers(NOW, sorenesses=(Soreness(8, "elbow", None, False),))
    assert not judge(sore, MATRIX, NOW).plays


def test_a_profile_from_another_version_is_asked_again() -> None:
    context = new_interview().context
    strange = (*context.profile.findings, Finding("moon_sickness", question="P3", at=NOW))
    profile = replace(context.profile, findings=strange)
    interview = Interview(replace(context, profile=profile))
    interview = interview.answer(mark("0"))
    assert interview.prompt is not None and rows_of(interview.prompt)["1"] == "P1"


def test_a_file_that_names_a_belly_key_has_the_belly_question_asked() -> None:
    source = "name: T\nsteps:\n  - {use: calf-wall-straight, avoid_if: [iud]}\n"
    routine = opened(source).routine
    assert routine is not None
    told_of = {row: at for row, at in FULL_PROFILE.answered.items() if row != "P9b"}
    profile = replace(FULL_PROFILE, answered=told_of)
    interview = new_interview(routine, profile).answer(mark("0"))
    assert interview.prompt is not None and [*rows_of(interview.prompt).values()] == ["P9b"]
    assert new_interview(None, profile).answer(mark("0")).prompt is None
