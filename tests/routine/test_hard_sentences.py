"""Sentences of people who did not know the check, half of them as hard as they could make them."""

from pathlib import Path

from player.routine.terms import load_terms

LINES = (Path(__file__).parent / "hard_sentences.tsv").read_text("utf-8").splitlines()
SENTENCES = [line.split("\t") for line in LINES]
REFUSE = [text for label, text in SENTENCES if label == "refuse"]
ACCEPT = [text for label, text in SENTENCES if label == "accept"]


def test_there_are_enough_of_both() -> None:
    assert len(REFUSE) > 500 and len(ACCEPT) > 400


def test_no_sentence_that_presses_a_forbidden_place_is_accepted() -> None:
    search = load_terms().search
    assert not [text for text in REFUSE if search.pressed(text) is None]


def test_most_ways_to_keep_off_a_place_are_understood() -> None:
    search = load_terms().search
    refused = [text for text in ACCEPT if search.pressed(text)]
    assert len(refused) <= len(ACCEPT) * 15 // 100, "\n".join(refused)
