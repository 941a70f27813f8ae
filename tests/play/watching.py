"""Watches a session, and checks after every event what must always be true."""

import sqlite3
from collections.abc import Sequence
from itertools import pairwise

from audio.cue import Cue
from player.play.running import Live
from player.routine.pieces import SegmentKind, is_opposite
from player.routine.vocabulary import Kind, Region, Side
from player.safety.stop_list import Feeling
from player.session.state import Do, Phase, Transport
from player.session.timeline import Segment, Timeline
from tests.virtual import Time

LIMITS_MS = {Kind.COOL: 900_000, Kind.HEAT: 1_200_000}
"""The longest time at one place (clinical content, sections 4g and 5)."""

BETWEEN_BEATS_MS = 2_000
"""Between two beats, the history may lack up to this much of the work."""

_MOVES = frozenset({Do.NEXT, Do.BACK, Do.RESTART, Do.DONE})
Place = tuple[Kind, frozenset[Region], Side | None]


class Watch:
    """Drives a session. Every event goes through here."""

    def __init__(self, live: Live, store: sqlite3.Connection, clock: Time) -> None:
        self.live = live
        self.first_position = live.state.position
        self.first_timeline = live.state.timeline
        self._store = store
        self._clock = clock
        (self.session,) = store.execute("SELECT max(id) FROM session").fetchone()
        self._planned = time_by_place(live.state.timeline)
        self._announced: list[Cue] = []
        self._since = live.state.position
        """Every cue from this position on must be announced."""
        self._until = live.state.position - 1
        """Every cue up to this position was announced."""
        self.events = 0
        self.worked_ms = 0
        """The work done at the last event."""
        self._last = live.state.segment_at(clock.now()), live.state.position
        self._listen()
        changes_side_only_with_a_gap(live.state.timeline)

    def last_piece(self) -> tuple[Segment, int]:
        """Return the piece and the position at the last event."""
        return self._last

    def look(self) -> None:
        self.live.look()
        self._listen()
        assert 0 <= self.credited_ms() - self.saved_ms() <= BETWEEN_BEATS_MS
        self._check_all()

    def do(self, do: Do) -> None:
        self._listen()
        before, woke_at = self._here(), self.live.state.woke_at
        effects = self.live.do(do)
        moves = do in _MOVES or (do is Do.UNDO and self.live.state.timeline is before[0])
        moved = moves and any(isinstance(effect, Transport) for effect in effects)
        self._after(before, moved, slept=self.live.state.woke_at != woke_at)

    def report(self, feeling: Feeling) -> None:
        before = self._here()
        self.live.report_pain(feeling)
        self._after(before)

    def _after(
        self, before: tuple[Timeline, int, int], moved: bool = False, slept: bool = False
    ) -> None:
        timeline, index, position = self._here()
        if (moved or (index, position) != before[1:]) and not slept:
            self._expect_from(position)
        elif timeline is not before[0]:
            self._expect_from(self._until + 1)
        self._listen()
        assert self.saved_ms() == self.credited_ms()
        self._check_all()

    def _here(self) -> tuple[Timeline, int, int]:
        state = self.live.state
        now = state.looked_at
        return state.timeline, state.index_at(now), state.position_at(now)

    # Credit

    def saved_ms(self) -> int:
        """Return the milliseconds of this session's work in the history."""
        query = "SELECT coalesce(sum(ms), 0) FROM done WHERE session = ?"
        (saved,) = self._store.execute(query, (self.session,)).fetchone()
        return int(saved)

    def credited_ms(self) -> int:
        return sum(ms for _, ms in self._credit())

    def _credit(self) -> list[tuple[Segment, int]]:
        state = self.live.state
        credit = state.credit_at(self._clock.now())
        found = [(state.timeline.segments[index], ms) for index, ms in credit.items()]
        return [(segment, ms) for segment, ms in found if segment.kind is SegmentKind.WORK]

    def _check_all(self) -> None:
        state, now = self.live.state, self._clock.now()
        self._last = state.segment_at(now), state.position_at(now)
        self.events += 1
        self.worked_ms = self.credited_ms()
        done: dict[Place, int] = {}
        for segment, ms in self._credit():
            add_time(done, self.live.state.timeline, segment, ms)
        for place, ms in done.items():
            if place[0] in LIMITS_MS:
                assert ms <= max(LIMITS_MS[place[0]], self._planned.get(place, 0)), place
        changes_side_only_with_a_gap(self.live.state.timeline)

    # Cues

    def _expect_from(self, position: int) -> None:
        self._announced, self._since, self._until = [], position, position - 1

    def _listen(self) -> None:
        """Check that since the last move each cue was announced once, and none is missing."""
        state = self.live.state
        for cue in self.live.due_cues():
            self._announced.append(cue)
            self._until = cue.at
        if state.phase in {Phase.RUNNING, Phase.DONE}:
            self._until = self._here()[2] - state.waits_at(state.looked_at)
            expected: Sequence[Cue] = self.live.sheet.between(self._since - 1, self._until)
            assert self._announced == list(expected)


def add_time(times: dict[Place, int], timeline: Timeline, segment: Segment, ms: int) -> None:
    exercise = timeline.steps[segment.step].exercise
    for kind in exercise.kinds:
        place = (kind, exercise.regions, segment.side)
        times[place] = times.get(place, 0) + ms


def time_by_place(timeline: Timeline) -> dict[Place, int]:
    """Return the planned milliseconds of each kind of work on each place."""
    found: dict[Place, int] = {}
    for segment in timeline.segments:
        if segment.kind is SegmentKind.WORK:
            add_time(found, timeline, segment, segment.length)
    return found


def changes_side_only_with_a_gap(timeline: Timeline) -> None:
    work = [s for s in timeline.segments if s.kind is SegmentKind.WORK and s.length]
    for before, here in pairwise(work):
        if is_opposite(before.side, here.side):
            assert here.start - before.end >= timeline.steps[here.step].dose.switch.low
