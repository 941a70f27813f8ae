"""Lists past sessions with the work done, and erases them."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from player.history.gates_file import changing_gates, erase_gates
from player.history.journal import COMPLETE, RUNNING
from player.history.people import find_person
from player.history.store import checking_rows, stored_number
from player.routine.times import clock, duration


class Work(NamedTuple):
    """The work done in one exercise on one side."""

    exercise: str
    side: str | None
    ms: int


class Session(NamedTuple):
    """One session. Moments are in ms since 1970. `ended` is None if it was interrupted."""

    person: str
    routine: str
    name: str
    started: int
    ended: int | None
    state: str
    position_ms: int
    total_ms: int
    work: tuple[Work, ...]
    hurt: tuple[str, ...]

    @property
    def work_ms(self) -> int:
        return sum(work.ms for work in self.work)

    def as_json(self) -> dict[str, object]:
        """Return the session for `history --json`. Its keys are stable."""
        return {
            "person": self.person,
            "routine": self.routine,
            "name": self.name,
            "started": _iso(self.started),
            "ended": _iso(self.ended) if self.ended is not None else None,
            "state": self.state,
            "position_ms": self.position_ms,
            "total_ms": self.total_ms,
            "work": [work._asdict() for work in self.work],
            "hurt": list(self.hurt),
        }

    def line(self) -> str:
        """Return the session as one line of text."""
        day = datetime.fromtimestamp(self.started / 1_000).strftime("%Y-%m-%d %H:%M")
        how = {COMPLETE: "complete", RUNNING: "interrupted"}.get(self.state, "left")
        hurt = f", {len(self.hurt)} x something hurt" if self.hurt else ""
        return (
            f"{day}  {self.person}: {self.name}, {how} at {clock(self.position_ms)} of "
            f"{clock(self.total_ms)}, {duration(self.work_ms // 1_000 * 1_000)} of work{hurt}"
        )


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat(timespec="seconds")


def sessions(connection: sqlite3.Connection, person: str | None = None) -> list[Session]:
    """Return all sessions of one person or of everybody, newest first."""
    who = find_person(connection, person) if person is not None else None
    rows = connection.execute(
        "SELECT session.id, person.name, routine, session.name, started, ended, state,"
        " coalesce(beat.at_ms, position_ms), total_ms FROM session"
        " JOIN person ON person.id = session.person LEFT JOIN beat ON beat.session = session.id"
        " WHERE ? IS NULL OR person.id = ? ORDER BY started DESC, session.id DESC",
        (person, who.id if who else None),
    ).fetchall()
    with checking_rows(connection):
        for row in rows:
            for ms in (row[4], row[5] or 0, *row[7:]):
                stored_number(ms)
    return [
        Session._make((*row[1:], _work(connection, row[0]), _hurt(connection, row[0])))
        for row in rows
    ]


def _work(connection: sqlite3.Connection, session: int) -> tuple[Work, ...]:
    rows = connection.execute(
        "SELECT exercise, side, sum(ms) FROM done WHERE session = ?"
        " GROUP BY exercise, side ORDER BY min(segment)",
        (session,),
    )
    return tuple(Work(*row) for row in rows)


def _hurt(connection: sqlite3.Connection, session: int) -> tuple[str, ...]:
    rows = connection.execute("SELECT feeling FROM hurt WHERE session = ?", (session,))
    return tuple(row[0] for row in rows)


def forget_person(connection: sqlite3.Connection, name: str) -> bool:
    """Erase a person and everything saved about them. Returns False if nobody has this name."""
    who = find_person(connection, name)
    if who is not None:
        with changing_gates(connection, lambda gates: gates.without(who.name)):
            connection.execute("DELETE FROM person WHERE id = ?", (who.id,))
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return who is not None


def forget_everything(path: Path) -> bool:
    """Erase the whole history. Returns False if there was none."""
    existed = erase_gates(path) or path.exists()
    for file in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        file.unlink(missing_ok=True)
    return existed
