"""The class that is shown counts only what changes something; the full one stays beside it."""

import json
from itertools import permutations
from pathlib import Path

import pytest

from player.check.dry_run import DryRun, dry_run
from player.play.result import Result
from player.routine.model import Plan, Routine
from player.safety.clearance import Clearance, judge
from player.safety.cleared import admit
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.matrix import Rank
from player.safety.shown import shown_today
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    KEYS,
    MATRIX,
    NOW,
    RED,
    alone,
    clearance_for,
    plan_of,
    routine_of,
    shipped,
)

ROUTINES = {routine.id: routine for routine in shipped()}
CALF = ROUTINES["calf-stretch"]
PSOAS = ROUTINES["psoas-massager"]
SEEN = {
    "lump_new", "bruise_deep", "systemic", "injury_unseen", "meniscus_unseen", "giving_way",
    "both_swollen_new",
}  # fmt: skip


def result_of(routine: Routine, clearance: Clearance) -> Result:
    plan = plan_of(routine, clearance)
    shown = shown_today(routine, clearance, CATALOGUE)
    return Result(clearance, plan, shown, admit(plan, clearance, "Ana", NOW))


def told(routine: Routine, *keys: str, age: int = 40) -> Result:
    return result_of(routine, clearance_for(*keys, age=age))


def found(routine: Routine, *findings: Finding, sore: tuple[Soreness, ...] = ()) -> Result:
    answers = Answers(NOW, findings, sore, AgeBand.ADULT)
    return result_of(routine, judge(answers, MATRIX, NOW))


def at(key: str, place: str, cleared_at: float | None = None) -> Finding:
    return Finding(key, place, at=NOW, cleared_at=cleared_at)


# What changes nothing


def test_a_healthy_person_of_70_is_told_adapt_only_where_age_changes_something() -> None:
    calf, psoas = told(CALF, age=70), told(PSOAS, age=70)
    assert calf.rank is psoas.rank is Rank.ADAPT
    assert calf.shown.rank is Rank.PLAY and psoas.shown.rank is Rank.ADAPT
    assert calf.reported == ["Nothing in this routine is affected by your age."]
    assert calf.heading == (
        "PLAY. Nothing has to change in this routine today. That is no medical clearance."
    )
    assert psoas.reported == ["You told of: an age of 65 or over."]


@pytest.mark.parametrize(
    ("key", "routines"),
    [
        ("pregnant", ["calf-stretch", "calf-stretch-short", "desk-break"]),
        ("varicose", ["calf-stretch", "hamstring-stretch-short"]),
        ("metal_leg", ["calf-stretch", "hamstring-stretch"]),
        ("iud", ["psoas-stretch", "evening-unwind", "calf-stretch"]),
        ("abdo_surgery", ["calf-stretch", "back-of-knee-ease"]),
    ],
)
def test_an_ordinary_person_with_a_stretch_is_not_frightened(key: str, routines: list[str]) -> None:
    for id_ in routines:
        result = told(ROUTINES[id_], key)
        assert result.rank is Rank.ADAPT and result.shown.rank is Rank.PLAY
        (line,) = result.reported
        says = MATRIX.conditions[key].says
        assert line == f"You told of: {says}. Nothing in this routine is affected by it."


def test_a_replaced_hip_is_told_where_a_step_has_a_note_for_it() -> None:
    result = told(CALF, "hip_replaced", "abdo_surgery")
    assert result.shown.rank is Rank.ADAPT and not result.plan.left_out
    first, second = result.reported
    assert "affected" not in first and second.endswith("affected by it.")
    assert told(alone("calf-wall-straight"), "abdo_surgery").shown.rank is Rank.PLAY


def test_each_condition_without_effect_has_one_line() -> None:
    result = told(CALF, "iud", "varicose", age=70)
    assert len(result.reported) == 3
    assert all("Nothing in this routine is affected by " in line for line in result.reported)


def test_a_cut_counts_only_where_something_may_touch_it() -> None:
    assert found(CALF, at("skin", "adductor")).shown.rank is Rank.PLAY
    cut = at("skin", "calf")
    assert found(alone("ham-roll"), cut).shown.rank is Rank.PLAY
    assert found(alone("calf-roll"), cut).shown.rank is Rank.ADAPT
    assert found(CALF, cut).shown.rank is Rank.ADAPT, "a stretch with a strap may stand in"


def test_nothing_stands_against_it_only_with_no_key_at_all() -> None:
    words = "Nothing you told stands against it."
    assert words in told(CALF).heading
    for key in KEYS:
        assert words not in told(CALF, key).heading, key


# What counts


@cases("key", KEYS)
def test_each_key_alone_is_shown_if_it_changes_a_shipped_routine(key: str) -> None:
    for routine in shipped():
        result, healthy = told(routine, key), plan_of(routine, clearance_for())
        if _changes(result.plan) != _changes(healthy):
            assert result.shown.rank is result.rank, (routine.id, key)
            assert key not in result.shown.without_effect
        assert result.shown.rank <= result.rank


def _changes(plan: Plan) -> tuple[object, ...]:
    return plan.items, len(plan.left_out), len(plan.swapped), len(plan.eased)


@cases("first, second", list(permutations(["iud", "hip_replaced", "lump_new", "pad", "oa"], 2)))
def test_two_keys_are_shown_the_same_in_both_orders(first: str, second: str) -> None:
    for routine in (CALF, PSOAS, ROUTINES["calf-roller"], ROUTINES["evening-unwind"]):
        one, other = told(routine, first, second), told(routine, second, first)
        assert one.shown == other.shown and sorted(one.reported) == sorted(other.reported)
        each = max(told(routine, key).shown.rank for key in (first, second))
        assert one.shown.rank is each, "each counts by itself"


def test_a_key_counts_for_what_may_stand_in() -> None:
    hurt_knee = at("knee_replaced", "knee")
    kneels = routine_of("name: T\nsteps:\n  - psoas-hand-press\n")
    assert found(kneels, hurt_knee).shown.rank is Rank.ADAPT, "the half-kneel stretch may stand in"


@cases("key", sorted(RED))
def test_what_is_urgent_is_always_shown(key: str) -> None:
    breathing = ROUTINES["quiet-breathing"]
    result = told(breathing, key, "iud")
    assert result.shown.rank is result.rank >= Rank.URGENT
    assert f"You told of: {MATRIX.conditions['iud'].says}." in result.reported


@cases("key", [key for key in KEYS if MATRIX.conditions[key].session])
def test_a_stop_of_the_whole_session_is_always_shown(key: str) -> None:
    assert told(ROUTINES["quiet-breathing"], key).shown.rank is Rank.STOP


@cases("key", [key for key in KEYS if MATRIX.conditions[key].note and key not in RED])
def test_a_note_that_belongs_to_no_step_is_still_read_first(key: str) -> None:
    for routine in shipped():
        result = told(routine, key)
        assert result.shown.rank >= Rank.CAUTION or not result.plan.notes, (routine.id, key)


# What somebody should look at


@cases("key", sorted(SEEN))
def test_what_should_be_looked_at_is_told_even_if_nothing_touches_it(key: str) -> None:
    assert MATRIX.conditions[key].see
    breathing = found(ROUTINES["quiet-breathing"], at(key, "calf"))
    line = f"{MATRIX.conditions[key].see}: nothing here touches it. Have it looked at."
    if key in breathing.shown.without_effect:
        assert line in breathing.reported
    roll = found(ROUTINES["calf-roller"], at(key, "calf"))
    assert any(words.endswith("ave it looked at.") for words in roll.reported)


def test_a_lump_in_the_inner_thigh_does_not_stop_a_stretch_of_the_calf() -> None:
    result = found(CALF, at("lump_new", "adductor"))
    assert result.rank is Rank.STOP and result.shown.rank is Rank.PLAY
    assert result.reported == [
        "A lump that no clinician has seen: nothing here touches it. Have it looked at."
    ]


def test_a_lump_that_a_clinician_has_cleared_is_only_one_line() -> None:
    result = found(CALF, at("lump_new", "adductor", cleared_at=NOW))
    (line,) = result.reported
    assert line.endswith("Nothing in this routine is affected by it.")


def test_bad_soreness_elsewhere_is_to_be_looked_at() -> None:
    knee = Soreness(8, "knee", None, False)
    hip = Soreness(8, "tfl", None, False)
    assert found(CALF, sore=(knee,)).shown.rank is Rank.STOP
    result = found(CALF, sore=(hip,))
    assert result.rank is Rank.STOP and result.shown.rank is Rank.PLAY
    (line,) = result.reported
    assert line == "Soreness of 7 or more: nothing here touches it. Have it looked at."
    mild = found(CALF, sore=(Soreness(5, "tfl", None, False),))
    says = "You told of: soreness of 5 out of 10."
    assert mild.reported == [f"{says} Nothing in this routine is affected by it."]


# Both values, side by side


def test_the_dry_run_has_both_classes(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"yes": ["iud"], "age": 70}), "utf-8")
    run = dry_run(CALF, file, CATALOGUE, NOW)
    assert isinstance(run, DryRun)
    assert run.as_json()["class"] == "adapt" and run.as_json()["shown"] == "play"
    assert run.as_json()["keys"] == ["aaa", "iud"]
    assert next(iter(run.lines())).startswith("PLAY. ")
