"""Saves what a person reports about earlier sessions, and finds recent deep pressure."""

import sqlite3
from collections.abc import Iterable, Sequence

from player.history.durable import written_through
from player.history.people import Person
from player.history.store import checking_rows, stored_moment, stored_number, stored_text
from player.routine.vocabulary import Side
from player.safety.aftermath import (
    After,
    AfterEvent,
    Last,
    Past,
    Reading,
    SoreSpot,
    long_sore,
    sides_of,
    stopped,
)
from player.session.state import LEAST_WORK_MS

APART_MS = 12 * 3_600_000
"""Work in the last 12 hours counts as today's, so that deep pressure late in the evening still
counts the next morning.
"""


def past_of(connection: sqlite3.Connection, person: Person, now: float) -> Past:
    """Return what is saved about a person's sessions before `now` (seconds since 1970).

    Raises HistoryError if a row makes no sense: it might be the one that stops a routine.
    """
    with checking_rows(connection):
        return _past(connection, person, now)


def _past(connection: sqlite3.Connection, person: Person, now: float) -> Past:
    rows = connection.execute(
        "SELECT told, session, routine, place, side, at FROM after"
        " JOIN session ON session.id = after.session WHERE person = ? ORDER BY after.rowid",
        (person.id,),
    )
    worked = _worked(connection, person)
    events = tuple(
        AfterEvent(
            After(told), session, stored_text(routine), _place(place), _side(side),
            stored_moment(at), worked.get(session, frozenset()),
        )
        for told, session, routine, place, side, at in rows
    )  # fmt: skip
    readings = connection.execute(
        "SELECT place, side, before, wall FROM soreness JOIN session"
        " ON session.id = soreness.session WHERE person = ? AND before IS NOT NULL",
        (person.id,),
    )
    sore = long_sore(
        (
            Reading(_place(p), _side(s), stored_number(level), stored_number(wall) / 1_000)
            for p, s, level, wall in readings
        ),
        now,
    )
    stops = (_last(connection, person, routine) for routine in sorted(stopped(events)))
    return Past(events, _last(connection, person), sore, tuple(filter(None, stops)))


def _worked(
    connection: sqlite3.Connection, person: Person
) -> dict[int, frozenset[tuple[str, Side]]]:
    """Return the places that each session worked on, with the side."""
    rows = connection.execute(
        "SELECT session, regions, side FROM done JOIN session ON session.id = done.session"
        " WHERE person = ? AND session IN (SELECT session FROM after)"
        " GROUP BY session, regions, side HAVING sum(ms) >= ?",
        (person.id, LEAST_WORK_MS),
    )
    found: dict[int, set[tuple[str, Side]]] = {}
    for session, regions, side in rows:
        sides, places = sides_of(_side(side)), stored_text(regions).split()
        found.setdefault(session, set()).update((r, one) for r in places for one in sides)
    return {session: frozenset(places) for session, places in found.items()}


def _last(
    connection: sqlite3.Connection, person: Person, routine: str | None = None
) -> Last | None:
    """Return the session with the latest work, even if it was cut off; of `routine` if given.

    It counts as ended with that work, since a session may be left or closed long after.
    """
    row = connection.execute(
        "SELECT id, routine, name, max(wall) FROM session JOIN done ON done.session = id"
        " WHERE person = ?1 AND (?3 IS NULL OR routine = ?3) GROUP BY id HAVING sum(ms) >= ?2"
        " ORDER BY max(wall) DESC, id DESC LIMIT 1",
        (person.id, LEAST_WORK_MS, routine),
    ).fetchone()
    if row is None:
        return None
    spots = tuple(
        SoreSpot(_place(place), _side(side), _level(before), _level(after))
        for place, side, before, after in connection.execute(
            "SELECT place, side, before, after FROM soreness WHERE session = ? ORDER BY rowid",
            (row[0],),
        )
    )
    before = max((s.before for s in spots if s.before is not None), default=None)
    after = max((s.after for s in spots if s.after is not None), default=None)
    routine, name, ended = stored_text(row[1]), stored_text(row[2]), stored_number(row[3])
    return Last(row[0], routine, name, ended / 1_000, before, after, spots)


def _place(value: object) -> str | None:
    return stored_text(value) if value is not None else None


def _side(value: object) -> Side | None:
    return Side(stored_text(value)) if value else None


def _level(value: object) -> int | None:
    return stored_number(value) if value is not None else None


def save_aftermath(connection: sqlite3.Connection, events: Iterable[AfterEvent]) -> None:
    """Save what a person reported before a session. The same event is saved only once.

    Such a report may stop a routine, so it is written to the main file at once.
    """
    events = [*events]
    if not events:
        return
    with written_through(connection):
        for event in events:
            row = (event.session, event.report.value, event.place, event.side, event.at)
            connection.execute(
                "INSERT INTO after (session, told, place, side, at) SELECT ?1, ?2, ?3, ?4, ?5"
                " WHERE NOT EXISTS (SELECT 1 FROM after WHERE session = ?1 AND told = ?2"
                " AND place IS ?3 AND side IS ?4 AND at = ?5)",
                row,
            )


def worked_on_today(
    connection: sqlite3.Connection, person: Person, exercises: Sequence[str], wall: int, began: int
) -> bool:
    """Return whether one of these exercises was done today, that is, since `began`.

    Work in the last 12 hours counts too. So does work dated in the future, because the clock
    must have been changed. `wall` and `began` are ms since 1970.
    """
    marks = ", ".join("?" * len(exercises))
    row = connection.execute(
        f"SELECT 1 FROM done JOIN session ON session.id = done.session WHERE person = ?"
        f" AND exercise IN ({marks}) AND wall >= ? LIMIT 1",
        (person.id, *exercises, min(began, wall - APART_MS)),
    ).fetchone()
    return row is not None
