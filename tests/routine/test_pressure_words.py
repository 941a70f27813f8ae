"""A roller or ball is never meant to be felt as more than 4 out of 10, in words and in the dose."""

import re

from player.routine.vocabulary import MASSAGE
from tests.cases import cases
from tests.routine.card_texts import CARDS, ENTRIES, every_text, routines

TOOLS = {"roller", "ball", "stick"}
WITH_A_TOOL = tuple(
    id_ for id_, card in CARDS.items() if card.is_massage and card.equipment & TOOLS
)
OF_TEN = re.compile(r"(\d+) (?:out of|of|sobre|de) 10")


def test_the_cards_are_the_eleven_with_a_roller_a_ball_or_a_stick() -> None:
    assert set(WITH_A_TOOL) == {
        "calf-roll", "ham-roll", "calf-ball-press", "ham-ball-chair", "quad-roll",
        "quad-ball-press", "hipflexor-upper-thigh-roll", "tfl-ball-wall", "glute-ball-wall",
        "foot-ball-roll", "quad-stick-sit",
    }  # fmt: skip


@cases("id_", WITH_A_TOOL)
def test_the_card_says_at_most_4_out_of_10(id_: str) -> None:
    feel = CARDS[id_].feel
    assert feel and "at most 4 out of 10" in feel.words["en"]
    assert "como mucho 4 sobre 10" in feel.words["es"]


def test_no_dose_of_a_massage_goes_above_4() -> None:
    steps = [entry.step(1, 1) for entry in ENTRIES] + [s for r in routines() for s in r.steps]
    massages = [step for step in steps if step.exercise.kinds & MASSAGE]
    assert len(massages) > 20
    for step in massages:
        assert step.dose.pressure and step.dose.pressure.high <= 4, step.title.pick()


def test_no_text_of_a_massage_names_more_than_4() -> None:
    found = [
        (where, words)
        for where, text in every_text()
        if where in CARDS and CARDS[where].is_massage
        for words in text.words.values()
        if any(int(number) > 4 for number in OF_TEN.findall(words))
    ]
    assert found == []
