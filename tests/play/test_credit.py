"""What counts as done: the same in the session, in the history and at the next start.

Random routines are played with random keys, gaps and clocks by a real session with a real journal.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.history.interrupted import ALIVE_MS, interrupted_session
from player.history.journal import Journal
from player.history.store import open_store
from player.plain.play import PlainPlayer
from player.play.running import BEAT_MS, LONGEST_SLEEP_MS, Live, LiveEffect
from player.routine.model import Plan, Routine
from player.routine.pieces import SegmentKind
from player.safety.pace import ANSWER_AFTER_MS, TOO_FAST
from player.safety.stop_list import load_stop_list
from player.safety.two_clocks import STEP_MS
from player.session.state import CREDIT_MS, GAP_MS, Do, Notice, Phase, State
from player.session.timeline import DEFAULT_CHOICES, compile
from tests.habits import tries
from tests.safety.making import routine_of
from tests.virtual import MemoryConsole, Time

FEELINGS = {feeling.id: feeling for feeling in load_stop_list()}
CALVES = "  - calf-wall-straight: 2 x 30s each side rest 10s\n  - ham-chair-sit: 20s each side\n"
STEPS = (
    "calf-wall-straight: 2 x 5s each side rest 3s",
    "ham-chair-sit: 10s each side",
    "ankle-pumps: 4 reps self-paced",
    "wait: Turn over",
    "rest: 5s",
    "Calf: up to 8s",
    "quad-stand: 4s left",
)
KEYS = [do for do in Do if do is not Do.LOOK]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path_factory.mktemp("credit") / "history.db") as connection:
        connection.execute(
            "INSERT INTO person (id, name, folded, last_used) VALUES (1, 'Ana', 'ana', 0)"
        )
        yield connection


def routine(*steps: str) -> Routine:
    return routine_of("name: T\nsteps:\n" + "".join(f"  - {step}\n" for step in steps))


class Played:
    """A session on virtual time, with its journal."""

    def __init__(self, store: sqlite3.Connection, what: Routine | str) -> None:
        self.store = store
        self.routine = routine_of(f"name: T\nsteps:\n{what}") if isinstance(what, str) else what
        self.time = Time()
        timeline = compile(Plan.whole(self.routine))
        at, wall = self.time.now(), self.time.wall()
        store.execute("DELETE FROM session")
        self.journal = Journal.start(
            store, 1, self.routine, DEFAULT_CHOICES, timeline.total_ms, wall
        )
        state = State(timeline, 0, at, Phase.RUNNING, at, wall)
        self.live = Live(state, self.journal, (), self.time)

    @property
    def state(self) -> State:
        return self.live.state

    @property
    def runs(self) -> bool:
        return self.state.phase is Phase.RUNNING

    def wait(self, ms: int) -> None:
        """Let time pass, and look as often as a real host does."""
        while ms > 0:
            part = min(ms, LONGEST_SLEEP_MS)
            self.time.pass_by(part)
            self.live.look()
            ms -= part

    def to(self, kind: SegmentKind, exercise: str | None = None, into: int = 0) -> None:
        """Play on to the next segment of this kind, and `into` ms further."""
        segments = self.state.timeline.segments
        start = next(
            s.start
            for s in segments
            if s.kind is kind and s.exercise == exercise and s.start >= self.position
        )
        self.wait(start + into - self.position)

    @property
    def position(self) -> int:
        return self.state.position_at(self.time.now())

    @property
    def credited(self) -> int:
        """The milliseconds of work that the session counts."""
        segments = self.state.timeline.segments
        credit = self.state.credit_at(self.time.now())
        return sum(ms for i, ms in credit.items() if segments[i].kind is SegmentKind.WORK)

    @property
    def saved(self) -> int:
        """The milliseconds of work in the history."""
        ((ms,),) = self.store.execute(
            "SELECT coalesce(sum(ms), 0) FROM done WHERE session = ?", (self.journal.session,)
        )
        return int(ms)

    @property
    def saved_position(self) -> int | None:
        row = self.store.execute(
            "SELECT at_ms FROM beat WHERE session = ?", (self.journal.session,)
        ).fetchone()
        return None if row is None else int(row[0])

    @property
    def how(self) -> str:
        ((how,),) = self.store.execute(
            "SELECT state FROM session WHERE id = ?", (self.journal.session,)
        )
        return str(how)


def words_of(effects: Sequence[LiveEffect]) -> list[str]:
    return [effect.text for effect in effects if isinstance(effect, Notice)]


# Sleep is not work


def sleep(played: Played) -> None:
    played.time.pass_by(150_000)


def sleep_in_which_the_clock_stood(played: Played) -> None:
    played.time.pass_by(500)
    played.time._wall += 150_000


ENDINGS: dict[str, Callable[[Live], object]] = {
    "a look": Live.look,
    "the host closes": Live.save_position,
    **{do.value: partial(Live.do, do=do) for do in KEYS},
}


@pytest.mark.parametrize("ends", ENDINGS)
@pytest.mark.parametrize("gap", [sleep, sleep_in_which_the_clock_stood])
def test_after_a_sleep_the_history_holds_what_the_session_counts(
    store: sqlite3.Connection, gap: Callable[[Played], None], ends: str
) -> None:
    played = Played(store, CALVES)
    played.to(SegmentKind.WORK, "calf-wall-straight", 5_000)
    before = played.position
    gap(played)
    ENDINGS[ends](played.live)
    assert 5_000 <= played.credited <= 5_000 + CREDIT_MS
    assert played.saved == played.credited
    assert played.saved_position is None or played.saved_position <= before + CREDIT_MS
    assert played.state.position <= before + CREDIT_MS or ends in {"skip step", "skip region"}


moments = st.lists(
    st.tuples(
        st.sampled_from([*Do, *[Do.LOOK] * 12]),
        st.integers(0, 1_200) | st.integers(0, 30_000),
        st.sampled_from([0] * 12 + [-90_000, -40_000, 3_000, 90_000]),
    ),
    max_size=40,
)
"""Commands, the time that passes before each, and how far the calendar is then set."""


@pytest.mark.soak
@settings(max_examples=tries(60), deadline=None)
@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=5), moments)
def test_the_history_holds_what_the_session_counts_after_every_event(
    store: sqlite3.Connection, steps: list[str], events: list[tuple[Do, int, int]]
) -> None:
    played = Played(store, routine("Warm up: 3s", *steps))
    saved_at = played.time.now()
    for do, after, wall in events:
        was, ran = played.credited, played.state.phase is Phase.RUNNING
        slept = ran and (after > GAP_MS or wall > GAP_MS or wall < -STEP_MS)
        played.time.pass_by(after)
        played.time._wall += wall
        now = played.time.now()
        effects = played.live.look() if do is Do.LOOK else played.live.do(do)
        assert not slept or played.credited - was <= CREDIT_MS
        if do is not Do.LOOK or effects or played.live.is_over:
            saved_at = now
        lacks = played.credited - played.saved
        assert 0 <= lacks <= min(now - saved_at, BEAT_MS)
        assert played.saved_position is None or played.saved_position <= played.position
        if lacks == 0:
            saved_at = now
    played.live.save_position()
    assert played.saved == played.credited


# The first key after a gap


def asleep_then(played: Played, keys: Sequence[Do], looks_first: bool) -> list[LiveEffect]:
    """Sleep in the middle of some work. Then all keys arrive at once, before or after a look."""
    played.to(SegmentKind.WORK, "calf-wall-straight", 5_000)
    played.time.pass_by(150_000)
    effects = list(played.live.look()) if looks_first else []
    for do in keys:
        effects += played.live.do(do)
    return effects


@pytest.mark.parametrize("looks_first", [True, False])
def test_x_as_the_first_key_after_a_gap_stops_the_session_for_pain(
    store: sqlite3.Connection, looks_first: bool
) -> None:
    played = Played(store, CALVES)
    asleep_then(played, [Do.NEXT, Do.HURTS], looks_first)
    assert played.state.phase is Phase.HURTING
    assert (
        played.how == "partial"
        and interrupted_session(store, 1, played.time.wall() + ALIVE_MS) is None
    )
    assert played.saved == played.credited <= 6_000
    after = played.live.report_pain(FEELINGS["pain"])
    assert not after.over and "left out" in after.words


@pytest.mark.parametrize("looks_first", [True, False])
def test_leaving_as_the_first_thing_after_a_gap_leaves(
    store: sqlite3.Connection, looks_first: bool
) -> None:
    played = Played(store, CALVES)
    asleep_then(played, [Do.QUIT], looks_first)
    assert played.state.phase is Phase.LEFT and played.how == "partial"
    assert played.saved == played.credited <= 6_000


ORDINARY = [Do.GO_ON, Do.NEXT, Do.BACK, Do.RESTART, Do.LONGER, Do.DONE, Do.UNDO]


@pytest.mark.parametrize("looks_first", [True, False])
@pytest.mark.parametrize("do", ORDINARY)
def test_another_key_right_after_a_gap_changes_nothing_and_says_so(
    store: sqlite3.Connection, do: Do, looks_first: bool
) -> None:
    played = Played(store, CALVES)
    effects = asleep_then(played, [do], looks_first)
    assert words_of(effects)[-1] == TOO_FAST
    before = played.state
    played.time.pass_by(ANSWER_AFTER_MS - 1)
    assert words_of(played.live.do(do)) == [TOO_FAST]
    after = played.state
    assert (after.phase, after.position, after.timeline, after.past) == (
        Phase.ASKING, before.position, before.timeline, before.past,
    )  # fmt: skip
    played.time.pass_by(1)
    assert TOO_FAST not in words_of(played.live.do(do))


def test_a_key_of_a_sleep_during_a_pause_does_not_start_the_session(
    store: sqlite3.Connection,
) -> None:
    played = Played(store, CALVES)
    played.wait(12_000)
    played.live.do(Do.PAUSE)
    played.wait(5_000)
    played.time.pass_by(150_000)
    played.live.look()
    assert words_of(played.live.do(Do.GO_ON)) == [TOO_FAST]
    assert not played.runs
    played.wait(ANSWER_AFTER_MS)
    played.live.do(Do.GO_ON)
    assert played.runs


@pytest.mark.parametrize("late", [0, 1, 400])
def test_x_after_the_last_second_is_still_pain(store: sqlite3.Connection, late: int) -> None:
    played = Played(store, CALVES)
    played.wait(played.state.timeline.total_ms - 1)
    played.time.pass_by(1 + late)
    played.live.do(Do.HURTS)
    assert played.state.phase is Phase.HURTING and played.how == "partial"


def test_a_gap_in_the_last_second_ends_the_session(store: sqlite3.Connection) -> None:
    played = Played(store, CALVES)
    played.wait(played.state.timeline.total_ms - 500)
    played.time.pass_by(150_000)
    played.live.look()
    assert played.state.phase is Phase.DONE and played.how == "complete"
    assert played.saved == played.credited == 160_000


class Dozing(MemoryConsole):
    """A console on which the key `asleep` puts the machine to sleep for some minutes."""

    def key(self, timeout_ms: int | None) -> str | None:
        key = super().key(timeout_ms)
        if key != "asleep":
            return key
        self.time.pass_by(150_000)
        return super().key(0)


def line_by_line(store: sqlite3.Connection, keys: list[str | int]) -> tuple[Played, Dozing]:
    played = Played(store, CALVES)
    console = Dozing(played.time, keys, hasty=True)
    plan = Plan.whole(played.routine)
    PlainPlayer(console, played.live, "112", plan, played.time).play()
    return played, console


def test_line_by_line_keys_of_the_sleep_do_nothing_but_x_and_q(store: sqlite3.Connection) -> None:
    keys: list[str | int] = [15_000, "asleep", *" n+u", 1_000, " ", 1_000, "q", 1_000, "y"]
    played, console = line_by_line(store, keys)
    assert console.text.count(TOO_FAST) == 4
    assert "Paused at 0:15. Space goes on, q leaves." in console.text
    assert played.state.phase is Phase.LEFT and 16_000 <= played.state.position <= 17_000

    played, console = line_by_line(store, [15_000, "asleep", *" q", 500, "y"])
    assert "Leave the session?" in console.text and played.state.phase is Phase.LEFT

    played, console = line_by_line(store, [15_000, "asleep", *" x", 500, "c"])
    assert "Stopped. Come out slowly." in console.text and played.how == "partial"


# Limits


def test_no_key_at_14_minutes_of_cold_puts_more_than_15_into_the_history(
    store: sqlite3.Connection,
) -> None:
    pack = "{name: Pack, kind: cool, regions: [calf], position: chair, hold: 15m, side: left}"
    played = Played(store, routine(pack))
    played.wait(10_000 + 14 * 60_000)
    for do in (Do.RESTART, Do.BACK, Do.LONGER):
        assert words_of(played.live.do(do)) == ["Cold stays on for 15 minutes at most."]
    played.wait(20 * 60_000)
    assert played.how == "complete" and played.saved == played.credited == 15 * 60_000


# Undo


def test_undo_of_a_move_says_where_it_goes(store: sqlite3.Connection) -> None:
    played = Played(store, CALVES)
    played.wait(41_000)
    played.live.do(Do.NEXT)
    played.wait(1_000)
    (words,) = words_of(played.live.do(Do.UNDO))
    assert words == "Undone: back to 0:41, right side, Wall calf stretch, knee straight."


def test_undo_long_after_ten_seconds_more_does_not_go_back_over_steps(
    store: sqlite3.Connection,
) -> None:
    played = Played(store, CALVES)
    played.to(SegmentKind.WORK, "calf-wall-straight", 5_000)
    played.live.do(Do.LONGER)
    played.wait(90_000)
    place = played.position
    assert words_of(played.live.do(Do.UNDO)) == ["The ten seconds are done already."]
    assert played.position == place and played.saved == played.credited


def test_the_summary_counts_no_seconds_that_were_undone(store: sqlite3.Connection) -> None:
    played = Played(store, CALVES)
    total = played.state.timeline.total_ms
    played.to(SegmentKind.WORK, "calf-wall-straight", 5_000)
    played.live.do(Do.LONGER)
    assert played.live.planned_ms == total + 10_000
    played.live.do(Do.UNDO)
    assert played.live.planned_ms == total
    played.live.do(Do.HURTS)
    played.live.report_pain(FEELINGS["pain"])
    assert played.live.planned_ms == total > played.state.timeline.total_ms, "the plan is unchanged"
