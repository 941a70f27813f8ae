"""The questions line by line. No key and no paste answers a question by accident."""

from random import Random

import pytest

from player.plain.ask import PersonLeft, ask_key, ask_prompt, ask_text
from player.plain.console import first_key, is_cut_off
from player.plain.output import TerminalGone
from player.plain.stop import ask_what_hurts
from player.plain.visit import PlainVisit
from player.play.options import PlayOptions
from player.play.requests import AskPerson, Head
from player.safety.filling import NEEDS_ANSWER
from player.safety.pace import ANSWER_AFTER_MS, NO_PASTE, RESULT_AFTER_MS, TOO_FAST
from player.safety.prompts import Choice, Form, Prompt
from player.safety.questions import load_questionnaire
from player.safety.stop_list import stop_list_for
from tests.habits import seed, tries
from tests.safety.making import every_prompt
from tests.virtual import MemoryConsole, Time

SORE = Prompt("S1", Form.NUMBER, "How sore?", scale=load_questionnaire().scale)
KEYS = [*"0123456789abcdefghilnopqrstuwyNQ?-. ", "enter", "enter", "backspace", "paste", "pageup"]


def typed(console: MemoryConsole, prompt: Prompt) -> object:
    """Return the reply to a prompt, or None if the keys end without a reply."""
    try:
        return ask_prompt(console, prompt)
    except TerminalGone:
        return None


def burst(chance: Random, first_at: int) -> list[str | int]:
    """Return keys and pastes as they come from a cat, a clipboard or a held key."""
    keys: list[str | int] = [first_at]
    for _ in range(chance.randrange(1, 30)):
        keys += [chance.choice(KEYS), chance.choice([0, 1, 20, 33, 140])]
    return keys


@pytest.mark.soak
def test_no_burst_answers_any_prompt() -> None:
    chance = Random(seed())
    for prompt in every_prompt():
        for _ in range(tries(20)):
            first_at = chance.randrange(1, ANSWER_AFTER_MS)
            script = burst(chance, first_at)
            console = MemoryConsole(Time(), script, ends=True, hasty=True)
            assert typed(console, prompt) is None, (prompt, script)


@pytest.mark.soak
def test_no_burst_answers_a_prompt_outside_the_interview() -> None:
    chance = Random(seed())
    for _ in range(tries(20)):
        script = burst(chance, chance.randrange(1, ANSWER_AFTER_MS))
        asks = (
            lambda at: ask_key(at, "Which side?", "lr"),
            lambda at: ask_key(at, "Enter starts.", "\n12", RESULT_AFTER_MS),
            lambda at: ask_what_hurts(at, stop_list_for(())),
        )
        for ask in asks:
            with pytest.raises(TerminalGone):
                ask(MemoryConsole(Time(), script, ends=True, hasty=True))


@pytest.mark.parametrize("form", [Form.MARKS, Form.ONE])
def test_a_list_is_printed_whole_with_its_groups_and_what_is_said_about_it(form: Form) -> None:
    groups = ("Can't wait", "Can't wait", "New", "")
    choices = tuple(
        Choice(key, f"Row {key}", group=g) for key, g in zip("1234", groups, strict=True)
    )
    prompt = Prompt("p", form, "Which?", choices=choices, about="asked now, later only confirmed")
    console = MemoryConsole(Time(), [1_000, "3", 1_000, "enter"])
    assert ask_prompt(console, prompt) == (frozenset("3") if form is Form.MARKS else "3")
    printed = [line for line in console.text.splitlines() if line]
    assert printed[:8] == [
        "(asked now, later only confirmed)", "Which?", "Can't wait:", "  1  Row 1", "  2  Row 2",
        "New:", "  3  Row 3", "  4  Row 4",
    ]  # fmt: skip


def test_what_was_typed_before_a_prompt_is_thrown_away() -> None:
    before: list[str | int] = [*"nnn10", "enter", "paste"]
    console = MemoryConsole(Time(), [*before, 2_000, "7", 500, "enter"], hasty=True)
    assert ask_prompt(console, SORE) == 7
    console = MemoryConsole(Time(), [*before, 2_000, "A", 500, "enter"], hasty=True)
    assert ask_text(console, "For whom?") == "A"


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ([*"x" * 41, "enter", "backspace", "enter"], "at most 40 characters; this one has 41."),
        (["enter", *"x" * 40, "enter"], "A name needs a letter or a sign."),
        (
            [*"x" * 39, "\u2800", "enter", "backspace", "x", "enter"],
            "an invisible character (U+2800)",
        ),
    ],
)
def test_a_name_that_is_refused_stays_to_be_corrected(keys: list[str | int], why: str) -> None:
    console = MemoryConsole(Time(), keys)
    visit = PlainVisit(console, PlayOptions(), console.time)
    assert visit.execute(AskPerson(Head("T", "1:00"), (), ())) == "x" * 40
    assert why in console.text
    last = [text for _, text in console.lines if "x" in text][-1]
    assert last.startswith("x" * 39), "the name is visible while it is corrected"


def test_a_paste_is_refused_with_a_message() -> None:
    console = MemoryConsole(Time(), [1_000, "paste", 1_000], ends=True, hasty=True)
    assert typed(console, SORE) is None
    assert NO_PASTE in console.text


@pytest.mark.parametrize("gap", [20, 300, 2_000])
@pytest.mark.parametrize("number", [0, 1, 10])
def test_a_number_is_read_as_typed_at_any_speed(number: int, gap: int) -> None:
    keys = [part for digit in str(number) for part in (gap, digit)]
    console = MemoryConsole(Time(), [*keys, 500, "enter"], hasty=True)
    assert ask_prompt(console, SORE) == number
    assert f"> {number}: {SORE.scale[number]}" in console.text


@pytest.mark.parametrize("keys", ["11", "5.5", "7-8"])
def test_an_answer_that_is_no_whole_number_is_refused_with_a_message(keys: str) -> None:
    console = MemoryConsole(Time(), [500, *keys, 500, "enter", 500, "4", 500, "enter"], hasty=True)
    assert ask_prompt(console, SORE) == 4
    assert f"> {keys}: it should be one whole number, 0 to 10" in console.text
    assert "Type it again: one whole number, 0 to 10." in console.text


def test_an_early_key_is_refused_with_a_message_and_a_held_key_only_once() -> None:
    question = Prompt("q", Form.YES_NO, "Is it so?")
    held: list[str | int] = ["n", 30] * 40
    console = MemoryConsole(Time(), [10, *held, 1_000, "n"], hasty=True)
    assert ask_prompt(console, question) == "no"
    assert console.text.count(TOO_FAST) == 1


def test_leaving_and_going_back_are_refused_too_while_it_is_too_early() -> None:
    question = Prompt("q", Form.YES_NO, "Is it so?")
    console = MemoryConsole(Time(), [10, "q", 200, "-", 300, "-"], hasty=True)
    assert ask_prompt(console, question) is None, "only the last key was late enough to go back"
    assert console.text.count(TOO_FAST) == 2
    with pytest.raises(PersonLeft):
        ask_prompt(MemoryConsole(Time(), [500, "Q"], hasty=True), question)


def test_a_key_from_before_the_prompt_counts_as_early_even_if_it_is_read_late() -> None:
    class Stalled(MemoryConsole):
        """All keys are typed at once, but the program reads the first one late."""

        def key(self, timeout_ms: int | None) -> str | None:
            if len(self.script) == 4:
                self.time.pass_by(900)
            return super().key(timeout_ms)

    question = Prompt("q", Form.YES_NO, "Is it so?")
    console = Stalled(Time(), [0, "n", "n", 1_000, "y"], hasty=True)
    assert ask_prompt(console, question) == "yes"
    assert console.text.count(TOO_FAST) == 1


@pytest.mark.parametrize(
    ("data", "first", "rest"),
    [
        (b"\x1b[200~10\rn\r\x1b[201~y", "paste", b"y"),
        (b"\x1b[200~10\rn\r", "paste", b""),
        (b"\x1b[5~n", "pageup", b"n"),
        (b"10", "1", b"0"),
    ],
)
def test_a_paste_is_one_key(data: bytes, first: str, rest: bytes) -> None:
    assert first_key(data) == (first, rest)


@pytest.mark.parametrize(
    ("data", "cut_off"),
    [
        (b"\x1b", True), (b"\x1b[", True), (b"\x1b[2", True), (b"\x1b[200~1", True),
        (b"\x1b[200~1\x1b[201~", False), (b"\x1b[A", False), (b"n", False), (b"\x1bn", False),
    ],
)  # fmt: skip
def test_an_incomplete_key_sequence_is_recognised(data: bytes, cut_off: bool) -> None:
    assert is_cut_off(data) == cut_off


def test_a_required_prompt_can_be_neither_left_nor_gone_back_from() -> None:
    question = Prompt("q", Form.YES_NO, "Is it so?")
    console = MemoryConsole(Time(), ["q", 1_000, "-", 1_000, "n"])
    assert ask_prompt(console, question, required=True) == "no"
    assert console.text.count(NEEDS_ANSWER) == 2 and "q leave" not in console.text
