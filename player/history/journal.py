"""Writes the journal of a running session.

The journal saves the position every second, and the work done. After a kill at any moment, the
session can be resumed within two seconds of where it was. Every second it also saves a sign that
the session runs, so that no other window offers or closes it.
"""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from player.base.program import this_program
from player.history.gates_file import changing_gates
from player.history.rulings import NO_RULING, Ruling, save_ruling
from player.history.store import (
    checking_rows,
    stored_moment,
    stored_text,
    transaction,
)
from player.history.whereabouts import Outline, Spot, Whereabouts, spots_of
from player.routine.model import Pick, Routine
from player.routine.pieces import SegmentKind
from player.safety.findings import Soreness
from player.safety.profile import RedFlag
from player.safety.stop_list import Feeling
from player.session.state import State
from player.session.timeline import Choices, Timeline

RUNNING = "running"
COMPLETE = "complete"
PARTIAL = "partial"


class Journal:
    """Writes one session. Each call is one short transaction."""

    def __init__(
        self, connection: sqlite3.Connection, session: int, routine: Routine, pick: Pick, wall: int
    ) -> None:
        self.db = connection
        self.session = session
        self._written: dict[int, int] = {}
        self._beat_wall = wall
        self._credited = 0
        self._routine = routine
        self._pick = pick
        self._spots: list[Spot] = []
        self._known_flags: set[tuple[str, float]] = set()
        """The red flags that were there before the session, or that it has saved itself."""
        self._seen_version: int | None = None
        self._program = this_program()
        self._person: int | None = None
        self._ruling = NO_RULING
        (name,) = connection.execute(
            "SELECT person.name FROM session JOIN person ON person.id = person"
            " WHERE session.id = ?",
            (session,),
        ).fetchone()
        self._name = str(name)

    @classmethod
    def start(
        cls,
        connection: sqlite3.Connection,
        person: int,
        routine: Routine,
        choices: Choices,
        total_ms: int,
        wall: int,
        ruling: Ruling = NO_RULING,
        earlier: RedFlag | None = None,
    ) -> "Journal":
        """Begin the journal of a session, and save what cleared it.

        `earlier` is a red flag that the safety questions have dealt with. It ends no session.
        """
        outline = Outline.of(routine, choices.pick)
        cursor = connection.execute(
            "INSERT INTO session (person, routine, name, path, pick, chosen_side, started,"
            " state, total_ms, steps, plays) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                person,
                routine.id,
                routine.name.pick(choices.languages),
                str(Path(routine.path).resolve()),
                choices.pick.value,
                choices.side and choices.side.value,
                wall,
                RUNNING,
                total_ms,
                json.dumps(outline.steps),
                json.dumps(outline.plays),
            ),
        )
        assert cursor.lastrowid is not None  # an INSERT always has one
        save_ruling(connection, person, ruling, wall / 1_000, session=cursor.lastrowid)
        journal = cls(connection, cursor.lastrowid, routine, choices.pick, wall)
        journal._person, journal._ruling = person, ruling
        if earlier is not None:
            journal._known_flags.add((earlier.key, earlier.at))
        return journal

    def beat(self, state: State, now: int, wall: int) -> None:
        """Save the position, and the work done since the last beat."""
        position, index = state.position_at(now), state.index_at(now)
        spot, segment = self._spot(state.timeline, index), state.timeline.segments[index]
        *place, amount, into_ms, part, exercise = Whereabouts.of(spot, segment, position)
        with transaction(self.db):
            self.db.execute(
                "INSERT OR REPLACE INTO beat VALUES"
                " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.session,
                    wall,
                    position,
                    *place,
                    *amount,
                    into_ms,
                    part,
                    exercise,
                    wall,
                    self._program,
                ),
            )
            credit = state.credit_at(now)
            written = self._work(state.timeline, credit, wall)
        self._written |= written
        self._beat_wall, self._credited = wall, sum(credit.values())

    def sign(self, wall: int) -> None:
        """Save a sign that the session still has its window, without any work."""
        self.db.execute("UPDATE beat SET seen = ? WHERE session = ?", (wall, self.session))

    def leave(self) -> None:
        """Save that the window is gone, so that the next start offers the session at once."""
        self.db.execute("UPDATE beat SET seen = NULL WHERE session = ?", (self.session,))

    def red_flag_elsewhere(self) -> RedFlag | None:
        """Return a red flag of this person that another window has saved, or None.

        As long as no other program has written to the history, this reads nothing.
        """
        (version,) = self.db.execute("PRAGMA data_version").fetchone()
        if version == self._seen_version:
            return None
        row = self.db.execute(
            "SELECT key, question, at FROM red_flag"
            " WHERE person = (SELECT person FROM session WHERE id = ?)",
            (self.session,),
        ).fetchone()
        self._seen_version = version
        if row is None or row[::2] in self._known_flags:
            return None
        with checking_rows(self.db):
            key, question, at = row
            return RedFlag(stored_text(key), stored_text(question), stored_moment(at))

    def _spot(self, timeline: Timeline, index: int) -> Spot:
        """Return the spot of a segment. A running session only changes lengths, never spots."""
        self._spots = self._spots or spots_of(timeline, self._routine, self._pick)
        return self._spots[index]

    def save_pain(self, state: State, now: int, wall: int, feeling: Feeling) -> None:
        """Save what hurt, with the step and the side. A red feeling also becomes a red flag."""
        segment = state.segment_at(now)
        with self._raising(feeling, wall) if feeling.key else transaction(self.db):
            self.db.execute(
                "INSERT INTO hurt VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    self.session,
                    segment.step,
                    segment.exercise,
                    segment.side and segment.side.value,
                    state.position_at(now),
                    feeling.id,
                    wall,
                ),
            )
            if feeling.key:
                self._save_red_flag(feeling, wall)

    def close_for_pain(self, state: State, now: int, wall: int) -> None:
        """Close the session because something hurts, so that no later start offers to resume it."""
        with transaction(self.db):
            self._close(state, now, wall, PARTIAL)

    def raise_red_flag(self, feeling: Feeling, wall: int, for_now: bool = False) -> None:
        """Save a feeling as a red flag of the person.

        One that is raised only `for_now`, until a check is passed, replaces no other red flag.
        """
        with self._raising(feeling, wall, for_now):
            self._save_red_flag(feeling, wall, for_now)

    def _raising(
        self, feeling: Feeling, wall: int, for_now: bool = False
    ) -> AbstractContextManager[None]:
        assert feeling.key is not None  # only a red feeling is saved as a red flag
        red = RedFlag(feeling.key, "x", wall / 1_000)
        return changing_gates(self.db, lambda gates: gates.with_red(self._name, red, for_now))

    def _save_red_flag(self, feeling: Feeling, wall: int, for_now: bool = False) -> None:
        assert feeling.key is not None  # only a red feeling is saved as a red flag
        self.db.execute(
            f"INSERT OR {'IGNORE' if for_now else 'REPLACE'} INTO red_flag"
            " SELECT person, ?, 'x', ? FROM session WHERE id = ?",
            (feeling.key, wall / 1_000, self.session),
        )
        self._known_flags.add((feeling.key, wall / 1_000))
        if self._person is not None:
            ruling = self._ruling.with_key(feeling.key)
            save_ruling(self.db, self._person, ruling, wall / 1_000, self.session, feeling.key)

    def remove_red_flag(self, feeling: Feeling, wall: int) -> None:
        """Remove the red flag of this feeling and moment. Other red flags stay."""
        assert feeling.key is not None  # only a red feeling is saved as a red flag
        key, at = feeling.key, wall / 1_000
        with changing_gates(self.db, lambda gates: gates.without_red(self._name, key, at)):
            self.db.execute(
                "DELETE FROM red_flag WHERE key = ? AND at = ?"
                " AND person = (SELECT person FROM session WHERE id = ?)",
                (key, at, self.session),
            )

    def forbid_deep_pressure(self) -> None:
        """Forbid deep pressure for the person of this session, for good."""
        with changing_gates(self.db, lambda gates: gates.with_no_deep(self._name)):
            self.db.execute(
                "UPDATE person SET deep_pressure = NULL, deep_pressure_over = 1"
                " WHERE id = (SELECT person FROM session WHERE id = ?)",
                (self.session,),
            )

    def save_soreness(self, before: Soreness, after: int, wall: int) -> None:
        """Save how sore a place is after the session."""
        self.db.execute(
            "INSERT INTO soreness VALUES (?, ?, ?, ?, ?, ?)",
            (
                self.session,
                before.place,
                before.side and before.side.value,
                before.level,
                after,
                wall,
            ),
        )

    def end(self, state: State, now: int, wall: int, complete: bool) -> None:
        """Close the journal. The session becomes part of the history."""
        with transaction(self.db):
            self._close(state, now, wall, COMPLETE if complete else PARTIAL)

    def reopen(self) -> None:
        """Make the session a running one again, because its end was taken back.

        The person will be asked again how sore they are.
        """
        with transaction(self.db):
            self.db.execute(
                "UPDATE session SET state = ?, ended = NULL, position_ms = 0 WHERE id = ?",
                (RUNNING, self.session),
            )
            self.db.execute("DELETE FROM soreness WHERE session = ?", (self.session,))

    def _close(self, state: State, now: int, wall: int, how: str) -> None:
        self._work(state.timeline, state.credit_at(now), wall)
        self.db.execute(
            "UPDATE session SET state = ?, ended = ?, position_ms = ?, total_ms = ? WHERE id = ?",
            (how, wall, state.position_at(now), state.timeline.total_ms, self.session),
        )
        self.db.execute("DELETE FROM beat WHERE session = ?", (self.session,))

    def _work(self, timeline: Timeline, credit: Mapping[int, int], wall: int) -> dict[int, int]:
        """Save the work in every segment where it has increased, and return it by segment.

        The work ended when the session last ran. Sleep between then and now does not count.
        """
        ran = max(sum(credit.values()) - self._credited, 0)
        worked = min(wall, self._beat_wall + ran)
        grown: dict[int, int] = {}
        for index, ms in credit.items():
            segment = timeline.segments[index]
            if segment.kind is not SegmentKind.WORK or self._written.get(index) == ms:
                continue
            regions = timeline.steps[segment.step].exercise.stated_regions
            self.db.execute(
                "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    self.session,
                    index,
                    segment.step,
                    segment.exercise,
                    " ".join(sorted(regions)),
                    segment.side and segment.side.value,
                    ms,
                    worked,
                ),
            )
            grown[index] = ms
        return grown
