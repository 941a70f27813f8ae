"""Finds the sessions that were not closed, and closes them.

A session may be open because the program was killed, or because it runs in another window.
"""

import json
import sqlite3
from typing import NamedTuple

from player.base.program import has_ended
from player.history.journal import PARTIAL, RUNNING
from player.history.store import checking_rows, stored_number, stored_text, transaction
from player.history.whereabouts import AmountKey, Measure, Outline, Whereabouts
from player.routine.model import Pick
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Side
from player.session.timeline import Choices

ALIVE_MS = 5_000
"""A session with a sign of life newer than this runs in another window, unless its program has
ended.
"""


class Interrupted(NamedTuple):
    """A session that was not closed, because the program was killed or lost its terminal."""

    id: int
    name: str
    path: str
    choices: Choices
    position_ms: int
    total_ms: int
    place: Whereabouts | None
    outline: Outline | None = None
    """The steps of the file as it was. Histories up to version 5 do not know them."""


def interrupted_session(
    connection: sqlite3.Connection, person: int, wall: int
) -> Interrupted | None:
    """Return the session of this person to offer again at `wall` (ms since 1970), or None.

    It is the one that ran last. It is None if that session runs in another window, or if the
    person has ended a later session since.
    """
    session = next(iter(_interrupted(connection, person, wall)), None)
    cursor = connection.execute(
        "SELECT session.*, beat.* FROM session LEFT JOIN beat ON beat.session = session.id"
        " WHERE session.id = ? AND NOT EXISTS (SELECT 1 FROM session AS later"
        " WHERE later.person = session.person AND later.id > session.id"
        " AND later.ended > coalesce(beat.wall, started) AND later.ended <= ?)",
        (session, wall),
    )
    cursor.row_factory = sqlite3.Row
    row = cursor.fetchone()
    if row is None:
        return None
    with checking_rows(connection):
        side = Side(row["chosen_side"]) if row["chosen_side"] is not None else None
        return Interrupted(
            row["id"],
            stored_text(row["name"]),
            stored_text(row["path"]),
            Choices(Pick(row["pick"]), side),
            stored_number(row["at_ms"] or 0),
            stored_number(row["total_ms"]),
            _place(row),
            _outline(row),
        )


def _outline(row: sqlite3.Row) -> Outline | None:
    if row["steps"] is None or row["plays"] is None:
        return None
    steps, plays = _list(row["steps"]), _list(row["plays"])
    return Outline(tuple(map(stored_text, steps)), tuple(map(stored_number, plays)))


def _list(column: object) -> list[object]:
    try:
        found = json.loads(stored_text(column))
    except RecursionError as error:
        raise ValueError(column) from error
    if not isinstance(found, list):
        raise ValueError(column)
    return found


def _place(row: sqlite3.Row) -> Whereabouts | None:
    if row["into_ms"] is None:
        return None
    side, measure, phase = row["side"], row["measure"], row["phase"]
    part, exercise = row["part"], row["exercise"]
    return Whereabouts(
        stored_number(row["step"]),
        stored_number(row["visit"]),
        SegmentKind(row["kind"]),
        Side(side) if side is not None else None,
        stored_number(row["set_number"]),
        stored_number(row["rep"]),
        AmountKey(
            Measure(measure) if measure is not None else None,
            stored_number(row["low"]),
            stored_number(row["high"]),
            stored_text(phase) if phase is not None else None,
        ),
        stored_number(row["into_ms"]),
        stored_number(part) if part is not None else None,
        stored_text(exercise) if exercise is not None else None,
    )


def is_interrupted(connection: sqlite3.Connection, session: int, wall: int) -> bool:
    """Return whether a session is still open and does not run in another window."""
    person = connection.execute("SELECT person FROM session WHERE id = ?", (session,)).fetchone()
    return person is not None and session in _interrupted(connection, person[0], wall)


def _interrupted(connection: sqlite3.Connection, person: int, wall: int) -> list[int]:
    """Return the sessions that were not closed and run nowhere. The one that ran last is first."""
    rows = connection.execute(
        "SELECT session.id, CASE WHEN beat.session IS NULL THEN started ELSE seen END, program"
        " FROM session LEFT JOIN beat ON beat.session = session.id WHERE person = ? AND state = ?"
        " ORDER BY coalesce(beat.wall, started) DESC, session.id DESC",
        (person, RUNNING),
    )
    with checking_rows(connection):
        return [id_ for id_, sign, program in rows if not _runs(sign, program, wall)]


def _runs(sign: object, program: object, wall: int) -> bool:
    """Return whether a session runs in another window. `sign` is None if its window closed.

    A sign from the future also means another window.
    """
    if sign is None or stored_number(sign) <= wall - ALIVE_MS:
        return False
    return program is None or not has_ended(stored_text(program))


def close_interrupted(
    connection: sqlite3.Connection, person: int, wall: int, except_for: int | None = None
) -> None:
    """Close the interrupted sessions of a person as partly done, except the session `except_for`.

    Each ended at its last sign of life. A session that runs in another window stays open.
    """
    with transaction(connection):
        for session in _interrupted(connection, person, wall):
            if session != except_for:
                _close_at_last_sign(connection, session)


def _close_at_last_sign(connection: sqlite3.Connection, session: int) -> None:
    connection.execute(
        "UPDATE session SET state = ?1, position_ms = coalesce("
        "(SELECT at_ms FROM beat WHERE session = ?2), 0), ended = (SELECT max(wall) FROM ("
        "SELECT started AS wall UNION ALL SELECT wall FROM beat WHERE session = ?2"
        " UNION ALL SELECT wall FROM done WHERE session = ?2"
        " UNION ALL SELECT wall FROM hurt WHERE session = ?2)) WHERE id = ?2",
        (PARTIAL, session),
    )
    connection.execute("DELETE FROM beat WHERE session = ?", (session,))
