"""Which of several languages a person is given."""

import pytest

from player.base.locale import pick_language
from player.routine.model import Text


@pytest.mark.parametrize(
    ("known", "wanted", "picked"),
    [
        (("en", "es"), ("es",), "es"),
        (("en", "es"), ("es-MX",), "es"),
        (("en", "pt-BR"), ("pt",), "pt-BR"),
        (("pt", "pt-BR"), ("pt-BR",), "pt-BR"),
        (("en", "es"), ("fr", "es"), "es"),
        (("es", "en"), ("fr",), "en"),
        (("es", "de"), ("fr",), "es"),
    ],
)
def test_the_first_language_of_the_person_that_is_there_else_english(
    known: tuple[str, ...], wanted: tuple[str, ...], picked: str
) -> None:
    assert pick_language(known, wanted) == picked


def test_a_name_that_two_languages_share_is_said_in_the_one_that_was_asked_for() -> None:
    plank = Text({"en": "Plank", "es": "Plank"})
    assert plank.pick(["es"]) == "Plank"
    assert plank.language(["es"]) == "es"
