"""Each reason why the history can't be used has a sentence of its own, which says what to do."""

import errno
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from player.history import store as store_module
from player.history.people import people, person_named, save_red_flag
from player.history.refused import failure_words
from player.history.store import HistoryError, open_store
from player.safety.profile import RedFlag
from tests.cases import cases
from tests.commands import run
from tests.program import home_of

AWAY = "move the file away"


def refused(path: Path, does: Callable[[sqlite3.Connection], object] = lambda store: None) -> str:
    """Open a history and use it. Returns the sentence with which that fails."""
    with pytest.raises(HistoryError) as failed, open_store(path) as store:
        does(store)
    words = str(failed.value)
    assert words.startswith(f"The history in {path}") and words.endswith((".", "!"))
    return words


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A history with a red flag."""
    path = tmp_path / "h.db"
    with open_store(path) as store:
        save_red_flag(store, person_named(store, "Ana", 1), RedFlag("dvt_signs", "G3", 5.0))
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def add(store: sqlite3.Connection) -> None:
    """Write more than the file has room for."""
    store.execute(
        "INSERT INTO person (name, folded, last_used) VALUES (hex(zeroblob(60000)), 'ben', 2)"
    )


# What must be kept


def test_a_full_disk_asks_for_room(kept: Path) -> None:
    def fill(store: sqlite3.Connection) -> None:
        store.execute(f"PRAGMA max_page_count = {store.execute('PRAGMA page_count').fetchone()[0]}")
        add(store)

    words = refused(kept, fill)
    assert "its disk is full. Make room there, and try again." in words and AWAY not in words


def test_a_locked_history_asks_to_wait(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "BUSY_MS", 0)
    other = sqlite3.connect(kept, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    words = refused(kept, add)
    other.close()
    assert "another program has locked it. Wait" in words and AWAY not in words


def test_a_history_that_is_read_only_asks_for_the_right_to_write(kept: Path) -> None:
    def write(store: sqlite3.Connection) -> None:
        store.execute("PRAGMA query_only = ON")
        add(store)

    words = refused(kept, write)
    assert "it can't be written. Make the file" in words and AWAY not in words


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
def test_a_link_that_leads_nowhere_is_named_and_nothing_is_created(tmp_path: Path) -> None:
    target, link = tmp_path / "target.db", tmp_path / "h.db"
    link.symlink_to(target)
    words = refused(link)
    assert f"{link} is a link to {target}, which is not there" in words and AWAY not in words
    assert not target.exists()
    folder = tmp_path / "folder"
    folder.symlink_to(tmp_path / "gone")
    assert f"{folder} is a link to {tmp_path / 'gone'}" in refused(folder / "h.db")
    assert not (tmp_path / "gone").exists()


def test_a_newer_history_asks_for_a_newer_supple(kept: Path) -> None:
    with open_store(kept) as store:
        store.execute("PRAGMA user_version = 99")
    words = refused(kept)
    assert "newer supple. Update supple" in words and AWAY not in words


def system(number: int) -> OSError:
    return OSError(number, "Something")


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("something")
    error.sqlite_errorcode = code
    return error


@cases(
    ("error", "words"),
    [
        (system(errno.ENOSPC), "disk is full"),
        (system(errno.EROFS), "can't be written"),
        (system(errno.EACCES), "can't be written"),
        (system(errno.EIO), "disk reports an error. Keep the file"),
        (system(errno.ENAMETOOLONG), "too long for this system"),
        (system(errno.EMFILE), "something. Check that you may read and write"),
        (sqlite_error(10 | 3 << 8), "disk reports an error. Keep the file"),
        (sqlite_error(14), "can't be opened. Check"),
        (sqlite_error(8 | 4 << 8), "moved or erased while supple used it. Put it back"),
        (sqlite_error(5 | 2 << 8), "another program has locked it"),
    ],
)
def test_each_error_of_the_system_has_its_words(
    tmp_path: Path, error: Exception, words: str
) -> None:
    found = failure_words(tmp_path / "h.db", error)
    assert words in found and AWAY not in found


def test_what_is_in_the_way_of_the_history_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "h.db").mkdir()
    assert f"{tmp_path / 'file'} is a file, not a folder" in refused(tmp_path / "file" / "h.db")
    assert f"{tmp_path / 'file'} is a file" in refused(tmp_path / "file" / "deep" / "h.db")
    assert "it is a folder, not a file" in refused(tmp_path / "h.db")


# What is broken


def test_only_a_broken_file_without_anything_of_supple_may_be_moved_away(tmp_path: Path) -> None:
    for number, junk in enumerate((b"no database" * 100, b"SQLite format 3\0" + b"\1" * 500)):
        file = tmp_path / f"{number}.db"
        file.write_bytes(junk)
        assert AWAY in refused(file)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE songs (name TEXT)")
    other.close()
    assert AWAY in refused(tmp_path / "other.db")


@pytest.mark.parametrize("place", [0, 20, 100, 4_096 + 1])
def test_a_damaged_history_is_kept_and_a_backup_is_asked_for(kept: Path, place: int) -> None:
    """It may hold a red flag, even if SQLite can't read it any more."""
    whole = bytearray(kept.read_bytes())
    whole[place : place + 60] = b"\xaa" * 60
    kept.write_bytes(whole)
    words = refused(kept, people)
    assert AWAY not in words and "nothing was changed" in words
    assert "Put a copy from a backup" in words and "were checked since" in words
    assert kept.read_bytes() == whole


def test_a_history_with_a_foreign_row_is_kept(kept: Path) -> None:
    with open_store(kept) as store:
        store.execute("CREATE VIEW hides AS SELECT 1")
    words = refused(kept)
    assert AWAY not in words and "Put a copy from a backup" in words


# What the commands print


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize(
    "words", [["history"], ["history", "--json"], ["history", "--person", "A"]]
)
def test_a_history_that_is_out_of_reach_is_never_reported_as_empty(
    tmp_path: Path, words: list[str]
) -> None:
    env = home_of(tmp_path)
    path = Path(env["XDG_DATA_HOME"], "supple", "history.db")
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "away" / "history.db")
    done = run(*words, env=env, code=1)
    assert done.stdout == b"" and b"which is not there" in done.stderr
    assert b"which is not there" in run("forget", "--yes", env=env, code=1).stderr
    assert path.is_symlink()
    path.unlink()
    path.mkdir()
    assert b"it is a folder" in run(*words, env=env, code=1).stderr
    long = {**env, "XDG_DATA_HOME": str(tmp_path / ("a" * 300))}
    assert b"too long for this system. Set XDG_DATA_HOME" in run(*words, env=long, code=1).stderr
