"""Reads and writes the small file beside the history that holds the closed gates a second time.

Once that file is written, the history has a mark. The mark shows if either of them is lost, or
is replaced by an older one.
"""

import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from player.base.files import write_whole
from player.history.durable import written_through
from player.history.gates import LONGEST, NO_GATES, Gates, gates_in, red_flag_in
from player.history.store import path_of, stored_text

_MARK = 0x73757070


def gates_path(history: Path) -> Path:
    """Return the path of the file beside this history."""
    history = history.resolve()
    return history.with_name(history.name + ".gates")


def saved_gates(connection: sqlite3.Connection) -> Gates:
    """Return what the file beside the history holds.

    The result is in doubt if the file is damaged, unreadable or gone, or if the history itself was
    lost or replaced.
    """
    try:
        gates = gates_in(_content(gates_path(path_of(connection))))
    except FileNotFoundError:
        return NO_GATES.doubted() if _is_marked(connection) else NO_GATES
    except (OSError, ValueError):
        return NO_GATES.doubted()
    return gates if _is_marked(connection) else gates.doubted()


@contextmanager
def changing_gates(
    connection: sqlite3.Connection, change: Callable[[Gates], Gates]
) -> Iterator[None]:
    """Write everything in the block or nothing, and make the same `change` in the file beside it.

    Both are on the disk afterwards. If one can't be written, the other one still is. Raises
    sqlite3.Error if the history can't be written.
    """
    try:
        with written_through(connection):
            yield
            # Now no other window can change the file.
            with suppress(OSError):
                gates = change(saved_gates(connection)).joined(gates_in_history(connection))
                if _write(connection, gates):
                    connection.execute(f"PRAGMA application_id = {_MARK}")
    except sqlite3.Error:
        with suppress(OSError, sqlite3.Error):
            _write(connection, change(saved_gates(connection)))
        raise


def erase_gates(history: Path) -> bool:
    """Erase the file beside a history. Returns False if there was none."""
    file = gates_path(history)
    existed = file.exists()
    for part in file.parent.glob(f".{file.name}.*.part"):  # left over if the program was killed
        part.unlink(missing_ok=True)
    file.unlink(missing_ok=True)
    return existed


def _is_marked(connection: sqlite3.Connection) -> bool:
    (mark,) = connection.execute("PRAGMA application_id").fetchone()
    return bool(mark)  # a damaged mark counts too


def _content(file: Path) -> bytes:
    if not stat.S_ISREG(file.stat().st_mode):
        raise OSError("It is no file.")
    with file.open("rb") as open_file:
        text = open_file.read(LONGEST + 1)
    if len(text) > LONGEST:
        raise ValueError("It is too long.")
    return text


def _write(connection: sqlite3.Connection, gates: Gates) -> bool:
    """Write the file. Returns False if there is nothing to write and no file yet."""
    file = gates_path(path_of(connection))
    needed = gates != NO_GATES or file.exists() or _is_marked(connection)
    if needed:
        write_whole(file, gates.text(), private=True)
    return needed


def gates_in_history(connection: sqlite3.Connection) -> Gates:
    """Return the closed gates in the history itself, without the file beside it.

    Rows that supple can't have written are left out. Code that reads them refuses the history.
    """
    gates = NO_GATES
    with suppress(sqlite3.Error):  # a text that is no UTF-8
        for name, over, *row in connection.execute(
            "SELECT name, deep_pressure_over, key, question, at FROM person"
            " LEFT JOIN red_flag ON red_flag.person = person.id"
        ):
            with suppress(ValueError):
                gates = gates.with_no_deep(stored_text(name)) if over else gates
                gates = gates.with_red(stored_text(name), red_flag_in(row))
    return gates
