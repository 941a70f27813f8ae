"""How often: which texts are valid, and the numbers that the dose rules use."""

import pytest

from player.routine.often import Often, often_of


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("daily", Often(1, 7)),
        ("Every day", Often(1, 7)),
        ("every  other day", Often(1, 3.5)),
        ("2/day", Often(2, 7)),
        ("2-3 / day", Often(3, 7)),
        ("2–3/day", Often(3, 7)),
        ("3/week", Often(1, 3)),
        ("6-7/week", Often(1, 7)),
        ("10/week", Often(2, 7)),
        ("2/day, 5/week", Often(2, 5)),
        ("5/week, 2/day", Often(2, 5)),
        ("every 2 hours", Often(12, 7)),
        ("every 2 days", Often(1, 3.5)),
        ("every 1 week", Often(1, 1)),
    ],
)
def test_a_range_is_read_as_its_highest_number(words: str, means: Often) -> None:
    assert often_of(words) == means


@pytest.mark.parametrize(
    "words",
    ["", "sometimes", "2", "2/month", "2/day sometimes", "every days", "1/day, 2/day, 3/day"],
)
def test_a_text_that_is_no_frequency_has_no_numbers(words: str) -> None:
    assert often_of(words) is None
