"""What a person answered counts for a routine offered afterwards, and is not asked again."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from player.routine.model import Routine, steps_of
from player.routine.vocabulary import Side
from player.safety.aftermath import After, Last, Past
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile
from player.safety.prompts import Reply
from player.safety.record import BEFORE_DEEP_PRESSURE
from tests.safety.answering import Person
from tests.safety.making import (
    CATALOGUE,
    DAY,
    FULL_PROFILE,
    NOW,
    QUESTIONS,
    QUICK,
    alone,
    answered_with,
    finish,
    followups_of,
    judge_answers,
    keys_of,
    left,
    mark,
    new_interview,
    option,
    plan_of,
    result,
    routine_of,
    rows_of,
    shipped,
)

NONE: frozenset[str] = frozenset()
EARLY_CARE = next(routine for routine in shipped() if routine.id == "early-care")
ROLL = alone("calf-roll")


def taken(first: Interview, routine: Routine) -> Interview:
    return first.for_routine(routine, deep_pressure_today=False)


def with_follow_up(id_: str, routine: Routine, *more: Reply) -> Interview:
    """Return the finished interview of a person who marks this follow-up."""
    begun = answered_with(new_interview(routine), mark("0"))
    row = QUESTIONS.find(id_)
    assert row and begun.prompt and begun.prompt.id == "followups"
    key = next(choice.key for choice in begun.prompt.choices if choice.say == row.ask)
    return finish(answered_with(begun, mark(key), *more))


def test_a_follow_up_counts_for_the_offered_routine_too() -> None:
    first = with_follow_up("F13", ROLL)
    assert "masking" in keys_of(first)
    stretch = taken(first, alone("ham-chair-sit"))
    assert stretch.prompt is None and "masking" in keys_of(stretch)
    assert plan_of(alone("ham-chair-sit"), result(stretch)).eased


def test_a_cut_of_the_first_routine_is_kept_from_the_wrap_of_early_care() -> None:
    cut = with_follow_up("F1", ROLL, mark(option("F1", "A cut")), "c", "l")
    care = finish(taken(cut, EARLY_CARE))
    kept = [f for f in care.outcome.answers.findings if f.key == "skin"]
    assert [(f.place, f.side) for f in kept] == [("calf", Side.LEFT)]


def test_soreness_and_the_report_on_the_last_session_count_too() -> None:
    past = Past(last=Last(1, "calf-stretch", "Calf stretch", NOW - DAY, 2, 2))
    begun = new_interview(ROLL, past=past)
    told: dict[str, Reply] = {
        "A1": "w", "A1.where": "c", "A1.where.side": "b", "S1": 5, "S2": "h", "S2.side": "b",
        "S3": "s",
    }  # fmt: skip
    first = finish(begun, told)
    other = taken(first, alone("ham-chair-sit"))
    assert other.prompt is None
    assert other.outcome.after == first.outcome.after
    assert [e.report for e in other.outcome.after] == [After.WORSE]
    assert plan_of(alone("ham-chair-sit"), result(other)).eased
    assert not left(alone("calf-wall-straight"), result(other))


def test_a_question_about_a_place_comes_again_for_other_places_only() -> None:
    first = finish(new_interview(ROLL))
    assert taken(first, alone("calf-ball-press")).prompt is None
    other = taken(first, alone("ham-roll"))
    assert other.prompt and [c.say for c in other.prompt.choices] == [QUESTIONS.find("F1").ask]  # type: ignore[union-attr]


def test_an_interview_can_be_taken_over_only_when_it_is_over() -> None:
    with pytest.raises(ValueError):
        taken(new_interview(ROLL), EARLY_CARE)


def test_going_back_in_the_offered_routine_ends_at_its_first_question() -> None:
    other = taken(finish(new_interview(ROLL)), alone("ham-roll"))
    assert other.prompt and other.back().prompt == other.prompt
    assert finish(other).back().prompt == other.prompt


BELLY = routine_of("name: T\nsteps:\n  - {use: calf-wall-straight, avoid_if: [iud]}\n")
ROUTINES = {"belly": BELLY} | {routine.id: routine for routine in shipped()}
ROUTINES |= {entry.exercise.id: alone(entry.exercise.id) for entry in CATALOGUE.entries}
PROFILES = {
    "new": Profile(),
    "full": FULL_PROFILE,
    "half": replace(FULL_PROFILE, answered={"P2": NOW}),
}
PAIRS = st.tuples(st.sampled_from(sorted(ROUTINES)), st.sampled_from(sorted(ROUTINES)))
ABOUT_PLACES = ("F", "followups", "cleared.lump_new", "cleared.bruise_deep", "profile")
"""The questions that may come again, for what is new in the offered routine."""
LAST = Last(1, "calf-stretch", "Calf stretch", NOW - DAY, 2, 2)


BEFORE_DEEP_PRESSURE_KEYS = {
    key for row in QUESTIONS.followups if row.id in BEFORE_DEEP_PRESSURE for key in row.all_keys
}
"""What is asked only of a person who has deep pressure switched on and not forbidden already."""


def _has_deep_pressure_on(done: Interview) -> bool:
    return done.outcome.answers.deep_pressure.asked


@pytest.mark.soak
@QUICK
@given(
    PAIRS,
    st.integers(0, 10**9),
    st.sampled_from([0.03, 0.1, 0.3]),
    st.sampled_from(sorted(PROFILES)),
    st.booleans(),
)
def test_an_offered_routine_is_judged_at_least_as_strictly_as_with_everything_asked_anew(
    pair: tuple[str, str], seed: int, yes: float, who: str, returns: bool
) -> None:
    chosen, offered = (ROUTINES[id_] for id_ in pair)
    profile, past = PROFILES[who], Past(last=LAST) if returns else Past()
    calm = {"today": mark("0")} if yes == 0.1 else None
    person = Person(seed, yes, calm)
    first = person.answer(new_interview(chosen, profile, past=past))
    begun = taken(first, offered)
    told = judge_answers(begun.so_far)
    assume(first.outcome.red is None and plan_of(offered, told).items)  # else nothing is offered

    asked = len(person.asked)
    second = person.answer(begun)
    again = {p.id for p in person.asked[asked:]} & {p.id for p in person.asked[:asked]}
    assert not {id_ for id_ in again if not id_.startswith(ABOUT_PLACES)}
    rows = [words for p in person.asked if p.id == "profile" for words in rows_of(p).values()]
    assert len(rows) == len(set(rows)), "a row of the profile comes once"
    marks = [id_ for p in person.asked for id_ in followups_of(p).values()]
    assert all(marks.count(id_) == 1 for id_ in marks if id_ not in {"F1", "F2"})

    anew = Person(seed, yes, calm).answer(new_interview(offered, profile, past=past))
    strict, fresh = result(second), result(anew)
    assert strict.rank >= fresh.rank
    unasked = set() if _has_deep_pressure_on(second) else BEFORE_DEEP_PRESSURE_KEYS
    assert set(strict.keys) >= set(fresh.keys) - unasked
    assert left(offered, strict) <= left(offered, fresh)
    eased = {e.step.number for e in plan_of(offered, strict).eased}
    now_plays = {step.number for step in steps_of(plan_of(offered, strict).items)}
    assert {e.step.number for e in plan_of(offered, fresh).eased} & now_plays <= eased
    assert second.outcome.after[: len(first.outcome.after)] == first.outcome.after
    if fresh.rank >= Rank.URGENT:
        assert second.outcome.red
