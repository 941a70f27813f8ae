"""The history is private and complete, and an unknown format is refused."""

import random
import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from player.history.past import forget_everything, forget_person
from player.history.people import (
    forget_red_flag,
    people,
    person_named,
    profile_of,
    red_flag_of,
    save_profile,
    save_red_flag,
)
from player.history.store import HistoryError, open_store
from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Finding
from player.safety.profile import Profile, RedFlag
from tests.habits import seed, tries

PROFILE = Profile(
    (
        Finding("acute_strain", "ham", Side.LEFT, "I6", 100.0, 90.0),
        Finding("strain_healing", "calf", Side.RIGHT, "O3", 100.0, 90.0, None, 99.0, 100.0),
        Finding("dvt_history", question="P3", at=100.0, cleared_at=101.0),
    ),
    {"P1": 100.0, "P3": 100.0, "age": 100.0},
    AgeBand.OLDER,
)


def test_a_profile_is_read_as_it_was_saved(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        save_profile(store, person_named(store, "Ana", 1), PROFILE)
    with open_store(tmp_path / "h.db") as store:
        ana = person_named(store, "ANA", 2)
        assert ana.name == "Ana"
        assert profile_of(store, ana) == PROFILE
        assert profile_of(store, person_named(store, "Ben", 3)) == Profile()
        assert [person.name for person in people(store)] == ["Ben", "Ana"]


def test_a_red_flag_stays_until_it_is_erased(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        ana = person_named(store, "Ana", 1)
        assert red_flag_of(store, ana) is None
        save_red_flag(store, ana, RedFlag("dvt_signs", "G3", 5.0))
        assert red_flag_of(store, ana) == RedFlag("dvt_signs", "G3", 5.0)
        assert red_flag_of(store, person_named(store, "Ben", 1)) is None
        forget_red_flag(store, ana, RedFlag("pe_heart", "G1", 5.0))
        assert red_flag_of(store, ana) is not None, "only the erased red flag is gone"
        forget_red_flag(store, ana, RedFlag("dvt_signs", "G3", 5.0))
        assert red_flag_of(store, ana) is None


def test_no_answer_is_saved_as_text(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        save_profile(store, person_named(store, "Ana", 1), PROFILE)
        columns = {row[1] for row in store.execute("PRAGMA table_info(standing)")}
    moments = {"at", "since", "cleared_at", "seen_at", "better_at", "asked_at"}
    assert columns == {"person", "key", "place", "side", "question"} | moments


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file modes")
def test_only_the_owner_can_read_the_history(tmp_path: Path) -> None:
    path = tmp_path / "new" / "h.db"
    with open_store(path) as store:
        person_named(store, "Ana", 1)
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_newer_history_is_refused_with_a_message_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        store.execute("PRAGMA user_version = 99")
    before = path.read_bytes()
    with pytest.raises(HistoryError, match=r"newer supple"), open_store(path):
        pass
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "junk", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\1" * 500]
)
def test_a_broken_history_is_refused_with_a_message_and_not_changed(
    tmp_path: Path, junk: bytes
) -> None:
    path = tmp_path / "h.db"
    path.write_bytes(junk)
    words = r"can't be used: it is damaged\. Nothing was changed"
    with pytest.raises(HistoryError, match=words), open_store(path):
        pass
    assert path.read_bytes() == junk


def test_a_table_that_can_not_be_read_is_refused_in_plain_words(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE hurt", b"CREATE TABLE h\x08rt"))
    with pytest.raises(HistoryError, match="can't be used: it is damaged"), open_store(path):
        pass


@pytest.mark.soak
def test_a_truncated_history_opens_or_is_refused_with_a_message(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        save_profile(store, person_named(store, "Ana", 1), PROFILE)
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    chance = random.Random(seed())
    for length in [0, *(chance.randrange(1, len(whole)) for _ in range(tries(20)))]:
        path.write_bytes(whole[:length])
        try:
            with open_store(path) as store:
                people(store)
        except HistoryError:
            pass


def test_a_folder_that_can_not_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError, match="can't be used"), open_store(tmp_path / "file" / "h.db"):
        pass


def test_two_programs_can_use_it_at_once(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as one, open_store(tmp_path / "h.db") as two:
        person_named(one, "Ana", 1)
        person_named(two, "Ben", 2)
        assert len(people(one)) == 2


def test_a_name_saved_by_an_older_version_is_found(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        store.execute(
            "INSERT INTO person (id, name, folded, last_used) VALUES (7, 'Ana  Lee', 'ana  lee', 0)"
        )
        assert person_named(store, "Ana Lee", 2).id == 7


def test_leftover_connections_are_closed(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        pass
    with pytest.raises(sqlite3.ProgrammingError):
        store.execute("SELECT 1")


def test_forgetting_one_person_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        save_profile(store, person_named(store, "Ana Unmistakable", 1), PROFILE)
        person_named(store, "Ben", 2)
        assert forget_person(store, "ana unmistakable")
        assert not forget_person(store, "ana unmistakable")
        assert [person.name for person in people(store)] == ["Ben"]
        assert store.execute("SELECT count(*) FROM standing").fetchone() == (0,)
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"Unmistakable" not in kept and b"dvt_history" not in kept


def test_forgetting_everything_leaves_no_file(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        person_named(store, "Ana", 1)
    assert forget_everything(path)
    assert list(tmp_path.iterdir()) == []
    assert not forget_everything(path)
