"""The check of massage texts, on sentences that a grammar builds and labels.

A sentence that asks for pressure on a place that nothing may press is never accepted. A sentence
that asks to keep off such a place is hardly ever refused.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from player.routine.terms import load_terms
from tests.habits import seed
from tests.routine.pressing_grammar import (
    LONGEST,
    MUSCLE_ONLY,
    SHORTEST,
    Sentence,
    hardest,
    sentences,
)
from tests.routine.pressing_lexicon import Label

COUNT = 1600
SEED = 19
REFUSED_ADVICE = 0.05
"""The largest share of sentences of advice that the check may refuse."""


def built() -> list[Sentence]:
    return sentences(COUNT, SEED + seed())


def report(misses: Iterable[Sentence]) -> str:
    """Return the misses by language and construction, the most frequent first, with one example."""
    found = defaultdict(list)
    for each in misses:
        found[each.lang, each.construction].append(each.text)
    ranked = sorted(found.items(), key=lambda row: -len(row[1]))
    lines = [f"{len(t):4} {lang} {name}: {min(t, key=len)}" for (lang, name), t in ranked]
    return "\n".join([f"{sum(len(t) for t in found.values())} misses", *lines[:60]])


def test_no_sentence_that_asks_for_pressure_on_a_place_is_accepted() -> None:
    pressed = load_terms().search.pressed
    wrong = [s for s in built() if s.label is Label.FORBIDDEN and pressed(s.text) is None]
    misses = len(wrong)
    assert misses == 0, report(wrong)


def test_hardly_any_advice_is_refused() -> None:
    pressed = load_terms().search.pressed
    advices = [s for s in built() if s.label is Label.ADVICE]
    wrong = [s for s in advices if pressed(s.text) is not None]
    share = len(wrong) / len(advices)
    assert share <= REFUSED_ADVICE, f"of {len(advices)}: {report(wrong)}"


def test_the_grammar_gives_many_different_sentences_of_each_kind() -> None:
    found = built()
    assert len({s.text for s in found}) == len(found) == COUNT
    kinds = Counter((s.lang, s.label) for s in found)
    assert set(kinds.values()) == {len(found) // 4}
    assert all(SHORTEST <= len(s.text.split()) <= LONGEST for s in found)
    advices = [s for s in found if s.label is Label.ADVICE]
    muscles = [s for s in advices if s.construction == "muscle"]
    assert abs(len(muscles) / len(advices) - MUSCLE_ONLY) < 0.03
    assert len({s.construction for s in found}) > 30


def test_the_grammar_is_the_same_for_the_same_seed() -> None:
    assert sentences(50, 3) == sentences(50, 3)
    assert sentences(50, 3) != sentences(50, 4)


def test_the_hardest_sentences_combine_the_most_constructions() -> None:
    found = built()
    for label in Label:
        hard = hardest(found, label)
        assert len(hard) == 20
        assert all(s.label is label and "+" in s.rule for s in hard)
