"""A row of the profile that a routine does not ask could not have changed anything in it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from player.play.alternatives import offers
from player.play.result import Offer
from player.routine.model import Plan, Routine
from player.safety.asking import Asker
from player.safety.clearance import Clearance
from player.safety.findings import Finding
from player.safety.followups import is_needed, needs_of
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile
from player.safety.profile_rows import AFTER_AN_INJURY, needed_rows
from player.safety.prompts import Reply
from player.safety.questions import Question
from player.safety.swaps import load_swaps
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    RED,
    alone,
    finish,
    new_interview,
    plan_of,
    result,
    routine_of,
    rows_asked,
    rows_of,
    shipped,
)
from tests.safety.test_invariants import EVERYTHING, HOSTILE, HOSTILE_ROUTINES

NONE: frozenset[str] = frozenset()
ODD = {
    "a file that names a belly key": "steps:\n  - {use: calf-wall-straight, avoid_if: [iud]}\n",
    "a file that takes care": "caution: [anticoagulant]\nsteps:\n  - calf-wall-straight\n",
    "a file with keys for all": "avoid_if: [hypermobile, abdo_surgery]\nsteps:\n  - quad-stand\n",
    "a file that asks for more": "screening: [belly-pain, feeling, heel-cord, pcl,"
    " pressure-heart]\nsteps:\n  - calf-wall-straight\n",
    "a stretch of nobody's": "steps:\n"
    "  - {name: A, kind: static-stretch, regions: [quad], position: stand, dose: 30s}\n",
    "a strap for the calf": "steps:\n"
    "  - {use: calf-wall-straight, equipment: [strap], dose: 30s}\n",
    "warmth": "steps:\n  - {name: W, kind: heat, regions: [quad], position: chair, hold: 9min,"
    " note: In a dry cloth}\n",
    "a roller on ours": "steps:\n  - {use: calf-wall-straight, equipment: [roller]}\n",
    "breathing alone": "steps:\n  - {name: B, kind: breathe, dose: 60s}\n",
    "a hand on the belly": "steps:\n"
    "  - {name: B, kind: breathe, regions: [belly], position: supine, dose: 60s}\n",
    "all fours": "steps:\n  - {name: C, kind: dynamic-stretch, regions: [lowback],"
    " position: all-fours, dose: 8 reps}\n",
}
ROUTINES: dict[str, Routine] = {routine.id: routine for routine in shipped()}
ROUTINES |= {words: routine_of(f"name: T\n{source}") for words, source in ODD.items()}
ROUTINES |= dict(zip(HOSTILE, HOSTILE_ROUTINES, strict=True)) | {"everything": EVERYTHING}
ROUTINES |= {entry.exercise.id: alone(entry.exercise.id) for entry in CATALOGUE.entries}
LEAST = "stop"
FIRST_DAY = replace(FULL_PROFILE, answered={"age": NOW})
HURT = {"strain_healing", "acute_strain"}
OTHERS = (
    "heart", "leg_nerve", "hip_replaced", "dizzy", "strain_healing", "masking", "cramp_now", "acl",
    "giving_way", "acute_strain",
)  # fmt: skip
"""What a person may have besides, so that other steps stand in."""


@cache
def asked_in(name: str, is_hurt: bool = False) -> tuple[Question, ...]:
    context = new_interview(ROUTINES[name], FIRST_DAY).context
    return tuple(needed_rows(context, (), is_hurt, has_deep_ache=False))


def not_asked(name: str, is_hurt: bool = False) -> tuple[Question, ...]:
    ids = {row.id for row in asked_in(name, is_hurt)}
    return tuple(row for row in QUESTIONS.profile if row.id not in ids)


def told_of(routine: Routine, *keys: str) -> Interview:
    """Return the finished interview of a person whose profile has these conditions."""
    findings = tuple(Finding(key, question="t", at=NOW) for key in keys)
    return finish(new_interview(routine, replace(FULL_PROFILE, findings=findings)))


class Led:
    """What one person is led to: the class, the plan, the follow-ups and the offers."""

    def __init__(self, routine: Routine, *keys: str) -> None:
        done = told_of(routine, *keys)
        self.clearance: Clearance = result(done)
        self.plan: Plan = plan_of(routine, self.clearance)
        self.followups = _followups(done)
        self.offers: Sequence[Offer] = offers(done, self.clearance, self.plan, CATALOGUE)

    def steps(self) -> tuple[object, ...]:
        plan = self.plan
        notes = [note for note in plan.notes if note[0] > 0]
        return (plan.items, len(plan.left_out), len(plan.swapped), len(plan.eased), notes)


def _followups(done: Interview) -> frozenset[str]:
    record = done._record
    record.asked_now.clear()
    ask = Asker(record)
    needs = needs_of(ask, done.context.routine.steps)
    return frozenset(q.id for q in QUESTIONS.followups if is_needed(ask, q, needs))


@cache
def led(name: str, *keys: str) -> Led:
    return Led(ROUTINES[name], *keys)


@cases("name", sorted(ROUTINES))
def test_a_row_that_is_not_asked_could_not_have_changed_anything(name: str) -> None:
    compare(name, None)


@pytest.mark.proof
@cases("name", sorted(ROUTINES))
@cases("other", OTHERS)
def test_nor_could_it_for_a_person_with_something_else(name: str, other: str) -> None:
    compare(name, other)


def compare(name: str, other: str | None) -> None:
    """Compare a person who has a key of a row that is not asked with one who has it not."""
    before = (other,) if other else ()
    without = led(name, *before)
    for row in not_asked(name, is_hurt=other in HURT):
        for key in row.all_keys:
            having = Led(ROUTINES[name], *before, key)
            assert max(having.clearance.rank, Rank.ADAPT) == max(without.clearance.rank, Rank.ADAPT)
            assert having.clearance.plays == without.clearance.plays
            assert having.steps() == without.steps(), (row.id, key)
            assert having.plan.too_little == without.plan.too_little
            more = {*having.plan.notes} - {*without.plan.notes}
            assert more <= {(0, MATRIX.conditions[key].note)}
            assert having.followups == without.followups, (row.id, key)
            assert having.offers == without.offers, (row.id, key)


@pytest.mark.parametrize("name", sorted(ROUTINES))
def test_what_stops_everything_is_asked_of_everybody(name: str) -> None:
    for row in not_asked(name):
        for key in row.all_keys:
            condition = MATRIX.conditions[key]
            assert key not in RED and not condition.session and key not in MATRIX.clot_risk
            assert condition.rank <= Rank.ADAPT


def test_a_stretch_asks_for_no_blood_thinner_and_no_illness_of_the_belly() -> None:
    assert [row.id for row in not_asked("calf-stretch")] == ["P2", "P9b"]
    assert [row.id for row in not_asked("calf-roller")] == ["P9b"]
    assert not not_asked("psoas-massager")


def test_after_an_injury_thin_bones_blood_thinners_and_numb_feet_are_asked_about() -> None:
    for name in ROUTINES:
        asked = {key for row in asked_in(name, is_hurt=True) for key in row.all_keys}
        assert asked >= AFTER_AN_INJURY
    hurt: dict[str, Reply] = {"today": frozenset("5")}
    begun = new_interview(ROUTINES["calf-stretch"], Profile())
    assert "P2" in rows_asked(begun, hurt) and "P2" not in rows_asked(begun)


@pytest.mark.parametrize(
    ("place", "side", "new", "asked"),
    [("g", "l", "n", True), ("p", "b", "n", True), ("l", None, "n", True), ("g", "l", "s", False),
     ("c", "b", "n", False)],
)  # fmt: skip
def test_a_new_ache_deep_in_the_hip_or_back_asks_for_a_blood_thinner(
    place: str, side: str | None, new: str, asked: bool
) -> None:
    sore: dict[str, Reply] = {"S1": 4, "S2": place, "S2.side": side or "", "S3": new}
    begun = new_interview(ROUTINES["calf-stretch"], Profile())
    assert ("P2" in rows_asked(begun, sore)) == asked


def test_a_row_that_was_not_asked_is_not_saved_as_answered() -> None:
    done = finish(new_interview(ROUTINES["calf-stretch"], Profile()))
    assert not {"P2", "P9b"} & done.outcome.profile.answered.keys()
    later = new_interview(ROUTINES["calf-roller"], done.outcome.profile)
    assert rows_asked(later) == ["P2"]
    thinner = finish(later, {"P2": "yes"})
    assert "anticoagulant" in result(thinner).keys


def test_a_routine_offered_in_the_same_sitting_asks_its_own_rows_first() -> None:
    first = finish(new_interview(ROUTINES["calf-stretch"], Profile()))
    roll = first.for_routine(ROUTINES["calf-roller"], deep_pressure_today=False)
    assert roll.prompt and roll.prompt.id == "profile"
    assert list(rows_of(roll.prompt).values()) == ["P2"]
    thinner = finish(roll, {"P2": "yes"})
    assert "calf-roll" not in str(plan_of(ROUTINES["calf-roller"], result(thinner)).items)
    psoas = first.for_routine(ROUTINES["psoas-massager"], deep_pressure_today=False)
    assert rows_asked(psoas) == ["P2", "P9b"]


def test_a_profile_of_which_every_row_is_answered_asks_nothing_again() -> None:
    for routine in ROUTINES.values():
        assert not rows_asked(new_interview(routine, FULL_PROFILE))


def test_the_list_of_what_is_offered_besides_matches_the_routines() -> None:
    ids = [
        step.exercise.id
        for name in ("early-care", "cramp-ease", "quiet-breathing")
        for step in ROUTINES[name].steps
    ]
    assert list(load_swaps().offered) == ids
    for name in ("early-care", "cramp-ease", "quiet-breathing"):
        routine = ROUTINES[name]
        assert not routine.avoid_if | routine.caution | routine.screening
        for step in routine.steps:
            assert not step.avoid_if | step.caution | step.screening
            assert step.equipment == step.exercise.equipment
