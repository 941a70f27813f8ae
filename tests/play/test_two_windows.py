"""A session that runs in one window is neither offered nor closed in another."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.history.interrupted import ALIVE_MS
from player.play.requests import Ask, ShowResult
from player.session.state import Do
from tests.play.test_flow import STRAINED
from tests.play.windows import Meanwhile, Windows, windows_in

HOUR = 3_600_000
TO_THE_END = 200_000


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    with windows_in(tmp_path) as windows:
        yield windows


def test_a_running_session_is_neither_offered_nor_closed_elsewhere(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    second = windows.open()
    assert "resume" not in second.asked
    assert windows.states == ["running", "running"]
    while not second.live.is_over:
        second.pass_by(500)
        first.live.look()
        assert "partial" not in windows.states
    assert windows.states == ["complete", "complete"]


def test_a_session_that_has_just_begun_runs_too(windows: Windows) -> None:
    windows.open()
    assert "resume" not in windows.open().asked
    assert windows.states == ["running", "running"]


@pytest.mark.parametrize("stop", [Do.PAUSE, Do.HURTS])
def test_a_paused_session_runs_too_and_does_no_work(windows: Windows, stop: Do) -> None:
    first = windows.open()
    first.pass_by(20_000)
    first.live.do(stop)
    (before,) = windows.kept
    first.pass_by(HOUR)
    second = windows.open()
    assert "resume" not in second.asked
    assert windows.kept[0] == before
    if stop is Do.PAUSE:
        first.live.do(Do.GO_ON)
        first.pass_by(10_000)
        assert windows.kept[0].position_ms - before.position_ms == 10_000


def test_a_session_killed_while_paused_goes_on_where_it_was_paused(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    first.live.do(Do.PAUSE)
    first.pass_by(10 * 60_000)
    windows.clock.pass_by(ALIVE_MS)
    again = windows.open({"resume": "r"})
    assert "resume" in again.asked
    assert again.live.state.position == 20_000
    assert windows.kept[0].work_ms == 10_000  # after ten seconds to get ready


@pytest.mark.parametrize(
    ("since", "is_offered"),
    [(0, False), (ALIVE_MS - 1, False), (ALIVE_MS, True), (HOUR, True)],
)
def test_a_killed_session_is_offered_once_its_last_sign_is_old(
    windows: Windows, since: int, is_offered: bool
) -> None:
    windows.open().pass_by(20_000)
    windows.clock.pass_by(since)
    assert ("resume" in windows.open({"resume": "n"}).asked) is is_offered
    assert windows.states == ["partial" if is_offered else "running", "running"]


def test_a_sign_from_the_future_is_one_of_another_window(windows: Windows) -> None:
    windows.open().pass_by(20_000)
    windows.clock.pass_calendar(-HOUR)  # the clock was set back
    assert "resume" not in windows.open().asked
    assert windows.states == ["running", "running"]


def test_a_session_that_was_left_in_order_is_offered_at_once(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    assert first.steps is not None
    first.steps.close()  # as for Ctrl+C, or when the terminal is closed
    again = windows.open({"resume": "r"})
    assert again.asked == ["resume"] and again.live.state.position == 20_000


def test_begin_anew_closes_no_session_that_has_woken_up(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    windows.clock.pass_by(HOUR)  # the first window was suspended
    wakes_up = Meanwhile(Ask, first.live.look)
    second = windows.open({"resume": "n"}, meanwhile=wakes_up)
    assert second.asked == ["resume"] and windows.states == ["running", "running"]


def test_a_session_that_has_woken_up_is_not_gone_on_with_elsewhere(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    windows.clock.pass_by(HOUR)
    wakes_up = Meanwhile(ShowResult, first.live.look)
    second = windows.open({"resume": "r"}, meanwhile=wakes_up)
    assert second.asked == ["resume"]
    assert "That session went on in another window. Please start again." in second.words
    assert windows.states == ["running"]


def test_older_sessions_that_were_left_open_are_closed(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    second = windows.open()  # so early that the first is not offered
    second.pass_by(30_000)
    windows.clock.pass_by(HOUR)  # both are killed
    third = windows.open({"resume": "r"})
    assert third.asked == ["resume"] and third.live.state.position == 30_000
    third.pass_by(TO_THE_END)
    assert windows.states == ["partial", "partial", "complete"]
    windows.clock.pass_by(HOUR)
    assert "resume" not in windows.open().asked


def test_a_session_is_not_offered_after_a_later_one_was_ended(windows: Windows) -> None:
    windows.open().pass_by(20_000)  # killed
    second = windows.open()
    second.pass_by(TO_THE_END)
    windows.clock.pass_by(HOUR)
    assert "resume" not in windows.open().asked
    assert windows.states == ["partial", "complete", "running"]


def test_a_session_that_outlived_a_later_one_is_offered(windows: Windows) -> None:
    first, second = windows.open(), windows.open()
    second.pass_by(1_000)
    second.live.do(Do.QUIT)
    first.pass_by(30_000)
    windows.clock.pass_by(HOUR)
    third = windows.open({"resume": "r"})
    assert third.asked == ["resume"] and third.live.state.position > 30_000


def test_another_routine_picked_after_going_on_closes_the_old_session(windows: Windows) -> None:
    windows.open().pass_by(20_000)
    windows.clock.pass_by(HOUR)
    second = windows.open({**STRAINED, "resume": "r"}, picks=("1", "enter"))
    assert second.asked[0] == "resume" and second.live.state.position == 0
    assert windows.states == ["partial", "running"]


def test_the_sessions_of_somebody_else_are_not_touched(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    windows.clock.pass_by(HOUR)
    assert "resume" not in windows.open(person="Ben").asked
    assert windows.states == ["running", "running"]
