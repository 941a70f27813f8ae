"""Soreness above the belly, a sore bone, and a deep ache on a blood thinner (section 2b)."""

from collections.abc import Mapping
from dataclasses import replace

from player.routine.vocabulary import Side
from player.safety.findings import Finding
from player.safety.matrix import Rank
from player.safety.profile import RedFlag
from player.safety.prompts import Reply
from tests.cases import cases
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    NOW,
    QUESTIONS,
    alone,
    answered_with,
    clearance_for,
    finish,
    keys_of,
    left,
    mark,
    new_interview,
    plan_of,
    result,
    shipped,
)

ABOVE = "a"
CHEST, ARM, HEAD, NONE = "1", "2", "3", "4"


def above(level: int, kind: str, *lines: str, then: int = 0) -> list[Reply]:
    """Return the answers of somebody who is sore above the belly."""
    found: list[Reply] = [mark("y"), level, ABOVE, kind]
    if kind == "n" and level >= 4:
        found.append(mark(*lines))
    return [*found, then]


@cases("level", range(1, 11))
def test_an_old_ache_above_the_belly_plays_whatever_its_number(level: int) -> None:
    done = finish(answered_with(new_interview(), *above(level, "s")))
    assert result(done).rank is Rank.PLAY and not keys_of(done)
    assert not done.outcome.answers.sorenesses, "it is no place of the matrix"
    for routine in shipped()[:5]:
        assert plan_of(routine, result(done)).items == plan_of(routine, clearance_for()).items


@cases("level", [1, 2, 3])
def test_a_small_new_ache_above_the_belly_sets_nothing(level: int) -> None:
    assert not keys_of(finish(answered_with(new_interview(), *above(level, "n"))))


@cases("level", [4, 6, 7, 10])
@cases(("line", "key"), [(CHEST, "pe_heart"), (ARM, "pe_heart"), (HEAD, "stroke")])
def test_a_new_ache_that_can_come_from_the_heart_or_head_is_an_emergency(
    level: int, line: str, key: str
) -> None:
    done = answered_with(new_interview(), *above(level, "n", line)[:-1])
    assert done.prompt is None, "nothing stands before the advice"
    assert result(done).rank is Rank.EMERGENCY and keys_of(done) == {key}
    assert done.outcome.red == RedFlag(key, "S6", NOW)


def test_no_line_chosen_counts_as_the_heart() -> None:
    done = answered_with(new_interview(), *above(5, "n")[:-1])
    assert "pe_heart" in keys_of(done)


def test_none_of_these_beside_a_line_does_not_undo_it() -> None:
    done = answered_with(new_interview(), *above(5, "n", ARM, NONE)[:-1])
    assert "pe_heart" in keys_of(done)


@cases(("level", "stops"), [(4, False), (6, False), (7, True), (10, True)])
def test_any_other_new_ache_stops_the_session_from_7(level: int, stops: bool) -> None:
    done = finish(answered_with(new_interview(), *above(level, "n", NONE)))
    assert result(done).plays is not stops
    assert keys_of(done) == ({"rest_pain"} if stops else set())
    assert result(done).rank is (Rank.STOP if stops else Rank.PLAY)


def test_afterwards_the_sorest_place_below_is_asked_for_once() -> None:
    asked = answered_with(new_interview(), *above(7, "s")[:-1])
    assert asked.prompt and asked.prompt.id == "S1"
    assert asked.prompt.ask == QUESTIONS.words["S1_below"]
    below = answered_with(asked, 6)
    assert below.prompt and ABOVE not in {choice.key for choice in below.prompt.choices}
    done = finish(answered_with(below, "c", "b", "s"))
    assert keys_of(done) == {"rest_pain"} and result(done).rank is Rank.ADAPT
    held = left(alone("quad-stand"), result(done))
    assert held == left(alone("quad-stand"), clearance_for()), "it eases the calf alone"


def test_a_fever_does_not_look_above_the_belly() -> None:
    ill: dict[str, Reply] = {"today": mark("7"), "G7.which": mark("5")}
    interview = new_interview()
    while interview.prompt and interview.prompt.id != "S1":
        interview = interview.answer(ill.get(interview.prompt.id, mark()))
    done = finish(answered_with(interview, 8, ABOVE, "n", mark(NONE), 0))
    assert "fever_sore" not in keys_of(done) and result(done).rank is Rank.STOP


# A bone that is sore without an injury


@cases("place", "sfkp")
@cases("reply", ["yes", "unsure"])
def test_a_sore_bone_without_an_injury_is_left_alone(place: str, reply: str) -> None:
    sore = answered_with(new_interview(), mark("y"), 3, place, "l", "n", "no")
    assert sore.prompt and sore.prompt.id == "S5"
    done = finish(sore.answer(reply))
    assert "injury_unseen" in keys_of(done) and result(done).rank is Rank.STOP
    (kept,) = done.outcome.profile.findings
    assert (kept.key, kept.side, kept.since) == ("injury_unseen", Side.LEFT, NOW)
    assert done.outcome.red is None, "it is no red flag"
    fine = finish(sore.answer("no"))
    assert "injury_unseen" not in keys_of(fine)


@cases("replies", [("c", "l", "n"), ("s", "b", "n"), ("s", "l", "s"), ("g", "l", "n"), ("l", "n")])
def test_no_other_ache_asks_about_a_bone(replies: tuple[str, ...]) -> None:
    interview = answered_with(new_interview(), mark("y"), 3, *replies)
    while interview.prompt:
        assert interview.prompt.id != "S5"
        interview = interview.answer("no" if interview.prompt.id == "S4" else mark())


# R8: a bleed in the muscle

THINNER = replace(
    FULL_PROFILE, findings=(Finding("anticoagulant", question="P2", at=NOW - 30 * DAY),)
)


@cases("replies", [("p", "l"), ("p", "b"), ("g", "r"), ("g", "b"), ("l",)])
def test_a_new_deep_ache_on_a_blood_thinner_is_urgent(replies: tuple[str, ...]) -> None:
    interview = new_interview(profile=replace(THINNER, answered=FULL_PROFILE.answered))
    done = answered_with(interview, mark("y"), 4, *replies, "n")
    assert done.prompt is None, "nothing stands before the advice"
    assert result(done).rank is Rank.URGENT and "injury_bad" in keys_of(done)
    words = "new pain deep in the hip, buttock or back while you take a blood thinner"
    assert result(done).says["injury_bad"] == words


@cases(
    ("level", "replies"),
    [(3, ("p", "b", "n")), (9, ("g", "b", "s")), (5, ("c", "b", "n")), (5, ("k", "b", "n"))],
)
def test_another_ache_on_a_blood_thinner_is_not(level: int, replies: tuple[str, ...]) -> None:
    done = finish(answered_with(new_interview(profile=THINNER), mark("y"), level, *replies))
    assert "injury_bad" not in keys_of(done)


def test_a_file_of_answers_names_no_place_so_any_new_ache_counts() -> None:
    assert "injury_bad" in clearance_for("anticoagulant", "new_leg_ache").keys
    assert "injury_bad" not in clearance_for("new_leg_ache").keys


def test_in_the_interview_a_new_calf_ache_on_a_blood_thinner_asks_on() -> None:
    asked = answered_with(new_interview(profile=THINNER), mark("y"), 4, "c", "l", "n")
    assert asked.prompt and asked.prompt.id == "S4"


def test_with_a_clot_risk_that_is_known_nothing_more_is_asked() -> None:
    risk: Mapping[str, Reply] = {}
    known = replace(FULL_PROFILE, findings=(Finding("dvt_risk", question="P4", at=NOW - DAY),))
    done = answered_with(new_interview(profile=known), mark("y"), 2, "h", "r", "n")
    assert done.prompt is None and result(done).rank is Rank.URGENT and not risk
