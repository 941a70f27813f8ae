"""After an answer that stops everything, a question comes only if its answer could be graver."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.aftermath import Last, Past
from player.safety.clearance import judge
from player.safety.findings import Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Reply
from tests.cases import cases
from tests.safety.answering import Person
from tests.safety.making import (
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUESTIONS,
    QUICK,
    all_asked,
    alone,
    answered_with,
    finish,
    followups_of,
    harmless,
    keys_of,
    mark,
    new_interview,
    option,
    prompts,
    result,
    rows_asked,
)

NONE: frozenset[str] = frozenset()
FEVER: dict[str, Reply] = {"today": mark("7"), "G7.which": mark(option("G7", "fever"))}
YESTERDAY = Past(last=Last(1, "calf-stretch", "Calf stretch", NOW - DAY, 2, 2))
ROLL = alone("calf-roll")
NEVER_URGENT = frozenset({"followups", "DP", "age", "A1", "A3"})
"""Prompts without an urgent answer, apart from those about places and dates."""


def without(*rows: str) -> Profile:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k not in rows}
    return replace(FULL_PROFILE, answered=answered)


def so_far(interview: Interview) -> Rank:
    return judge(interview.so_far, MATRIX, NOW).rank


# An emergency is never hidden behind something urgent

MARKS = [frozenset(m) for n in range(1, 5) for m in combinations("5678", n)]


@cases("marks", [marks for marks in MARKS if "7" in marks])
@cases("urgent", ["joint", "brown", "Both legs", "fever"])
def test_a_fever_with_confusion_is_an_emergency_whatever_else_is_marked(
    marks: frozenset[str], urgent: str
) -> None:
    both = mark(option("G7", "confused"), option("G7", urgent))
    done = finish(new_interview(), {"today": marks, "G7.which": both, "I3a": "yes"})
    assert result(done).rank is Rank.EMERGENCY and "sepsis" in keys_of(done)
    assert done.outcome.red == RedFlag("sepsis", "G7", NOW)


@cases("marks", [marks for marks in MARKS if "5" in marks])
@cases("urgent", ["joint", "brown", "Both legs", "fever"])
def test_a_strange_shape_is_an_emergency_whatever_else_is_marked(
    marks: frozenset[str], urgent: str
) -> None:
    replies: dict[str, Reply] = {
        "today": marks,
        "G5.when": "0",
        "G7.which": mark(option("G7", urgent)),
        "I2": "yes",
    }
    done = finish(new_interview(), replies)
    assert result(done).rank is Rank.EMERGENCY and "deformity" in keys_of(done)
    assert done.outcome.red == RedFlag("deformity", "I2", NOW)


def test_after_an_urgent_answer_only_the_emergency_of_the_injury_is_asked() -> None:
    met = prompts(new_interview(), {"today": mark("5", "6", "8")})
    assert met == ["today", "G6.which", "I2"]
    hot: dict[str, Reply] = {"today": mark("5", "6", "7"), "G7.which": mark(option("G7", "joint"))}
    assert prompts(new_interview(), hot) == ["today", "G7.which", "I2"]
    done = finish(new_interview(), hot)
    assert done.outcome.red == RedFlag("hot_joint", "G7", NOW)


def test_leaving_while_an_injury_is_not_asked_about_is_a_red_flag() -> None:
    begun = answered_with(new_interview(), mark("5", "7"))
    assert begun.prompt and begun.prompt.id == "G7.which"
    assert [f.key for f in begun.unfinished] == ["injury_bad", "fever"]


# What follows from several answers ends the questions as soon as it is known


@pytest.mark.parametrize("row", ["P1", "P3", "P4"])
def test_a_clot_risk_with_a_new_ache_ends_the_profile_at_once(row: str) -> None:
    ache: dict[str, Reply] = {"S1": 2, "S2": "c", "S2.side": "l", "S3": "n", row: "yes"}
    others: dict[str, Reply] = {"P8": "yes", "P11": "yes"}
    met = prompts(new_interview(profile=Profile()), ache | others)
    assert not [id_ for id_ in met if id_.startswith(("P8", "P11"))]
    done = finish(new_interview(profile=Profile()), ache)
    assert result(done).rank is Rank.URGENT and done.outcome.red


def test_thin_bones_and_a_hurt_knee_end_the_questions_before_soreness() -> None:
    thin = replace(FULL_PROFILE, findings=(Finding("osteoporosis", question="P6", at=NOW - DAY),))
    met = prompts(new_interview(profile=thin), {"today": mark("5"), "G5.when": "0", "I1": "k"})
    assert met[-1] == "I5c"


def test_two_swollen_legs_with_a_clot_risk_ask_for_no_clinicians_word() -> None:
    risk = replace(FULL_PROFILE, findings=(Finding("dvt_risk", question="P4", at=NOW - DAY),))
    legs: dict[str, Reply] = {"today": mark("7"), "G7.which": mark(option("G7", "Both legs"))}
    assert prompts(new_interview(profile=risk), legs) == ["today", "G7.which"]


# A stop of the whole session


def test_after_a_fever_nothing_is_asked_that_could_not_be_urgent() -> None:
    newcomer = new_interview(ROLL, profile=Profile(), past=YESTERDAY)
    assert prompts(newcomer, FEVER) == ["today", "G7.which", "A2", "S1", "profile"]
    assert rows_asked(newcomer, FEVER) == ["P7", "P9a", "P10"]
    met = prompts(new_interview(ROLL, past=YESTERDAY), FEVER)
    assert met == ["today", "G7.which", "A2", "S1"]


def test_how_it_was_is_asked_at_the_next_start_if_a_fever_came_between() -> None:
    done = finish(new_interview(ROLL, past=YESTERDAY), FEVER)
    later = replace(YESTERDAY, events=done.outcome.after)
    assert "A1" in prompts(new_interview(ROLL, past=later, now=NOW + DAY))


def test_a_fever_with_a_new_ache_still_asks_what_makes_a_clot_likelier() -> None:
    ache: dict[str, Reply] = {"S1": 2, "S2": "c", "S2.side": "l", "S3": "n"}
    begun = new_interview(profile=Profile())
    met = rows_asked(begun, FEVER | ache)
    assert {"P1", "P3", "P4"} <= set(met) and not {"P2", "P11", "P12"} & set(met)
    assert not {"age", "F1"} & all_asked(begun, FEVER | ache)


def test_a_heart_that_is_not_steady_ends_the_profile_but_for_what_may_be_urgent() -> None:
    marks = dict.fromkeys(("P5", "P8", "P9a", "P11", "P12"), "yes")
    heart: dict[str, Reply] = {
        **marks, "P8.which": mark(option("P8", "new or worse")),
        "P5.which": mark(option("P5", "new knee")), "P9a.which": mark(option("P9a", "bulge in")),
    }  # fmt: skip
    met = prompts(new_interview(ROLL, profile=Profile()), heart)
    assert [id_ for id_ in met if id_[0] == "P"] == [
        "P9a.which", "P5.which", "P8.which", "P8.when",
    ]  # fmt: skip
    assert met[-1] == "cleared.heart_unstable"
    done = finish(new_interview(ROLL, profile=Profile()), heart)
    again = new_interview(ROLL, profile=done.outcome.profile, now=NOW + DAY)
    fine: dict[str, Reply] = {"cleared.heart_unstable": "yes"}
    assert rows_asked(again, fine) == ["P11", "P12"], "they are asked next time"
    assert "F1" in all_asked(again, fine)


def test_a_child_alone_is_asked_no_places_where_nothing_is_pressed() -> None:
    child = replace(FULL_PROFILE, age=None)
    begun = new_interview(ROLL, profile=child)
    while begun.prompt and begun.prompt.id != "followups":
        begun = begun.answer("u" if begun.prompt.id == "age" else harmless(begun.prompt))
    assert begun.prompt
    keys = {c.key for c in begun.prompt.choices if c.say in {_ask("F1"), _ask("F12")}}
    listed = begun.answer(frozenset(keys))
    assert listed.prompt and listed.prompt.id == "F1.which", "one of its lines is urgent"
    cut = listed.answer(mark(option("F1", "A cut")))
    assert cut.prompt is None and not result(cut).plays
    vein = listed.answer(mark(option("F1", "cord-like")))
    assert vein.prompt is None and result(vein).rank is Rank.URGENT


def _ask(id_: str) -> str:
    question = QUESTIONS.find(id_)
    assert question
    return question.ask


def test_a_standing_stop_is_asked_about_before_it_stops_the_questions() -> None:
    rest = Finding("told_to_rest", question="G8", at=NOW - DAY)
    begun = new_interview(ROLL, replace(FULL_PROFILE, findings=(rest,)), past=YESTERDAY)
    met = prompts(begun, {"cleared.told_to_rest": "yes"})
    assert {"A1", "cleared.told_to_rest", "followups"} <= set(met)
    assert "followups" not in prompts(begun)
    assert "cleared.told_to_rest" not in prompts(begun, FEVER), "it can't play today anyway"


# The rule


@pytest.mark.soak
@QUICK
@given(
    st.integers(0, 10**9),
    st.sampled_from([0.05, 0.2, 0.5]),
    st.booleans(),
    st.booleans(),
)
def test_nothing_is_asked_that_could_change_nothing(
    seed: int, yes: float, known: bool, returns: bool
) -> None:
    person = Person(seed, yes)
    interview = new_interview(
        ROLL, FULL_PROFILE if known else Profile(), past=YESTERDAY if returns else Past()
    )
    worst = Rank.PLAY
    while prompt := interview.prompt:
        answers = interview.so_far
        rank = so_far(interview)
        assert rank >= worst or rank >= Rank.STOP
        worst = max(worst, rank)
        assert rank < Rank.URGENT or prompt.id == "I2", prompt.id
        if not judge(answers, MATRIX, NOW).plays:
            assert prompt.id not in NEVER_URGENT, prompt.id
            assert not prompt.one_of and not followups_of(prompt)
        interview = interview.answer(person.reply(prompt))
    assert result(interview).rank >= worst
