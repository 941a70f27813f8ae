"""How loud each person had it is kept for them, and for nobody else."""

import sqlite3
from pathlib import Path

import pytest

from player.history.levels import FULL, Levels
from player.history.past import forget_person
from player.history.people import person_named
from player.history.store import HistoryError, open_store
from player.history.volume import keep_levels, levels_of


def test_each_person_has_their_own(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        ana, ben = person_named(store, "Ana", 1), person_named(store, "Ben", 1)
        keep_levels(store, ana, Levels(80, 50, 0))
        keep_levels(store, ana, Levels(70, 50, 10))
    with open_store(tmp_path / "h.db") as store:
        assert levels_of(store, ana) == Levels(70, 50, 10)
        assert levels_of(store, ben) == FULL
        forget_person(store, "ana")
        assert store.execute("SELECT count(*) FROM loud").fetchone() == (0,)


@pytest.mark.parametrize("value", [-10, 110, "loud", 2.5, b"x"])
def test_what_no_supple_wrote_is_refused_in_words(tmp_path: Path, value: object) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        ana = person_named(store, "Ana", 1)
        store.execute("INSERT INTO loud VALUES (?, 50, ?, 50)", (ana.id, value))
    with pytest.raises(HistoryError, match="no supple wrote"), open_store(path) as store:
        levels_of(store, ana)


def test_a_history_of_before_gets_its_place_for_it(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        person_named(store, "Ana", 1)
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE loud")
        db.execute("PRAGMA user_version = 3")
    db.close()
    with open_store(path) as store:
        ana = person_named(store, "Ana", 2)
        assert levels_of(store, ana) == FULL
        keep_levels(store, ana, Levels(voice=40))
        assert levels_of(store, ana) == Levels(voice=40)
