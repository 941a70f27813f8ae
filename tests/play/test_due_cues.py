"""Each cue is announced once, whatever keys are pressed."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.cue import Cue, CueKind, CueSheet
from player.history.journal import Journal
from player.history.people import person_named
from player.history.store import open_store
from player.library.opening import Opened
from player.play.running import Live
from player.routine.times import duration
from player.safety.pace import ANSWER_AFTER_MS
from player.safety.stop_list import Then, load_stop_list
from player.session.state import MOVES_EVERY_MS, Do, Phase, State, Transport
from player.session.timeline import DEFAULT_CHOICES
from tests.habits import tries
from tests.routine.reading import opened, with_steps
from tests.session.written import ROUTINES
from tests.virtual import Time

PAIN = next(f for f in load_stop_list() if f.then is Then.SKIP_STEP and not f.check)
JUMPS = frozenset({Do.NEXT, Do.BACK, Do.RESTART, Do.DONE, Do.UNDO})
KEYS = st.lists(
    st.tuples(
        st.sampled_from(
            [*JUMPS, Do.NEXT, Do.PAUSE, Do.GO_ON, Do.GO_ON, Do.LONGER, Do.HURTS, Do.LOOK]
        ),
        st.one_of(st.integers(0, 40).map(lambda n: n * 500), st.integers(0, 15_000)),
        st.sampled_from([400, 400, 1_900, 5_000]),
    ),
    max_size=25,
)
"""Keys, the time before each, and the time between two looks. Five seconds count as a sleep."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path_factory.mktemp("history") / "h.db") as connection:
        person_named(connection, "Ana", 1)
        yield connection


class Session:
    """A session on virtual time, with the cues that it announced, and those that it played."""

    def __init__(self, store: sqlite3.Connection, found: Opened, hands_free: bool = False) -> None:
        assert found.routine and found.timeline
        self.time = Time()
        laid_out, at, wall = found.timeline, self.time.now(), self.time.wall()
        journal = Journal.start(store, 1, found.routine, DEFAULT_CHOICES, laid_out.total_ms, wall)
        state = State(laid_out, 0, at, Phase.RUNNING, at, wall, hands_free=hands_free)
        self.live = Live(state, journal, (), self.time)
        self.announced: list[Cue] = []
        self.played: list[Cue] = []
        self._played_to = -1
        self.hear()

    @property
    def is_running(self) -> bool:
        return self.live.state.phase is Phase.RUNNING

    def hear(self) -> list[str]:
        """Return the texts of the cues that are due."""
        found = self.live.due_cues()
        self.announced += found
        for cue in found:
            self._is_true(cue)
        return [cue.text for cue in found]

    def wait(self, ms: int, every: int = 400) -> list[str]:
        """Let time pass, and return what is announced meanwhile."""
        texts = []
        while ms > 0:
            self.time.pass_by(min(every, ms))
            ms -= every
            texts += self.press(Do.LOOK)
        return texts

    def press(self, do: Do) -> list[str]:
        """Press a key, and return what is announced then."""
        before, sheet, now = self.live.state, self.live.sheet, self.time.now()
        effects = self.live.do(do)
        after = self.live.state
        slept = after.woke_at != before.woke_at
        if before.phase is Phase.RUNNING:
            until = after if slept else before  # a sleep plays nothing
            self._play(sheet, until.position_at(now) - until.waits_at(now))
        enters = after.index_at(now) != before.index_at(now)
        moved = any(isinstance(effect, Transport) for effect in effects)
        jumps = do in JUMPS and moved and after.timeline is before.timeline
        if (jumps or enters) and not slept:
            self._played_to = after.position - 1
        if do is Do.HURTS and after.phase is Phase.HURTING:
            self.live.report_pain(PAIN)
            if self.live.state.index_at(now) != after.index_at(now):
                self._played_to = self.live.state.position - 1
        after = self.live.state
        if after.phase is Phase.DONE:
            self._play(self.live.sheet, after.position)
        return self.hear()

    def _play(self, sheet: CueSheet, until: int) -> None:
        self.played += sheet.between(self._played_to, until)
        self._played_to = max(self._played_to, until)

    def _is_true(self, cue: Cue) -> None:
        """Check what a cue says about the time left against the current timeline."""
        laid_out = self.live.state.timeline
        left = laid_out.segments[laid_out.at(cue.at)].end - cue.at
        if cue.kind is CueKind.LEFT_OVER:
            assert cue.text == f"{duration(left)} left."
        elif cue.kind is CueKind.COUNT:
            assert left == int(cue.text) * 1_000

    def play_to_the_end(self) -> None:
        for _ in range(100_000):
            if self.live.is_over:
                return
            if not self.is_running:
                self.time.pass_by(ANSWER_AFTER_MS)
                self.press(Do.GO_ON)
            elif self.live.waits:
                self.press(Do.DONE)
            else:
                self.wait(self.live.until_next())
        raise AssertionError("the session never ends")


@pytest.mark.soak
@settings(max_examples=tries(120), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROUTINES, KEYS, st.booleans())
def test_over_any_keys_each_cue_that_is_played_is_announced_once(
    store: sqlite3.Connection, found: Opened, keys: list[tuple[Do, int, int]], hands_free: bool
) -> None:
    session = Session(store, found, hands_free)
    for do, after, every in keys:
        session.wait(after, every)
        if not session.live.is_over:
            session.press(do)
    session.play_to_the_end()
    assert session.announced == session.played


def said(session: Session) -> list[tuple[CueKind, str]]:
    """Return all that was announced, except the time that is left."""
    left = {CueKind.COUNT, CueKind.LEFT_OVER}
    return [(cue.kind, cue.text) for cue in session.announced if cue.kind not in left]


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROUTINES, st.lists(st.integers(0, 20_000), max_size=12))
def test_more_time_changes_only_what_is_said_of_the_time_left(
    store: sqlite3.Connection, found: Opened, presses: list[int]
) -> None:
    plain, longer = Session(store, found, True), Session(store, found, True)
    plain.play_to_the_end()
    for after in presses:
        longer.wait(after)
        if not longer.live.is_over:
            longer.press(Do.LONGER)
    longer.play_to_the_end()
    assert said(longer) == said(plain)


def cues_after_more_time(
    store: sqlite3.Connection, step: str, *presses: int
) -> list[tuple[int, str]]:
    """Press `+` after each of these times in ms. Return the time and text of each cue."""
    session = Session(store, opened(with_steps(step)))
    for after in presses:
        session.wait(after)
        session.press(Do.LONGER)
    session.play_to_the_end()
    return [(cue.at, cue.text) for cue in session.announced]


def test_after_more_time_no_rep_is_counted_beyond_the_dose(store: sqlite3.Connection) -> None:
    cues = cues_after_more_time(store, "Raises: 10 reps tempo 2s", 15_000)
    counted = [int(text) for at, text in cues if text.isdigit() and 10_000 < at <= 30_000]
    assert counted == list(range(1, 11))
    assert [text for at, text in cues if at > 30_000] == ["3", "2", "1", "Done."]


@pytest.mark.parametrize("pressed", [12_000, 22_000, 29_000, 39_000])
def test_halfway_and_the_coachs_words_come_once_after_more_time(
    store: sqlite3.Connection, pressed: int
) -> None:
    step = "{name: Calf, hold: 30s, cues: {50%: Middle, 80%: Late, -2s: Soon}}"
    cues = cues_after_more_time(store, step, pressed)
    for text in ("Halfway.", "Middle", "Late", "Soon"):
        assert [said for _, said in cues].count(text) == 1
    assert (40_000, "10s left.") in cues
    assert cues[-1] == (50_000, "Done.")


TWO = "calf-wall-straight: 30s left ready 5s", "calf-wall-bent: 30s right ready 5s"
SECOND = "Get ready, 5s: Wall calf stretch, knee bent, right side, 30s."


@pytest.mark.parametrize("keys", [[Do.NEXT], [Do.NEXT, Do.NEXT, Do.BACK]])
def test_what_comes_is_announced_after_a_move_in_a_pause(
    store: sqlite3.Connection, keys: list[Do]
) -> None:
    session = Session(store, opened(with_steps(*TWO)))
    session.wait(8_000)
    for do in (Do.PAUSE, *keys):
        assert session.press(do) == []
        session.wait(MOVES_EVERY_MS)
    session.wait(60_000)
    assert session.press(Do.GO_ON) == [SECOND]


def test_what_comes_after_pain_is_announced(store: sqlite3.Connection) -> None:
    session = Session(store, opened(with_steps(*TWO)))
    session.wait(8_000)
    assert session.press(Do.HURTS) == []
    assert session.press(Do.GO_ON) == [SECOND]


def test_a_change_of_side_past_a_removed_step_is_announced(store: sqlite3.Connection) -> None:
    session = Session(store, opened(with_steps("A: 30s each side", "B: 30s right ready 0s")))
    session.wait(15_000)
    session.press(Do.HURTS)
    assert session.press(Do.GO_ON) == ["Switch: B, right side, 30s.", "Go: B, right side, 30s."]


def test_a_pause_repeats_nothing(store: sqlite3.Connection) -> None:
    session = Session(store, opened(with_steps(*TWO)))
    session.wait(5_000)
    assert session.announced[-1].kind is CueKind.START
    session.press(Do.PAUSE)
    assert session.press(Do.GO_ON) == []
    assert session.press(Do.LONGER) == []
