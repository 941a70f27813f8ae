"""A key that is held down moves the session slowly, and what it did can be taken back."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.safety.two_clocks import FRESH_MS, TOO_OLD, BothClocks
from player.session.state import (
    BURST_MS,
    MOVES_EVERY_MS,
    Do,
    Effect,
    EndAsked,
    Event,
    Notice,
    Phase,
    State,
    step,
)
from player.session.timeline import Timeline
from tests.habits import tries
from tests.session.test_state import FIXED, OPEN, WALL, running, until

HELD = (0, 250, 500, 660)
"""How long keyboards wait until a held key repeats (ms). The first is one that is pressed often."""


def press(state: State, what: Do, at: int) -> tuple[State, tuple[Effect, ...]]:
    return step(state, Event(what, at, WALL + at))


def hold(
    state: State, what: Do, begins: int, ms: int, first: int = 500, every: int = 33
) -> tuple[State, list[Effect], int]:
    """Hold a key down for some time. Returns also all effects, and when it was let go."""
    effects: list[Effect] = []
    at = begins
    while at - begins <= ms:
        state, more = press(state, what, at)
        effects += more
        at += first if at == begins and first else every
    return state, effects, at


@pytest.mark.parametrize("first", HELD)
def test_next_held_for_two_seconds_passes_few_pieces_and_is_one_undo(first: int) -> None:
    state = until(FIXED, 12_000)
    before = (state.position_at(12_000), state.index_at(12_000))
    held, effects, at = hold(state, Do.NEXT, 12_000, 2_000, first)
    assert held.phase is Phase.RUNNING
    assert 3 <= held.index_at(at) - before[1] <= 6, "one each 0.4 seconds"
    assert not [effect for effect in effects if isinstance(effect, Notice)]
    undone, _ = press(held, Do.UNDO, at)
    assert (undone.position, undone.index_at(at), undone.past) == (*before, ())


@pytest.mark.parametrize("first", HELD)
def test_back_held_is_slow_and_one_undo_too(first: int) -> None:
    state = until(FIXED, 130_000)
    before = state.position_at(130_000)
    held, _, at = hold(state, Do.BACK, 130_000, 1_000, first)
    assert 40_000 < held.position_at(at) < before
    undone, _ = press(held, Do.UNDO, at)
    assert (undone.position, undone.past) == (before, ())


def test_presses_that_are_clearly_apart_are_undone_one_by_one() -> None:
    state = until(FIXED, 12_000)
    places = []
    for at in (12_000, 12_000 + BURST_MS + 1, 12_000 + 2 * (BURST_MS + 1)):
        places.append(state.index_at(at))
        state, _ = press(state, Do.NEXT, at)
    for place in reversed(places):
        state, _ = press(state, Do.UNDO, 15_000)
        assert state.index_at(15_000) == place


def test_another_key_in_between_begins_a_new_burst() -> None:
    state = until(FIXED, 12_000)
    for at, what in ((12_000, Do.NEXT), (12_100, Do.PAUSE), (12_200, Do.NEXT)):
        state, _ = press(state, what, at)
    assert len(state.past) == 2


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(
    st.sampled_from([FIXED, OPEN]),
    st.lists(st.integers(0, 300), min_size=1, max_size=60),
    st.sampled_from([Do.NEXT, Do.BACK, Do.DONE]),
    st.integers(0, 60_000),
)
def test_no_burst_of_one_key_ends_the_session_or_moves_it_often(
    timeline: Timeline, gaps: list[int], what: Do, begins: int
) -> None:
    state = until(timeline, begins)
    at, moved = begins, 0
    for gap in gaps:
        at += gap
        index = state.index_at(at)
        state, _ = press(state, what, at)
        moved += state.index_at(at) != index
        assert state.phase is not Phase.DONE or what is Do.DONE
    assert moved <= (at - begins) // MOVES_EVERY_MS + 1
    assert len(state.past) <= 1


def test_x_is_never_held_back_in_a_burst() -> None:
    state, _, at = hold(until(FIXED, 12_000), Do.NEXT, 12_000, 1_000)
    state, _ = press(state, Do.HURTS, at)
    assert state.phase is Phase.HURTING


def at_the_last() -> tuple[State, int]:
    """Return a session in its last piece, and the time."""
    at = FIXED.total_ms - 2_000
    return until(FIXED, at), at


def test_next_in_the_last_piece_asks_and_the_answer_ends_the_session() -> None:
    state, at = at_the_last()
    asked, effects = press(state, Do.NEXT, at)
    assert effects == (EndAsked(),)
    assert asked.phase is Phase.RUNNING and asked.position_at(at) == state.position_at(at)
    ended, _ = press(asked, Do.END, at + 500)
    assert ended.phase is Phase.DONE and ended.position == FIXED.total_ms


@pytest.mark.parametrize("how", [Do.END, Do.QUIT])
def test_undo_after_the_end_brings_the_session_back_paused(how: Do) -> None:
    state, at = at_the_last()
    ended, _ = press(state, how, at + 300)
    later = at + 90_000
    back, effects = press(ended, Do.UNDO, later)
    assert back.phase is Phase.PAUSED and back.position == at + 300
    assert back.credit_at(later) == state.credit_at(at + 300)
    assert effects
    assert press(back, Do.LOOK, later + 500)[0].phase is Phase.PAUSED
    going, _ = press(back, Do.GO_ON, later + 1_000)
    assert going.phase is Phase.RUNNING and going.position_at(later + 1_500) == at + 800


def test_a_session_that_has_run_to_its_end_is_not_brought_back() -> None:
    state = until(FIXED, FIXED.total_ms - 500)
    done, _ = press(state, Do.LOOK, FIXED.total_ms + 100)
    assert done.phase is Phase.DONE
    assert press(done, Do.UNDO, FIXED.total_ms + 500)[0] == done


def test_a_session_is_not_brought_back_with_answers_that_are_too_old() -> None:
    answered = BothClocks(1_500 - FRESH_MS, WALL + 1_500 - FRESH_MS)
    ended, _ = press(replace(running(FIXED), answered=answered), Do.QUIT, 1_000)
    back, effects = press(ended, Do.UNDO, 2_000)
    assert back.phase is Phase.LEFT and effects == (Notice(f"{TOO_OLD} Leave, and start again."),)
