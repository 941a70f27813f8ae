"""The journal of a running session, and the sessions that are over.

A row is written as each segment of work ends and a heartbeat every second, so that a session
that was killed at any moment can be taken up again within two seconds of where it was.
"""

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from player.history.store import transaction, understood, whole, word
from player.history.whereabouts import AmountKey, Measure, Whereabouts
from player.routine.model import Pick, Routine
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Side
from player.safety.findings import Soreness
from player.safety.stop_list import Feeling
from player.session.state import State
from player.session.timeline import Choices, Timeline

_FLAG = "INSERT OR REPLACE INTO red_flag SELECT person, ?, 'x', ? FROM session WHERE id = ?"
RUNNING = "running"
COMPLETE = "complete"
PARTIAL = "partial"


class Interrupted(NamedTuple):
    """A session that neither ended nor was left: the program was killed."""

    id: int
    name: str
    path: str
    choices: Choices
    position_ms: int
    total_ms: int
    place: Whereabouts | None


class Journal:
    """Writes one session. Every call is one short transaction."""

    def __init__(self, connection: sqlite3.Connection, session: int) -> None:
        self.db = connection
        self.session = session
        self._written: dict[int, int] = {}

    @classmethod
    def start(
        cls,
        connection: sqlite3.Connection,
        person: int,
        routine: Routine,
        choices: Choices,
        total_ms: int,
        wall: int,
    ) -> "Journal":
        """Begin the journal of a session of `routine` for `person`."""
        cursor = connection.execute(
            "INSERT INTO session (person, routine, name, path, pick, chosen_side, started,"
            " state, total_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            ),
        )
        assert cursor.lastrowid is not None  # an INSERT always has one
        return cls(connection, cursor.lastrowid)

    def beat(self, state: State, now: int, wall: int) -> None:
        """Write where the session is, and the work that has grown since the last beat."""
        position = state.position_at(now)
        *place, amount, into_ms = Whereabouts.of(state.segment_at(now), position)
        with transaction(self.db):
            self.db.execute(
                "INSERT OR REPLACE INTO beat VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.session, wall, position, *place, *amount, into_ms),
            )
            written = self._work(state.timeline, state.credit_at(now), wall)
        self._written |= written

    def hurt(self, state: State, now: int, wall: int, feeling: Feeling) -> None:
        """Keep what hurt, with step and side; a red one stands as a red flag of the person."""
        segment = state.segment_at(now)
        with transaction(self.db):
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
                self.flag(feeling, wall)

    def stops(self, state: State, now: int, wall: int) -> None:
        """Something hurts: whatever happens next, this session is not offered to go on with."""
        with transaction(self.db):
            self._close(state, now, wall, PARTIAL)

    def flag(self, feeling: Feeling, wall: int) -> None:
        """Let a feeling that may turn out red stand as a red flag, until it is known not to."""
        self.db.execute(_FLAG, (feeling.key, wall / 1_000, self.session))

    def unflag(self, feeling: Feeling, wall: int) -> None:
        """Take that back; a flag of another kind or moment stays."""
        self.db.execute(
            "DELETE FROM red_flag WHERE key = ? AND at = ?"
            " AND person = (SELECT person FROM session WHERE id = ?)",
            (feeling.key, wall / 1_000, self.session),
        )

    def no_deep_pressure(self) -> None:
        """End deep pressure for the person of this session, for good."""
        self.db.execute(
            "UPDATE person SET deep_pressure = NULL, deep_pressure_over = 1"
            " WHERE id = (SELECT person FROM session WHERE id = ?)",
            (self.session,),
        )

    def sore(self, before: Soreness, after: int, wall: int) -> None:
        """Keep how sore a place is after the session."""
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
        """Close the journal; the session becomes part of the history."""
        with transaction(self.db):
            self._close(state, now, wall, COMPLETE if complete else PARTIAL)

    def _close(self, state: State, now: int, wall: int, how: str) -> None:
        self._work(state.timeline, state.credit_at(now), wall)
        self.db.execute(
            "UPDATE session SET state = ?, ended = ?, position_ms = ?, total_ms = ? WHERE id = ?",
            (how, wall, state.position_at(now), state.timeline.total_ms, self.session),
        )
        self.db.execute("DELETE FROM beat WHERE session = ?", (self.session,))

    def _work(self, timeline: Timeline, credit: Mapping[int, int], wall: int) -> dict[int, int]:
        """Write the work that has grown, and return it by segment."""
        grown: dict[int, int] = {}
        for index, ms in credit.items():
            segment = timeline.segments[index]
            if segment.kind is not SegmentKind.WORK or self._written.get(index) == ms:
                continue
            regions = timeline.steps[segment.step].exercise.told_regions
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
                    wall,
                ),
            )
            grown[index] = ms
        return grown


def interrupted(connection: sqlite3.Connection, person: int) -> Interrupted | None:
    """The newest session of this person that the program did not live to close."""
    cursor = connection.execute(
        "SELECT session.*, beat.* FROM session LEFT JOIN beat ON beat.session = session.id"
        " WHERE person = ? AND state = ? ORDER BY started DESC LIMIT 1",
        (person, RUNNING),
    )
    cursor.row_factory = sqlite3.Row
    row = cursor.fetchone()
    if row is None:
        return None
    with understood(connection):
        side = Side(row["chosen_side"]) if row["chosen_side"] is not None else None
        return Interrupted(
            row["id"],
            word(row["name"]),
            word(row["path"]),
            Choices(Pick(row["pick"]), side),
            whole(row["at_ms"] or 0),
            whole(row["total_ms"]),
            _place(row),
        )


def _place(row: sqlite3.Row) -> Whereabouts | None:
    if row["into_ms"] is None:
        return None
    side, measure, phase = row["side"], row["measure"], row["phase"]
    return Whereabouts(
        whole(row["step"]),
        whole(row["round"]),
        SegmentKind(row["kind"]),
        Side(side) if side is not None else None,
        whole(row["set_number"]),
        whole(row["rep"]),
        AmountKey(
            Measure(measure) if measure is not None else None,
            whole(row["low"]),
            whole(row["high"]),
            word(phase) if phase is not None else None,
        ),
        whole(row["into_ms"]),
    )


def close_interrupted(connection: sqlite3.Connection, session: int, wall: int) -> None:
    """Keep an interrupted session as partly done."""
    with transaction(connection):
        connection.execute(
            "UPDATE session SET state = ?, ended = ?, position_ms = coalesce("
            "(SELECT at_ms FROM beat WHERE session = ?), 0) WHERE id = ?",
            (PARTIAL, wall, session, session),
        )
        connection.execute("DELETE FROM beat WHERE session = ?", (session,))


def found_again(timeline: Timeline, was: Interrupted) -> int:
    """The position in today's timeline where an interrupted session goes on.

    The same piece of the same step and side where it still is, the nearest one where rounds
    repeat it; else the beginning of the next step that is left; else the beginning.
    """
    place = was.place
    if place is None:
        return 0
    into = place.into_ms
    same = [s for s in timeline.segments if Whereabouts.of(s, s.start + into) == place]
    if same:
        nearest = min(same, key=lambda s: abs(s.start + into - was.position_ms))
        return nearest.start + min(into, max(nearest.length - 1, 0))
    for segment in timeline.segments:
        if segment.step >= place.step > 0:
            return segment.start
    return 0
