"""Planning the speech of a session of many hours does not block the screen."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from audio.cue import CueKind, CueSheet
from audio.frames import frame_of
from audio.samples import Samples
from audio.sound import Sound
from audio.voices.making import length_of
from bench.planning import timeline_of
from player.history.journal import Journal
from player.history.people import person_named
from player.history.store import open_store
from player.play.running import Live
from player.play.sound import SessionSound
from player.session.cues import cue_sheet
from player.session.speech import with_speech
from player.session.state import Do, Phase, State
from player.session.timeline import DEFAULT_CHOICES, Timeline
from tests.audio.fakes import FakeDevice
from tests.cost import thread_seconds
from tests.safety.making import routine_of
from tests.virtual import Time

ENGLISH = ("en",)
LONG = timeline_of(12)
WORDS = np.full(frame_of(700), 0.1, np.float32)
SOON_MS = 120_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "h.db") as connection:
        person_named(connection, "Ana", 1)
        yield connection


class Played:
    """A session with a voice, and what its sound was asked to play."""

    def __init__(self, store: sqlite3.Connection, timeline: Timeline) -> None:
        self.time = Time()
        self.sheets: list[CueSheet] = []
        self.speech: Mapping[tuple[str, str], Samples] = {}
        self.sound = SessionSound(self.time, open_device=self._open, speech_maker=self._speak)
        at, wall = self.time.now(), self.time.wall()
        routine = routine_of("name: T\nsteps:\n  - calf-wall-straight: 20s left\n")
        journal = Journal.start(store, 1, routine, DEFAULT_CHOICES, timeline.total_ms, wall)
        state = State(timeline, 0, at, Phase.RUNNING, at, wall)
        self.live = Live(state, journal, ENGLISH, self.time)

    def _open(self, now: Callable[[], int]) -> Sound:
        sheets = self.sheets

        class Recording(Sound):
            def play(self, sheet: CueSheet, position: int, at: int) -> None:
                sheets.append(sheet)
                super().play(sheet, position, at)

        return Recording(now, FakeDevice().opened)

    def _speak(
        self, texts: Sequence[tuple[str, str]], *_: object
    ) -> Mapping[tuple[str, str], Samples]:
        self.speech = dict.fromkeys(texts, WORDS)
        return self.speech

    async def prepare(self) -> None:
        await self.sound.open()
        timeline = self.live.state.timeline
        await self.sound.make_speech(timeline, ENGLISH, Path(), lambda _: None, lambda: True)

    def whole(self) -> CueSheet:
        """Return the whole session with its speech, planned at once."""
        timeline, sheet = self.live.state.timeline, self.live.sheet
        return with_speech(sheet, timeline, ENGLISH, length_of(self.speech))

    def soon(self, sheet: CueSheet) -> CueSheet:
        position = self.live.state.position_at(self.time.now())
        return CueSheet(sheet.between(position - 1, position + SOON_MS))

    async def until_planned(self) -> None:
        for _ in range(6_000):
            if self.sheets[-1] == self.whole():
                return
            await asyncio.sleep(0.01)
        raise AssertionError("the whole session was never planned")


def test_neither_the_start_nor_ten_seconds_more_plans_a_long_session_on_the_screens_thread(
    store: sqlite3.Connection,
) -> None:
    played = Played(store, LONG)

    async def scene() -> None:
        await played.prepare()
        whole, _ = thread_seconds(played.whole)
        assert thread_seconds(lambda: played.sound.follow(played.live))[0] < whole / 2
        await played.until_planned()
        for _ in range(2):
            played.live.do(Do.LONGER)
            assert thread_seconds(lambda: played.sound.follow(played.live))[0] < whole / 2
        played.sound.close()

    asyncio.run(scene())


def test_what_comes_soon_is_spoken_at_once_as_in_the_whole_plan(
    store: sqlite3.Connection,
) -> None:
    played = Played(store, LONG)

    async def scene() -> None:
        await played.prepare()
        played.sound.follow(played.live)
        for do in (Do.LONGER, Do.NEXT, Do.LONGER, Do.LONGER, Do.RESTART, Do.UNDO):
            played.time.pass_by(400)
            played.live.do(do)
            played.sound.follow(played.live)
            soon = played.soon(played.sheets[-1])
            assert soon == played.soon(played.whole())
            assert any(cue.spoken for cue in soon.cues)
        await played.until_planned()
        assert played.sheets[-1].cues[-1].kind is CueKind.END
        played.sound.close()

    asyncio.run(scene())


def test_a_stop_while_a_long_session_is_planned_stays_silent(store: sqlite3.Connection) -> None:
    played = Played(store, LONG)

    async def scene() -> None:
        await played.prepare()
        played.sound.follow(played.live)
        played.live.do(Do.HURTS)
        played.sound.silence()
        played.sound.follow(played.live)
        asked = len(played.sheets)
        planning = played.sound._planning
        assert planning is not None
        await planning
        assert len(played.sheets) == asked
        played.sound.close()

    asyncio.run(scene())


def test_a_session_of_minutes_is_planned_whole_at_once(store: sqlite3.Connection) -> None:
    played = Played(store, timeline_of(0))

    async def scene() -> None:
        await played.prepare()
        played.sound.follow(played.live)
        assert played.sheets[-1] == played.whole() != cue_sheet(played.live.state.timeline, ENGLISH)
        played.live.do(Do.LONGER)
        played.sound.follow(played.live)
        assert played.sheets[-1] == played.whole()
        played.sound.close()

    asyncio.run(scene())
