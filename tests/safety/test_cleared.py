"""The only way into a session."""

import ast
import copy
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pytest

from player.routine.model import Plan
from player.safety.clearance import FRESH_S, Clearance
from player.safety.cleared import Cleared, Refusal, admit
from player.safety.matrix import Rank
from player.session.state import Do, Event, Phase, begin, step
from player.session.timeline import DEFAULT_CHOICES
from tests.safety.making import NOW, alone, clearance_for, plan_of, shipped

ROUTINE = alone("calf-wall-straight")


def cleared(clearance: Clearance | None = None) -> Cleared:
    clearance = clearance or clearance_for()
    found = admit(plan_of(ROUTINE, clearance), clearance, "Ana", NOW)
    assert isinstance(found, Cleared)
    return found


def test_admit_accepts_todays_plan() -> None:
    found = cleared()
    assert found.person == "Ana" and found.at == NOW and found.valid(NOW)
    assert begin(found, DEFAULT_CHOICES, 0, int(NOW * 1_000)).timeline.total_ms


@pytest.mark.parametrize("token", [None, object(), True, "", "admit", 0])
def test_only_admit_can_create_a_cleared_plan(token: object) -> None:
    clearance = clearance_for()
    with pytest.raises(TypeError):
        Cleared(plan_of(ROUTINE, clearance), clearance, "Ana", token)


def test_a_cleared_plan_can_not_be_changed() -> None:
    found = cleared()
    for name, value in (
        ("plan", Plan.whole(ROUTINE)),
        ("person", "Bo"),
        ("clearance", clearance_for()),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(found, name, value)
    with pytest.raises((TypeError, ValueError)):
        replace(found, plan=Plan.whole(ROUTINE))  # type: ignore[call-arg]
    assert copy.copy(found).plan is found.plan


def test_no_other_module_creates_a_cleared_plan() -> None:
    for file in (Path(__file__).parents[2] / "player").rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {c.id for c in calls if isinstance(c, ast.Name)}
        names |= {c.attr for c in calls if isinstance(c, ast.Attribute)}
        if file.name != "cleared.py":
            assert "Cleared" not in names and "_ADMITTED" not in file.read_text("utf-8"), file
        if file.parent.name != "safety":
            assert not {"Clearance", "AdaptedPlan"} & names, file


def test_a_plan_that_nobody_screened_is_refused() -> None:
    clearance = clearance_for("anticoagulant")
    roll = alone("calf-roll")
    assert isinstance(admit(Plan.whole(roll), clearance, "Ana", NOW), Refusal)
    for_somebody_else = plan_of(roll, clearance_for())
    refused = admit(for_somebody_else, clearance, "Ana", NOW)
    assert isinstance(refused, Refusal) and "screened" in refused.words


@pytest.mark.parametrize("apart", [-1.0, FRESH_S + 1, 30 * 86_400.0, float("nan")])
def test_stale_and_future_answers_are_refused(apart: float) -> None:
    clearance = clearance_for()
    refused = admit(plan_of(ROUTINE, clearance), clearance, "Ana", NOW + apart)
    assert isinstance(refused, Refusal) and refused.rank is Rank.STOP


@pytest.mark.parametrize("person", ["", " ", "\t\n", "\u3000"])
def test_a_person_without_a_name_is_refused(person: str) -> None:
    clearance = clearance_for()
    refused = admit(plan_of(ROUTINE, clearance), clearance, person, NOW)
    assert isinstance(refused, Refusal) and "who" in refused.words


def test_an_empty_plan_is_refused() -> None:
    clearance = clearance_for("anticoagulant")
    roll = alone("calf-roll")
    refused = admit(plan_of(roll, clearance), clearance, "Ana", NOW)
    assert isinstance(refused, Refusal) and "nothing" in refused.words


@pytest.mark.parametrize("key", ["fever", "told_to_rest", "dvt_signs", "pe_heart"])
def test_a_condition_that_stops_everything_is_refused_in_words(key: str) -> None:
    clearance = clearance_for(key)
    for routine in shipped():
        refused = admit(plan_of(routine, clearance), clearance, "Ana", NOW)
        assert isinstance(refused, Refusal)
        assert refused.rank is clearance.rank and clearance.says[key] in refused.words


@pytest.mark.parametrize("apart", [-1.0, FRESH_S + 1, -86_400.0])
def test_a_session_does_not_start_with_old_answers(apart: float) -> None:
    found = cleared()
    wall = int((NOW + apart) * 1_000)
    assert not found.valid(NOW + apart)
    with pytest.raises(ValueError, match="too old"):
        begin(found, DEFAULT_CHOICES, 0, wall)
    assert begin(found, DEFAULT_CHOICES, 0, int((NOW + FRESH_S) * 1_000))


HOUR_MS = 3_600_000


@pytest.mark.parametrize(
    ("passed", "wall_moved", "goes_on"),
    [
        (HOUR_MS, HOUR_MS, True),
        (2 * HOUR_MS + 1, 2 * HOUR_MS + 1, False),
        (2 * HOUR_MS + 1, HOUR_MS, False),
        (HOUR_MS, 3 * HOUR_MS, False),
        (HOUR_MS, -1, False),
    ],
)
def test_a_pause_ends_the_session_if_either_clock_makes_the_answers_too_old(
    passed: int, wall_moved: int, goes_on: bool
) -> None:
    wall = int(NOW * 1_000)
    state = begin(cleared(), DEFAULT_CHOICES, 500, wall)
    state, _ = step(state, Event(Do.PAUSE, 500, wall))
    state, _ = step(state, Event(Do.GO_ON, 500 + passed, wall + wall_moved))
    assert (state.phase is Phase.RUNNING) == goes_on
