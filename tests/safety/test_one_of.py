"""A list to mark can end with a choice of which exactly one is needed, such as the age."""

from itertools import product

from player.safety.filling import Answer, Filling
from player.safety.pace import Pace
from player.safety.prompts import Choice, Form, Prompt
from tests.cases import cases

ROWS = (Choice("1", "A hernia"), Choice("2", "A coil"))
AGES = (Choice("u", "under 16", group="Your age"), Choice("o", "65 or over", group="Your age"))
LIST = Prompt("t", Form.MARKS, "Mark", choices=(*ROWS, *AGES), one_of=frozenset("uo"))
SECOND = 1_000


def pressed(*keys: str) -> Filling | Answer:
    found: Filling | Answer = Filling(LIST, Pace(0))
    for number, key in enumerate(keys, 1):
        assert isinstance(found, Filling), "it was answered before the last key"
        found = found.press(key, number * SECOND)
    return found


@cases(
    ("keys", "marks"),
    [
        ("nu", "u"),
        ("un", "u"),
        ("1o", "1o"),
        ("o12", "12o"),
        ("uon", "o"),
        ("1u1n", "u"),
    ],
)
def test_the_answer_has_the_rows_and_exactly_one_age(keys: str, marks: str) -> None:
    assert pressed(*keys, "enter") == Answer(frozenset(marks))


@cases("keys", ["n", "1", "12", "u", "o", ""])
def test_without_an_age_or_without_the_rows_nothing_is_answered(keys: str) -> None:
    assert isinstance(pressed(*keys, "enter"), Filling)


def test_the_person_is_told_what_is_missing() -> None:
    without_age, without_rows = pressed("n", "enter"), pressed("o", "enter")
    assert isinstance(without_age, Filling) and isinstance(without_rows, Filling)
    assert without_age.message == "Your age: choose one, then Enter."
    assert without_rows.message == "Mark what is so, or press n for none of these, then Enter."


def test_no_keys_give_two_ages_or_an_answer_that_does_not_fit() -> None:
    for keys in product("12nuo", repeat=4):
        found = pressed(*keys, "enter")
        if isinstance(found, Answer):
            assert LIST.fits(found.reply)
    assert not LIST.fits(frozenset("1")) and not LIST.fits(frozenset("uo"))


def test_none_of_these_stands_before_the_ages() -> None:
    assert [choice.key for choice in Filling(LIST, Pace(0)).choices] == [*"12nuo"]
