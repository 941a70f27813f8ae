"""Two real programs of the same person, with one history."""

import math
import signal
import sqlite3
import struct
import sys
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.program import ROOT

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from player.base.program import this_program
from tests.proof.answering import SETTLES_S, answer_no_to_everything, answer_today
from tests.proof.machine import Stopwatch
from tests.proof.places import PLAY, Env, history_of, home_as
from tests.proof.test_stop_key import PROBE, blocks_of
from tests.screen import Seen
from tests.terminal import PATIENCE_S, Terminal

pytestmark = pytest.mark.proof

WITHIN_S = 2.0
FADES_S = 0.3
"""Longer than the device takes to ask for its next sound, which fades."""

HOSTS = pytest.mark.parametrize("kind", [Seen, Terminal], ids=["screens", "plain"])
CHEST_PAIN = "1"
"""The key of the first line, both of today's list and of the stop list."""


@pytest.fixture
def home(known: Path, tmp_path: Path) -> Env:
    """A home in which Ana has answered everything. The sound device of each program is a file."""
    env = home_as(known, tmp_path / "home")
    return env | {"PYTHONPATH": f"{PROBE}:{ROOT}", "SOUND_PROBE": str(tmp_path / "sound")}


@contextmanager
def window(kind: type[Terminal], home: Env, *options: str) -> Iterator[Terminal]:
    """Open the program in a window, up to today's questions."""
    plain = () if kind is Seen else ("--plain",)
    with kind(*PLAY, *plain, *options, env=home) as terminal:
        see(terminal, r"Do you have chest pain")
        yield terminal


def see(terminal: Terminal, pattern: str) -> None:
    (terminal.see if isinstance(terminal, Seen) else terminal.expect)(pattern)


def begin(terminal: Terminal) -> None:
    answer_no_to_everything(terminal)
    terminal.send("\r")
    see(terminal, r"session [█─]+ " if isinstance(terminal, Seen) else r"0:00  Get ready")


def rows(home: Env, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(history_of(home))) as db:
        return db.execute(sql).fetchall()


def wait_until(holds: Callable[[], object], *terminals: Terminal) -> None:
    """Wait, and read what the terminals write meanwhile. Only a failing test waits long."""
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < deadline, "it never came to hold"
        for terminal in terminals:
            terminal.pump(0.005)


def has_run(home: Env) -> bool:
    """Return whether the first session has run so long that it would be offered."""
    return bool(rows(home, "SELECT 1 FROM beat WHERE at_ms >= 2000"))


def states(home: Env) -> list[object]:
    return [state for (state,) in rows(home, "SELECT state FROM session ORDER BY id")]


@HOSTS
def test_a_running_session_is_neither_offered_nor_closed_by_a_second_window(
    home: Env, kind: type[Terminal]
) -> None:
    with window(kind, home, "--mute") as first:
        begin(first)
        wait_until(lambda: has_run(home), first)
        with window(kind, home, "--mute") as second:
            assert "was interrupted" not in second.text
            assert states(home) == ["running"]
            first.send(" ")
            see(first, r"PAUSED\. |Paused at")
            begin(second)
            assert states(home) == ["running", "running"]
            with window(kind, home, "--mute") as third:
                assert "was interrupted" not in third.text, "one is paused, and one runs"
            assert states(home) == ["running", "running"]


@HOSTS
def test_the_session_of_a_killed_window_is_offered_at_once(home: Env, kind: type[Terminal]) -> None:
    with window(kind, home, "--mute") as first:
        begin(first)
        wait_until(lambda: has_run(home), first)
        first.signal(signal.SIGKILL)
        assert first.ended() == -signal.SIGKILL
    with kind(*PLAY, *(() if kind is Seen else ("--plain",)), "--mute", env=home) as second:
        see(second, r"was interrupted at \d:\d\d")


def in_the_questions(second: Terminal) -> None:
    answer_today(second, CHEST_PAIN)


def with_x(second: Terminal) -> None:
    begin(second)
    second.pump(SETTLES_S)
    second.send("x")
    see(second, r"Press the first that fits")
    second.pump(SETTLES_S)
    second.send(CHEST_PAIN)


@HOSTS
@pytest.mark.parametrize("tell", [in_the_questions, with_x])
def test_chest_pain_told_in_one_window_silences_the_other(
    home: Env, tmp_path: Path, kind: type[Terminal], tell: Callable[[Terminal], None]
) -> None:
    hum = tmp_path / "hum.wav"
    write_hum(hum)
    sounds = () if kind is Terminal else ("--no-voice", "--background", str(hum))
    log = Path(home["SOUND_PROBE"])
    with window(kind, home, *sounds) as first, window(kind, home, "--mute") as second:
        begin(first)
        if sounds:
            wait_until(lambda: log.exists() and any(b.sounds for b in blocks_of(log)), first)
        tell(second)
        wait_until(lambda: rows(home, "SELECT 1 FROM red_flag"), second, first)
        watch = Stopwatch(first.process.pid)
        wait_until(lambda: states(home)[0] != "running", first)
        assert watch.slept() <= WITHIN_S
        see(first, r"EMERGENCY\. Stop\. Sit or lie down\. Call your emergency\s+number now\.")
        see(first, r"You told of this in another window: chest pain")
        if sounds:
            faded = time.monotonic() + FADES_S
            wait_until(lambda: blocks_of(log)[-1].at > faded + FADES_S, first)
            after = [block for block in blocks_of(log) if block.at > faded]
            assert after and not any(block.sounds for block in after)
        assert states(home)[0] == "partial", "it is not offered again"
        assert rows(home, "SELECT count(*) FROM beat") == [(0,)]


def write_hum(file: Path) -> None:
    """Write ten seconds of a tone, which is played softly for the whole session."""
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        tone = (round(8_000 * math.sin(n / 20)) for n in range(480_000))
        sound.writeframes(b"".join(struct.pack("<h", one) for one in tone))


def test_the_history_names_the_program_that_has_the_session_open(home: Env) -> None:
    with window(Terminal, home, "--mute") as first:
        begin(first)
        machine = this_program().rpartition(" ")[0]
        wait_until(lambda: rows(home, "SELECT 1 FROM beat"), first)
        assert rows(home, "SELECT program FROM beat") == [(f"{machine} {first.process.pid}",)]
