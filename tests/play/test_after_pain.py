"""The consequences of pain: parts are left out, a check is asked, or the session ends."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.history.journal import Journal
from player.history.past import sessions
from player.history.people import (
    Person,
    people,
    person_named,
    profile_of,
    red_flag_of,
    save_profile,
)
from player.history.store import open_store
from player.play.pain import LEFT_OUT_WORDS, AfterPain
from player.play.running import Live
from player.routine.model import Plan, Routine
from player.routine.pieces import SegmentKind
from player.safety.profile import Profile
from player.safety.stop_list import Feeling, Then, load_stop_list
from player.session.cues import cue_sheet
from player.session.snapshot import glance
from player.session.state import Do, EndAsked, Event, Notice, Phase, State, step
from player.session.timeline import DEFAULT_CHOICES, Timeline, compile
from tests.habits import tries
from tests.safety.making import (
    FULL_PROFILE,
    NOW,
    finish,
    new_interview,
    prompts,
    result,
    routine_of,
    shipped,
)
from tests.virtual import Time

LIST = {feeling.id: feeling for feeling in load_stop_list()}
CALF_AND_THIGH = routine_of(
    "name: T\nsteps:\n"
    "  - calf-wall-straight: 2 x 30s each side rest 10s\n"
    "  - ham-chair-sit: 30s each side\n"
    "  - calf-wall-bent: 30s each side\n"
    "  - quad-stand: 30s each side\n"
)
ERRANDS = routine_of(
    "name: T\nsteps:\n  - rounds: 2\n    steps:\n"
    "      - wait: Put the strap round your thigh\n      - say: Lie down\n"
    "      - ham-chair-sit: 10s left\n      - wait: Stand up\n      - quad-stand: 10s left\n"
)
PSOAS = next(routine for routine in shipped() if routine.id == "psoas-massager")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as connection:
        ana = person_named(connection, "Ana", 1)
        save_profile(connection, ana, Profile(deep_pressure_at=5.0))
        yield connection


def ana(store: sqlite3.Connection) -> Person:
    return people(store)[0]


class Scene:
    """A session on virtual time, `ms` milliseconds into the work of an exercise."""

    def __init__(self, store: sqlite3.Connection, routine: Routine, exercise: str, ms: int) -> None:
        self.time = Time()
        timeline = compile(Plan.whole(routine))
        at, wall = self.time.now(), self.time.wall()
        journal = Journal.start(store, 1, routine, DEFAULT_CHOICES, timeline.total_ms, wall)
        self.live = Live(State(timeline, 0, at, Phase.RUNNING, at, wall), journal, (), self.time)
        start = next(
            s.start
            for s in timeline.segments
            if s.kind is SegmentKind.WORK and s.exercise == exercise
        )
        self.wait(start + ms)

    def wait(self, ms: int) -> None:
        while ms > 0:
            part = min(ms, 500)
            self.time.pass_by(part)
            self.live.look()
            ms -= part

    def hurts(self, name: str) -> AfterPain:
        self.live.do(Do.HURTS)
        assert LIST[name] in self.live.feelings
        return self.live.report_pain(LIST[name])

    def goes_on(self) -> bool:
        self.live.do(Do.GO_ON)
        return self.live.state.phase is Phase.RUNNING

    @property
    def exercise(self) -> str | None:
        return self.live.state.segment_at(self.time.now()).exercise


def test_after_numbness_a_check_must_be_answered_before_the_session_goes_on(
    store: sqlite3.Connection,
) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    after = scene.hurts("nerve")
    assert not after.over and scene.live.check is not None
    assert not scene.goes_on()
    assert scene.live.do(Do.GO_ON) == (Notice("Is it gone?"),)
    scene.wait(60_000)
    still = scene.live.answer_check("n")
    assert not still.over and "4:00 more" in still.words and not scene.goes_on()
    scene.wait(30_000)
    assert not scene.live.answer_check("y").over
    assert scene.goes_on() and scene.exercise == "ham-chair-sit"


@pytest.mark.parametrize("reply", ["n", "u"])
def test_numbness_that_lasts_five_minutes_ends_the_session(
    store: sqlite3.Connection, reply: str
) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    scene.hurts("nerve")
    scene.wait(300_000)
    after = scene.live.answer_check(reply)
    assert after.over and "24 hours" in after.feeling.says and scene.live.is_over
    (session,) = sessions(store)
    assert session.hurt == ("nerve", "nerve-stays")
    assert red_flag_of(store, ana(store)) is None


def test_a_cramp_waits_until_it_has_been_calm_for_ten_minutes(store: sqlite3.Connection) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    scene.hurts("cramp")
    scene.wait(120_000)
    assert "8:00 more" in scene.live.answer_check("n").words and not scene.goes_on()
    scene.wait(480_000)
    assert not scene.live.answer_check("n").over and scene.goes_on()
    assert scene.exercise == "ham-chair-sit"


@pytest.mark.parametrize("reply", ["y", "u"])
def test_a_cramp_that_lasts_ends_the_session_with_advice_to_get_seen_today(
    store: sqlite3.Connection, reply: str
) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    scene.hurts("cramp")
    after = scene.live.answer_check(reply)
    assert after.over and after.feeling.rank == "urgent"
    red = red_flag_of(store, ana(store))
    assert red is not None and red.key == "cramp_long"


def test_a_burning_skin_leaves_out_only_that_region(store: sqlite3.Connection) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 13_000)
    assert not scene.hurts("skin").over
    assert scene.goes_on()
    met = set[str]()
    while not scene.live.is_over:
        met.add(scene.exercise or "")
        scene.wait(500)
    assert met == {"ham-chair-sit", "quad-stand"}
    (session,) = sessions(store)
    calf = [work for work in session.work if work.exercise.startswith("calf")]
    assert [(work.exercise, work.side, work.ms) for work in calf] == [
        ("calf-wall-straight", "left", 13_000)
    ]
    done = {(work.exercise, work.side): work.ms for work in session.work}
    assert done["ham-chair-sit", "left"] == done["quad-stand", "right"] == 30_000


def test_a_second_pain_of_any_kind_ends_the_session(store: sqlite3.Connection) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    scene.hurts("skin")
    assert scene.goes_on()
    scene.wait(12_000)
    after = scene.hurts("pain")
    assert after.over and "second time" in after.words


def test_after_deep_pressure_the_stop_list_has_a_line_for_it(store: sqlite3.Connection) -> None:
    scene = Scene(store, PSOAS, "psoas-tool-press", 3_000)
    after = scene.hurts("deep")
    assert not after.over and "2 minutes" in after.feeling.says
    assert profile_of(store, ana(store)).deep_pressure_at is None, "switched off for good"
    assert not scene.goes_on()
    scene.wait(30_000)
    assert not scene.live.answer_check("y").over and scene.goes_on()
    assert scene.exercise == "breathing-side-lying"


def test_a_feeling_under_deep_pressure_that_lasts_two_minutes_is_an_emergency(
    store: sqlite3.Connection,
) -> None:
    scene = Scene(store, PSOAS, "psoas-tool-press", 3_000)
    scene.hurts("deep")
    scene.wait(119_000)
    assert not scene.live.answer_check("n").over
    scene.wait(1_000)
    after = scene.live.answer_check("n")
    assert after.over and after.feeling.rank == "emergency"
    red = red_flag_of(store, ana(store))
    assert red is not None and red.key == "aaa_acute"


def test_without_deep_pressure_the_stop_list_has_no_line_for_it(store: sqlite3.Connection) -> None:
    assert LIST["deep"] not in Scene(store, CALF_AND_THIGH, "ham-chair-sit", 100).live.feelings
    assert LIST["deep"] not in Scene(store, PSOAS, "lunge-reach", 100).live.feelings
    later = Scene(store, PSOAS, "breathing-side-lying", 100).live.feelings
    assert LIST["deep"] in later, "a beat can be felt a little later too"


def test_cooling_is_never_extended_beyond_15_minutes(store: sqlite3.Connection) -> None:
    care = next(routine for routine in shipped() if routine.id == "early-care")
    scene = Scene(store, care, "early-cold-pack", 1_000)
    for _ in range(100):
        scene.live.do(Do.LONGER)
    segments = scene.live.state.timeline.segments
    cold = [s for s in segments if s.exercise == "early-cold-pack" and s.length > 60_000]
    assert [segment.length for segment in cold] == [900_000]


# Nothing bypasses an open check


def test_reporting_another_feeling_leaves_the_first_check_open(store: sqlite3.Connection) -> None:
    routine = routine_of(
        "name: T\nsteps: [psoas-tool-press: 30s each side, ham-chair-sit, quad-stand]\n"
    )
    scene = Scene(store, routine, "psoas-tool-press", 3_000)
    scene.hurts("deep")
    scene.hurts("nerve")
    assert scene.live.check is not None and scene.live.check.ask == "Has it passed?"
    assert not scene.live.answer_check("y").over
    assert scene.live.check is not None and scene.live.check.ask == "Is it gone?"
    assert not scene.goes_on()
    assert not scene.live.answer_check("y").over and scene.goes_on()


@pytest.mark.parametrize("do", [Do.NEXT, Do.BACK, Do.DONE, Do.RESTART, Do.UNDO, Do.LONGER])
def test_while_something_hurts_no_other_command_continues_the_session(
    store: sqlite3.Connection, do: Do
) -> None:
    scene = Scene(store, CALF_AND_THIGH, "calf-wall-straight", 3_000)
    scene.live.do(Do.NEXT)
    scene.hurts("nerve")
    before = scene.live.state
    for _ in range(20):
        scene.live.do(do)
    assert scene.live.state.phase is Phase.HURTING
    assert scene.live.state.position == before.position and not scene.live.is_over


def test_leaving_with_an_open_check_after_deep_pressure_leaves_a_red_flag(
    store: sqlite3.Connection,
) -> None:
    scene = Scene(store, PSOAS, "psoas-tool-press", 3_000)
    scene.hurts("deep")
    scene.live.do(Do.QUIT)
    assert scene.live.check is not None, "it is still asked before the summary"
    red = red_flag_of(store, ana(store))
    assert red is not None and red.key == "aaa_acute"
    scene.live.answer_check("y")
    assert red_flag_of(store, ana(store)) is None and scene.live.check is None


def test_deep_pressure_that_went_wrong_stays_forbidden(
    store: sqlite3.Connection,
) -> None:
    Scene(store, PSOAS, "psoas-tool-press", 3_000).hurts("deep")
    profile = profile_of(store, ana(store))
    assert profile.deep_pressure_over
    kept = replace(FULL_PROFILE, deep_pressure_over=True, deep_pressure_at=NOW)
    assert "DP" not in prompts(new_interview(PSOAS, kept))
    done = finish(new_interview(PSOAS, kept))
    assert result(done).no_deep_pressure and done.outcome.profile.deep_pressure_over


def test_a_check_is_asked_after_the_last_step_too(store: sqlite3.Connection) -> None:
    scene = Scene(store, CALF_AND_THIGH, "quad-stand", 3_000)
    after = scene.hurts("nerve")
    assert after.over and scene.live.is_over and scene.live.check is not None
    after = scene.live.answer_check("n")
    assert "24 hours" in after.feeling.says and scene.live.check is None


def test_a_step_that_hurt_is_left_out_of_later_rounds_too(store: sqlite3.Connection) -> None:
    rounds = routine_of(
        "name: T\nsteps:\n  - rounds: 3\n    steps: [calf-wall-straight: 10s each side,"
        " ham-chair-sit: 10s each side]\n  - calf-wall-straight: 10s each side\n"
    )
    scene = Scene(store, rounds, "calf-wall-straight", 3_000)
    scene.hurts("pain")
    assert scene.goes_on()
    met = set[str]()
    while not scene.live.is_over:
        met.add(scene.exercise or "")
        scene.wait(500)
    assert met == {"ham-chair-sit"}


def test_a_feeling_in_a_gap_may_belong_to_the_step_before(store: sqlite3.Connection) -> None:
    routine = routine_of(
        "name: T\nsteps: [ham-chair-sit: 10s left, wait: Breathe, ham-step-stand: 10s left,"
        " quad-stand: 10s left]\n"
    )
    scene = Scene(store, routine, "ham-chair-sit", 9_000)
    scene.wait(3_000)
    assert scene.live.waits or scene.live.state.segment_at(scene.time.now()).step == 0
    after = scene.hurts("skin")
    assert not after.over and "Nothing more is done on this part" in after.words
    assert scene.goes_on()
    left = [s for s in scene.live.state.timeline.segments if s.length and s.kind.value == "work"]
    assert {s.exercise for s in left if s.start >= 20_000} == {"quad-stand"}


# The timeline without the left-out steps


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(st.sampled_from([ERRANDS, *shipped()]), st.data())
def test_left_out_steps_take_no_time_and_the_others_keep_their_length(
    routine: Routine, data: st.DataObject
) -> None:
    timeline = compile(Plan.whole(routine))
    index = data.draw(st.integers(0, len(timeline.segments) - 1))
    here = timeline.segments[index]
    position = data.draw(st.integers(here.start, here.end - 1))
    numbers = sorted(timeline.steps)
    gone = data.draw(st.sets(st.sampled_from(numbers), min_size=1))
    after = timeline.without(index, position, gone)
    assert len(after.segments) == len(timeline.segments)
    assert _has_no_holes(after)
    for number, (old, new) in enumerate(zip(timeline.segments, after.segments, strict=True)):
        if number < index:
            assert new == old
        elif old.step in gone:
            assert new.length == (position - old.start if number == index else 0)
        elif old.kind is SegmentKind.WAIT and new.length < old.length:
            assert next(s for s in timeline.segments[number:] if s.amount).step in gone
        else:
            assert new.length == old.length
    for cue in cue_sheet(after).cues:
        assert 0 <= cue.at <= after.total_ms
    if not after.total_ms:
        return
    coming = [s for s in after.segments[index + 1 :] if s.length]
    assert not {s.step for s in coming} & gone


def go_through(scene: Scene) -> list[str]:
    """Play to the end, with "done" at each wait. Return what was shown and said on the way."""
    live, met = scene.live, list[str]()
    while not live.is_over:
        view = glance(live.state, scene.time.now(), live.sheet)
        if not met or met[-1] != view.title:
            met.append(view.title)
        met += [cue.text for cue in live.due_cues() if cue.text == "Lie down"]
        if live.waits:
            live.do(Do.DONE)
        scene.wait(500)
    return met


def test_what_only_led_to_a_step_that_was_left_out_goes_with_it(store: sqlite3.Connection) -> None:
    ham, quad = "Seated hamstring stretch", "Standing thigh stretch"
    scene = Scene(store, ERRANDS, "ham-chair-sit", 0)
    scene.live.do(Do.DONE)
    scene.wait(3_000)
    assert scene.exercise == "ham-chair-sit"
    assert "Lie down" in [cue.text for cue in scene.live.due_cues()]
    scene.hurts("pain")
    assert scene.goes_on()
    assert go_through(scene) == ["Stand up", quad, "Stand up", quad]
    scene = Scene(store, ERRANDS, "ham-chair-sit", 0)
    scene.live.do(Do.DONE)
    assert go_through(scene)[:4] == [ham, "Lie down", ham, "Stand up"]


def test_a_wait_that_leads_to_nothing_any_more_does_not_wait_on(store: sqlite3.Connection) -> None:
    routine = routine_of(
        "name: T\nsteps: [ham-chair-sit: 10s left, wait: Sit again, ham-step-stand: 10s left,"
        " quad-stand: 10s left]\n"
    )
    scene = Scene(store, routine, "ham-chair-sit", 9_000)
    scene.wait(3_000)
    scene.hurts("skin")
    assert scene.goes_on()
    assert go_through(scene) == ["Standing thigh stretch"]


@pytest.mark.parametrize("key", [Do.NEXT, Do.LOOK])
def test_behind_the_last_remaining_work_the_session_is_over(
    store: sqlite3.Connection, key: Do
) -> None:
    routine = routine_of(
        "name: T\nsteps: [calf-wall-straight: 10s left, ham-chair-sit: 10s left,"
        " calf-wall-bent: 10s left]\n"
    )
    scene = Scene(store, routine, "calf-wall-straight", 3_000)
    scene.hurts("skin")
    assert scene.goes_on()
    scene.wait(15_000)
    assert scene.exercise == "ham-chair-sit"
    if key is Do.NEXT:
        assert EndAsked() in scene.live.do(Do.NEXT)
        scene.live.do(Do.END)
    else:
        scene.wait(10_000)
    assert scene.live.state.phase is Phase.DONE
    assert scene.exercise == "ham-chair-sit", "no step that was left out is shown at the end"


@pytest.mark.soak
@settings(max_examples=tries(40), deadline=None)
@given(st.sampled_from([ERRANDS, *shipped()]), st.data())
def test_after_pain_the_session_shows_no_step_that_was_left_out(
    routine: Routine, data: st.DataObject
) -> None:
    """Nor does it wait for such a step, whatever keys follow."""
    timeline = compile(Plan.whole(routine))
    begun = State(
        timeline, data.draw(st.integers(0, timeline.total_ms - 1)), 0, Phase.RUNNING, 0, 0
    )
    at, state = 0, begun
    skip = data.draw(st.sampled_from([Do.SKIP_STEP, Do.SKIP_REGION, Do.SKIP_DEEP]))
    keys = st.sampled_from([Do.NEXT, Do.NEXT, Do.BACK, Do.LOOK, Do.LONGER, Do.DONE, Do.UNDO])
    for what in (Do.HURTS, skip, Do.GO_ON, *data.draw(st.lists(keys, max_size=30))):
        at += 600
        state, _ = step(state, Event(what, at, at))
        if state.phase is not Phase.RUNNING:
            continue
        segment = state.segment_at(at)
        assert segment.length and (segment.step, segment.round) not in state.left_out
        if segment.kind is SegmentKind.WAIT and state.position > begun.position:
            coming = timeline.segments[state.index_at(at) :]
            leads_to = next((s for s in coming if s.kind is SegmentKind.WORK), None)
            assert leads_to is None or (leads_to.step, leads_to.round) not in state.left_out


@pytest.mark.parametrize("feeling", ["pain", "skin", "cramp"])
def test_pain_that_left_nothing_out_does_not_count_as_the_first_of_two(
    store: sqlite3.Connection, feeling: str
) -> None:
    routine = routine_of(
        "name: T\nsteps: [ham-chair-sit: 10s left, wait: Breathe, quad-stand: 10s left,"
        " calf-wall-straight: 10s left, calf-wall-bent: 10s left]\n"
    )
    scene = Scene(store, routine, "ham-chair-sit", 9_000)
    scene.wait(3_000)
    after = scene.hurts("pain")
    assert not after.over and after.words == "Go on when you are ready."
    assert scene.goes_on()
    scene.live.do(Do.DONE)
    scene.wait(11_000)
    assert scene.exercise == "quad-stand"
    assert not scene.hurts(feeling).over, "this is the first that leaves something out"
    while scene.live.check is not None:
        scene.wait(600_000)
        scene.live.answer_check("n" if feeling == "cramp" else "y")
    assert scene.goes_on()
    scene.wait(12_000)
    assert scene.exercise == "calf-wall-straight"
    assert scene.hurts("pain").over


def _has_no_holes(timeline: Timeline) -> bool:
    ends = [0, *(segment.end for segment in timeline.segments)]
    return all(s.start == end for s, end in zip(timeline.segments, ends, strict=False))


@pytest.mark.parametrize("feeling", load_stop_list(), ids=lambda feeling: feeling.id)
def test_after_every_feeling_something_is_left_out_or_the_session_ends(
    store: sqlite3.Connection, feeling: Feeling
) -> None:
    routine, exercise = CALF_AND_THIGH, "calf-wall-straight"
    if feeling.id == "deep":
        routine, exercise = PSOAS, "psoas-tool-press"
    scene = Scene(store, routine, exercise, 3_000)
    before = scene.live.state.timeline.total_ms
    after = scene.hurts(feeling.id)
    left = scene.live.state
    assert after.over or left.left_out
    assert after.over or scene.exercise != exercise or left.timeline.total_ms < before


def test_after_a_resume_the_stop_list_still_has_the_line_for_deep_pressure(
    store: sqlite3.Connection,
) -> None:
    live = Scene(store, PSOAS, "breathing-side-lying", 100).live
    position = live.state.position_at(Time().now() + 10**9)
    timeline = compile(Plan.whole(PSOAS))
    earlier = {i: s.length for i, s in enumerate(timeline.segments) if s.end <= position}
    live.state = replace(live.state, credit={}, earlier=earlier)
    assert LIST["deep"] in live.feelings


def test_work_that_waits_for_a_key_ends_for_pain_and_counts_as_left_out(
    store: sqlite3.Connection,
) -> None:
    routine = routine_of(
        "name: T\nsteps: [ankle-pumps: 10 reps self-paced, ham-chair-sit: 10s left,"
        " quad-stand: 10s left]\n"
    )
    scene = Scene(store, routine, "ankle-pumps", 0)
    scene.wait(60_000)
    assert scene.live.waits
    after = scene.hurts("pain")
    assert (after.over, after.words) == (False, LEFT_OUT_WORDS[Then.SKIP_STEP])
    assert scene.goes_on() and scene.exercise == "ham-chair-sit"
    assert scene.hurts("pain").over
