"""Every set of today's answers at every soreness, in the real interview (invariant 10)."""

from functools import cache
from itertools import combinations

import pytest

from player.routine.model import Routine
from player.routine.vocabulary import Side
from player.safety.matrix import Rank
from player.safety.prompts import Prompt, Reply
from tests.safety.making import harmless, left, new_interview, option, result, shipped

MARKS = "123456789"
SORE = "y"
SETS = [frozenset(some) for size in range(10) for some in combinations(MARKS, size)]
SUB_CHOICES: dict[str, Reply] = {
    # the most harmless choice of each list
    "I1": "o",
    "I1.side": "l",
    "G7.which": frozenset({option("G7", "Both legs")}),
    "G9.which": frozenset({option("G9", "None of these")}),
    "G8.which": frozenset({option("G8", "medicine")}),
    "S2": "o",
    "S2.side": "b",
    "S3": "s",
    "cleared.both_swollen_new": "yes",
}


def reply_to(prompt: Prompt, marks: frozenset[str], soreness: int) -> Reply:
    if prompt.id == "today":
        return marks | {SORE}
    if prompt.id == "S1":
        return soreness
    return SUB_CHOICES.get(prompt.id, harmless(prompt))


def outcome(
    routine: Routine, marks: frozenset[str], soreness: int
) -> tuple[Rank, frozenset[tuple[int, Side]]]:
    interview = new_interview(routine)
    while interview.prompt:
        interview = interview.answer(reply_to(interview.prompt, marks, soreness))
    clearance = result(interview)
    return clearance.rank, left(routine, clearance)


def is_monotone(routine: Routine) -> None:
    at = cache(lambda marks, soreness: outcome(routine, marks, soreness))
    for marks in SETS:
        for soreness in range(11):
            rank, kept = at(marks, soreness)
            if marks & set("12346"):
                assert rank >= Rank.URGENT and not kept
            nexts = [(marks | {more}, soreness) for more in MARKS if more not in marks]
            if soreness < 10:
                nexts.append((marks, soreness + 1))
            for next_marks, next_soreness in nexts:
                worse, fewer = at(next_marks, next_soreness)
                assert worse >= rank and fewer <= kept, (marks, soreness, next_marks)


@pytest.mark.proof
@pytest.mark.parametrize("routine", shipped(), ids=lambda routine: routine.id)
def test_another_yes_or_more_soreness_never_adds_a_step(routine: Routine) -> None:
    is_monotone(routine)


def test_these_answers_have_the_expected_class() -> None:
    routine = shipped()[0]
    steps = {step.number for step in routine.steps}
    rank, kept = outcome(routine, frozenset(), 0)
    assert rank is Rank.PLAY and {number for number, _ in kept} == steps
    for marks in SETS[-10:]:
        assert outcome(routine, marks, 10)[0] >= Rank.URGENT
    rank, kept = outcome(routine, frozenset("5"), 0)
    assert rank is Rank.ADAPT and kept
