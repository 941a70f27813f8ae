"""With each session and each red flag, the history keeps what it was decided by."""

import json
import sqlite3
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from player.history.past import forget_person, sessions
from player.history.people import person_named, save_profile, save_red_flag
from player.safety import rules
from player.safety.findings import AgeBand, Finding
from player.safety.profile import Profile, RedFlag
from player.safety.rules import rules_hash
from player.safety.stop_list import load_stop_list
from player.session.state import Do
from tests.play.windows import Windows, windows_in
from tests.safety.making import DAY, FULL_PROFILE, NOW, mark
from tests.tui.stage import WALL

CLEARED = Finding("dvt_history", question="P3", at=NOW - DAY, cleared_at=NOW - DAY)


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    with windows_in(tmp_path) as windows:
        yield windows


def rulings(store: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return session, red flag, class, keys and what was cleared, from first to last."""
    columns = "session, flag, class, keys, cleared"
    return store.execute(f"SELECT {columns} FROM ruling ORDER BY rowid").fetchall()


def test_a_session_keeps_its_class_its_keys_and_what_was_cleared(windows: Windows) -> None:
    ana = person_named(windows.store, "Ana", WALL)
    answered = {**FULL_PROFILE.answered}
    save_profile(windows.store, ana, Profile((CLEARED,), answered, AgeBand.ADULT))
    windows.open()
    assert rulings(windows.store) == [(1, None, "adapt", "dvt_history", "dvt_history")]
    kept = windows.store.execute("SELECT at, version, rules FROM ruling").fetchone()
    assert kept == (NOW, version("supple"), rules_hash())


def test_a_red_flag_keeps_its_class_and_keys(windows: Windows) -> None:
    windows.open({"today": mark("3")}, picks=("q",))
    assert rulings(windows.store) == [(None, "dvt_signs", "urgent", "dvt_signs", "")]


def test_a_red_flag_during_a_session_keeps_the_session_and_its_keys(windows: Windows) -> None:
    window = windows.open()
    window.pass_by(20_000)
    window.live.do(Do.HURTS)
    window.live.report_pain(next(line for line in load_stop_list() if line.key == "pe_heart"))
    assert rulings(windows.store) == [
        (1, None, "play", "", ""),
        (1, "pe_heart", "emergency", "pe_heart", ""),
    ]


def test_an_injury_with_open_questions_is_kept_once(windows: Windows) -> None:
    windows.open({"today": mark("5"), "G5.when": "0"}, leaves_at="I2")
    assert rulings(windows.store) == [(None, "injury_bad", "urgent", "injury_bad", "")]


def test_forgetting_a_person_erases_what_was_decided(windows: Windows) -> None:
    ben = person_named(windows.store, "Ben", WALL)
    save_red_flag(windows.store, ben, RedFlag("dvt_signs", "G3", NOW))
    windows.open({"today": mark("3")}, picks=("q",))
    forget_person(windows.store, "Ana")
    assert windows.store.execute("SELECT person FROM ruling").fetchall() == [(ben.id,)]


def test_the_list_of_sessions_says_nothing_of_it(windows: Windows) -> None:
    ana = person_named(windows.store, "Ana", WALL)
    save_profile(windows.store, ana, Profile((CLEARED,), FULL_PROFILE.answered, AgeBand.ADULT))
    windows.open()
    (session,) = sessions(windows.store)
    shown = json.dumps(session.as_json()) + session.line()
    assert not any(word in shown for word in ("dvt", "adapt", rules_hash(), version("supple")))


def test_the_hash_changes_with_any_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "screening"
    folder.mkdir()
    (folder / "one.yaml").write_text("a: 1\n")
    monkeypatch.setattr(rules, "SHIPPED", tmp_path)
    found = {rules_hash.__wrapped__()}
    (folder / "one.yaml").write_text("a: 2\n")
    found.add(rules_hash.__wrapped__())
    (folder / "one.yaml").rename(folder / "two.yaml")
    found.add(rules_hash.__wrapped__())
    assert len(found) == 3
