"""The plain mode on virtual time. Every line is printed at its exact millisecond."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from audio.cue import CueKind
from player.document.read import read_bytes
from player.history.interrupted import ALIVE_MS, interrupted_session
from player.history.journal import Journal
from player.history.past import sessions
from player.history.resuming import resume_position
from player.history.store import open_store, transaction
from player.library.folders import open_library
from player.library.opening import Opened, open_document, open_routine
from player.plain.output import wrapped
from player.plain.play import PlainPlayer
from player.play.running import Live
from player.routine.model import Pick, Plan
from player.routine.vocabulary import Side
from player.safety.stop_list import Feeling, Then, load_stop_list, stop_list_for
from player.session.cues import cue_sheet
from player.session.state import Do, Phase, State
from player.session.timeline import DEFAULT_CHOICES
from tests.virtual import MemoryConsole, Time

LIBRARY = open_library()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "history.db") as connection:
        connection.execute(
            "INSERT INTO person (id, name, folded, last_used) VALUES (1, 'Ana', 'ana', 0)"
        )
        yield connection


def opened(steps: str) -> Opened:
    text = f"name: T\nsteps:\n{steps}"
    return open_document(read_bytes(text.encode(), "t.yaml"), LIBRARY.catalogue)


def play(
    store: sqlite3.Connection,
    what: Opened,
    script: list[str | int],
    hands_free: bool = False,
    console: type[MemoryConsole] = MemoryConsole,
    position: int = 0,
) -> tuple[State, MemoryConsole, Time, PlainPlayer]:
    assert what.routine and what.timeline, what.report()
    time = Time()
    terminal = console(time, script)
    timeline = what.timeline
    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, timeline.total_ms, time.wall())
    at, wall = time.now(), time.wall()
    state = State(timeline, position, at, Phase.RUNNING, at, wall, hands_free=hands_free)
    live = Live(state, journal, (), time)
    plan = Plan.whole(what.routine)
    player = PlainPlayer(terminal, live, "112", plan, time)
    return player.play(), terminal, time, player


@pytest.mark.parametrize("file", LIBRARY.files, ids=lambda file: file.stem)
def test_every_shipped_routine_plays_every_cue_at_its_millisecond(
    store: sqlite3.Connection, file: Path
) -> None:
    what = open_routine(file, LIBRARY.catalogue)
    assert what.timeline
    began = Time().now()
    state, console, time, _ = play(store, what, [], hands_free=True)
    assert state.phase is Phase.DONE
    assert time.now() - began == what.timeline.total_ms
    said = [(at - began, text.split("  ", 1)[1]) for at, text in console.lines if _is_cue(text)]
    expected = [(cue.at, " ".join(cue.text.split())) for cue in cue_sheet(what.timeline).cues]
    assert said == expected


def _is_cue(text: str) -> bool:
    return text[:1].isdigit() and "  " in text


def test_the_description_of_a_step_is_printed_before_its_first_piece(
    store: sqlite3.Connection,
) -> None:
    _, console, _, _ = play(store, opened("  - calf-wall-straight: 10s each side\n"), [])
    lines = [text for _, text in console.lines]
    assert "  Face a wall with your hands on it at chest height." in lines
    first_cue = next(i for i, text in enumerate(lines) if _is_cue(text))
    assert lines.index("  Face a wall with your hands on it at chest height.") < first_cue
    assert sum(text.startswith("Step ") for text in lines) == 1


TWO = "  - calf-wall-straight: 30s left ready 5s\n  - calf-wall-bent: 30s right ready 5s\n"


@pytest.mark.parametrize(
    "keys", [[" ", "n", " "], ["n"], ["x", 3_000, "8", " "], [" ", "n", "n", "b", " "]]
)
def test_after_a_jump_the_next_step_is_described_and_announced(
    store: sqlite3.Connection, keys: list[str | int]
) -> None:
    _, console, _, _ = play(store, opened(TWO), [8_000, *keys])
    lines = [text for _, text in console.lines]
    (described,) = (i for i, text in enumerate(lines) if text.startswith("Step 2 of 2: "))
    gap, go = (
        next(i for i, text in enumerate(lines) if words in text)
        for words in (
            "Get ready, 5s: Wall calf stretch, knee bent, right side, 30s.",
            "Go: Wall calf stretch, knee bent, right side, 30s.",
        )
    )
    assert described < gap < go


@pytest.mark.parametrize("into", [0, 3_000])
def test_a_resumed_session_describes_the_step_and_says_where_it_is(
    store: sqlite3.Connection, into: int
) -> None:
    _, console, _, _ = play(store, opened(TWO), [], position=40_000 + into)
    lines = [text for _, text in console.lines]
    described = lines.index("Step 2 of 2: Wall calf stretch, knee bent")
    where = next(i for i, text in enumerate(lines) if "right side, 30s" in text)
    assert described < where
    assert console.lines[where][0] == Time().now()


def test_undo_says_where_it_is(store: sqlite3.Connection) -> None:
    _, console, _, _ = play(store, opened(TWO), [8_000, "n", 7_000, "u"])
    lines = [text for _, text in console.lines]
    (undone,) = [place for place, text in enumerate(lines) if text.startswith("Undone: back to ")]
    assert "left side, 30s, set 1, 27s left." in lines[undone + 1]


def test_pause_stops_the_countdown_and_space_goes_on(store: sqlite3.Connection) -> None:
    state, console, time, _ = play(store, opened("  - Calf: 20s\n"), [12_000, " ", 60_000, " "])
    assert state.phase is Phase.DONE
    assert time.now() - Time().now() == 30_000 + 60_000
    assert "Paused at 0:12. Space goes on." in console.text
    assert "Going on at 0:12." in console.text


def test_a_step_without_a_clock_waits_for_its_key(store: sqlite3.Connection) -> None:
    state, console, time, _ = play(store, opened("  - Raises: 5 reps\n"), [100_000, "d"])
    assert state.phase is Phase.DONE
    assert time.now() - Time().now() == 100_000
    assert console.text.count("Press d when you are done.") == 1


def test_leaving_asks_first_and_saves_what_was_done(store: sqlite3.Connection) -> None:
    state, _, _, _ = play(
        store, opened("  - Calf: 20s\n"), [15_000, "q", 500, "n", 5_000, "q", "y"]
    )
    assert state.phase is Phase.LEFT
    (session,) = sessions(store, "ana")
    assert (session.state, session.work_ms, session.position_ms) == ("partial", 10_000, 20_000)


@pytest.mark.parametrize("key", "123456789abc")
def test_pain_never_offers_to_carry_on_as_before(store: sqlite3.Connection, key: str) -> None:
    two = opened("  - Calf: 60s\n  - Thigh: 20s\n")
    feeling = stop_list_for(())["123456789abc".index(key)]
    check: list[str | int] = (
        [feeling.check.wait_ms, " ", feeling.check.fine] if feeling.check else []
    )
    state, console, _, player = play(store, two, [15_000, "x", 3_000, key, *check, " ", 1_000])
    assert feeling.says in console.text
    if feeling.then in {Then.SKIP_STEP, Then.CRAMP}:
        assert state.phase is Phase.DONE and player.live.ended_by is None
        assert state.segment_at(10**12).step == 2
    else:
        assert state.phase is Phase.LEFT and player.live.ended_by
    if feeling.rank == "emergency":
        assert "EMERGENCY" in console.text and "112" in console.text
    (hurt,) = store.execute("SELECT step, side, feeling FROM hurt").fetchall()
    assert hurt == (1, "both", feeling.id)


@pytest.mark.parametrize("feeling", load_stop_list(), ids=lambda feeling: feeling.id)
def test_a_session_in_which_something_hurt_is_never_resumed_even_after_a_kill(
    store: sqlite3.Connection, feeling: Feeling
) -> None:
    what = opened("  - Calf: 60s\n  - Thigh: 60s\n")
    assert what.routine and what.timeline
    time = Time()
    at, wall = time.now(), time.wall()
    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, 70_000, wall)
    live = Live(State(what.timeline, 0, at, Phase.RUNNING, at, wall), journal, (), time)
    time.pass_by(1_500)
    live.look()
    later = time.wall() + ALIVE_MS
    assert interrupted_session(store, 1, later) is not None
    live.do(Do.HURTS)
    assert interrupted_session(store, 1, later) is None, (
        "the session is closed as soon as the list is shown"
    )
    live.report_pain(feeling)
    live.save_position()
    assert interrupted_session(store, 1, later) is None


def test_pain_gets_advice_even_if_the_history_can_not_be_written(store: sqlite3.Connection) -> None:
    class Full(MemoryConsole):
        def key(self, timeout_ms: int | None) -> str | None:
            key = super().key(timeout_ms)
            if key == "x":
                store.execute("PRAGMA query_only = ON")
            return key

    what = opened("  - Calf: 60s\n")
    _, console, _, player = play(store, what, [15_000, " ", "x", "1"], console=Full)
    assert "EMERGENCY." in console.text and "could not be kept" in console.text
    assert player.live.is_over and player.live.ended_by


def test_the_second_pain_ends_the_session(store: sqlite3.Connection) -> None:
    two = opened("  - Calf: 60s\n  - Thigh: 20s\n")
    state, console, _, _ = play(store, two, [15_000, "x", "8", " ", 15_000, "x", "8"])
    assert state.phase is Phase.LEFT
    assert "second time" in console.text


@pytest.mark.parametrize(
    ("id_", "red"), [("nerve", None), ("deep", "aaa_acute"), ("cramp", "cramp_long")]
)
def test_a_feeling_that_does_not_pass_in_time_ends_the_session(
    store: sqlite3.Connection, id_: str, red: str | None
) -> None:
    feeling = next(feeling for feeling in load_stop_list() if feeling.id == id_)
    assert feeling.check and feeling.otherwise
    not_fine = {"y": "n", "n": "y"}[feeling.check.fine]
    what = opened("  - Calf: 60s\n  - Thigh: 60s\n")
    assert what.routine and what.timeline
    time = Time()
    at, wall = time.now(), time.wall()
    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, 70_000, wall)
    live = Live(State(what.timeline, 0, at, Phase.RUNNING, at, wall), journal, (), time)
    live.do(Do.HURTS)
    assert not live.report_pain(feeling).over
    live.do(Do.GO_ON)
    assert live.state.phase is Phase.HURTING, "the check is asked first"
    if not feeling.check.at_once:
        time.pass_by(feeling.check.wait_ms - 1)
        assert not live.answer_check(not_fine).over
        time.pass_by(1)
    after = live.answer_check(not_fine)
    assert after.over and live.is_over and after.feeling is feeling.otherwise
    found = store.execute("SELECT key FROM red_flag").fetchall()
    assert found == ([(red,)] if red else [])


def test_dizziness_ends_the_session_with_advice_to_stay_seated(
    store: sqlite3.Connection,
) -> None:
    dizzy = stop_list_for(())
    key = "123456789abc"[[feeling.id for feeling in dizzy].index("dizzy")]
    state, console, _, _ = play(
        store, opened("  - Calf: 60s\n  - Thigh: 60s\n"), [15_000, "x", key]
    )
    assert state.phase is Phase.LEFT
    assert "Sit. Breathe out slowly." in console.text
    assert "Stay seated for 2 minutes before you get up." in console.text


@pytest.mark.parametrize("keys", ["x", "X", "qx", "qX", " x", "?x"])
def test_x_works_in_every_state(store: sqlite3.Connection, keys: str) -> None:
    state, console, _, player = play(store, opened("  - Calf: 60s\n"), [15_000, *keys, 500, "c"])
    assert "Stopped. Come out slowly." in console.text
    assert state.phase is Phase.LEFT and player.live.ended_by


def test_enter_prints_the_present_position(store: sqlite3.Connection) -> None:
    _, console, _, _ = play(
        store, opened("  - calf-wall-straight: 20s each side\n"), [12_000, "enter"]
    )
    assert (
        "0:12 of 0:55: work, Wall calf stretch, knee straight, left side, 20s, set 1, 18s left."
        in (console.text)
    )


def test_ten_seconds_more_move_every_later_cue(store: sqlite3.Connection) -> None:
    _, console, time, _ = play(store, opened("  - Calf: 20s\n"), [12_000, "+"])
    assert time.now() - Time().now() == 40_000
    assert [t for _, t in console.lines if t.endswith("Done.")] == ["0:40  Done."]


def test_the_bell_rings_only_when_wanted(store: sqlite3.Connection) -> None:
    _, quiet, _, _ = play(store, opened("  - Calf: 20s\n"), [])
    assert quiet.bells == []
    _, loud, _, _ = play(store, opened("  - Calf: 20s\n"), ["m"])
    assert [at - Time().now() for at in loud.bells] == [10_000, 20_000, 30_000]


def test_after_a_kill_the_session_resumes_within_two_seconds(store: sqlite3.Connection) -> None:
    what = opened("  - calf-wall-straight: 20s each side\n")
    assert what.routine and what.timeline
    time = Time()

    class Killed(Exception):
        pass

    class Dying(MemoryConsole):
        def key(self, timeout_ms: int | None) -> str | None:
            if time.now() - Time().now() >= 41_300:
                raise Killed
            return super().key(timeout_ms)

    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, 55_000, time.wall())
    at = time.now()
    live = Live(State(what.timeline, 0, at, Phase.RUNNING, at, time.wall()), journal, (), time)
    plan = Plan.whole(what.routine)
    with pytest.raises(Killed):
        PlainPlayer(Dying(time), live, "112", plan, time).play()
    interrupted = interrupted_session(store, 1, time.wall() + ALIVE_MS)
    assert interrupted and interrupted.place and interrupted.place.side is Side.RIGHT
    position = resume_position(what.timeline, what.routine, Pick.LOW, interrupted)
    assert 0 <= 41_300 - position <= 2_000
    (session,) = sessions(store)
    assert (session.state, session.ended) == ("running", None)
    assert sessions(store, "Ben") == []


def test_every_cue_has_words_and_no_cue_occurs_twice() -> None:
    for file in LIBRARY.files:
        timeline = open_routine(file, LIBRARY.catalogue).timeline
        assert timeline
        cues = cue_sheet(timeline).cues
        assert len(set(cues)) == len(cues)
        assert all(cue.text for cue in cues if cue.kind is not CueKind.CLIP)
        assert cues[-1].kind is CueKind.END and cues[-1].at == timeline.total_ms


def test_long_lines_wrap_between_words_with_a_hanging_indent() -> None:
    line = (
        "  3  Is one leg newly swollen, warm or a new colour, or newly sore, with no clear cause?"
    )
    for columns in (20, 40, 80):
        parts = wrapped(line, columns)
        assert all(len(part) <= columns for part in parts)
        assert " ".join(" ".join(parts).split()) == " ".join(line.split())
        assert all(part.startswith("     ") for part in parts[1:])
    assert wrapped("short", 40) == ["short"]


def test_in_rounds_the_session_resumes_in_the_right_round(store: sqlite3.Connection) -> None:
    what = opened(
        "  - rounds: 2\n    steps:\n      - rounds: 2\n        steps:\n          - A: 20s\n"
        "          - wait: Turn over\n"
    )
    assert what.routine and what.timeline
    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, what.timeline.total_ms, 0)
    for index, segment in enumerate(what.timeline.segments):
        position = segment.start + 3_000
        state = State(what.timeline, position, None, Phase.PAUSED, 0, 0, released=index - 1)
        journal.beat(state, 0, 0)
        interrupted = interrupted_session(store, 1, ALIVE_MS)
        assert interrupted
        assert resume_position(what.timeline, what.routine, Pick.LOW, interrupted) == position


def test_a_signal_during_a_write_loses_no_data(store: sqlite3.Connection) -> None:
    what = opened("  - A: 20s\n")
    assert what.routine and what.timeline
    journal = Journal.start(store, 1, what.routine, DEFAULT_CHOICES, 30_000, 0)
    state = State(what.timeline, 0, 0, Phase.RUNNING, 0, 0)
    with pytest.raises(KeyboardInterrupt), transaction(store):
        store.execute("DELETE FROM session")
        raise KeyboardInterrupt
    journal.beat(state, 15_000, 15_000)
    (session,) = sessions(store)
    assert (session.position_ms, session.work_ms) == (15_000, 5_000)
