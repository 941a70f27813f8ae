"""The people on this machine and what is kept of each: a profile, never an answer in words."""

import sqlite3
import unicodedata
from dataclasses import dataclass

from player.base.text import safe
from player.history.store import moment, transaction, understood, word
from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Finding
from player.safety.matrix import load_matrix
from player.safety.profile import Profile, RedFlag

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


def clean_name(name: str) -> str:
    """A name as it is kept: one line, nothing unseen, at most 40 characters; may be empty."""
    one_line = " ".join(safe(unicodedata.normalize("NFC", name)).split())
    return one_line[:LONGEST_NAME].strip()


def folded(name: str) -> str:
    """What two spellings of a name have in common that mean the same person."""
    return unicodedata.normalize("NFKC", clean_name(name)).casefold()


def people(connection: sqlite3.Connection) -> list[Person]:
    """Everybody, the one who played last first."""
    rows = connection.execute("SELECT id, name FROM person ORDER BY last_used DESC, id")
    with understood(connection):
        return [Person(id_, word(name)) for id_, name in rows]


def known_as(connection: sqlite3.Connection, name: str) -> Person | None:
    """The person of this name, however it is written."""
    return next((p for p in people(connection) if folded(p.name) == folded(name)), None)


def person_named(connection: sqlite3.Connection, name: str, wall: int) -> Person:
    """The person of this name, made if there is none, and now the last one who played."""
    same = known_as(connection, name)
    if same is not None:
        connection.execute("UPDATE person SET last_used = ? WHERE id = ?", (wall, same.id))
        return same
    connection.execute(
        "INSERT INTO person (name, folded, last_used) VALUES (?, ?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET last_used = excluded.last_used",
        (name, folded(name), wall),
    )
    row = connection.execute("SELECT id, name FROM person WHERE folded = ?", (folded(name),))
    return Person(*row.fetchone())


def profile_of(connection: sqlite3.Connection, person: Person) -> Profile:
    """What is kept of a person; empty answers for somebody new, which is not the same as no."""
    findings = connection.execute(
        "SELECT key, place, side, question, at, since, cleared_at FROM standing WHERE person = ?",
        (person.id,),
    )
    answered = connection.execute(
        "SELECT question, at FROM answered WHERE person = ?", (person.id,)
    )
    age, deep_pressure, over = connection.execute(
        "SELECT age_band, deep_pressure, deep_pressure_over FROM person WHERE id = ?",
        (person.id,),
    ).fetchone()
    with understood(connection):
        return Profile(
            tuple(_finding(row) for row in findings),
            {word(question): moment(at) for question, at in answered},
            AgeBand(age) if age is not None else None,
            moment(deep_pressure) if deep_pressure is not None else None,
            over != 0,
        )


def _finding(row: tuple[object, ...]) -> Finding:
    key, place, side, question, at, since, cleared_at = row
    return Finding(
        word(key),
        word(place) if place is not None else None,
        Side(word(side)) if side is not None else None,
        word(question),
        moment(at),
        moment(since) if since is not None else None,
        moment(cleared_at) if cleared_at is not None else None,
    )


def keep_profile(connection: sqlite3.Connection, person: Person, profile: Profile) -> None:
    """Write a profile in place of the one before."""
    with transaction(connection):
        connection.execute("DELETE FROM standing WHERE person = ?", (person.id,))
        connection.execute("DELETE FROM answered WHERE person = ?", (person.id,))
        connection.executemany(
            "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    person.id,
                    f.key,
                    f.place,
                    f.side and f.side.value,
                    f.question,
                    f.at,
                    f.since,
                    f.cleared_at,
                )
                for f in profile.findings
            ],
        )
        connection.executemany(
            "INSERT INTO answered VALUES (?, ?, ?)",
            [(person.id, question, at) for question, at in profile.answered.items()],
        )
        connection.execute(
            "UPDATE person SET age_band = ?, deep_pressure = ? WHERE id = ?",
            (profile.age and profile.age.value, profile.deep_pressure_at, person.id),
        )


def keep_red_flag(connection: sqlite3.Connection, person: Person, red: RedFlag) -> None:
    """Remember that an EMERGENCY or URGENT answer was given."""
    connection.execute(
        "INSERT OR REPLACE INTO red_flag VALUES (?, ?, ?, ?)",
        (person.id, red.key, red.question, red.at),
    )


def red_flag_of(connection: sqlite3.Connection, person: Person) -> RedFlag | None:
    """The last red flag of a person, however old."""
    row = connection.execute(
        "SELECT key, question, at FROM red_flag WHERE person = ?", (person.id,)
    ).fetchone()
    if row is None:
        return None
    with understood(connection):
        key, question, at = row
        if key not in load_matrix().conditions:
            raise ValueError(key)
        return RedFlag(key, word(question), moment(at))


def forget_red_flag(connection: sqlite3.Connection, person: Person, red: RedFlag) -> None:
    """After the person was checked, or took a wrong key back; another flag than this one stays."""
    connection.execute(
        "DELETE FROM red_flag WHERE person = ? AND key = ? AND at = ?",
        (person.id, red.key, red.at),
    )
