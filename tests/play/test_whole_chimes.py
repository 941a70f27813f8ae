"""Every chime of a session is heard whole and once, or not at all, on any device."""

import asyncio
import random
import sqlite3
from collections.abc import Coroutine, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audio.cue import CueKind
from audio.device import Pull
from audio.frames import frame_of
from audio.sound import Sound
from player.history.journal import Journal
from player.history.people import person_named
from player.history.store import open_store
from player.play.running import Live, LiveEffect
from player.play.sound import SessionSound
from player.routine.model import Plan, Routine
from player.session.state import Do, Phase, State, Transport
from player.session.timeline import DEFAULT_CHOICES, compile
from tests.audio.coded import Rung, coded_chimes, rung
from tests.habits import tries
from tests.safety.making import routine_of
from tests.tui.stage import LoopClock, virtual_time

FADE = frame_of(20)
LATEST_MS = 300
AHEAD = (20, 160, 290, 310, 400, 640, 1_000)

ROUTINE = routine_of(
    "name: T\nsteps:\n"
    "  - calf-wall-straight: 2 x 20s each side rest 8s\n"
    "  - use: quad-stand\n    hold: up to 20s\n    side: each\n"
    "  - ham-chair-sit: 5s left\n"
)
SHORT = routine_of("name: T\nsteps:\n  - calf-wall-straight: 5s left ready 5s\n")


class AheadDevice:
    """A device that takes its frames `ahead` ms before they are heard, `period` ms at a time."""

    def __init__(self, clock: LoopClock, ahead: int, period: int = 100) -> None:
        self._clock = clock
        self._ahead = ahead
        self._period = period
        self._pull: Pull | None = None
        self.given = bytearray()
        self._began = 0

    def opened(self, pull: Pull) -> "AheadDevice":
        self._pull, self._began = pull, self._clock.now()
        self.take()
        return self

    def close(self) -> None: ...

    @property
    def frames(self) -> int:
        return len(self.given) // 4

    @property
    def takes_at(self) -> int:
        return self._began + self.frames // 48 - self._ahead

    def take(self) -> None:
        assert self._pull is not None
        while self.takes_at <= self._clock.now():
            self.given += self._pull(frame_of(self._period))

    def heard_at(self, frame: int) -> float:
        """Return the clock's time, in ms, at which a frame is heard."""
        return self._began + frame / 48


class Session:
    """A session with its sound, on virtual time. The host looks late, as on a busy machine."""

    def __init__(
        self,
        store: sqlite3.Connection,
        clock: LoopClock,
        ahead: int,
        late: Sequence[int],
        routine: Routine = ROUTINE,
        period: int = 100,
    ) -> None:
        self.clock = clock
        self.device = AheadDevice(clock, ahead, period)
        self.sound = SessionSound(clock, open_device=lambda now: Sound(now, self.device.opened))
        self._late = random.Random(repr(late))
        self._lates = late
        timeline = compile(Plan.whole(routine))
        at, wall = clock.now(), clock.wall()
        journal = Journal.start(store, 1, routine, DEFAULT_CHOICES, timeline.total_ms, wall)
        self.live = Live(State(timeline, 0, at, Phase.RUNNING, at, wall), journal, (), clock)
        self._look_at = at
        self.stops: list[tuple[int, int]] = []
        """The first frame of each stop, and the frame at which the session goes on."""
        self._stopped: int | None = None

    async def begin(self) -> None:
        await self.sound.open()
        await self.wait(50)
        self.sound.follow(self.live)
        self._plan_look()

    async def wait(self, ms: int) -> None:
        until = self.clock.now() + ms
        while (now := self.clock.now()) < until:
            coming = min(until, self.device.takes_at, self._look_at)
            await asyncio.sleep(max(coming - now, 1) / 1_000)
            self.device.take()
            if self.clock.now() >= self._look_at:
                self.show(self.live.look())

    def do(self, do: Do) -> None:
        if do in {Do.PAUSE, Do.HURTS}:
            self.sound.silence()
            if self._stopped is None:
                self._stopped = self.device.frames
        self.show(self.live.do(do))

    def show(self, effects: tuple[LiveEffect, ...]) -> None:
        if any(isinstance(effect, Transport) for effect in effects):
            self.sound.follow(self.live)
            if self._stopped is not None and self.live.state.phase is Phase.RUNNING:
                self.stops.append((self._stopped, self.device.frames))
                self._stopped = None
        self._plan_look()

    def _plan_look(self) -> None:
        late = self._late.choice(self._lates)
        self._look_at = self.clock.now() + self.live.until_next(1_000) + late

    async def stop_for(self, do: Do, ms: int) -> None:
        """Stop for this long, and go on. The device must have time to take the fade."""
        self.do(do)
        await self.wait(ms)
        self.do(Do.GO_ON)

    async def to_the_end(self) -> None:
        while not self.live.is_over:
            await self.wait(250)
            if self.live.waits:
                self.do(Do.DONE)
        await self.wait(4_000)
        self.sound.close()

    def rung(self) -> list[Rung]:
        """Return the chimes that were heard. Assert that each is whole, and that stops are silent.

        A stop must cut a chime, since it is immediate; so a chime may end where a stop begins. One
        that was cut in its first moment comes again, whole, when the session goes on.
        """
        found: list[Rung] = []
        begin, stops = 0, [*self.stops, (self.device.frames, self.device.frames)]
        for stop, again in stops:
            assert not any(self.device.given[(stop + FADE) * 4 : again * 4])
            for each in rung(bytes(self.device.given[begin * 4 : stop * 4])):
                here = each._replace(first=each.first + begin, end=each.end + begin)
                assert here.is_whole or (here.end == stop < self.device.frames), here
                if here.is_whole or here.end - here.first > frame_of(LATEST_MS):
                    found.append(here)
            begin = again
        found.sort(key=lambda each: each.first)
        for kind in CueKind:
            onsets = [each.first for each in found if each.kind is kind]
            gaps = [b - a for a, b in pairwise(onsets)]
            assert min(gaps, default=1 << 30) > frame_of(LATEST_MS), "a chime is heard twice"
        return found

    def ends(self) -> list[float]:
        """Return the clock's time, in ms, at which each end chime is heard."""
        ends = (each for each in self.rung() if each.kind is CueKind.END)
        return [self.device.heard_at(each.first) for each in ends]


@pytest.fixture(autouse=True)
def coded(monkeypatch: pytest.MonkeyPatch) -> None:
    made = coded_chimes()
    monkeypatch.setattr("audio.mixer.chimes", lambda: made)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as connection:
        person_named(connection, "Ana", 1)
        yield connection


class Scene(Protocol):
    def __call__(self, clock: LoopClock) -> Coroutine[object, object, None]: ...


def play(scene: Scene) -> None:
    with virtual_time() as loop:
        loop.run_until_complete(scene(LoopClock(loop)))


@pytest.mark.parametrize("ahead", AHEAD)
@pytest.mark.parametrize("late", [1, 4, 60, 300])
def test_the_last_chime_is_whole_and_on_time_however_late_the_end_is_noticed(
    store: sqlite3.Connection, ahead: int, late: int
) -> None:
    async def scene(clock: LoopClock) -> None:
        session = Session(store, clock, ahead, [late], SHORT)
        ends = clock.now() + session.live.state.timeline.total_ms
        await session.begin()
        await session.to_the_end()
        assert session.ends() == pytest.approx([ends], abs=1)

    play(scene)


@pytest.mark.parametrize("ahead", AHEAD)
def test_every_chime_of_a_session_without_keys_is_heard_once_at_its_time(
    store: sqlite3.Connection, ahead: int
) -> None:
    async def scene(clock: LoopClock) -> None:
        session = Session(store, clock, ahead, [1, 17, 300], SHORT)
        began = clock.now()
        await session.begin()
        await session.to_the_end()
        kinds = {CueKind.START, CueKind.COUNT, CueKind.END}
        due = {(cue.kind, cue.at) for cue in session.live.sheet.cues if cue.kind in kinds}
        due -= {(CueKind.COUNT, cue.at) for cue in session.live.sheet.cues if cue.kind not in kinds}
        heard = {
            (each.kind, round(session.device.heard_at(each.first) - began))
            for each in session.rung()
            if each.kind in kinds
        }
        assert heard == due

    play(scene)


@pytest.mark.parametrize("ahead", AHEAD)
def test_after_a_key_to_the_end_the_last_chime_is_whole(
    store: sqlite3.Connection, ahead: int
) -> None:
    async def scene(clock: LoopClock) -> None:
        session = Session(store, clock, ahead, [3], SHORT)
        await session.begin()
        await session.wait(6_000)
        session.do(Do.END)
        at = clock.now()
        await session.to_the_end()
        assert [end - at for end in session.ends()] == pytest.approx([ahead], abs=100)

    play(scene)


@pytest.mark.parametrize("before", [1, 30, 150, 280, 500, 900])
@pytest.mark.parametrize("ahead", AHEAD)
def test_a_key_just_before_a_chime_that_the_device_has_neither_repeats_nor_cuts_it(
    store: sqlite3.Connection, ahead: int, before: int
) -> None:
    async def scene(clock: LoopClock) -> None:
        session = Session(store, clock, ahead, [3], SHORT)
        await session.begin()
        await session.wait(5_000 - before - 50)
        session.do(Do.NEXT)  # to the work, whose chime was `before` ms away
        await session.to_the_end()
        starts = [each for each in session.rung() if each.kind is CueKind.START]
        given_already = ahead > before
        assert len(starts) == 1 or (ahead > LATEST_MS and not given_already)

    play(scene)


MOVES = (Do.NEXT, Do.BACK, Do.RESTART, Do.LONGER, Do.UNDO, Do.DONE)
STOPS = (Do.PAUSE, Do.HURTS)
APART_MS = 600
"""The shortest time between two keys. It keeps overlaps to three chimes, which can be decoded."""
KEYS = st.lists(
    st.tuples(st.integers(APART_MS, 9_000), st.sampled_from((*MOVES, *STOPS))),
    min_size=1,
    max_size=10,
)


@pytest.mark.soak
@settings(
    max_examples=tries(20), deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    KEYS,
    st.integers(20, 1_000),
    st.lists(st.integers(1, 300), min_size=1, max_size=5),
    st.sampled_from([40, 100]),
)
@example([(9_990, Do.NEXT), (1_000, Do.NEXT), (400, Do.NEXT), (400, Do.BACK)], 400, [4], 100)
@example([(9_000, Do.HURTS), (350, Do.PAUSE), (350, Do.RESTART)], 160, [300], 100)
@example([(29_000, Do.LONGER), (700, Do.UNDO)], 1_000, [1], 40)
def test_after_any_keys_every_chime_is_whole_and_none_is_heard_twice(
    store: sqlite3.Connection,
    keys: list[tuple[int, Do]],
    ahead: int,
    late: list[int],
    period: int,
) -> None:
    async def scene(clock: LoopClock) -> None:
        session = Session(store, clock, ahead, late, period=period)
        await session.begin()
        for ms, key in keys:
            await session.wait(ms)
            if session.live.is_over:
                break
            if key in STOPS:
                await session.stop_for(key, max(ms // 4, period + 20))
            else:
                session.do(key)
        await session.to_the_end()
        assert session.rung()[-1].kind is CueKind.END

    play(scene)
