"""A text of thousands of words is searched once, however many places and verbs it names."""

from functools import partial

import pytest

from player.routine.terms import SHIPPED, Terms
from tests.cases import cases
from tests.cost import cost
from tests.habits import some_here_all_in_proof
from tests.routine.massage_files import in_a_card, refusals
from tests.routine.reading import shipped

LONGEST = 4_000
"""The most characters of one text."""
PLACES_AT_MOST = 1.5
"""In yardsticks. It takes 0.8; it took 15 when each place looked through the whole text."""
AT_MOST = 12.0
"""The slowest text takes a third of it; some took 230."""

PLACES = ("spine ", "behind the knee ", "behind the knee, ", "the groin and ", "la corva y ")
OTHERS = (
    "\ufdfa", "\ufdfb ", "㌖", "㉑", "ΐ",
    "and ", "y ", "a ", "the ", "not ", "or ", "press ", "thumb ", "until ", "hard ", "x", "avoid ",
    "press and ", "press it ", "roll the calf ", "thumb into the calf ", "roll hard ",
    "never press or ", "never press behind the knee, ", "never behind the knee ", "not spine ",
    "avoid the spine ", "stop before the spine ", "before the spine ", "para la espalda ",
    "if it tingles behind the knee ", "tingling spine ", "beside the spine ",
    "beside the spine and over it ", "spine press it ", "spine press it with the ball ",
    "leave the spine alone ", "leave spine ", "spine: never ", "spine unless ", "spine banned ",
    "stay off the spine with your thumb ", "press the belly ", "let the ball touch the spine ",
    "whoever avoids the spine ", "between the ball and the spine ", "a hand above the knee crease ",
)  # fmt: skip


def long(unit: str) -> str:
    return (unit * LONGEST)[:LONGEST]


def searched(text: str) -> None:
    """Search one text for everything that is looked for in a massage."""
    search = shipped().terms.search
    search.pressed(text)
    search.doubtful(text)
    search.is_massage(text)
    search.is_deep(text)
    search.unreadable(text)
    search.reads_as(text, "en")


@cases("unit", PLACES)
def test_a_long_text_of_place_names_is_read_in_about_a_yardstick(unit: str) -> None:
    search = Terms(SHIPPED / "screening").search  # one that has read no text yet
    text = long(unit)
    assert cost(lambda: search.pressed(text)).yardsticks < PLACES_AT_MOST
    assert search.pressed(text)


@pytest.mark.parametrize("unit", some_here_all_in_proof([*PLACES, *OTHERS], 5))
def test_no_long_text_takes_long(unit: str) -> None:
    for text in (long(f"spine {unit}"), "roll the spine " + long(unit)[:-20]):
        assert cost(partial(searched, text)).yardsticks < AT_MOST


@pytest.mark.parametrize("word", ["and ", "y ", "or ", "then ", "so "])
def test_a_place_before_hundreds_of_joining_words_is_pressed(word: str) -> None:
    assert "E401 a massage may not press the spine" in refusals(
        in_a_card(("Roll the spine " + word * 1_990)[:LONGEST], "en", "roll")
    )


def test_a_number_of_thousands_of_digits_is_no_distance() -> None:
    for number in ("1" * 3_900, "㉑" * 3_900, "0" * 3_899 + "9"):
        text = f"Roll up to {number} cm above the knee crease."
        assert "E401 a massage may not press the back of the knee" in refusals(
            in_a_card(text, "en", "roll")
        )
