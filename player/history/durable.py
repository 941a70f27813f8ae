"""Moves data that must not get lost to the main file of the history at once.

SQLite first writes to a second file, the write-ahead file (`-wal`). A backup or a sync program that
copies only the main file loses what has not been moved there yet.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from player.history.store import transaction

_WAIT_MS = 100
"""How long to wait for another window. After that, a later write moves the data."""


@contextmanager
def written_through(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything in the block or nothing, and move it to the main file on the disk.

    While another window reads, it may stay in the write-ahead file, which is on the disk too.
    """
    connection.execute("PRAGMA synchronous = FULL")
    try:
        with transaction(connection):
            yield
        with suppress(sqlite3.Error):  # it is saved already, if only in the write-ahead file
            _move_to_main_file(connection)
    finally:
        connection.execute("PRAGMA synchronous = NORMAL")


def _move_to_main_file(connection: sqlite3.Connection) -> None:
    """Move everything to the main file, and empty the write-ahead file.

    It must be emptied: if it were only copied, and cut off later, its older pages would count
    again.
    """
    (wait,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait}")
