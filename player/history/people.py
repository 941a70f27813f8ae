"""Saves the people on this machine and their profiles. No answer is saved as text."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from player.history.gates import stricter
from player.history.gates_file import changing_gates, saved_gates
from player.history.names import folded, known_name, read_name
from player.history.rulings import NO_RULING, Ruling, save_ruling
from player.history.store import checking_rows, stored_moment, stored_text, transaction
from player.routine.vocabulary import Side
from player.safety.emergency import read_number
from player.safety.findings import AgeBand, Finding
from player.safety.matrix import load_matrix
from player.safety.profile import Profile, RedFlag
from player.safety.record import OPEN


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    name: str


def people(connection: sqlite3.Connection) -> list[Person]:
    """Return everybody. The person who played last comes first."""
    rows = connection.execute("SELECT id, name FROM person ORDER BY last_used DESC, id")
    with checking_rows(connection):
        return [Person(id_, stored_text(name)) for id_, name in rows]


def find_person(connection: sqlite3.Connection, name: str) -> Person | None:
    """Return the person with this name in any spelling, or None. Raises NotAName."""
    found = {person.name: person for person in people(connection)}
    same = known_name(name, [*found])
    return found[same] if same is not None else None


def person_named(connection: sqlite3.Connection, name: str, wall: int) -> Person:
    """Return the person with this name, and save that they played last. Adds a new person.

    Raises NotAName.
    """
    known = {person.name: person for person in people(connection)}
    name = read_name(name, [*known])
    if name in known:
        connection.execute("UPDATE person SET last_used = ? WHERE id = ?", (wall, known[name].id))
        return known[name]
    connection.execute(
        "INSERT INTO person (name, folded, last_used) VALUES (?, ?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET last_used = excluded.last_used",
        (name, folded(name), wall),
    )
    row = connection.execute("SELECT id, name FROM person WHERE folded = ?", (folded(name),))
    return Person(*row.fetchone())


def profile_of(connection: sqlite3.Connection, person: Person) -> Profile:
    """Return the profile of a person. A new person has no answers, which does not mean "no"."""
    findings = connection.execute(
        "SELECT key, place, side, question, at, since, cleared_at, seen_at, better_at,"
        " asked_at FROM standing WHERE person = ?",
        (person.id,),
    )
    answered = connection.execute(
        "SELECT question, at FROM answered WHERE person = ?", (person.id,)
    )
    age, deep_pressure, over = connection.execute(
        "SELECT age_band, deep_pressure, deep_pressure_over FROM person WHERE id = ?",
        (person.id,),
    ).fetchone()
    with checking_rows(connection):
        return Profile(
            tuple(_finding(row) for row in findings),
            {stored_text(question): stored_moment(at) for question, at in answered},
            AgeBand(age) if age is not None else None,
            stored_moment(deep_pressure) if deep_pressure is not None else None,
            over != 0 or folded(person.name) in saved_gates(connection).no_deep,
        )


def _finding(row: tuple[object, ...]) -> Finding:
    key, place, side, question, at, *moments = row
    return Finding(
        stored_text(key),
        stored_text(place) if place is not None else None,
        Side(stored_text(side)) if side is not None else None,
        stored_text(question),
        stored_moment(at),
        *(stored_moment(moment) if moment is not None else None for moment in moments),
    )


def save_profile(connection: sqlite3.Connection, person: Person, profile: Profile) -> None:
    """Save a profile. It replaces the earlier one."""
    with transaction(connection):
        connection.execute("DELETE FROM standing WHERE person = ?", (person.id,))
        connection.execute("DELETE FROM answered WHERE person = ?", (person.id,))
        _insert(connection, person, profile.findings)
        connection.executemany(
            "INSERT INTO answered VALUES (?, ?, ?)",
            [(person.id, question, at) for question, at in profile.answered.items()],
        )
        connection.execute(
            "UPDATE person SET age_band = ?, deep_pressure = ? WHERE id = ?",
            (profile.age and profile.age.value, profile.deep_pressure_at, person.id),
        )


def _insert(connection: sqlite3.Connection, person: Person, findings: Sequence[Finding]) -> None:
    connection.executemany(
        "INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
                f.seen_at,
                f.better_at,
                f.asked_at,
            )
            for f in findings
        ],
    )


def save_open(
    connection: sqlite3.Connection, person: Person, findings: Sequence[Finding], at: float
) -> None:
    """Save the open rows of the interview that began at `at`, in place of those saved before."""
    with transaction(connection):
        connection.execute(
            "DELETE FROM standing WHERE person = ? AND at = ? AND substr(question, -1) = ?",
            (person.id, at, OPEN),
        )
        _insert(connection, person, findings)


def emergency_of(connection: sqlite3.Connection, person: Person) -> str:
    """Return the emergency number that this person has set; empty if none."""
    (number,) = connection.execute(
        "SELECT emergency FROM person WHERE id = ?", (person.id,)
    ).fetchone()
    with checking_rows(connection):
        if number is not None and read_number(stored_text(number)) != number:
            raise ValueError(number)
    return number or ""


def save_emergency(connection: sqlite3.Connection, person: Person, number: str) -> None:
    """Save the emergency number that this person has set."""
    connection.execute("UPDATE person SET emergency = ? WHERE id = ?", (number, person.id))


def save_red_flag(
    connection: sqlite3.Connection, person: Person, red: RedFlag, ruling: Ruling = NO_RULING
) -> None:
    """Save a red flag, after an EMERGENCY or URGENT answer, and what it was decided by."""
    with changing_gates(connection, lambda gates: gates.with_red(person.name, red)):
        connection.execute(
            "INSERT OR REPLACE INTO red_flag VALUES (?, ?, ?, ?)",
            (person.id, red.key, red.question, red.at),
        )
        save_ruling(connection, person.id, ruling.with_key(red.key), red.at, flag=red.key)


def red_flag_of(connection: sqlite3.Connection, person: Person) -> RedFlag | None:
    """Return the last red flag of a person, however old, or None.

    It may be in the history, the file beside it, or both. If they differ, the stricter one counts.
    """
    beside = saved_gates(connection).red.get(folded(person.name))
    return stricter(_red_flag_in_history(connection, person), beside)


def _red_flag_in_history(connection: sqlite3.Connection, person: Person) -> RedFlag | None:
    row = connection.execute(
        "SELECT key, question, at FROM red_flag WHERE person = ?", (person.id,)
    ).fetchone()
    if row is None:
        return None
    with checking_rows(connection):
        key, question, at = row
        if key not in load_matrix().conditions:
            raise ValueError(key)
        return RedFlag(key, stored_text(question), stored_moment(at))


def forget_red_flag(connection: sqlite3.Connection, person: Person, red: RedFlag) -> None:
    """Erase this red flag. Other red flags stay.

    This happens after the person was checked by a clinician, or has corrected a wrong answer.
    """
    with changing_gates(connection, lambda gates: gates.without_red(person.name, red.key, red.at)):
        connection.execute(
            "DELETE FROM red_flag WHERE person = ? AND key = ? AND at = ?",
            (person.id, red.key, red.at),
        )


def may_have_lost_a_red_flag(connection: sqlite3.Connection, person: Person) -> bool:
    """Return whether something was damaged or lost that may have held a red flag of this person."""
    return saved_gates(connection).doubts(person.name)


def settle_lost_red_flag(connection: sqlite3.Connection, person: Person) -> None:
    """Save that this person has answered whether they were checked, since something was lost."""
    with changing_gates(connection, lambda gates: gates.with_settled(person.name)):
        pass
