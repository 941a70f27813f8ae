"""Writes the journal of a running session, and finds interrupted sessions.

The journal saves the position every second, and the work done. After a kill at any moment, the
session can be resumed within two seconds of where it was.
"""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from player.history.store import checking_rows, stored_number, stored_text, transaction
from player.history.whereabouts import (
    AmountKey,
    Measure,
    Outline,
    Spot,
    Whereabouts,
    spots_of,
)
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
        """Begin the journal of a session."""
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
        return cls(connection, cursor.lastrowid, routine, choices.pick, wall)

    def beat(self, state: State, now: int, wall: int) -> None:
        """Save the position, and the work done since the last beat."""
        position, index = state.position_at(now), state.index_at(now)
        spot, segment = self._spot(state.timeline, index), state.timeline.segments[index]
        *place, amount, into_ms, part, exercise = Whereabouts.of(spot, segment, position)
        with transaction(self.db):
            self.db.execute(
                "INSERT OR REPLACE INTO beat VALUES"
                " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (self.session, wall, position, *place, *amount, into_ms, part, exercise),
            )
            credit = state.credit_at(now)
            written = self._work(state.timeline, credit, wall)
        self._written |= written
        self._beat_wall, self._credited = wall, sum(credit.values())

    def _spot(self, timeline: Timeline, index: int) -> Spot:
        """Return the spot of a segment. A running session only changes lengths, never spots."""
        self._spots = self._spots or spots_of(timeline, self._routine, self._pick)
        return self._spots[index]

    def save_pain(self, state: State, now: int, wall: int, feeling: Feeling) -> None:
        """Save what hurt, with the step and the side. A red feeling also becomes a red flag."""
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
                self.raise_red_flag(feeling, wall)

    def close_for_pain(self, state: State, now: int, wall: int) -> None:
        """Close the session because something hurts, so that no later start offers to resume it."""
        with transaction(self.db):
            self._close(state, now, wall, PARTIAL)

    def raise_red_flag(self, feeling: Feeling, wall: int) -> None:
        """Save a feeling as a red flag of the person."""
        self.db.execute(_FLAG, (feeling.key, wall / 1_000, self.session))

    def remove_red_flag(self, feeling: Feeling, wall: int) -> None:
        """Remove the red flag of this feeling and moment. Other red flags stay."""
        self.db.execute(
            "DELETE FROM red_flag WHERE key = ? AND at = ?"
            " AND person = (SELECT person FROM session WHERE id = ?)",
            (feeling.key, wall / 1_000, self.session),
        )

    def forbid_deep_pressure(self) -> None:
        """Forbid deep pressure for the person of this session, for good."""
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

        How sore the person was after it will be asked again.
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


def interrupted_session(connection: sqlite3.Connection, person: int) -> Interrupted | None:
    """Return the newest session of this person that was not closed, or None."""
    cursor = connection.execute(
        "SELECT session.*, beat.* FROM session LEFT JOIN beat ON beat.session = session.id"
        " WHERE person = ? AND state = ? ORDER BY started DESC LIMIT 1",
        (person, RUNNING),
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


def close_interrupted(connection: sqlite3.Connection, session: int) -> None:
    """Close an interrupted session as partly done. It ended at its last sign of life."""
    with transaction(connection):
        connection.execute(
            "UPDATE session SET state = ?1, position_ms = coalesce("
            "(SELECT at_ms FROM beat WHERE session = ?2), 0), ended = (SELECT max(wall) FROM ("
            "SELECT started AS wall UNION ALL SELECT wall FROM beat WHERE session = ?2"
            " UNION ALL SELECT wall FROM done WHERE session = ?2"
            " UNION ALL SELECT wall FROM hurt WHERE session = ?2)) WHERE id = ?2",
            (PARTIAL, session),
        )
        connection.execute("DELETE FROM beat WHERE session = ?", (session,))
