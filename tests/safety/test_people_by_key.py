"""People whose conditions are known by their keys get what is right for them.

The least class goes against the full class, the most against the one that is shown.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from player.play.result import Result
from player.routine.model import Routine, steps_of
from player.safety.adapt import AdaptedPlan
from player.safety.answers_file import parse_answers
from player.safety.clearance import judge
from player.safety.cleared import Cleared, admit
from player.safety.matrix import Rank
from player.safety.shown import shown_today
from tests.cases import cases
from tests.safety.making import CATALOGUE, MATRIX, NOW, plan_of, played, shipped

PEOPLE: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("people_by_key.json").read_text("utf-8")
)
ROUTINES = {routine.id: routine for routine in shipped()}
RANKS = {rank.word: rank for rank in Rank}


def led(person: dict[str, Any]) -> Iterator[tuple[Routine, Result]]:
    """Yield the result of each routine of a person."""
    clearance = judge(
        parse_answers(json.dumps(person["answers"]).encode(), MATRIX, NOW), MATRIX, NOW
    )
    for id_ in person["routines"]:
        routine = ROUTINES[id_]
        plan = plan_of(routine, clearance)
        shown = shown_today(routine, clearance, CATALOGUE)
        yield routine, Result(clearance, plan, shown, admit(plan, clearance, "Ana", NOW))


def test_there_are_people_in_danger_and_ordinary_ones() -> None:
    assert len(PEOPLE) > 30
    assert {person["least"] for person in PEOPLE} >= {"play", "adapt", "stop", "urgent"}


@cases("person", PEOPLE)
def test_nobody_gets_a_milder_class_than_is_right(person: dict[str, Any]) -> None:
    for _, result in led(person):
        assert result.rank >= RANKS[person["least"]]
        if RANKS[person["least"]] >= Rank.URGENT:
            assert result.shown.rank is result.rank


@cases("person", [person for person in PEOPLE if person["most"]])
def test_nobody_is_frightened(person: dict[str, Any]) -> None:
    for _, result in led(person):
        assert result.shown.rank <= RANKS[person["most"]], result.heading


@cases("person", [person for person in PEOPLE if person["plays"] is not None])
def test_it_plays_or_not(person: dict[str, Any]) -> None:
    for _, result in led(person):
        assert isinstance(result.cleared, Cleared) == person["plays"]


@cases("person", PEOPLE)
def test_what_must_be_out_is_out_and_what_must_stay_stays(person: dict[str, Any]) -> None:
    for routine, result in led(person):
        plays = {step.exercise.id for step in steps_of(result.plan.items)}
        assert not plays & set(person["out"])
        here = {step.exercise.id for step in routine.steps} & set(person["stay"])
        assert here <= plays
        if person["nothing_out"]:
            assert played(result.plan) == played(AdaptedPlan.whole(routine))
