"""Answering a prompt key by key: nothing is filled in beforehand, nothing unfit gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.filling import Answer, Filling, whys
from player.safety.prompts import Choice, Form, Prompt

CHOICES = (Choice("1", "one", "because"), Choice("2", "two"), Choice("c", "cramp"))
PROMPTS = {form: Prompt("p", form, "Is it so?", "why", CHOICES, high=10) for form in Form}


def pressed(form: Form, *keys: str) -> Filling | Answer:
    now: Filling | Answer = Filling(PROMPTS[form])
    for key in keys:
        assert isinstance(now, Filling), "answered too early"
        now = now.press(key)
    return now


@pytest.mark.parametrize(
    ("form", "keys", "reply"),
    [
        (Form.MARKS, ("n", "enter"), frozenset()),
        (Form.MARKS, ("1", "c", "enter"), frozenset({"1", "c"})),
        (Form.MARKS, ("1", "2", "1", "enter"), frozenset({"2"})),
        (Form.MARKS, ("1", "n", "enter"), frozenset()),
        (Form.MARKS, ("n", "2", "enter"), frozenset({"2"})),
        (Form.YES_NO, ("u",), "unsure"),
        (Form.SCALE, ("t",), 10),
        (Form.SCALE, ("0",), 0),
        (Form.ONE, ("c",), "c"),
        (Form.NUMBER, ("1", "0", "enter"), 10),
        (Form.NUMBER, ("9", "9", "enter", "7", "enter"), 7),
        (Form.NUMBER, ("9", "backspace", "5", "enter"), 5),
    ],
)
def test_keys_that_answer(form: Form, keys: tuple[str, ...], reply: object) -> None:
    assert pressed(form, *keys) == Answer(reply)  # type: ignore[arg-type]  # any reply is compared


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        (Form.MARKS, ("enter",)),
        (Form.MARKS, ("1", "1", "enter")),
        (Form.MARKS, ("n",)),
        (Form.YES_NO, ("enter",)),
        (Form.YES_NO, ("1",)),
        (Form.SCALE, ("enter",)),
        (Form.SCALE, ("²",)),
        (Form.ONE, ("3",)),
        (Form.NUMBER, ("enter",)),
        (Form.NUMBER, ("1", "1", "enter")),
    ],
)
def test_keys_that_do_not(form: Form, keys: tuple[str, ...]) -> None:
    assert isinstance(pressed(form, *keys), Filling)


some_keys = st.lists(st.sampled_from([*"012cnyutx²", "enter", "backspace"]))


@given(st.sampled_from(list(Form)), some_keys)
def test_every_answer_fits_its_prompt(form: Form, keys: list[str]) -> None:
    now: Filling | Answer = Filling(PROMPTS[form])
    for key in keys:
        if isinstance(now, Filling):
            now = now.press(key)
    if isinstance(now, Answer):
        assert PROMPTS[form].fits(now.reply)


def test_every_prompt_says_why() -> None:
    assert whys(PROMPTS[Form.ONE]) == ["1  because"]
    assert whys(Prompt("p", Form.SCALE, "?", "why")) == ["why"]
    assert whys(Prompt("p", Form.SCALE, "?"))[0]
