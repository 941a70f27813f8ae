"""Closed gates are saved a second time, in a small file beside the history."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from player.history.gates import Gates, gates_in, stricter
from player.history.past import forget_everything, forget_person
from player.history.people import (
    Person,
    forget_red_flag,
    may_have_lost_a_red_flag,
    person_named,
    profile_of,
    red_flag_of,
    save_red_flag,
    settle_lost_red_flag,
)
from player.history.store import open_store
from player.safety.profile import RedFlag
from tests.history.old_history import write_version
from tests.play.test_red_flag_elsewhere import feeling
from tests.play.windows import windows_in
from tests.safety.making import NOW, RED
from tests.tui.stage import WALL

RED_FLAG = RedFlag("dvt_signs", "G3", NOW)
Change = Callable[[sqlite3.Connection, Person], object]


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A history in which Ana has a red flag."""
    path = tmp_path / "h.db"
    to_ana(path, lambda store, ana: save_red_flag(store, ana, RED_FLAG))
    return path


def to_ana(path: Path, change: Change) -> None:
    with open_store(path) as store:
        change(store, person_named(store, "Ana", 1))


def beside(history: Path) -> Path:
    return history.with_name(history.name + ".gates")


def red_in(history: Path, name: str = "Ana") -> RedFlag | None:
    with open_store(history) as store:
        return red_flag_of(store, person_named(store, name, 1))


def is_in_doubt(history: Path, name: str = "Ana") -> bool:
    with open_store(history) as store:
        return may_have_lost_a_red_flag(store, person_named(store, name, 1))


def lose_history(history: Path) -> None:
    for end in ("", "-wal", "-shm"):
        history.with_name(history.name + end).unlink(missing_ok=True)


# It is there twice


def test_nothing_is_written_beside_a_history_without_a_red_flag(tmp_path: Path) -> None:
    to_ana(tmp_path / "h.db", lambda store, ana: None)
    assert not beside(tmp_path / "h.db").exists() and not is_in_doubt(tmp_path / "h.db")


def test_a_red_flag_holds_if_it_is_gone_from_the_history(history: Path) -> None:
    with closing(sqlite3.connect(history)) as db, db:
        db.execute("DELETE FROM red_flag")
    assert red_in(history) == RED_FLAG


def test_a_red_flag_holds_if_the_whole_history_is_gone(history: Path) -> None:
    lose_history(history)
    assert red_in(history, "ANA") == RED_FLAG
    assert is_in_doubt(history), "and more may be lost"
    assert is_in_doubt(history, "Ben"), "of anybody"


def test_a_red_flag_holds_if_the_file_beside_is_gone(history: Path) -> None:
    beside(history).unlink()
    assert red_in(history) == RED_FLAG and is_in_doubt(history)


def test_an_old_copy_of_the_history_is_noticed(tmp_path: Path) -> None:
    history = tmp_path / "h.db"
    to_ana(history, lambda store, ana: None)
    shutil.copy(history, tmp_path / "old.db")
    to_ana(history, lambda store, ana: save_red_flag(store, ana, RED_FLAG))
    lose_history(history)
    shutil.copy(tmp_path / "old.db", history)
    assert red_in(history) == RED_FLAG and is_in_doubt(history)


@pytest.mark.parametrize("key", sorted(RED))
def test_of_two_red_flags_the_one_that_is_asked_about_for_longer_counts(key: str) -> None:
    old, now = RedFlag(key, "x", NOW - 60), RedFlag("pe_heart", "x", NOW)
    longer = old if key in {"lump_pulse", "pad_severe"} else now
    assert stricter(old, now) == stricter(now, old) == longer
    assert stricter(None, old) == stricter(old, None) == old


def test_deep_pressure_stays_off_for_good_if_the_history_is_gone(tmp_path: Path) -> None:
    with windows_in(tmp_path) as windows:
        window = windows.open()
        window.pass_by(20_000)
        window.live.report_pain(feeling("deep"))
    lose_history(tmp_path / "h.db")
    with open_store(tmp_path / "h.db") as store:
        assert profile_of(store, person_named(store, "Ana", WALL)).deep_pressure_over
        assert not profile_of(store, person_named(store, "Ben", WALL)).deep_pressure_over


def test_a_red_flag_of_an_older_version_is_saved_a_second_time(tmp_path: Path) -> None:
    history = tmp_path / "h.db"
    write_version(6, history)
    earlier = RedFlag("dvt_signs", "G3", 1_790_000_000.0)
    assert red_in(history, "Ben") == earlier and not is_in_doubt(history, "Ben")
    to_ana(history, lambda store, ana: save_red_flag(store, ana, RED_FLAG))
    lose_history(history)
    assert red_in(history, "Ben") == earlier


def test_a_red_flag_that_is_not_in_the_history_is_not_replaced_by_what_is(history: Path) -> None:
    """Its last write was lost. Somebody else's red flag is saved before it is asked about."""
    with closing(sqlite3.connect(history)) as db, db:
        db.execute("UPDATE red_flag SET key = 'hot_joint', at = at - 60")
    with open_store(history) as store:
        save_red_flag(store, person_named(store, "Ben", 1), RED_FLAG)
    assert red_in(history) == RED_FLAG


def test_a_red_flag_is_saved_beside_a_history_that_is_locked(history: Path) -> None:
    later = RedFlag("pe_heart", "G1", NOW + 60)
    with open_store(history) as store:
        store.execute("PRAGMA busy_timeout = 1")
        ana = person_named(store, "Ana", 1)
        with closing(sqlite3.connect(history, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(sqlite3.OperationalError):
                save_red_flag(store, ana, later)
            other.execute("ROLLBACK")
    assert red_in(history) == later


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_the_owner_can_read_it(history: Path) -> None:
    assert stat.S_IMODE(beside(history).stat().st_mode) == 0o600


def test_it_lies_beside_the_real_file_if_the_history_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "h.db").touch()
    (tmp_path / "h.db").symlink_to(tmp_path / "real" / "h.db")
    to_ana(tmp_path / "h.db", lambda store, ana: save_red_flag(store, ana, RED_FLAG))
    assert beside(tmp_path / "real" / "h.db").exists()
    forget_everything(tmp_path / "h.db")
    assert not beside(tmp_path / "real" / "h.db").exists()


# It is erased twice


def test_a_red_flag_that_was_checked_is_erased_in_both(history: Path) -> None:
    to_ana(history, lambda store, ana: forget_red_flag(store, ana, RED_FLAG))
    assert red_in(history) is None and not is_in_doubt(history)
    assert gates_in(beside(history).read_bytes()) == Gates()


def test_forgetting_one_person_erases_them_in_both(history: Path) -> None:
    with open_store(history) as store:
        save_red_flag(store, person_named(store, "Ben", 1), RED_FLAG)
        forget_person(store, "Ana")
    assert red_in(history) is None and red_in(history, "Ben") == RED_FLAG
    assert not is_in_doubt(history, "Ben")
    assert b"ana" not in beside(history).read_bytes()


def test_forgetting_one_person_erases_them_in_a_damaged_file_too(history: Path) -> None:
    beside(history).write_bytes(beside(history).read_bytes()[:-9])
    with open_store(history) as store:
        forget_person(store, "Ana")
    assert b"ana" not in beside(history).read_bytes()


def test_forgetting_everybody_leaves_no_file(history: Path) -> None:
    history.with_name(f".{beside(history).name}.01234567.part").write_bytes(b"left by a kill")
    assert forget_everything(history)
    assert not any(history.parent.iterdir())


# A damaged file beside the history


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def fill(file: Path) -> None:
    file.write_bytes(b"[" * 2_000_000)


def flip(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"dvt_signs", b"dvt_sighs"))


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def make_pipe(file: Path) -> None:
    file.unlink()
    if sys.platform == "win32":
        pytest.skip("Windows has no such files")
    os.mkfifo(file)


@pytest.mark.parametrize("damage", [cut, empty, fill, flip, make_folder, make_pipe, Path.unlink])
def test_damage_leaves_everybody_in_doubt(history: Path, damage: Callable[[Path], None]) -> None:
    damage(beside(history))
    assert is_in_doubt(history) and is_in_doubt(history, "Ben")
    assert red_in(history) == RED_FLAG


def test_the_doubt_ends_only_for_the_person_who_answered(history: Path) -> None:
    cut(beside(history))
    to_ana(history, settle_lost_red_flag)
    assert not is_in_doubt(history) and is_in_doubt(history, "Ben")
    cut(beside(history))
    assert is_in_doubt(history), "it is another damage"
