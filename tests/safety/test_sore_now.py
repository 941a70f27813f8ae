"""Today's list ends with whether anything is sore. Only the person says that nothing is."""

from itertools import combinations, product

import pytest

from player.plain.ask import ask_prompt
from player.routine.vocabulary import Side
from player.safety.filling import BACK, LEAVE, NONE, WHY, Answer, Filling
from player.safety.findings import Finding
from player.safety.matrix import Rank
from player.safety.pace import Pace
from player.safety.profile import Profile
from player.safety.prompts import AT_ONCE, Prompt, Reply
from player.session.summary import after_prompts
from tests.cases import cases
from tests.safety.making import (
    FULL_PROFILE,
    NOW,
    finish,
    left,
    mark,
    new_interview,
    option,
    prompts,
    reply_to,
    result,
    shipped,
)
from tests.virtual import MemoryConsole, Time

NOT_SORE, SORE = "0", "y"
SECOND = 1_000


def the_list() -> Prompt:
    prompt = new_interview().prompt
    assert prompt and prompt.id == "today"
    return prompt


def pressed(*keys: str) -> Filling | Answer:
    found: Filling | Answer = Filling(the_list(), Pace(0))
    for number, key in enumerate(keys, 1):
        assert isinstance(found, Filling), "it was answered before the last key"
        found = found.press(key, number * SECOND)
    return found


# What is asked


def test_who_marks_that_nothing_is_sore_is_not_asked_how_sore() -> None:
    assert "S1" not in prompts(new_interview(), {"today": mark(NOT_SORE)})
    assert not finish(new_interview(), {"today": mark(NOT_SORE)}).outcome.answers.sorenesses


def test_who_marks_that_something_is_sore_is_asked_and_may_still_say_0() -> None:
    sore: dict[str, Reply] = {"today": mark(SORE), "S1": 0}
    assert prompts(new_interview(), sore) == ["today", "S1"]
    assert not finish(new_interview(), sore).outcome.answers.sorenesses
    worse = finish(new_interview(), sore | {"S1": 8, "S2": "c", "S3": "s", "S2.side": "l"})
    assert worse.outcome.answers.sorenesses[0].level == 8


@cases("row", "56789c")
def test_who_marks_a_row_and_nothing_of_soreness_is_asked_how_sore(row: str) -> None:
    which: dict[str, Reply] = {
        "G6.which": option("G6", "gives way"),
        "G7.which": mark(option("G7", "fever")),
        "G8.which": mark(option("G8", "medicine")),
        "G9.which": mark(option("G9", "None of these")),
        "F15": "no",
    }
    met = prompts(new_interview(), {"today": mark(row)} | which)
    assert ("S1" in met) == (row != "6"), "row 6 is urgent and ends the questions"


@cases("when", "01247u")
def test_with_an_injury_it_is_asked_how_sore_whatever_was_marked(when: str) -> None:
    hurt: dict[str, Reply] = {"today": mark("5", NOT_SORE), "G5.when": when, "I1": "c"}
    hurt |= {"I1.side": "l", "O1": "yes"}
    assert "S1" in prompts(new_interview(), hurt)


def test_early_care_is_still_shown_above_the_soreness() -> None:
    hurt: dict[str, Reply] = {"today": mark("5", NOT_SORE), "G5.when": "0", "I1": "c"}
    begun = new_interview()
    while begun.prompt and begun.prompt.id != "S1":
        begun = begun.answer(reply_to(begun.prompt, hurt))
    assert begun.prompt and len(begun.prompt.lines) == 3


# No class is milder than with 0 on the scale


SETS = [frozenset(some) for size in range(4) for some in combinations("56789c", size)]
LISTS: dict[str, Reply] = {
    "I1": "c",
    "I1.side": "l",
    "G6.which": option("G6", "gives way"),
    "G7.which": mark(option("G7", "Both legs")),
    "G8.which": mark(option("G8", "jab")),
    "G9.which": mark(option("G9", "wakes me")),
    "cleared.both_swollen_new": "yes",
}
STRAIN = Finding("strain_healing", "ham", Side.LEFT, "I6", NOW - 9 * 86_400, NOW - 9 * 86_400)
PEOPLE = {
    "new": Profile(),
    "known": FULL_PROFILE,
    "strained": Profile((STRAIN,), FULL_PROFILE.answered, FULL_PROFILE.age),
}


@pytest.mark.parametrize("profile", PEOPLE.values(), ids=PEOPLE)
def test_nothing_is_sore_counts_exactly_as_0(profile: Profile) -> None:
    routine = shipped()[0]
    for marks, when in product(SETS, "07"):
        begun = new_interview(routine, profile)
        replies = LISTS | {"G5.when": when}
        told = finish(begun, replies | {"today": marks | {NOT_SORE}})
        typed = finish(begun, replies | {"today": marks | {SORE}, "S1": 0})
        one, other = result(told), result(typed)
        assert one.rank == other.rank and set(one.keys) == set(other.keys), marks
        assert left(routine, one) == left(routine, other)


def test_after_the_session_it_is_compared_with_0() -> None:
    sorenesses = finish(new_interview(), {"today": mark(NOT_SORE)}).outcome.answers.sorenesses
    ((before, prompt),) = after_prompts(sorenesses)
    assert before.level == 0 and prompt.ask == "How sore is your sorest place now, 0 to 10?"


# How it is marked


def test_it_is_the_last_group_and_nothing_of_it_is_marked_beforehand() -> None:
    prompt = the_list()
    assert [choice.key for choice in Filling(prompt, Pace(0)).choices][-3:] == ["n", "0", "y"]
    assert {choice.group for choice in prompt.choices[-2:]} == {"Sore or not"}
    assert not Filling(prompt, Pace(0)).marked
    assert prompt.one_of == {NOT_SORE, SORE}


def test_its_keys_are_those_of_no_row_and_no_command() -> None:
    keys = [choice.key for choice in the_list().choices]
    assert len(keys) == len(set(keys))
    assert not {NONE, BACK, WHY, LEAVE, AT_ONCE} & set(keys)


def test_none_of_these_never_marks_that_nothing_is_sore() -> None:
    found = pressed("n", "n", "enter")
    assert isinstance(found, Filling) and found.message == "Sore or not: choose one, then Enter."
    alone = pressed(NOT_SORE, "enter")
    assert isinstance(alone, Filling), "the rows are not answered"
    assert pressed("n", NOT_SORE, "enter") == Answer(mark(NOT_SORE))
    assert pressed(SORE, "n", "enter") == Answer(mark(SORE))
    assert pressed("n", NOT_SORE, SORE, "enter") == Answer(mark(SORE))


@cases("row", "123456789c")
def test_no_sign_waits_for_it(row: str) -> None:
    assert pressed(row, "enter") == Answer(mark(row))
    assert pressed(row, NOT_SORE, "enter") == Answer(mark(row, NOT_SORE))


@cases("row", "124")
def test_an_emergency_is_one_with_or_without_it(row: str) -> None:
    for marks in (mark(row), mark(row, NOT_SORE), mark(row, SORE)):
        done = new_interview().answer(marks)
        assert done.prompt is None and result(done).rank is Rank.EMERGENCY


def test_an_empty_list_or_both_choices_are_no_answer() -> None:
    for wrong in (mark(), mark(NOT_SORE, SORE), mark("5", NOT_SORE, SORE)):
        with pytest.raises(ValueError, match="no answer"):
            new_interview().answer(wrong)


def test_the_plain_mode_says_what_is_missing() -> None:
    console = MemoryConsole(Time(), [2_000, "n", 500, "enter", 500, "0", 500, "enter"])
    assert ask_prompt(console, the_list()) == mark(NOT_SORE)
    printed = " ".join(console.text.split())
    assert "None of these: n, then sore or not, then Enter." in printed
    assert "Sore or not: choose one, then Enter." in printed


@cases("key", "yн\u03c5")
def test_the_choices_have_a_key_on_cyrillic_and_greek_keyboards(key: str) -> None:
    console = MemoryConsole(Time(), [2_000, key, 500, "n", 500, "enter"])
    assert ask_prompt(console, the_list()) == mark(SORE)
