"""Checks a history before a session, so that damage is reported before anything is read."""

import sqlite3

from player.history.gates_file import changing_gates, gates_in_history, saved_gates
from player.history.refused import DAMAGED, refusal
from player.history.store import HistoryError, path_of


def look_over(connection: sqlite3.Connection) -> None:
    """Refuse a history that is damaged. Raises HistoryError.

    A closed gate that only the history holds, such as one of an older version, is saved beside it.
    """
    try:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.OperationalError:  # it is locked, or the disk fails
        raise
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise HistoryError(refusal(path_of(connection), DAMAGED))
    beside = saved_gates(connection)
    if beside.joined(gates_in_history(connection)) != beside:
        with changing_gates(connection, lambda gates: gates):
            pass
