"""Closed gates are in the main file of the history at once, even without its other files."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.history.after import past_of, save_aftermath
from player.history.people import person_named, profile_of, red_flag_of, save_red_flag
from player.history.store import open_store
from player.safety.aftermath import After, AfterEvent, Past
from player.safety.profile import Profile, RedFlag
from player.session.state import Do
from tests.play.test_red_flag_elsewhere import feeling
from tests.play.windows import Windows, windows_in
from tests.safety.making import NOW
from tests.tui.stage import WALL


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    with windows_in(tmp_path / "here") as windows:
        yield windows


def backed_up(windows: Windows) -> Path:
    """Copy the main file alone, as some backups do, while the program runs."""
    copy = windows.folder.parent / "backup.db"
    shutil.copy(windows.folder / "h.db", copy)
    return copy


def red_in(history: Path) -> RedFlag | None:
    with open_store(history) as store:
        return red_flag_of(store, person_named(store, "Ana", WALL))


def profile_in(history: Path) -> Profile:
    with open_store(history) as store:
        return profile_of(store, person_named(store, "Ana", WALL))


def past_in(history: Path) -> Past:
    with open_store(history) as store:
        return past_of(store, person_named(store, "Ana", WALL), WALL / 1_000)


def test_an_urgent_answer_is_in_the_main_file_at_once(windows: Windows) -> None:
    red = RedFlag("dvt_signs", "G3", NOW)
    save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), red)
    assert red_in(backed_up(windows)) == red


def test_chest_pain_in_a_session_is_in_the_main_file_at_once(windows: Windows) -> None:
    window = windows.open()
    window.pass_by(20_000)
    window.live.do(Do.HURTS)
    window.live.report_pain(feeling("heart"))
    red = red_in(backed_up(windows))
    assert red is not None and red.key == "pe_heart"


def test_a_red_flag_until_the_feeling_passes_is_in_the_main_file_at_once(
    windows: Windows,
) -> None:
    window = windows.open()
    window.pass_by(20_000)
    window.live.do(Do.HURTS)
    window.live.report_pain(feeling("deep"))
    copy = backed_up(windows)
    assert red_in(copy) is not None
    assert profile_in(copy).deep_pressure_over, "deep pressure is off for good"


def test_a_report_that_stops_a_routine_is_in_the_main_file_at_once(windows: Windows) -> None:
    window = windows.open()
    window.pass_by(20_000)
    (session,) = windows.store.execute("SELECT id FROM session").fetchone()
    save_aftermath(windows.store, [AfterEvent(After.NIGHT, session, "t", None, None, NOW)])
    (event,) = past_in(backed_up(windows)).events
    assert event.report is After.NIGHT


def test_what_is_saved_later_does_not_take_it_out_of_the_main_file(windows: Windows) -> None:
    red = RedFlag("dvt_signs", "G3", NOW)
    save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), red)
    window = windows.open({"R0": "c"})
    window.pass_by(20_000)
    again = RedFlag("dvt_signs", "G3", NOW + 60)
    save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), again)
    window.pass_by(10_000)
    assert red_in(backed_up(windows)) == again


def test_the_history_waits_for_a_lock_as_long_as_before(windows: Windows) -> None:
    (before,) = windows.store.execute("PRAGMA busy_timeout").fetchone()
    red = RedFlag("dvt_signs", "G3", NOW)
    save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), red)
    assert windows.store.execute("PRAGMA busy_timeout").fetchone() == (before,)


def test_a_window_that_reads_neither_stops_nor_loses_a_red_flag(windows: Windows) -> None:
    with open_store(windows.folder / "h.db") as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM red_flag").fetchall()
        red = RedFlag("dvt_signs", "G3", NOW)
        save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), red)
        other.execute("COMMIT")
    assert red_in(windows.folder / "h.db") == red
