"""Answering a prompt key by key: no answer is preset, and no invalid or accidental key counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.filling import Answer, Filling, whys
from player.safety.pace import ANSWER_AFTER_MS, HELD_MS, TOO_FAST, Pace
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import load_questionnaire

CHOICES = (Choice("1", "one", "because"), Choice("2", "two"), Choice("c", "cramp"))
SCALE = load_questionnaire().scale
PROMPTS = {
    form: Prompt("p", form, "Is it so?", "why", CHOICES, lowers=frozenset("2u"), scale=SCALE)
    for form in Form
}
UNHURRIED_MS = 500
SHOWN_AT = 10_000


def pressed(
    form: Form, *keys: str, gap_ms: int = UNHURRIED_MS, prompt: Prompt | None = None
) -> Filling | Answer:
    """Return the prompt after these keys, each `gap_ms` after the one before."""
    now: Filling | Answer = Filling(prompt or PROMPTS[form], Pace(SHOWN_AT))
    for number, key in enumerate(keys, 1):
        assert isinstance(now, Filling), "answered too early"
        now = now.press(key, SHOWN_AT + number * gap_ms)
    return now


@pytest.mark.parametrize(
    ("form", "keys", "reply"),
    [
        (Form.MARKS, ("n", "enter"), frozenset()),
        (Form.MARKS, ("1", "c", "enter"), frozenset({"1", "c"})),
        (Form.MARKS, ("1", "2", "1", "enter"), frozenset({"2"})),
        (Form.MARKS, ("1", "n", "enter"), frozenset({"1"})),
        (Form.MARKS, ("n", "2", "enter"), frozenset({"2"})),
        (Form.YES_NO, ("n",), "no"),
        (Form.YES_NO, ("u", "enter"), "unsure"),
        (Form.ONE, ("c",), "c"),
        (Form.ONE, ("2", "enter"), "2"),
        (Form.ONE, ("2", "1"), "1"),
        (Form.NUMBER, ("0", "enter"), 0),
        (Form.NUMBER, ("1", "0", "enter"), 10),
        (Form.NUMBER, ("9", "9", "enter", "7", "enter"), 7),
        (Form.NUMBER, ("9", "backspace", "5", "enter"), 5),
        (Form.NUMBER, ("1", "0", "backspace", "enter"), 1),
        (Form.NUMBER, ("1", ".", "backspace", "0", "enter"), 10),
    ],
)
def test_these_keys_answer(form: Form, keys: tuple[str, ...], reply: object) -> None:
    assert pressed(form, *keys) == Answer(reply)  # type: ignore[arg-type]  # any reply is compared


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        (Form.MARKS, ("enter",)),
        (Form.MARKS, ("1", "1", "enter")),
        (Form.MARKS, ("n",)),
        (Form.YES_NO, ("enter",)),
        (Form.YES_NO, ("1",)),
        (Form.YES_NO, ("u",)),
        (Form.ONE, ("enter",)),
        (Form.ONE, ("3",)),
        (Form.ONE, ("2",)),
        (Form.NUMBER, ("enter",)),
        (Form.NUMBER, ("5",)),
        (Form.NUMBER, ("t", "enter")),
        (Form.NUMBER, ("²", "enter")),
        (Form.NUMBER, ("1", "1", "enter")),
        (Form.NUMBER, ("0", "5", "enter")),
        (Form.NUMBER, ("5", ".", "5", "enter")),
        (Form.NUMBER, ("1", ".", "0", "enter")),
        (Form.NUMBER, ("7", "-", "8", "enter")),
        (Form.NUMBER, ("7", ",", "enter")),
        (Form.NUMBER, (*tuple("10000000000"), "enter")),
    ],
)
def test_these_keys_do_not_answer(form: Form, keys: tuple[str, ...]) -> None:
    assert isinstance(pressed(form, *keys), Filling)


@pytest.mark.parametrize("gap_ms", [20, 300, 2_000])
@pytest.mark.parametrize("number", range(11))
def test_a_number_is_read_as_typed_at_any_speed(number: int, gap_ms: int) -> None:
    now = pressed(Form.NUMBER, *str(number), gap_ms=gap_ms)
    assert isinstance(now, Filling)
    assert now.meaning == f"{number}: {SCALE[number]}"
    at = SHOWN_AT + 2 * gap_ms + ANSWER_AFTER_MS
    assert now.press("enter", at) == Answer(number)


def test_anything_but_a_whole_number_is_refused_in_words() -> None:
    for keys in ("11", "5.", "5.5", "7-8", "05"):
        now = pressed(Form.NUMBER, *keys)
        assert isinstance(now, Filling)
        assert now.meaning == f"{keys}: it should be one whole number, 0 to 10"
        after = pressed(Form.NUMBER, *keys, "enter")
        assert isinstance(after, Filling) and not after.typed
        assert after.message == "Type it again: one whole number, 0 to 10."


def test_minus_goes_back_only_while_nothing_is_typed() -> None:
    empty = pressed(Form.NUMBER)
    typed = pressed(Form.NUMBER, "7")
    assert isinstance(empty, Filling) and isinstance(typed, Filling)
    assert empty.closes("-") and not typed.closes("-")
    assert empty.closes("q") and typed.closes("q")


def test_none_of_these_has_no_effect_while_a_choice_is_marked() -> None:
    one = pressed(Form.MARKS, "1", "n")
    two = pressed(Form.MARKS, "1", "c", "n")
    assert isinstance(one, Filling) and isinstance(two, Filling)
    assert one.is_marked("1") and not one.is_marked("n")
    assert one.message == "1 is marked. Press 1 again to take it back."
    assert two.message == "1 and c are marked. Press each again to take it back."


def test_a_choice_that_removes_a_limit_says_that_it_needs_enter() -> None:
    words = {choice.key: choice.say for choice in Filling(PROMPTS[Form.ONE], Pace(0)).choices}
    assert words == {"1": "one", "2": "two (then Enter)", "c": "cramp"}
    waits = pressed(Form.ONE, "2")
    assert isinstance(waits, Filling)
    assert waits.message == "two: press Enter." and waits.is_marked("2")


# Keys that come too early


@pytest.mark.parametrize(
    ("form", "keys"),
    [
        (Form.YES_NO, ("n",)),
        (Form.ONE, ("1",)),
        (Form.ONE, ("2", "enter")),
        (Form.MARKS, ("n", "enter")),
        (Form.MARKS, ("1", "enter")),
        (Form.NUMBER, ("7", "enter")),
    ],
)
def test_an_answer_counts_only_after_time_to_read_the_prompt(
    form: Form, keys: tuple[str, ...]
) -> None:
    *typed, answer = keys
    now: Filling | Answer = Filling(PROMPTS[form], Pace(SHOWN_AT))
    typed_at = SHOWN_AT + 1_000 if typed else SHOWN_AT
    for key in typed:
        assert isinstance(now, Filling)
        now = now.press(key, typed_at)
    assert isinstance(now, Filling)
    early = now.press(answer, typed_at + ANSWER_AFTER_MS - 1)
    assert isinstance(early, Filling) and early.message == TOO_FAST
    assert (early.marked, early.none, early.typed) == (now.marked, now.none, now.typed)
    assert isinstance(now.press(answer, typed_at + ANSWER_AFTER_MS), Answer)


def test_a_key_that_is_held_down_never_answers() -> None:
    now: Filling | Answer = Filling(PROMPTS[Form.YES_NO], Pace(SHOWN_AT))
    for number in range(200):
        assert isinstance(now, Filling)
        now = now.press("n", SHOWN_AT + number * 30)
    assert isinstance(now, Filling) and now.message == TOO_FAST
    at = SHOWN_AT + 199 * 30
    assert isinstance(now.press("n", at + HELD_MS - 1), Filling)
    assert now.press("n", at + HELD_MS) == Answer("no")


def test_a_key_pressed_before_the_prompt_is_ignored() -> None:
    for form, key in ((Form.NUMBER, "7"), (Form.MARKS, "1"), (Form.ONE, "2"), (Form.YES_NO, "n")):
        now = Filling(PROMPTS[form], Pace(SHOWN_AT))
        assert now.press(key, SHOWN_AT - 1) == now


def test_something_hurts_is_never_too_early() -> None:
    choices = (Choice("y", "leave"), Choice("x", "something hurts"))
    prompt = Prompt("p", Form.ONE, "Leave?", choices=choices)
    for at in (SHOWN_AT - 5_000, SHOWN_AT, SHOWN_AT + 1):
        for key in "xX":
            assert Filling(prompt, Pace(SHOWN_AT)).press(key, at) == Answer("x")


KEYS = [*"0123456789cnyuTx².,-", "enter", "backspace"]
BURSTS = st.lists(st.tuples(st.sampled_from(KEYS), st.integers(0, 900)), max_size=40)


@given(st.sampled_from(list(Form)), BURSTS)
def test_an_answer_always_fits_its_prompt_and_is_never_too_early(
    form: Form, burst: list[tuple[str, int]]
) -> None:
    now: Filling | Answer = Filling(PROMPTS[form], Pace(SHOWN_AT))
    at, before = SHOWN_AT, SHOWN_AT
    for key, gap in burst:
        before, at = at, at + gap
        assert isinstance(now, Filling)
        typed = now.typed
        now = now.press(key, at)
        if isinstance(now, Answer):
            assert PROMPTS[form].fits(now.reply)
            assert at - SHOWN_AT >= ANSWER_AFTER_MS
            if form in {Form.MARKS, Form.NUMBER}:
                assert key == "enter" and at - before >= HELD_MS
            if form is Form.NUMBER:
                assert now.reply == int(typed)
            break


def test_every_prompt_says_why() -> None:
    assert whys(PROMPTS[Form.ONE]) == ["1  because"]
    assert whys(Prompt("p", Form.NUMBER, "?", "why")) == ["why"]
    assert whys(Prompt("p", Form.NUMBER, "?"))[0]
