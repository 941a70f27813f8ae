"""The session as a pure function, tested with random keys and a clock that the tests set."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_document
from player.routine.pieces import Open, SegmentKind
from player.safety.pace import ANSWER_AFTER_MS
from player.safety.two_clocks import FRESH_MS, BothClocks
from player.session.state import (
    BURST_MS,
    CREDIT_MS,
    ENDED,
    LONGER_MS,
    Do,
    Event,
    Notice,
    Phase,
    State,
    step,
)
from player.session.timeline import Timeline
from tests.habits import tries

WALL = 1_790_000_000_000


def timeline_of(steps: str) -> Timeline:
    text = f"name: T\nsteps:\n{steps}"
    opened = open_document(read_bytes(text.encode(), "t.yaml"), open_library().catalogue)
    assert opened.timeline, opened.report()
    return opened.timeline


FIXED = timeline_of(
    "  - calf-wall-straight: 2 x 30s each side rest 10s\n"
    "  - quad-stand: 20s left then right\n"
    "  - ham-chair-sit: 1 x 3 x 5s alternating\n"
)
OPEN = timeline_of(
    "  - calf-wall-straight: 20s each side\n"
    "  - ankle-pumps: 10 reps self-paced\n"
    "  - wait: Move to the floor\n"
    "  - use: quad-stand\n    hold: up to 30s\n    side: each\n"
)


def running(timeline: Timeline, at: int = 0, hands_free: bool = False) -> State:
    return State(timeline, 0, at, Phase.RUNNING, at, WALL + at, hands_free=hands_free)


def do(state: State, what: Do, at: int) -> State:
    return step(state, Event(what, at, WALL + at))[0]


def until(timeline: Timeline, at: int) -> State:
    """Return a session that has run to `at`, with looks that are close enough together."""
    state = running(timeline)
    for look in range(0, at, 1_900):
        state = do(state, Do.LOOK, look)
    return do(state, Do.LOOK, at)


def run_out(state: State, at: int) -> tuple[State, int]:
    """Run a session to its end: go on when it stops, press done when it waits, and return it."""
    for _ in range(100_000):
        if state.phase in ENDED:
            return state, at
        if state.phase is not Phase.RUNNING:
            state = do(state, Do.GO_ON, at)
        if state.waits_at(at):
            state = do(state, Do.DONE, at)
            continue
        at += 997
        state = do(state, Do.LOOK, at)
    raise AssertionError("the session never ends")


harmless = st.lists(
    st.tuples(
        st.sampled_from([Do.LOOK, Do.PAUSE, Do.GO_ON, Do.DONE, Do.HURTS]), st.integers(0, 1_999)
    ),
    max_size=60,
)


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(harmless)
def test_without_skipping_each_side_gets_its_full_time(keys: list[tuple[Do, int]]) -> None:
    at, state = 0, running(FIXED)
    for what, after in keys:
        at += after
        state = do(state, what, at)
    state, at = run_out(state, at)
    assert state.phase is Phase.DONE
    for index, segment in enumerate(FIXED.segments):
        if segment.kind is SegmentKind.WORK:
            assert state.credit_at(at)[index] == segment.length


anything = st.lists(
    st.tuples(
        st.sampled_from([d for d in Do if d not in {Do.QUIT, Do.END}]), st.integers(0, 9_000)
    ),
    max_size=40,
)
MOVES = [Do.NEXT, Do.BACK, Do.RESTART, Do.DONE, Do.END]


@pytest.mark.soak
@settings(max_examples=tries(100), deadline=None)
@given(st.sampled_from([FIXED, OPEN]), anything, st.sampled_from(MOVES), st.integers(0, 1_900))
def test_undo_restores_timeline_and_position_exactly(
    timeline: Timeline, keys: list[tuple[Do, int]], move: Do, later: int
) -> None:
    at, state = 0, running(timeline)
    for what, after in keys:
        at += after
        state = do(state, what, at)
    if state.phase in ENDED or state.phase is Phase.HURTING:  # pain stops every key
        return
    at += BURST_MS + 1  # an earlier key may date from a gap, or begin a burst
    before = (state.timeline, state.position_at(at), state.index_at(at))
    moved = do(state, move, at)
    if len(moved.past) == len(state.past):
        assert move in {Do.DONE, Do.NEXT}  # a fixed time goes on, and the last piece asks first
        return
    undone = do(moved, Do.UNDO, at + later)
    if undone.phase is Phase.RUNNING:
        undone = do(undone, Do.PAUSE, at + later)
    assert (undone.timeline, undone.position, undone.index_at(at + later)) == before


def test_undo_of_ten_seconds_more_leaves_the_place_and_takes_off_what_is_not_done() -> None:
    """In `FIXED` a piece of work plays from 0:10 to 0:40, and with ten seconds more to 0:50."""
    for at, total in ((12, 270), (39, 270), (40, 270), (44, 274), (49, 279), (50, 280), (80, 280)):
        state = until(FIXED, 12_000)
        assert state.timeline.total_ms == 270_000
        state = do(state, Do.LONGER, 12_000)
        for look in range(12_000, at * 1_000 + 1, 1_000):
            state = do(state, Do.LOOK, look)
        undone, effects = step(state, Event(Do.UNDO, at * 1_000, WALL + at * 1_000))
        assert undone.position_at(at * 1_000) == at * 1_000, "it does not move"
        assert undone.timeline.total_ms == total * 1_000 and undone.past == ()
        (words,) = (effect.text for effect in effects if isinstance(effect, Notice))
        assert words == (
            "Undone: the ten seconds are off again."
            if at <= 40
            else "Undone: the rest of the ten seconds is off."
            if at < 50
            else "The ten seconds are done already."
        )


def test_undo_after_ten_seconds_more_goes_on_to_the_move_before() -> None:
    state = do(until(FIXED, 12_000), Do.NEXT, 12_000)
    place = state.position
    state = do(state, Do.LONGER, 12_500)
    state = do(state, Do.UNDO, 13_000)
    assert (state.position, state.timeline) == (place + 1_000, FIXED)
    state = do(state, Do.UNDO, 13_500)
    assert (state.position, state.timeline, state.past) == (12_000, FIXED, ())


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(st.sampled_from([FIXED, OPEN]), anything, st.integers(0, 60_000))
def test_undo_of_ten_seconds_more_never_moves_the_session(
    timeline: Timeline, keys: list[tuple[Do, int]], later: int
) -> None:
    at, state = 0, running(timeline)
    for what, after in keys:
        at += after
        state = do(state, what, at)
    at += ANSWER_AFTER_MS
    before, longer = state.timeline, do(state, Do.LONGER, at)
    if len(longer.past) == len(state.past):
        return
    for _ in range(later // 1_900):
        at += 1_900
        longer = do(longer, Do.LOOK, at)
    if longer.phase in ENDED:
        return
    undone = do(longer, Do.UNDO, at)
    assert undone.position_at(at) == longer.position_at(at)
    assert undone.credit_at(at) == longer.credit_at(at)
    assert undone.past == longer.past[:-1]
    assert before.total_ms <= undone.timeline.total_ms <= before.total_ms + LONGER_MS


@pytest.mark.soak
@settings(max_examples=tries(40), deadline=None)
@given(st.sampled_from([FIXED, OPEN]), anything)
def test_no_key_moves_the_position_out_of_the_timeline(
    timeline: Timeline, keys: list[tuple[Do, int]]
) -> None:
    at, state = 0, running(timeline)
    for what, after in keys:
        at += after
        state = do(state, what, at)
        assert 0 <= state.position_at(at) <= state.timeline.total_ms
        segment = state.segment_at(at)
        assert segment.start <= state.position_at(at) <= segment.end
    state, _ = run_out(state, at)
    assert state.phase in ENDED
    assert state.phase is Phase.DONE or state.left_out


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(st.sampled_from([FIXED, OPEN]), st.integers(0, 200_000), anything)
def test_no_key_goes_back_to_a_step_removed_for_pain(
    timeline: Timeline, when: int, keys: list[tuple[Do, int]]
) -> None:
    begun = replace(running(timeline), position=min(when, timeline.total_ms - 1))
    here = begun.segment_at(0)
    state = begun
    for what in (Do.HURTS, Do.SKIP_STEP, Do.GO_ON):
        state = do(state, what, 0)
    at = 0
    for what, after in keys:
        at += after
        state = do(state, what, at)
        if state.phase not in ENDED:
            assert (state.segment_at(at).step, state.segment_at(at).round) != (
                here.step, here.round,
            )  # fmt: skip


def test_back_does_not_go_to_a_place_before_a_step_removed_for_pain() -> None:
    second = next(s for s in FIXED.segments if s.step == 2)
    state = replace(running(FIXED), position=second.start)
    for what in (Do.HURTS, Do.SKIP_STEP, Do.GO_ON, Do.BACK, Do.BACK):
        state = do(state, what, 0)
        assert what is Do.HURTS or state.segment_at(0).step > 2
    for at in range(0, FIXED.total_ms, 1_000):
        state = do(state, Do.LOOK, at)
        assert state.segment_at(at).step > 2


def test_trouble_with_the_skin_removes_all_later_steps_on_that_part_of_the_body() -> None:
    timeline = timeline_of(
        "  - calf-roll: 30s each side\n"
        "  - quad-stand: 20s each side\n"
        "  - calf-wall-straight: 20s each side\n"
        "  - ham-chair-sit: 20s each side\n"
    )
    state = replace(running(timeline), position=timeline.segments[1].start)
    for what in (Do.HURTS, Do.SKIP_REGION, Do.GO_ON):
        state = do(state, what, 0)
    met, at = set(), 0
    while state.phase not in ENDED:
        met.add(state.segment_at(at).step)
        at += 1_000
        state = do(state, Do.LOOK, at)
    assert met == {2, 4} and state.phase is Phase.DONE


def test_pain_in_the_last_step_ends_the_session_early() -> None:
    last = FIXED.segments[-1].start + 1
    state = do(replace(running(FIXED), position=last), Do.HURTS, 0)
    assert do(state, Do.SKIP_STEP, 0).phase is Phase.LEFT


def test_a_pause_does_not_make_old_answers_valid_again() -> None:
    paused = do(running(FIXED), Do.PAUSE, 1_000)
    answered = BothClocks(2_000 - FRESH_MS, paused.looked_wall + 1_000 - FRESH_MS)
    state = replace(paused, answered=answered)
    later, effects = step(state, Event(Do.GO_ON, 5_000, paused.looked_wall + 4_000))
    assert later.phase is Phase.PAUSED
    assert [type(effect) for effect in effects] == [Notice]
    fresh, _ = step(state, Event(Do.GO_ON, 1_500, paused.looked_wall + 500))
    assert fresh.phase is Phase.RUNNING


def test_every_boundary_of_every_shipped_routine_falls_on_its_millisecond() -> None:
    from player.library.opening import open_routine

    library = open_library()
    for file in library.files:
        timeline = open_routine(file, library.catalogue).timeline
        assert timeline
        state = running(timeline, hands_free=True)
        for index, segment in enumerate(timeline.segments):
            for at, expected in ((segment.start, index), (segment.end - 1, index)):
                for look in range(state.looked_at, at, 1_500):
                    state = do(state, Do.LOOK, look)
                state = do(state, Do.LOOK, at)
                assert (state.position_at(at), state.index_at(at)) == (at, expected), file.name
        assert do(state, Do.LOOK, timeline.total_ms).phase is Phase.DONE


def test_looking_often_does_not_change_the_position() -> None:
    often, seldom = running(FIXED), running(FIXED)
    for at in range(0, 60_001, 1):
        often = do(often, Do.LOOK, at) if at % 7 == 0 else often
    for at in range(0, 60_001, 2_000):
        seldom = do(seldom, Do.LOOK, at)
    assert often.position_at(60_000) == seldom.position_at(60_000) == 60_000


@pytest.mark.parametrize("slept", [2_001, 5_000, 86_400_000])
def test_a_sleep_pauses_the_session_credits_at_most_a_second_and_asks(slept: int) -> None:
    state = until(FIXED, 15_000)
    state, effects = step(state, Event(Do.LOOK, 15_000 + slept, WALL + 15_000 + slept))
    assert state.phase is Phase.ASKING
    assert state.position == 15_000 + CREDIT_MS
    assert any("asleep" in getattr(effect, "text", "") for effect in effects)
    going_on = do(state, Do.GO_ON, 15_000 + slept + 60_000)
    assert going_on.position_at(15_000 + slept + 60_500) == 15_000 + CREDIT_MS + 500


def test_a_sleep_that_stops_the_session_clock_is_noticed_by_the_calendar_clock() -> None:
    state = until(FIXED, 15_000)
    state, _ = step(state, Event(Do.LOOK, 15_500, WALL + 3_600_000))
    assert (state.phase, state.position) == (Phase.ASKING, 15_500)


def test_a_key_pressed_during_a_sleep_only_makes_the_session_ask() -> None:
    state = until(FIXED, 15_000)
    state = do(state, Do.NEXT, 25_000)
    assert (state.phase, state.position, state.past) == (Phase.ASKING, 16_000, ())


def test_a_sleep_during_a_pause_changes_nothing() -> None:
    state = do(do(running(FIXED), Do.LOOK, 1_000), Do.PAUSE, 1_500)
    state = do(state, Do.LOOK, 90_000_000)
    assert (state.phase, state.position) == (Phase.PAUSED, 1_500)


def test_a_session_waits_after_reps_without_tempo_and_at_a_wait() -> None:
    stays = [i for i, s in enumerate(OPEN.segments) if s.open is Open.STAYS]
    state, at = running(OPEN), 0
    for index in stays:
        end = OPEN.segments[index].end
        while state.position_at(at) < end:
            at += 1_000
            state = do(state, Do.LOOK, at)
        for _ in range(5):
            at += 1_900
            state = do(state, Do.LOOK, at)
        assert state.waits_at(at) and state.position_at(at) == end and state.index_at(at) == index
        state = do(state, Do.DONE, at)
        assert state.index_at(at) == index + 1


def test_hands_free_a_session_never_waits() -> None:
    state = running(OPEN, hands_free=True)
    for at in range(0, OPEN.total_ms, 1_900):
        state = do(state, Do.LOOK, at)
        assert state.position_at(at) == at
    assert do(state, Do.LOOK, OPEN.total_ms).phase is Phase.DONE


def test_an_up_to_hold_ends_early_by_done_and_else_by_itself() -> None:
    index = next(i for i, s in enumerate(OPEN.segments) if s.open is Open.EARLY)
    start = OPEN.segments[index].start
    state = replace(running(OPEN), position=start, released=index - 1)
    early = do(state, Do.DONE, 1_200)
    assert early.position_at(1_200) == OPEN.segments[index].end
    assert early.credit_at(1_200)[index] == 1_200


def test_ten_seconds_more_lengthen_only_this_segment() -> None:
    state = do(do(running(FIXED), Do.LOOK, 1_500), Do.LONGER, 1_500)
    assert state.timeline.total_ms == FIXED.total_ms + 10_000
    assert state.timeline.segments[0].length == FIXED.segments[0].length + 10_000
    lengths = [s.length for s in state.timeline.segments[1:]]
    assert lengths == [s.length for s in FIXED.segments[1:]]


def test_next_goes_from_a_gap_to_its_work_and_from_work_to_the_gap() -> None:
    state = do(running(FIXED), Do.NEXT, 1_000)
    assert state.segment_at(1_000) == FIXED.segments[1]
    state = do(state, Do.NEXT, 1_500)
    assert state.segment_at(1_500) == FIXED.segments[2]


def test_back_goes_to_the_start_of_the_piece_and_then_to_the_piece_before() -> None:
    state = until(FIXED, 60_000)
    right = FIXED.segments[3]
    assert state.segment_at(60_000) == right and right.side == "right"
    state = do(state, Do.BACK, 60_000)
    assert state.position_at(60_000) == FIXED.segments[2].start
    state = do(state, Do.BACK, 60_500)
    assert state.position_at(60_500) == FIXED.segments[0].start


def test_restart_goes_to_the_start_of_this_pass_in_nested_rounds() -> None:
    timeline = timeline_of(
        "  - rounds: 2\n    steps:\n"
        "      - rounds: 1-2\n        steps: [calf-wall-straight: 9s left]\n"
    )
    first, second = (s for s in timeline.segments if s.kind is SegmentKind.WORK)
    middle = second.start + 4_000
    state = do(until(timeline, middle), Do.RESTART, middle)
    assert first.end <= state.position <= second.start


def test_pain_stops_the_clock_in_every_state() -> None:
    for first in (Do.LOOK, Do.PAUSE):
        state = do(do(running(FIXED), Do.LOOK, 1_000), first, 1_500)
        state = do(state, Do.HURTS, 1_600)
        assert state.phase is Phase.HURTING
        assert state.position_at(9_999_999) == state.position


def test_after_leaving_no_event_does_anything() -> None:
    state = do(running(FIXED), Do.QUIT, 1_000)
    assert state.phase is Phase.LEFT
    for what in set(Do) - {Do.UNDO}:
        assert step(state, Event(what, 2_000, WALL + 2_000)) == (state, ())
