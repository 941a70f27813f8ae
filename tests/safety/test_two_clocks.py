"""What a changed clock does to today's answers, and what the person reads."""

from pathlib import Path
from typing import Any

import pytest

from player.play.requests import AskAll, Play, Request, ShowNote, ShowResult
from player.safety.clearance import FRESH_S
from player.safety.cleared import Cleared, admit
from player.safety.two_clocks import STEP_MS, BothClocks, calendar_ms, why_stale
from player.session.state import Do, Event, Notice, Phase, State, begin, step
from player.session.timeline import DEFAULT_CHOICES
from tests.cases import cases
from tests.play.windows import Meanwhile, Window, windows_in
from tests.safety.making import NOW, alone, clearance_for, plan_of

HOUR = 3_600_000
FRESH_MS = round(FRESH_S * 1_000)
ANSWERED = BothClocks(5_000, round(NOW * 1_000))


def later(passed: int, set_forward: int = 0) -> BothClocks:
    return BothClocks(ANSWERED.at + passed, ANSWERED.wall + passed + set_forward)


@cases(
    ("passed", "set_forward", "words"),
    [
        (0, 0, ""),
        (0, -20_000, ""),
        (1_000, -STEP_MS, ""),
        (1_000, 20_000, ""),
        (FRESH_MS, 0, ""),
        (FRESH_MS, -STEP_MS, ""),
        (FRESH_MS + 1, 0, "more than two hours old."),
        (FRESH_MS + 1, -1, "more than two hours old."),
        (FRESH_MS + 1, -STEP_MS, "more than two hours old."),
        (FRESH_MS + 20_000, -20_000, "more than two hours old."),
        (FRESH_MS - 10_000, 20_000, "more than two hours old."),
        (3 * HOUR, -2 * HOUR, "more than two hours old."),
        (0, 3 * HOUR, "or the clock of this computer changed"),
        (1_000, -STEP_MS - 1, "clock of this computer was set back"),
        (HOUR, -600_000, "clock of this computer was set back"),
        (HOUR, -24 * HOUR, "clock of this computer was set back"),
        (-1, 0, "more than two hours old."),
    ],
)
def test_a_small_step_back_is_ignored_and_any_other_refusal_says_why(
    passed: int, set_forward: int, words: str
) -> None:
    found = why_stale(ANSWERED, later(passed, set_forward))
    assert words in found and bool(words) is bool(found)


def test_no_step_of_the_calendar_makes_answers_younger_than_the_session_clock_says() -> None:
    for passed in (0, 1, HOUR, FRESH_MS, FRESH_MS + 1, 3 * HOUR):
        for back in (0, 1, 20_000, STEP_MS, STEP_MS + 1, HOUR, 24 * HOUR):
            now = later(passed, -back)
            if not why_stale(ANSWERED, now):
                assert passed <= FRESH_MS and back <= STEP_MS
                assert calendar_ms(ANSWERED, now) == ANSWERED.wall + passed


# In a session


def session(at: int = ANSWERED.at, wall: int = ANSWERED.wall) -> State:
    clearance = clearance_for()
    cleared = admit(plan_of(alone("calf-wall-straight"), clearance), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    return begin(cleared, DEFAULT_CHOICES, at, wall, answered_at=ANSWERED.at)


def test_a_running_session_goes_on_when_the_clock_is_set_back_a_little() -> None:
    state = session()
    state, _ = step(state, Event(Do.LOOK, *later(1_000)))
    state, effects = step(state, Event(Do.LOOK, *later(1_500, -20_000)))
    assert (state.phase, state.position_at(later(1_500).at), effects) == (Phase.RUNNING, 1_500, ())


def test_a_session_can_begin_at_once_after_a_small_step_and_ends_its_answers_in_time() -> None:
    state = session(wall=ANSWERED.wall - 20_000)
    state, _ = step(state, Event(Do.PAUSE, *later(1_000, -20_000)))
    on_time, effects = step(state, Event(Do.GO_ON, *later(FRESH_MS, -20_000)))
    assert on_time.phase is Phase.RUNNING, effects
    _, effects = step(state, Event(Do.GO_ON, *later(FRESH_MS + 1, -20_000)))
    assert effects == (Notice("The answers are more than two hours old. Leave, and start again."),)


def test_a_session_whose_clock_was_set_back_far_waits_and_says_so() -> None:
    state = session()
    state, effects = step(state, Event(Do.LOOK, *later(1_000, -HOUR)))
    assert state.phase is Phase.ASKING
    assert effects[0] == Notice("The clock of this computer was set back. The session waits.")
    for wait in (2_000, 600_000):
        state, effects = step(state, Event(Do.GO_ON, *later(wait, -HOUR)))
        assert state.phase is Phase.ASKING
    words = "The clock of this computer was set back. Leave, and start again."
    assert effects == (Notice(words),)
    state, _ = step(state, Event(Do.LOOK, *later(601_000)))  # the clock is right again
    state, _ = step(state, Event(Do.GO_ON, *later(603_000)))
    assert state.phase is Phase.RUNNING


def test_many_small_steps_back_add_up() -> None:
    state = session()
    for number in range(1, 5):
        state, _ = step(state, Event(Do.LOOK, *later(500 * number, -20_000 * number)))
        assert state.phase is Phase.RUNNING
    state, _ = step(state, Event(Do.PAUSE, *later(2_500, -80_000)))
    _, effects = step(state, Event(Do.GO_ON, *later(3_000, -80_000)))
    assert effects == (Notice("The clock of this computer was set back. Leave, and start again."),)


def test_a_calendar_that_jumps_ahead_stops_the_session_and_says_what_may_have_happened() -> None:
    state, effects = step(session(), Event(Do.LOOK, *later(1_000, 20_000)))
    assert state.phase is Phase.ASKING
    words = "The computer was asleep, or its clock was changed. The session waits. Go on?"
    assert effects[0] == Notice(words)


# On the way to a session


def visit(folder: Path, at: type[Request[Any]], moved: int, passed: int = 0) -> Window:
    """Lead Ana to a session. When the request `at` comes, the calendar is moved."""
    with windows_in(folder) as windows:

        def moves() -> None:
            windows.clock.pass_by(passed)
            windows.clock.pass_calendar(moved)

        return windows.open(meanwhile=Meanwhile(at, moves))


@pytest.mark.parametrize("at", [AskAll, ShowResult])
def test_a_clock_set_back_by_20_seconds_on_the_way_does_not_end_the_visit(
    tmp_path: Path, at: type[Request[Any]]
) -> None:
    window = visit(tmp_path, at, -20_000)
    assert ShowNote not in map(type, window.requests)
    assert window.live.state.phase is Phase.RUNNING


@pytest.mark.parametrize(
    ("moved", "passed", "words"),
    [
        (-HOUR, 0, "The clock of this computer was set back. Start again."),
        (-90_000, 600_000, "The clock of this computer was set back. Start again."),
        (3 * HOUR, 0, "or the clock of this computer changed. Start again."),
        (-20_000, FRESH_MS + 20_000, "The answers are more than two hours old. Start again."),
        (0, FRESH_MS + 1, "The answers are more than two hours old. Start again."),
    ],
)
def test_a_bigger_change_before_the_start_is_refused_with_what_happened(
    tmp_path: Path, moved: int, passed: int, words: str
) -> None:
    window = visit(tmp_path, ShowResult, moved, passed)
    assert any(words in line for line in window.words)
    assert Play not in map(type, window.requests)


def test_a_clock_set_back_far_while_the_questions_are_asked_is_named_in_the_result(
    tmp_path: Path,
) -> None:
    window = visit(tmp_path, AskAll, -HOUR)
    assert Play not in map(type, window.requests)
    said = " ".join(window.words)
    assert "the clock of this computer was set back" in said and "two hours" not in said
