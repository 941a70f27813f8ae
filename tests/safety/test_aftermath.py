"""Reports about earlier sessions (2g) only add rest, easy mode or a stop; they never allow more."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.history.after import past_of, save_aftermath
from player.history.people import Person, person_named
from player.history.store import open_store
from player.routine.model import Hold, Routine, steps_of
from player.routine.vocabulary import Side
from player.safety.aftermath import (
    REST_S,
    After,
    AfterEvent,
    Last,
    Past,
    Reading,
    SoreSpot,
    limits,
    long_sore,
    stopped,
)
from player.safety.clearance import judge
from player.safety.cleared import Refusal, admit
from player.safety.findings import AgeBand, Answers
from player.safety.following import STOPPED
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.prompts import Reply
from tests.safety.making import (
    DAY,
    MATRIX,
    NOW,
    QUICK,
    alone,
    answered_with,
    clearance_for,
    finish,
    left,
    mark,
    new_interview,
    option,
    plan_of,
    prompts,
    result,
    shipped,
)
from tests.safety.test_invariants import ROUTINES, answers

HOUR = 3_600.0
CALF = next(routine for routine in shipped() if routine.id == "calf-stretch")
LAST = Last(1, "calf-stretch", "Calf stretch", NOW - 20 * HOUR, 2, 3)
YESTERDAY = Past(last=LAST)


def event(
    what: After,
    at: float = NOW,
    session: int = 1,
    place: str | None = "calf",
    side: Side | None = None,
    routine: str = "calf-stretch",
) -> AfterEvent:
    return AfterEvent(what, session, routine, place, side, at)


def answered(past: Past, **replies: Reply) -> Interview:
    return finish(new_interview(CALF, past=past), replies)


# What is asked


def test_a_person_without_a_session_is_not_asked_how_it_went() -> None:
    assert "A1" not in prompts(new_interview(CALF))


@pytest.mark.parametrize(
    ("hours", "asks"), [(0.0, False), (0.9, False), (1.1, True), (20.0, True), (-3.0, True)]
)
def test_the_question_comes_only_an_hour_after_the_session(hours: float, asks: bool) -> None:
    past = Past(last=LAST._replace(ended=NOW - hours * HOUR))
    assert ("A1" in prompts(new_interview(CALF, past=past), {"A1": "s"})) == asks


def test_the_question_comes_after_the_urgent_ones_and_before_soreness() -> None:
    met = prompts(new_interview(CALF, past=YESTERDAY), {"A1": "s", "S1": 0})
    assert met[:4] == ["today", "A1", "A2", "S1"]
    assert prompts(new_interview(CALF, past=YESTERDAY), {"today": mark("3")}) == ["today"]


def test_an_answer_on_the_next_day_is_final_and_an_earlier_one_is_not() -> None:
    soon = event(After.SAME, LAST.ended + 2 * HOUR)
    late = event(After.SAME, LAST.ended + 13 * HOUR)
    assert Past((soon,), LAST).asks_about("x", NOW) == (LAST,)
    assert not Past((late,), LAST).asks_about("x", NOW)


# What follows from the reports


def test_better_or_the_same_changes_nothing() -> None:
    for key in "bs":
        done = answered(YESTERDAY, A1=key)
        assert result(done).rank is Rank.PLAY
        assert left(CALF, result(done)) == left(CALF, clearance_for())
        assert [e.report for e in done.outcome.after] == [
            After.BETTER if key == "b" else After.SAME
        ]


@pytest.mark.parametrize("side", ["l", "r", "b"])
def test_after_worse_the_region_rests_for_48_hours_and_then_gets_easy_mode(side: str) -> None:
    done = answered(YESTERDAY, A1="w", **{"A1.where": "c", "A1.where.side": side})
    clearance = result(done)
    assert clearance.rank is Rank.ADAPT
    rests = {"l": {Side.LEFT}, "r": {Side.RIGHT}, "b": {Side.LEFT, Side.RIGHT}}[side]
    wall = alone("calf-wall-straight")
    assert left(wall, clearance) == {(1, s) for s in (Side.LEFT, Side.RIGHT) if s not in rests}
    assert left(alone("ham-chair-sit"), clearance)
    past = Past(done.outcome.after, LAST)
    just_before = limits(past, "calf-stretch", NOW + REST_S - 1)
    assert just_before.resting and not just_before.gentle
    later = limits(past, "calf-stretch", NOW + REST_S)
    assert later.gentle and not later.resting
    gentle = judge(Answers(NOW, age=AgeBand.ADULT, limits=later), MATRIX, NOW)
    (kept,) = steps_of(plan_of(wall, gentle).items)
    (hold,) = kept.dose.work
    assert isinstance(hold, Hold) and hold.time.low == 15_000
    roll = steps_of(plan_of(alone("calf-roll"), gentle).items)
    assert all(step.dose.pressure and step.dose.pressure.high <= 3 for step in roll)
    assert not left(alone("calf-pnf-strap"), gentle)


def test_a_later_session_that_was_not_worse_ends_easy_mode_but_not_the_rest() -> None:
    worse = event(After.WORSE, NOW - 3 * DAY)
    same = event(After.SAME, NOW - DAY, session=2)
    assert not limits(Past((worse, same), LAST), "x", NOW).gentle
    other = same._replace(routine="ham-stretch")
    assert limits(Past((worse, other), LAST), "x", NOW).gentle, "it says nothing about the calf"
    on_it = other._replace(worked=frozenset({("calf", Side.LEFT), ("calf", Side.RIGHT)}))
    assert not limits(Past((worse, on_it), LAST), "x", NOW).gentle
    half = other._replace(worked=frozenset({("calf", Side.LEFT)}))
    assert limits(Past((worse, half), LAST), "x", NOW).gentle, "the right calf was not worked"
    fresh = event(After.WORSE, NOW - DAY)
    better = event(After.BETTER, NOW - HOUR, session=2)
    assert limits(Past((fresh, better), LAST), "x", NOW).resting


def test_worse_twice_in_a_row_stops_that_routine_until_it_is_not_worse() -> None:
    first, second = event(After.WORSE, NOW - 9 * DAY), event(After.WORSE, NOW - 5 * DAY, 2)
    past = Past((first, second), LAST._replace(session=2))
    assert stopped(past.events) == {"calf-stretch"}
    assert past.asks_about("calf-stretch", NOW), "without the question, it would never end"
    done = answered(past, A1="w", **{"A1.where": "c", "A1.where.side": "b"})
    clearance = result(done)
    refused = admit(plan_of(CALF, clearance), clearance, "Ana", NOW)
    assert isinstance(refused, Refusal) and refused.rank is Rank.STOP and STOPPED in refused.words
    other = done.for_routine(alone("ham-chair-sit"), deep_pressure_today=False)
    assert judge(other.so_far, MATRIX, NOW).plays, "another routine is not stopped"
    assert result(answered(past, A1="s")).plays
    apart = (first, event(After.SAME, NOW - 7 * DAY, 2), event(After.WORSE, NOW - DAY, 3))
    assert not stopped(apart), "not running"


def test_only_an_answer_about_the_same_routine_lets_a_stopped_one_play_again() -> None:
    calf = Last(2, "calf-stretch", "Calf stretch", NOW - 5 * DAY)
    ham = Last(3, "ham-stretch", "Ham stretch", NOW - DAY)
    events = (event(After.WORSE, NOW - 9 * DAY), event(After.WORSE, NOW - 4 * DAY, 2))
    past = Past(events, ham, stopped_after=(calf,))
    elsewhere = answered(past, A1="s")
    about = [(e.routine, e.report) for e in elsewhere.outcome.after]
    assert about == [("ham-stretch", After.SAME), ("calf-stretch", After.SAME)]
    ham_routine = next(routine for routine in shipped() if routine.id != "calf-stretch")
    told = finish(new_interview(ham_routine, past=past), {"A1": "b"}).outcome.after
    assert [e.routine for e in told] == ["ham-stretch"]
    assert stopped((*events, *told)) == {"calf-stretch"}
    later = replace(past, events=(*events, *told))
    begun = answered_with(new_interview(CALF, past=later), mark("0"))
    assert begun.prompt and begun.prompt.id == "A1"
    assert begun.prompt.lines == ("It was worse after your last session of Calf stretch.",)
    assert result(finish(begun, {"A1": "b"})).plays
    still: dict[str, Reply] = {"A1": "w", "A1.where": "c", "A1.where.side": "b"}
    assert STOPPED in result(finish(begun, still)).whole_session


def test_worse_after_two_sessions_of_a_routine_counts_across_others() -> None:
    between = event(After.SAME, NOW - 7 * DAY, 2, routine="ham-stretch")
    first, third = event(After.WORSE, NOW - 9 * DAY), event(After.WORSE, NOW - DAY, 3)
    assert stopped((first, between, third)) == {"calf-stretch"}


@pytest.mark.parametrize("reply", ["yes", "unsure"])
def test_pain_at_night_stops_that_routine_at_once(reply: str) -> None:
    worse: dict[str, Reply] = {"A1": "w", "A1.where": "c", "A1.where.side": "b", "A1.night": reply}
    done = answered(YESTERDAY, **worse)
    assert STOPPED in result(done).whole_session
    assert not result(answered(YESTERDAY, **{**worse, "A1.night": "no"})).whole_session


def after_spots(*spots: SoreSpot) -> Past:
    return Past(last=LAST._replace(spots=spots))


def test_much_more_soreness_afterwards_only_adds_a_note() -> None:
    done = answered(after_spots(SoreSpot("calf", Side.LEFT, 1, 4)), A1="s")
    assert result(done).rank is Rank.CAUTION
    assert "Do no more than last time" in str(plan_of(CALF, result(done)).notes)
    assert left(CALF, result(done)) == left(CALF, clearance_for())
    calmer = answered(after_spots(SoreSpot("calf", Side.LEFT, 1, 3)), A1="s")
    assert result(calmer).rank is Rank.PLAY


spots = st.builds(
    SoreSpot,
    st.none() | st.sampled_from(sorted(MATRIX.places)),
    st.sampled_from([None, Side.LEFT, Side.RIGHT, Side.BOTH]),
    st.none() | st.integers(0, 10),
    st.none() | st.integers(0, 10),
)


@QUICK
@given(st.lists(spots, max_size=3).map(tuple))
def test_much_sorer_compares_each_place_with_itself(found: tuple[SoreSpot, ...]) -> None:
    rises = [s.after - s.before for s in found if s.before is not None and s.after is not None]
    done = limits(replace(after_spots(*found), events=(event(After.SAME),)), "x", NOW)
    assert done.sorer == any(rise > 2 for rise in rises)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (2, 3, "Soreness was 2 before it and 3 after it."),
        (0, 0, "Soreness was 0 before it and 0 after it."),
        (2, None, "Soreness was 2 before it."),
        (None, 3, "Soreness was 3 after it."),
        (None, None, ""),
    ],
)
def test_soreness_that_nobody_told_is_not_shown(
    before: int | None, after: int | None, words: str
) -> None:
    past = Past(last=LAST._replace(before=before, after=after))
    asked = answered_with(new_interview(CALF, past=past), mark("0"))
    assert asked.prompt and asked.prompt.id == "A1"
    assert asked.prompt.lines == (f"The last session was Calf stretch. {words}".strip(),)


NEW = {
    "One leg": (Rank.URGENT, "dvt_signs"),
    "newly weak": (Rank.URGENT, "nerve_urgent"),
    "Both legs": (Rank.STOP, "both_swollen_new"),
    "Numbness": (Rank.ADAPT, "leg_nerve"),
}


@pytest.mark.parametrize("words", NEW)
def test_a_new_sign_counts_like_the_same_answer_in_todays_questions(words: str) -> None:
    rank, key = NEW[words]
    done = answered(YESTERDAY, A1="s", A2="yes", **{"A2.which": mark(option("A2", words))})
    assert result(done).rank is rank and key in result(done).keys
    if rank >= Rank.URGENT:
        assert done.outcome.red and done.outcome.red.key == key
        assert done.outcome.after, "the reports before it are saved"


def test_a_yes_without_a_choice_sets_every_sign_that_is_not_urgent() -> None:
    done = answered(YESTERDAY, A1="s", A2="unsure", **{"A2.which": mark()})
    assert {"both_swollen_new", "leg_nerve"} <= set(result(done).keys)
    assert result(done).rank is Rank.STOP
    roll = steps_of(plan_of(alone("shin-hand-stroke"), result(done)).items)
    assert not [step for step in roll if step.exercise.is_massage]


def test_a_bruise_is_not_massaged_until_it_has_healed() -> None:
    bruise: dict[str, Reply] = {"A2": "yes", "A2.which": mark(option("A2", "bruise"))}
    where: dict[str, Reply] = {"A2.where": "c", "A2.where.side": "l"}
    done = answered(YESTERDAY, A1="s", **bruise, **where)
    roll = alone("calf-roll")
    assert left(roll, result(done)) <= {(1, Side.RIGHT)}
    assert left(alone("calf-wall-straight"), result(done)) == left(
        alone("calf-wall-straight"), clearance_for()
    )
    kept = Past(done.outcome.after, LAST)
    assert prompts(new_interview(CALF, now=NOW + 9 * DAY, past=kept))[1] == "A3"
    still = answered(kept, A3="no")
    assert left(roll, result(still)) <= {(1, Side.RIGHT)}
    gone = answered(kept, A3="yes")
    assert left(roll, result(gone)) == left(roll, clearance_for())


def test_the_note_after_six_weeks_without_help_appears_once() -> None:
    sore: dict[str, Reply] = {"S1": 5, "S2": "c", "S2.side": "b", "S3": "s"}
    long = replace(YESTERDAY, long_sore=frozenset({("calf", Side.LEFT)}))
    done = answered(long, A1="s", **sore)
    notes = [note for _, note in plan_of(CALF, result(done)).notes]
    assert "This has not helped in six weeks. Ask a clinician." in notes
    assert After.UNHELPED in [e.report for e in done.outcome.after]
    again = replace(long, events=done.outcome.after)
    assert "six weeks" not in str(plan_of(CALF, result(answered(again, A1="s", **sore))).notes)
    new = answered(long, A1="s", **{**sore, "S3": "n"})
    assert "six weeks" not in str(plan_of(CALF, result(new)).notes), "that is another soreness"


# A report never allows more


events = st.lists(
    st.builds(
        AfterEvent,
        st.sampled_from(After),
        st.integers(1, 3),
        st.sampled_from(["calf-stretch", "t", "each"]),
        st.none() | st.sampled_from(sorted(MATRIX.places)),
        st.sampled_from([None, Side.LEFT, Side.RIGHT, Side.BOTH]),
        st.floats(NOW - 60 * DAY, NOW),
    ),
    max_size=6,
).map(tuple)


@pytest.mark.soak
@QUICK
@given(answers, events, ROUTINES)
def test_no_report_ever_adds_a_step_or_lowers_the_class(
    before: Answers, told_: tuple[AfterEvent, ...], routine: Routine
) -> None:
    without = judge(before, MATRIX, NOW)
    today = limits(Past(told_, LAST), routine.id, NOW)
    with_it = judge(replace(before, limits=today), MATRIX, NOW)
    assert with_it.rank >= without.rank
    assert left(routine, with_it) <= left(routine, without)


# What is saved


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as connection:
        yield connection


def a_session(
    store: sqlite3.Connection, person: Person, ended: float | None, ms: int, state: str = "partial"
) -> int:
    cursor = store.execute(
        "INSERT INTO session (person, routine, name, path, pick, started, ended, state, total_ms)"
        " VALUES (?, 'calf-stretch', 'Calf stretch', 'c.yaml', 'low', 0, ?, ?, 1)",
        (person.id, ended and round(ended * 1_000), state),
    )
    assert cursor.lastrowid
    store.execute(
        "INSERT INTO done VALUES (?, 0, 1, 'x', 'calf', 'left', ?, ?)",
        (cursor.lastrowid, ms, round((ended or 0) * 1_000)),
    )
    return cursor.lastrowid


def test_the_last_session_with_work_counts_and_reports_are_read_in_order(
    store: sqlite3.Connection,
) -> None:
    ana, ben = person_named(store, "Ana", 1), person_named(store, "Ben", 1)
    assert past_of(store, ana, NOW) == Past()
    first = a_session(store, ana, NOW - 3 * DAY, 60_000)
    store.execute("INSERT INTO soreness VALUES (?, 'calf', 'left', 2, 6, 0)", (first,))
    a_session(store, ana, NOW - DAY, 200)
    a_session(store, ana, None, 90_000, "running")
    told_ = [event(After.WORSE, session=first), event(After.NIGHT, session=first)]
    for _ in range(2):  # saving it twice adds it once
        save_aftermath(store, told_)
    past = past_of(store, ana, NOW)
    spots = (SoreSpot("calf", Side.LEFT, 2, 6),)
    assert past.last == Last(first, "calf-stretch", "Calf stretch", NOW - 3 * DAY, 2, 6, spots)
    assert [e.report for e in past.events] == [After.WORSE, After.NIGHT]
    assert past_of(store, ben, NOW) == Past()


def test_after_a_session_without_an_answer_no_soreness_is_known(
    store: sqlite3.Connection,
) -> None:
    ana = person_named(store, "Ana", 1)
    a_session(store, ana, NOW - DAY, 60_000)
    last = past_of(store, ana, NOW).last
    assert last and (last.before, last.after, last.spots) == (None, None, ())


@pytest.mark.parametrize(
    ("told_", "lasts"),
    [
        ([(42, 4), (28, 5), (14, 4)], True),
        ([(41, 4), (28, 5), (14, 4)], False),
        ([(50, 4)], False),
        ([(42, 4), (20, 5), (10, 4)], False),
        ([(42, 4), (28, 3), (14, 4)], False),
        ([(1_000, 9), (14, 4), (7, 4)], False),
        ([(60, 2), (49, 4), (40, 4), (30, 6), (20, 4), (8, 10)], True),
    ],
)
def test_soreness_lasts_six_weeks_only_if_it_was_told_all_along(
    told_: list[tuple[int, int]], lasts: bool
) -> None:
    readings = [Reading("calf", Side.LEFT, level, NOW - ago * DAY) for ago, level in told_]
    assert long_sore(readings, NOW) == ({("calf", Side.LEFT)} if lasts else set())
    better = Reading(None, None, 0, NOW - 9 * DAY)
    assert not long_sore([*readings, better], NOW), "nothing was sore on one day"
    elsewhere = Reading("ham", Side.LEFT, 0, NOW - 9 * DAY)
    right = Reading("calf", Side.RIGHT, 0, NOW - 9 * DAY)
    assert bool(long_sore([*readings, elsewhere, right], NOW)) == lasts


def test_what_was_told_and_done_is_read_from_the_history(store: sqlite3.Connection) -> None:
    ana = person_named(store, "Ana", 1)
    for weeks in (7, 5, 3, 1):
        session = a_session(store, ana, NOW - weeks * 7 * DAY, 60_000)
        store.execute(
            "INSERT INTO soreness VALUES (?, 'calf', 'left', 5, 0, ?)",
            (session, round((NOW - weeks * 7 * DAY) * 1_000)),
        )
        save_aftermath(store, [event(After.WORSE, NOW - weeks * 7 * DAY + 1, session)])
    ham = a_session(store, ana, NOW - DAY, 60_000)
    store.execute("UPDATE session SET routine = 'ham-stretch' WHERE id = ?", (ham,))
    past = past_of(store, ana, NOW)
    assert past.long_sore == {("calf", Side.LEFT)}
    assert {e.worked for e in past.events} == {frozenset({("calf", Side.LEFT)})}
    assert [last.session for last in past.stopped_after] == [session]
    assert [last.session for last in past.asks_about("calf-stretch", NOW)] == [ham, session]
    assert [last.session for last in past.asks_about("ham-stretch", NOW)] == [ham]
