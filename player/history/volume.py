"""How loud each person last had the parts of a session."""

from sqlite3 import Connection, Error

from player.history.levels import FULL, Levels
from player.history.people import Person
from player.history.store import understood, whole


def levels_of(connection: Connection, person: Person) -> Levels:
    """As they were set last; full for somebody who never did."""
    row = connection.execute(
        "SELECT voice, chimes, background FROM loud WHERE person = ?", (person.id,)
    ).fetchone()
    if row is None:
        return FULL
    with understood(connection):
        if max(map(whole, row)) > 100:
            raise ValueError(row)
        return Levels(*row)


def keep_levels(connection: Connection, person: Person, levels: Levels) -> bool:
    """Whether they could be kept; a session goes on where they can't."""
    try:
        connection.execute("INSERT OR REPLACE INTO loud VALUES (?, ?, ?, ?)", (person.id, *levels))
    except Error:
        return False
    return True
