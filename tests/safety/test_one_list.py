"""A newcomer answers the profile, the follow-ups needed already and the age in one list."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from player.plain.ask import ask_prompt
from player.safety.asking import OPTION_KEYS
from player.safety.filling import BACK, LEAVE, NONE, WHY
from player.safety.findings import AgeBand, Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile
from player.safety.prompts import AT_ONCE, Form, Prompt, Reply
from tests.cases import cases
from tests.safety.making import (
    FULL_PROFILE,
    NOW,
    QUESTIONS,
    all_asked,
    alone,
    finish,
    followups_of,
    keys_of,
    mark,
    new_interview,
    option,
    prompts,
    reply_to,
    result,
    rows_of,
    shipped,
)
from tests.virtual import MemoryConsole, Time

ROLL = alone("calf-roll")
STRETCH = alone("calf-wall-straight")
AGES = {"u": AgeBand.CHILD, "s": AgeBand.ADULT, "o": AgeBand.OLDER}
FEVER: dict[str, Reply] = {"today": mark("7"), "G7.which": mark(option("G7", "fever"))}


def up_to(id_: str, begun: Interview, replies: Mapping[str, Reply] | None = None) -> Interview:
    """Return the interview at the prompt with this id."""
    while begun.prompt and begun.prompt.id != id_:
        begun = begun.answer(reply_to(begun.prompt, replies or {}))
    assert begun.prompt, f"{id_} never came"
    return begun


def the_list(begun: Interview, replies: Mapping[str, Reply] | None = None) -> Prompt:
    prompt = up_to("profile", begun, replies).prompt
    assert prompt
    return prompt


def newcomer() -> Interview:
    return new_interview(ROLL, Profile())


def without(*ids: str) -> Profile:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k not in ids}
    return replace(FULL_PROFILE, answered=answered)


def groups(prompt: Prompt) -> list[str]:
    return list(dict.fromkeys(choice.group for choice in prompt.choices))


# What is in it


def test_a_newcomer_meets_one_list_in_three_groups() -> None:
    prompt = the_list(newcomer())
    assert prompts(newcomer()) == ["today", "profile"]
    assert groups(prompt) == [
        "Asked now, later only confirmed", "Today, for this routine", "Your age",
    ]  # fmt: skip
    assert prompt.form is Form.MARKS and all(choice.why for choice in prompt.choices)
    assert set(followups_of(prompt).values()) == {"F1", "F13"}
    assert "".join(choice.key for choice in prompt.choices[-3:]) == "uso" == "".join(AGES)
    assert prompt.one_of == AGES.keys()


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ((), ["today", "followups"]),
        (("age",), ["today", "age", "followups"]),
        (("P3",), ["today", "profile"]),
        (("P3", "age"), ["today", "profile"]),
    ],
)
def test_without_a_row_of_the_profile_the_follow_ups_and_the_age_come_alone(
    missing: tuple[str, ...], expected: list[str]
) -> None:
    begun = new_interview(ROLL, without(*missing))
    assert prompts(begun) == expected
    if "profile" in expected:
        assert bool(the_list(begun).one_of) == ("age" in missing)


def test_only_rows_that_could_be_urgent_are_in_it_when_nothing_plays() -> None:
    prompt = the_list(newcomer(), FEVER)
    assert list(rows_of(prompt).values()) == ["P7", "P9a", "P10"]
    assert len(prompt.choices) == 3 and not prompt.one_of
    done = finish(newcomer(), FEVER)
    assert done.outcome.profile.age is None and not result(done).plays


@cases("routine", shipped())
def test_no_two_choices_share_a_key_or_have_the_key_of_a_command(routine: object) -> None:
    found = next(one for one in shipped() if one is routine)
    keys = [choice.key for choice in the_list(new_interview(found, Profile())).choices]
    assert len(keys) == len(set(keys))
    assert not {NONE, BACK, WHY, LEAVE, AT_ONCE} & set(keys)


def test_there_are_keys_for_every_row_and_every_follow_up_at_once() -> None:
    together = [question for question in QUESTIONS.followups if question.then != "alone"]
    assert len(QUESTIONS.profile) + len(together) <= len(OPTION_KEYS) == len({*OPTION_KEYS})
    assert not set(OPTION_KEYS) & {NONE, BACK, WHY, LEAVE, AT_ONCE, *AGES}


# What follows


@pytest.mark.parametrize("key", AGES)
def test_the_age_is_saved_first_even_if_an_urgent_row_ends_the_questions(key: str) -> None:
    stuck: dict[str, Reply] = {"P9a": "yes", "P9a.which": mark(option("P9a", "will not go back"))}
    done = finish(newcomer(), {"age": key} | stuck)
    assert result(done).rank is Rank.EMERGENCY and done.outcome.profile.age is AGES[key]
    assert done.outcome.profile.answered["age"] == NOW


def test_what_is_not_marked_is_answered_no() -> None:
    heart = Finding("heart", question="P8", at=NOW)
    done = finish(new_interview(ROLL, replace(without("P8"), findings=(heart,))))
    assert not keys_of(done) and done.outcome.profile.answered["P8"] == NOW
    assert "masking" not in keys_of(finish(newcomer()))
    assert "followups" not in prompts(newcomer()), "they are not asked a second time"


def test_the_short_lists_of_the_profile_come_before_those_of_a_follow_up() -> None:
    marks: dict[str, Reply] = dict.fromkeys(("F1", "F13", "P5", "P7", "P9a"), "yes")
    marks["P9a.which"] = mark(option("P9a", "bulge in"))
    marks["P7.which"] = mark(option("P7", "swollen most"))
    met = [id_ for id_ in prompts(newcomer(), marks) if id_.endswith(".which")]
    assert met == ["P9a.which", "P7.which", "P5.which", "F1.which"]


def test_a_follow_up_marked_in_it_counts() -> None:
    assert "masking" in keys_of(finish(newcomer(), {"F13": "yes"}))
    cut: dict[str, Reply] = {"F1": "yes", "F1.which": mark(option("F1", "A cut")), "F1.where": "c"}
    assert "skin" in keys_of(finish(newcomer(), cut))
    vein: dict[str, Reply] = {"F1": "yes", "F1.which": mark(option("F1", "cord-like"))}
    done = finish(newcomer(), vein)
    assert result(done).rank is Rank.URGENT and done.outcome.red


def test_after_a_stop_only_the_urgent_lines_of_a_marked_follow_up_are_left() -> None:
    stop: dict[str, Reply] = {"P8": "yes", "P8.which": mark(option("P8", "new or worse"))}
    marks = stop | {"F1": "yes", "F13": "yes", "F1.which": mark(option("F1", "A cut"))}
    assert prompts(newcomer(), marks)[-1] == "F1.which", "its place is not asked"
    done = finish(newcomer(), marks)
    assert not result(done).plays and not {"skin", "masking"} & keys_of(done)


def test_a_new_ache_marked_in_it_is_urgent_with_a_clot_risk_whatever_stops_the_session() -> None:
    risk = Finding("dvt_risk", question="P4", at=NOW)
    begun = new_interview(ROLL, replace(without("P8"), findings=(risk,)))
    stop: dict[str, Reply] = {"P8": "yes", "P8.which": mark(option("P8", "new or worse"))}
    for more in ({}, stop):
        done = finish(begun, {"F3": "yes"} | more)
        assert result(done).rank is Rank.URGENT and done.outcome.red


def test_a_follow_up_that_an_answer_calls_for_comes_afterwards() -> None:
    numb: dict[str, Reply] = {"P7": "yes", "P7.which": mark(option("P7", "swollen most"))}
    trip: dict[str, Reply] = {"P4": "yes", "P4.which": mark(option("P4", "A trip"))}
    for replies, id_ in ((numb, "F2"), (trip, "F3"), ({"age": "u"}, "F12")):
        assert id_ not in followups_of(the_list(newcomer())).values()
        later = up_to("followups", newcomer(), replies).prompt
        assert later and id_ in followups_of(later).values()
        assert not {"F1", "F13"} & {*followups_of(later).values()}, "they were asked"


def test_an_age_that_is_asked_again_decides_who_is_asked_for_an_adult() -> None:
    child = replace(without("P3", "age"), age=AgeBand.CHILD)
    begun = new_interview(STRETCH, child)
    assert "F12" not in followups_of(the_list(begun)).values()
    assert "F12" not in all_asked(begun, {"age": "s"}) and "F12" in all_asked(begun, {"age": "u"})
    known = new_interview(STRETCH, replace(without("P3"), age=AgeBand.CHILD))
    assert list(followups_of(the_list(known)).values()) == ["F12"]


# How it is answered


def test_without_an_age_the_plain_mode_says_what_is_missing() -> None:
    console = MemoryConsole(Time(), [2_000, "n", 500, "enter", 500, "s", 500, "enter"])
    assert ask_prompt(console, the_list(newcomer())) == mark("s")
    printed = " ".join(console.text.split())
    assert "None of these: n, then your age, then Enter." in printed
    assert "Your age: choose one, then Enter." in printed
    console = MemoryConsole(Time(), [2_000, "2", 500, "enter", 500, "o", 500, "enter"])
    assert ask_prompt(console, the_list(newcomer())) == mark("2", "o")
    assert "Your age: choose one, then Enter." in console.text
