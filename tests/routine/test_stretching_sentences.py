"""The kind of a step against its words: what a stretch may say, and what makes it a massage."""

from collections.abc import Mapping

from tests.routine.massage_files import in_a_card, refusals
from tests.routine.stretching_sentences import MASSAGING, STRETCHING

STRETCH = "static-stretch"


def each(of: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(lang, text) for lang, texts in of.items() for text in texts]


def test_a_stretch_may_use_words_of_pressing_in_their_stretching_sense() -> None:
    refused = [
        f"{text} {found}"
        for lang, text in each(STRETCHING)
        if (found := refusals(in_a_card(text, lang, STRETCH)))
    ]
    assert not refused, "\n".join(refused)


def test_a_stretch_that_describes_a_massage_is_refused() -> None:
    accepted = [
        text for lang, text in each(MASSAGING) if not refusals(in_a_card(text, lang, STRETCH))
    ]
    assert not accepted, "\n".join(accepted)


def test_there_are_enough_sentences_of_each() -> None:
    assert {lang: len(set(texts)) for lang, texts in STRETCHING.items()} == {"en": 25, "es": 15}
    assert {lang: len(set(texts)) for lang, texts in MASSAGING.items()} == {"en": 12, "es": 8}
