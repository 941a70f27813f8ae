"""Deep pressure is off until a person switches it on, and has many conditions (3 and 14)."""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.history.after import worked_on_today
from player.history.people import person_named, profile_of, save_profile
from player.history.store import open_store
from player.routine.model import Routine, steps_of
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Kind, Level, Side
from player.safety.clearance import Clearance, judge
from player.safety.cleared import Cleared, admit
from player.safety.findings import AgeBand, Answers, DeepPressure, Finding, Soreness
from player.safety.interview import Interview
from player.safety.prompts import Choice, Reply
from player.session.state import Do, Event, Notice, State, begin, step
from player.session.timeline import DEFAULT_CHOICES
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    DAY,
    FULL_PROFILE,
    MATRIX,
    NOW,
    QUICK,
    RED,
    alone,
    finish,
    harmless,
    mark,
    new_interview,
    opened,
    plan_of,
    prompts,
    result,
    routine_of,
    rows_asked,
    shipped,
)
from tests.safety.test_invariants import ROUTINES, answers

ON = DeepPressure(opted_at=NOW - DAY, asked=True)
FIT = Answers(NOW, age=AgeBand.ADULT, deep_pressure=ON)
PSOAS = next(routine for routine in shipped() if routine.id == "psoas-massager")
FORBIDS = (
    "pregnant", "postpartum", "hernia", "aaa", "aaa_known", "abdo_surgery", "abdo_disease", "iud",
    "anticoagulant", "recent_surgery", "recent_surgery_other", "cancer", "osteoporosis",
    "belly_pulse", "child", "organ_stuff", "dvt_history", "dvt_recent", "hip_replaced", "pad",
    "leg_nerve", "masking", "dp_not_shown",
)  # fmt: skip
"""Invariant 3, condition by condition."""


def judged(given_: Answers) -> Clearance:
    return judge(given_, MATRIX, NOW)


def deep(routine: Routine, clearance: Clearance) -> bool:
    return any(
        Kind.DEEP_PRESS in step.exercise.kinds
        for step in steps_of(plan_of(routine, clearance).items)
    )


def fit(**changes: object) -> Answers:
    return replace(FIT, **changes)  # type: ignore[arg-type]  # by name


def test_invariant_3_it_plays_for_a_healthy_person_who_switched_it_on() -> None:
    clearance = judged(FIT)
    plan = plan_of(PSOAS, clearance)
    assert deep(PSOAS, clearance) and not plan.left_out and not plan.swapped
    assert isinstance(admit(plan, clearance, "Ana", NOW), Cleared)


@cases("key", FORBIDS)
@cases("stated_fine", [None, NOW - DAY])
def test_invariant_3_each_condition_of_the_list_blocks_it(
    key: str, stated_fine: float | None
) -> None:
    finding = Finding(key, at=NOW, cleared_at=stated_fine)
    for routine in (PSOAS, alone("psoas-hand-press"), alone("psoas-tool-press")):
        assert not deep(routine, judged(fit(findings=(finding,))))


def test_invariant_3_a_skin_problem_of_the_belly_blocks_it() -> None:
    for place in ("belly", None):
        skin = Finding("skin", place, at=NOW)
        assert not deep(PSOAS, judged(fit(findings=(skin,))))
    assert deep(PSOAS, judged(fit(findings=(Finding("skin", "calf", at=NOW),))))


@pytest.mark.parametrize("place", ["belly", "hipflexor", None])
def test_invariant_3_easy_mode_at_the_front_of_the_hip_blocks_it(place: str | None) -> None:
    sore = Soreness(4, place, None, False)
    assert not deep(PSOAS, judged(fit(sorenesses=(sore,))))
    assert deep(PSOAS, judged(fit(sorenesses=(Soreness(3, place, None, False),))))


@pytest.mark.parametrize("band", [None, AgeBand.CHILD, AgeBand.OLDER])
def test_invariant_3_an_unknown_or_unsuitable_age_blocks_it(band: AgeBand | None) -> None:
    assert not deep(PSOAS, judged(fit(age=band)))


@pytest.mark.parametrize(
    "off",
    [
        DeepPressure(),
        DeepPressure(None, True),
        DeepPressure(NOW - DAY, False),
        DeepPressure(NOW + 60, True),
        DeepPressure(NOW - DAY, True, done_today=True),
    ],
)
def test_invariant_3_it_needs_answers_the_switch_and_a_day_without_it(off: DeepPressure) -> None:
    clearance = judged(fit(deep_pressure=off))
    plan = plan_of(PSOAS, clearance)
    assert not deep(PSOAS, clearance)
    assert clearance.rank is judged(FIT).rank, "the class does not change"
    (swap, *_) = plan.swapped
    assert swap.by.id == "hipflexor-half-kneel" and "deep pressure" in swap.reason


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES, st.booleans(), st.booleans(), st.booleans())
def test_invariant_3_it_never_plays_with_any_condition_of_the_list(
    before: Answers, routine: Routine, opted: bool, was_asked: bool, today: bool
) -> None:
    state = DeepPressure(NOW - DAY if opted else None, was_asked, today)
    clearance = judged(replace(before, deep_pressure=state))
    if not deep(routine, clearance):
        return
    assert opted and was_asked and not today and clearance.age is AgeBand.ADULT
    assert not set(clearance.keys) & (set(FORBIDS) | RED)
    for step_ in steps_of(plan_of(routine, clearance).items):
        if Kind.DEEP_PRESS in step_.exercise.kinds:
            assert step_.exercise.vetted
            assert step_.dose.pressure and step_.dose.pressure.high <= 4


@pytest.mark.parametrize(
    "line",
    [
        "psoas-tool-press: 30s each side pressure 5",
        "psoas-tool-press: 121s each side",
        "psoas-tool-press: 5 x 30s each side",
        "psoas-hand-press: 2m1s left",
    ],
)
def test_invariant_3_no_file_can_exceed_its_pressure_or_time_limit(line: str) -> None:
    what = opened(f"name: T\nsteps: [march-in-place: 3:00, {line}]\n").routine
    if what is not None:
        assert not deep(what, judged(FIT))
    rounds = routine_of("name: T\nsteps:\n  - rounds: 5\n    steps: [psoas-tool-press]\n")
    assert not deep(rounds, judged(FIT))


def test_invariant_3_deep_pressure_of_an_unknown_exercise_never_plays() -> None:
    for kind, more in (("deep-press", ""), ("press", ""), ("roll", ", equipment: [psoas-tool]")):
        mine = routine_of(
            f"name: T\nexercises:\n  mine: {{name: Mine, kind: {kind}, regions: [belly],"
            f" position: supine, sides: one, dose: 30s pressure 3{more}}}\nsteps: [mine]\n"
        )
        assert not steps_of(plan_of(mine, judged(FIT)).items)


# The interview


def replies(**more: str) -> dict[str, str]:
    return {"DP": "s", **more}


def test_only_a_routine_with_deep_pressure_asks_for_it_and_without_a_default() -> None:
    assert "DP" not in prompts(new_interview(alone("calf-roll")))
    first = new_interview(PSOAS)
    assert "DP" in prompts(first)
    prompt = first.answer(mark("0")).prompt
    assert prompt is not None and prompt.id == "DP"
    assert [choice.key for choice in prompt.choices] == ["o", "s"], "neither is yes or no"
    assert "no trial" in " ".join(prompt.lines)


def test_switched_off_it_asks_nothing_more_and_a_stretch_replaces_it() -> None:
    met = prompts(new_interview(PSOAS), {"DP": "o"})
    assert met.index("DP") == 1
    done = finish(new_interview(PSOAS), {"DP": "o"})
    assert not deep(PSOAS, result(done))
    assert done.outcome.profile.deep_pressure_at is None
    asks = [c.say for c in _followup_choices(new_interview(PSOAS), {"DP": "o"})]
    assert not [say for say in asks if "beat" in say or "meal" in say]


def _followup_choices(interview: Interview, answers_: Mapping[str, Reply]) -> tuple[Choice, ...]:
    while interview.prompt is not None:
        if interview.prompt.id == "followups":
            return interview.prompt.choices
        reply = answers_.get(interview.prompt.id)
        interview = interview.answer(harmless(interview.prompt) if reply is None else reply)
    return ()


def test_switched_on_its_questions_are_asked_and_it_plays() -> None:
    done = finish(new_interview(PSOAS), replies())
    assert deep(PSOAS, result(done))
    assert done.outcome.profile.deep_pressure_at == NOW
    kept = replace(FULL_PROFILE, deep_pressure_at=NOW - DAY)
    assert "DP" not in prompts(new_interview(PSOAS, kept))
    assert deep(PSOAS, result(finish(new_interview(PSOAS, kept))))


def test_belly_questions_that_were_never_asked_are_asked_first() -> None:
    answered = {k: v for k, v in FULL_PROFILE.answered.items() if k != "P9b"}
    kept = replace(FULL_PROFILE, answered=answered, deep_pressure_at=NOW - DAY)
    assert rows_asked(new_interview(PSOAS, kept)) == ["P9b"]
    unsure = finish(new_interview(PSOAS, kept), {"P9b": "unsure", "P9b.which": mark()})
    assert not deep(PSOAS, result(unsure))


@pytest.mark.parametrize("number", range(3))
def test_a_yes_to_any_question_of_the_day_blocks_it(number: int) -> None:
    kept = replace(FULL_PROFILE, deep_pressure_at=NOW - DAY)
    rows = _followup_choices(new_interview(PSOAS, kept), {})
    belly = [row for row in rows if any(word in row.say for word in ("meal", "belly pain", "beat"))]
    assert len(belly) == 3
    marked = mark(belly[number].key)
    done = finish(new_interview(PSOAS, kept), {"followups": marked})
    assert not deep(PSOAS, result(done))


def test_who_has_shown_it_is_asked_by_itself_and_only_a_clinician_in_person_counts() -> None:
    kept = replace(FULL_PROFILE, deep_pressure_at=NOW - DAY)
    begun = new_interview(PSOAS, kept)
    while begun.prompt and begun.prompt.id != "F7":
        begun = begun.answer(harmless(begun.prompt))
    assert begun.prompt and begun.prompt.ask == "Who has shown you how to press there?"
    nobody, clinician = begun.prompt.choices
    assert "page or a video" in nobody.say and "in person" in clinician.say
    assert begun.prompt.lowers == {clinician.key}, "only that one takes Enter"
    assert not deep(PSOAS, result(finish(begun, {"F7": nobody.key})))
    assert deep(PSOAS, result(finish(begun, {"F7": clinician.key})))
    assert prompts(begun).count("F7") == 1


def test_without_the_question_about_who_has_shown_it_it_stays_closed() -> None:
    kept = replace(FULL_PROFILE, deep_pressure_at=NOW - DAY)
    begun = new_interview(PSOAS, kept)
    while begun.prompt and begun.prompt.id != "F7":
        begun = begun.answer(harmless(begun.prompt))
    assert not deep(PSOAS, judged(begun.so_far))


def test_after_thirty_days_the_switch_is_confirmed_and_can_be_turned_off() -> None:
    late = NOW + 40 * DAY
    kept = replace(FULL_PROFILE, deep_pressure_at=NOW - DAY)
    interview = new_interview(PSOAS, kept, now=late).answer(mark("0"))
    assert interview.prompt is not None and interview.prompt.id == "confirm"
    assert "- deep pressure is switched on" in interview.prompt.lines
    again = finish(interview, {"confirm": "no", "DP": "o"})
    assert again.outcome.profile.deep_pressure_at is None


# Once a day


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as connection:
        yield connection


@pytest.mark.parametrize(
    ("hours_ago", "hour", "counts"),
    [(1, 18, True), (11, 6, True), (13, 6, False), (13, 18, True), (25, 18, False), (-5, 9, True)],
)
def test_invariant_3_it_plays_once_a_day(
    store: sqlite3.Connection, hours_ago: int, hour: int, counts: bool
) -> None:
    ana, ben = person_named(store, "Ana", 1), person_named(store, "Ben", 1)
    began = 1_790_000_000_000
    wall = began + hour * 3_600_000
    store.execute(
        "INSERT INTO session (person, routine, name, path, pick, started, state, total_ms)"
        " VALUES (?, 'r', 'R', 'r.yaml', 'low', 0, 'partial', 1)",
        (ana.id,),
    )
    store.execute(
        "INSERT INTO done VALUES (1, 0, 3, 'psoas-tool-press', 'belly', 'left', 30000, ?)",
        (wall - hours_ago * 3_600_000,),
    )
    ids = ["psoas-tool-press", "psoas-hand-press"]
    assert worked_on_today(store, ana, ids, wall, began) == counts
    assert not worked_on_today(store, ben, ids, wall, began)


def test_the_switch_is_saved_for_one_person_only(store: sqlite3.Connection) -> None:
    ana, ben = person_named(store, "Ana", 1), person_named(store, "Ben", 1)
    save_profile(store, ana, replace(FULL_PROFILE, deep_pressure_at=NOW))
    save_profile(store, ben, FULL_PROFILE)
    assert profile_of(store, ana).deep_pressure_at == NOW
    assert profile_of(store, ben).deep_pressure_at is None


# In the session


def in_deep_pressure() -> State:
    clearance = judged(FIT)
    cleared = admit(plan_of(PSOAS, clearance), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    state = begin(cleared, DEFAULT_CHOICES, 0, int(NOW * 1_000))
    at = next(
        s.start
        for s in state.timeline.segments
        if s.kind is SegmentKind.WORK and s.exercise == "psoas-tool-press"
    )
    return replace(state, position=at, anchor=0)


@pytest.mark.parametrize("do", [Do.LONGER, Do.RESTART, Do.BACK])
def test_it_can_not_be_made_longer_or_repeated(do: Do) -> None:
    state = in_deep_pressure()
    wall = int(NOW * 1_000)
    state, effects = step(state, Event(do, 1_000, wall + 1_000))
    assert isinstance(effects[-1], Notice)
    assert state.timeline is not None


def test_neither_back_nor_undo_returns_to_it() -> None:
    state = in_deep_pressure()
    wall, at = int(NOW * 1_000), 0

    def do(what: Do, ms: int) -> None:
        nonlocal state, at
        at += ms
        state, _ = step(state, Event(what, at, wall + at))

    do(Do.NEXT, 1_500)
    do(Do.NEXT, 500)
    do(Do.NEXT, 500)
    do(Do.NEXT, 500)
    for what in (Do.BACK, Do.UNDO, Do.BACK, Do.UNDO, Do.RESTART, Do.BACK):
        do(what, 300)
        segment = state.segment_at(at)
        assert segment.exercise != "psoas-tool-press" or segment.side is not Side.LEFT


@pytest.mark.parametrize("do", [Do.BACK, Do.RESTART])
def test_a_resumed_session_does_not_return_to_it(do: Do) -> None:
    """The session was cut off between the two sides, so one side is done."""
    at = next(
        s.start
        for s in in_deep_pressure().timeline.segments
        if s.kind is SegmentKind.SWITCH and s.exercise == "psoas-tool-press"
    )
    clearance = judged(FIT)
    cleared = admit(plan_of(PSOAS, clearance), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    wall = int(NOW * 1_000)
    state = begin(cleared, DEFAULT_CHOICES, 0, wall, position=at)
    state, effects = step(state, Event(do, 1_000, wall + 1_000))
    assert state.position_at(1_000) == at + 1_000 and isinstance(effects[-1], Notice)


# 14


def test_invariant_14_only_one_gated_routine_has_it_and_none_for_beginners() -> None:
    with_it = [r for r in shipped() if any(Kind.DEEP_PRESS in s.exercise.kinds for s in r.steps)]
    assert [routine.id for routine in with_it] == ["psoas-massager"]
    assert with_it[0].level in {Level.INTERMEDIATE, Level.ADVANCED}
    for entry in CATALOGUE.entries:
        if entry.exercise.kind is Kind.DEEP_PRESS:
            assert entry.exercise.note and "Opt-in only" in entry.exercise.note.pick()
