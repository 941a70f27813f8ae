"""The emergency number that is shown: of the territory, or of the person's own choice."""

from player.safety.emergency import EVERYWHERE_ELSE, emergency_number
from player.safety.wording import finding_lines
from tests.cases import cases
from tests.safety.making import told


@cases(
    ("locale", "number"),
    [
        ("en_GB.UTF-8", "999"),
        ("en_US.UTF-8", "911"),
        ("fr_CA", "911"),
        ("en_AU.UTF-8", "000"),
        ("en_NZ.UTF-8", "111"),
        ("de_CH@euro", EVERYWHERE_ELSE),
        ("es_ES.UTF-8", EVERYWHERE_ELSE),
        ("en", EVERYWHERE_ELSE),
        ("C.UTF-8", EVERYWHERE_ELSE),
        ("", EVERYWHERE_ELSE),
    ],
)
def test_the_number_is_that_of_the_territory(locale: str, number: str) -> None:
    assert emergency_number({"LANG": locale}) == number


def test_where_the_place_is_not_known_it_says_so() -> None:
    assert emergency_number({}) == EVERYWHERE_ELSE
    assert EVERYWHERE_ELSE.startswith("112") and "where you are" in EVERYWHERE_ELSE


def test_a_number_of_ones_own_comes_before_any_other() -> None:
    assert emergency_number({"LANG": "en_US.UTF-8", "SUPPLE_EMERGENCY": " 144 "}) == "144"
    assert emergency_number({"LANG": "en_US.UTF-8", "SUPPLE_EMERGENCY": "  "}) == "911"


def test_a_leg_that_may_hold_a_clot_is_not_to_be_rubbed_or_stretched() -> None:
    """2f: stop, do not rub or stretch it, get seen today. It also stands where nothing began."""
    (line,) = finding_lines(told("dvt_signs"))
    assert line.startswith("You told of: one leg newly swollen")
    assert line.endswith(". Do not rub or stretch it.")
    assert not any("rub" in line for line in finding_lines(told("locked_knee")))
