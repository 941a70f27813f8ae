"""The real program at a real pseudo-terminal: questions, countdown, kills and signals."""

import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.program import PROGRAM, home_of, raw_controls

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.terminal import Terminal

pytestmark = pytest.mark.proof

ROUTINE = "back-of-knee-ease"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


def answer_no_to_everything(terminal: Terminal) -> None:
    """From the eight questions to the line before the start."""
    terminal.expect(r"1  Do you have chest pain")
    terminal.expect(r"None of these: n, then Enter")
    terminal.send("n\r")
    terminal.expect(r"0 to 9, or t for ten")
    terminal.send("0")
    for _ in range(60):
        asked = terminal.expect(r"n no, u not sure|then Enter\. \?|None of these: n|Enter starts")
        if "Enter starts" in asked[0]:
            return
        replies = {"n no": "n", "then": "44\r", "None": "n\r"}
        terminal.send(next(keys for start, keys in replies.items() if asked[0].startswith(start)))
    raise AssertionError("the questions never end")


@pytest.fixture
def started(home: dict[str, str]) -> Iterator[Terminal]:
    with Terminal("play", ROUTINE, "--plain", "--person", "Ana", env=home) as terminal:
        answer_no_to_everything(terminal)
        terminal.send("\r")
        terminal.expect(r"0:00  Get ready")
        yield terminal
        assert raw_controls(terminal.seen) == set()


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)


def where(terminal: Terminal) -> int:
    """The position in whole seconds, asked for by Enter."""
    terminal.send("\r")
    return seconds(terminal.expect(r"\n(\d+:\d\d) of \d+:\d\d: ")[1])


def leave(terminal: Terminal, sore: str) -> str:
    """Leave the session; answer how sore it is now, where something was done. Returns what was."""
    terminal.send("q")
    terminal.expect(r"Leave the session\?")
    terminal.send("y")
    told = terminal.expect(r"What was done:\n(?:  [^\n]*\n)+|Nothing was done yet\.\n")[0]
    if told.startswith("What"):
        terminal.expect(r"now, 0 to 10\?")
        terminal.send(sore)
    return told


def sore_before_and_after(home: dict[str, str]) -> list[tuple[int, int]]:
    """What the history keeps of it, as a session was left or done."""
    with closing(sqlite3.connect(Path(home["XDG_DATA_HOME"]) / "supple" / "history.db")) as db:
        return db.execute("SELECT before, after FROM soreness").fetchall()


def test_the_countdown_moves_in_real_time_and_pauses(
    home: dict[str, str], started: Terminal
) -> None:
    first = started.expect(r"0:07  3", within=12) and time.monotonic()
    started.expect(r"0:08  2")
    started.expect(r"0:09  1")
    started.expect(r"0:10  Go: March on a chair")
    assert abs((time.monotonic() - first) - 3) < 0.5
    started.send(" ")
    started.expect(r"Paused at 0:10")
    before = where(started)
    started.pump(3)
    assert where(started) == before
    started.send(" ")
    started.expect(r"Going on at 0:10")
    started.pump(1.3)
    assert re.search(r"^  March on a chair: [1-3]s$", leave(started, sore="3"), re.MULTILINE)
    assert started.ended() == 0
    assert started.is_as_before()
    assert sore_before_and_after(home) == [(0, 3)]


@pytest.mark.parametrize("moment", [1.5, 11.2, 13.7])
def test_after_sigkill_it_goes_on_within_two_seconds_of_where_it_was(
    home: dict[str, str], started: Terminal, moment: float
) -> None:
    started.send("nnnnn")  # to the first stretch: its get-ready time
    began = where(started)
    clock = time.monotonic()
    started.pump(moment)
    was = began + time.monotonic() - clock
    started.signal(signal.SIGKILL)
    assert started.ended() == -signal.SIGKILL
    with Terminal("play", ROUTINE, "--plain", "--person", "ana", env=home) as again:
        asked = again.expect(r"was interrupted at (\d+:\d\d) of 12:50(, left side)?\. r goes on")
        assert asked[2], "it begins on the left"
        assert 0 <= was + 1 - seconds(asked[1]) <= 3  # two seconds, and whole seconds are shown
        again.send("r")
        answer_no_to_everything(again)
        again.send("\r")
        again.expect(r"Back-of-knee ease, 12:50")
        assert abs(was - where(again)) <= 2.5
        again.send("\r")
        assert "left side" in again.expect(r"\d+:\d\d of \d+:\d\d: [^\n]*")[0]
        leave(again, sore="q")
        assert again.ended() == 0
        assert sore_before_and_after(home) == []


def test_after_sigstop_it_is_paused_and_credits_a_second_at_most(started: Terminal) -> None:
    started.expect(r"0:07  3", within=12)
    before = where(started)
    started.signal(signal.SIGSTOP)
    time.sleep(5)
    started.signal(signal.SIGCONT)
    paused = started.expect(r"asleep[^\n]*\nPaused at (\d+:\d\d)")
    assert seconds(paused[1]) - before <= 2  # one second credited, and whole seconds are shown
    still = where(started)
    started.pump(2)
    assert where(started) == still
    started.send(" ")
    started.expect(r"Going on")
    started.expect(r"0:10  Go")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_leave_the_terminal_clean_and_the_journal_whole(
    home: dict[str, str], started: Terminal, number: signal.Signals
) -> None:
    started.expect(r"0:08  2", within=12)
    started.signal(number)
    assert started.ended() == 128 + number
    assert started.is_as_before()
    with Terminal("play", ROUTINE, "--plain", "--person", "Ana", env=home) as again:
        again.expect(r"was interrupted at 0:0[89] of 12:50")
        again.send("n")
        again.expect(r"1  Do you have chest pain")
        again.send("q")
        again.expect(r"Nothing was played")
        assert again.ended() == 1
        assert again.is_as_before()


def test_ctrl_c_keeps_the_place(home: dict[str, str], started: Terminal) -> None:
    started.expect(r"0:07  3", within=12)
    started.send("\x03")
    started.expect(r"the next start offers to go on")
    assert started.ended() == 130
    assert started.is_as_before()


def test_when_the_terminal_is_taken_away_the_program_ends(started: Terminal) -> None:
    began = time.monotonic()
    process = started.process
    started.take_away()
    process.wait(5)
    assert time.monotonic() - began < 3
    started.master, started.slave = -1, -1


RED_FLAGS = [("1", ROUTINE), ("2", "calf-roller"), ("3", "thigh-roller"), ("4", "quad-stretch")]


@pytest.mark.parametrize(("question", "routine"), RED_FLAGS)
def test_a_red_flag_plays_nothing_and_is_asked_about_again(
    home: dict[str, str], question: str, routine: str
) -> None:
    words = r"URGENT\. Get seen today" if question == "3" else r"EMERGENCY\. Call your emergency"
    with Terminal("play", routine, "--plain", "--person", "Ana", env=home) as terminal:
        terminal.expect(r"None of these: n, then Enter")
        terminal.send(f"{question}\r")
        terminal.expect(words)
        terminal.expect(r"Nothing is played today")
        assert terminal.ended() == 1
        assert "Get ready" not in terminal.text
    with Terminal("play", routine, "--plain", "--person", "Ana", env=home) as terminal:
        terminal.expect(r"Have you been checked since\?")
        terminal.send("l")
        terminal.expect(r"Nothing is played")
        assert terminal.ended() == 1


@pytest.mark.parametrize("keys", ["\x04", "n\r\x04", "n\r0\x04", "n\r0nnn\x04", "q", "n\r0q"])
def test_input_that_ends_in_the_questions_plays_nothing(home: dict[str, str], keys: str) -> None:
    with Terminal("play", ROUTINE, "--plain", "--person", "Ana", env=home) as terminal:
        terminal.expect(r"None of these: n, then Enter")
        terminal.send(keys)
        terminal.expect(r"not played|Nothing was played")
        assert terminal.ended() == 1
        assert "Enter starts" not in terminal.text
        assert terminal.is_as_before()


def test_keys_that_are_no_answers_never_answer(home: dict[str, str]) -> None:
    with Terminal("play", ROUTINE, "--plain", "--person", "Ana", env=home) as terminal:
        terminal.expect(r"None of these: n, then Enter")
        terminal.send("\r\r\ry9zß\x1b[A\x1b[5~ \r")
        terminal.pump(0.5)
        assert "How sore" not in terminal.text
        terminal.send("q")
        assert terminal.ended() == 1


def test_without_a_terminal_nothing_is_asked_and_nothing_played(home: dict[str, str]) -> None:
    done = subprocess.run(
        [*PROGRAM, "play", ROUTINE, "--plain"],
        input="Ana\nn\n\n0\n", text=True, capture_output=True, env=home, timeout=20, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.fullmatch(r"supple: [^\n]+\n", done.stderr)
    assert done.stdout == ""


def test_the_library_at_a_simple_terminal_offers_a_choice(home: dict[str, str]) -> None:
    with Terminal(env=home | {"TERM": "dumb"}) as terminal:
        terminal.expect(r"Which one\?")
        terminal.send("calf-strech\r")
        terminal.expect(r"did you mean `calf-stretch`\?")
        terminal.send("\r")
        assert terminal.ended() == 0
        assert terminal.is_as_before()
