"""A damaged history is refused before a session, and the next history asks about a check-up."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from player.history.gates import gates_in
from player.history.looking_over import look_over
from player.history.people import person_named, save_red_flag
from player.history.store import HistoryError, open_store
from player.play.requests import AskAll
from player.safety.profile import RedFlag
from tests.cost import cost
from tests.history.old_history import write_version
from tests.play.windows import Windows, windows_in
from tests.safety.making import NOW
from tests.tui.stage import WALL


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    """Ana has a red flag."""
    with windows_in(tmp_path) as windows:
        ana = person_named(windows.store, "Ana", WALL)
        save_red_flag(windows.store, ana, RedFlag("dvt_signs", "G3", NOW))
        yield windows


def page_of(table: str, history: Path) -> Callable[[int], bytes]:
    """Return what the history is if the page of this table begins with a certain byte."""
    with open_store(history) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = store.execute("PRAGMA page_size").fetchone()
        (page,) = store.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
    whole, at = history.read_bytes(), (page - 1) * size
    return lambda byte: whole[:at] + bytes([byte]) + whole[at + 1 :]


@pytest.mark.parametrize("table", ["done", "hurt", "soreness", "red_flag", "loud"])
@pytest.mark.parametrize("byte", [0x00, 0x05, 0xFF])
def test_a_damaged_page_is_reported_and_nothing_plays(
    windows: Windows, table: str, byte: int
) -> None:
    history = windows.folder / "h.db"
    damaged = page_of(table, history)(byte)
    history.write_bytes(damaged)
    with pytest.raises(HistoryError, match=r"can't be used: .+; nothing was changed"):
        windows.open({"R0": "c"})
    assert history.read_bytes() == damaged


def test_after_the_damaged_history_was_moved_away_the_start_asks(tmp_path: Path) -> None:
    with windows_in(tmp_path) as windows:
        ana = person_named(windows.store, "Ana", WALL)
        save_red_flag(windows.store, ana, RedFlag("dvt_signs", "G3", NOW))
    (tmp_path / "h.db").write_bytes(page_of("done", tmp_path / "h.db")(0xFF))
    with open_store(tmp_path / "h.db") as store, pytest.raises(HistoryError, match="is damaged"):
        look_over(store)
    (tmp_path / "h.db").rename(tmp_path / "away.db")
    with windows_in(tmp_path) as windows:
        for person in ("Ana", "Ben"):
            first = windows.open({"R0": "l"}, person=person).requests[0]
            assert isinstance(first, AskAll)
            prompt = first.interview.prompt
            assert prompt is not None and prompt.id == "R0"
            assert "damaged or gone" in " ".join(prompt.lines)
        assert windows.states == []


def test_the_red_flag_of_an_older_version_is_saved_beside_it_at_the_next_start(
    tmp_path: Path,
) -> None:
    write_version(6, tmp_path / "h.db")
    with open_store(tmp_path / "h.db") as store:
        look_over(store)
    saved = gates_in((tmp_path / "h.db.gates").read_bytes())
    assert saved.red == {"ben": RedFlag("dvt_signs", "G3", 1_790_000_000.0)}
    assert not saved.in_doubt


def test_a_history_of_a_year_is_looked_over_in_the_time_of_a_key(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        ana = person_named(store, "Ana", WALL)
        store.execute("BEGIN")
        for number in range(365):
            add_session(store, number, ana.id)
        store.execute("COMMIT")
        look_over(store)
        assert cost(lambda: look_over(store)).yardsticks < 1, "1.9 ms where a yardstick is 10 ms"


def add_session(store: sqlite3.Connection, number: int, person: int) -> None:
    store.execute(
        "INSERT INTO session (id, person, routine, name, path, pick, started, ended, state,"
        " total_ms) VALUES (?, ?, 'calf-stretch', 'Calf stretch', 'c.yaml', 'low', 0, 1,"
        " 'complete', 600000)",
        (number, person),
    )
    store.executemany(
        "INSERT INTO done VALUES (?, ?, 1, 'calf-wall-straight', 'calf', 'left', 30000, 1)",
        [(number, segment) for segment in range(24)],
    )
