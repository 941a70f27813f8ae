"""The emergency number that is shown: that of the territory, or the person's own choice."""

from player.safety.emergency import EVERYWHERE_ELSE, emergency_number
from player.safety.matrix import Rank
from player.safety.shown import Shown
from player.safety.wording import finding_lines
from tests.cases import cases
from tests.safety.making import clearance_for


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


def test_an_unknown_territory_is_mentioned_with_the_number() -> None:
    assert emergency_number({}) == EVERYWHERE_ELSE
    assert EVERYWHERE_ELSE.startswith("112") and "where you are" in EVERYWHERE_ELSE


def test_the_persons_own_number_comes_before_any_other() -> None:
    assert emergency_number({"LANG": "en_US.UTF-8", "SUPPLE_EMERGENCY": " 144 "}) == "144"
    assert emergency_number({"LANG": "en_US.UTF-8", "SUPPLE_EMERGENCY": "  "}) == "911"


def test_the_advice_is_not_to_rub_or_stretch_a_leg_that_may_have_a_clot() -> None:
    """2f: stop, do not rub or stretch it, get seen today. It is also shown before any session."""
    (line,) = finding_lines(clearance_for("dvt_signs"), Shown(Rank.URGENT))
    assert line.startswith("You told of: one leg newly swollen")
    assert line.endswith(". Do not rub or stretch it.")
    assert not any(
        "rub" in line for line in finding_lines(clearance_for("locked_knee"), Shown(Rank.URGENT))
    )
