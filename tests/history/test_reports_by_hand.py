"""Reports after a session that supple can't have written are refused, and nothing plays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from player.history.after import save_aftermath
from player.history.store import HistoryError
from player.routine.vocabulary import Side
from player.safety.aftermath import After, AfterEvent
from tests.play.windows import Windows, windows_in
from tests.safety.making import NOW


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    """Ana was sore after a session of half a minute, and it was worse the next day."""
    with windows_in(tmp_path) as windows:
        window = windows.open()
        window.pass_by(35_000)
        window.live.save_position()
        store = windows.store
        store.execute("UPDATE session SET state = 'partial', ended = started")
        (session,) = store.execute("SELECT id FROM session").fetchone()
        store.execute("INSERT INTO soreness VALUES (?, 'calf', 'left', 4, 6, 1)", (session,))
        worse = AfterEvent(After.WORSE, session, "t", "calf", Side.LEFT, NOW)
        save_aftermath(store, [worse])
        yield windows


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE after SET told = 'wors'",
        "UPDATE after SET told = x'00'",
        "UPDATE after SET place = x'00'",
        "UPDATE after SET side = 'lefu'",
        "UPDATE after SET at = 'soon'",
        "UPDATE soreness SET side = 'lefu'",
        "UPDATE soreness SET place = x'00'",
        "UPDATE soreness SET before = 'x'",
        "UPDATE soreness SET after = 'x'",
        "UPDATE soreness SET wall = 'x'",
        "UPDATE done SET side = 'lefu'",
        "UPDATE done SET regions = x'00'",
        "UPDATE done SET wall = 'x'",
        "UPDATE done SET ms = 'x'",
        "UPDATE session SET routine = x'00'",
        "UPDATE session SET name = x'00'",
    ],
)
def test_rows_changed_by_hand_are_refused_in_words(windows: Windows, sql: str) -> None:
    windows.store.execute(sql)
    try:
        window = windows.open({"R0": "l"})
    except HistoryError as error:
        assert "holds data that supple did not write" in str(error)
    else:
        assert window.requests, "it is not read, or counts as no work"
