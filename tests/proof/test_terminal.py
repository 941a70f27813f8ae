"""The plain mode in a real pseudo-terminal: questions, countdown, kills and signals."""

import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.habits import seed, tries
from tests.program import PROGRAM, home_of, raw_controls

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.proof.answering import (
    SETTLES_S,
    answer,
    answer_no,
    answer_no_to_everything,
    press_slowly,
)
from tests.proof.machine import Stopwatch
from tests.proof.places import (
    BEHIND_S,
    PLAIN,
    ROUNDED_S,
    ROUTINE,
    Env,
    home_as,
    last_beat,
    seconds,
    soreness_of,
)
from tests.terminal import PATIENCE_S, Terminal

pytestmark = pytest.mark.proof

MARKS = r"None of these: n, then sore or not, then Enter"


@pytest.fixture
def home(known: Path, tmp_path: Path) -> Env:
    return home_as(known, tmp_path / "home")


@pytest.fixture
def fresh(tmp_path: Path) -> Env:
    """The home of a person who has answered nothing yet."""
    return home_of(tmp_path)


@pytest.fixture
def started(home: Env) -> Iterator[Terminal]:
    with Terminal(*PLAIN, env=home) as terminal:
        begin(terminal)
        yield terminal
        assert raw_controls(terminal.seen) == set()


PAST_THE_FIRST_SECOND_S = 1.2
"""A session that ends sooner is not offered again."""


def begin(terminal: Terminal) -> None:
    """Go from today's list to the running session."""
    terminal.expect(r"1  Do you have chest pain")
    answer_no_to_everything(terminal)
    terminal.send("\r")
    terminal.expect(r"\d+:\d\d  ")


def where(terminal: Terminal) -> int:
    """Press Enter, and return the printed position in whole seconds."""
    terminal.send("\r")
    return seconds(terminal.expect(r"\n(\d+:\d\d) of \d+:\d\d: ")[1])


def leave(terminal: Terminal, sore: str) -> str:
    """Leave the session, and answer `sore` if the program asks about soreness.

    Return the whole summary, even if the program writes it line by line.
    """
    terminal.send("q")
    answer(terminal, r"Leave the session\?", "y")
    if terminal.expect(r"now, 0 to 10\?|Left at")[0] != "Left at":
        for key in sore:
            terminal.pump(SETTLES_S)
            terminal.send(key)
        terminal.expect(r"Left at")
    terminal.ended()
    return terminal.expect(r" \d+:\d\d of \d+:\d\d\.\n((?:  [^\n]*\n)+)")[1]


def test_the_countdown_moves_in_real_time_and_pauses(fresh: Env) -> None:
    with Terminal(*PLAIN, env=fresh) as started:
        begin(started)
        started.expect(r"0:07  3")
        beat, first = last_beat(fresh), time.monotonic()
        started.expect(r"0:08  2")
        started.expect(r"0:09  1")
        started.expect(r"0:10  Go: March on a chair")
        # Real time. Each line may be written and read almost a second late.
        assert abs((time.monotonic() - first) - 3) < 0.8
        later = last_beat(fresh)
        assert later.at > beat.at
        assert abs((later.at - beat.at) - (later.wall - beat.wall)) <= 50, (
            "the session ran as fast as the clock"
        )
        started.send(" ")
        at = started.expect(r"Paused at (0:1\d)")[1]
        before = where(started)
        started.pump(3)
        assert where(started) == before == seconds(at)
        started.send(" ")
        started.expect(rf"Going on at {at}")
        started.pump(1.3)
        running = last_beat(fresh)
        summary = leave(started, "3\r")
        done = re.search(r"^  March on a chair: (\d+)s$", summary, re.MULTILINE)
        assert done and seconds(at) - 10 < int(done[1]) <= running.s() - 10
        assert "Soreness: 0 before, 3 now." in summary
        assert started.ended() == 0
        assert started.is_as_before()
        assert raw_controls(started.seen) == set()
    assert soreness_of(fresh) == [(0, 3)]


@pytest.mark.soak
def test_after_sigkill_the_session_resumes_within_two_seconds_of_its_position(
    known: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed())
    for number in range(tries(2)):
        home = home_as(known, tmp_path / f"{number}")
        killed_and_resumed(home, chance.uniform(0, 14))


def killed_and_resumed(home: Env, moment: float) -> None:
    print(f"killed after {moment:.2f} s")
    with Terminal(*PLAIN, env=home) as terminal:
        begin(terminal)
        press_slowly(terminal, "nnnnn")  # go to the get-ready time of the first stretch
        began = where(terminal)
        beat = last_beat(home)
        assert beat.at >= began * 1_000
        terminal.pump(moment)
        was = beat.s()
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        ended = beat.s()
    with Terminal("play", ROUTINE, "--plain", "--person", "ana", env=home) as again:
        asked = again.expect(r"was interrupted at (\d+:\d\d) of 12:50(, left side)?\.")
        assert asked[2], "the first stretch begins on the left"
        offer = seconds(asked[1])
        assert was - BEHIND_S < offer <= ended
        again.pump(SETTLES_S)
        again.send("r")
        begin(again)
        resumed = last_beat(home)
        assert offer <= resumed.first_s < offer + 1.5
        now = where(again)
        assert offer <= now <= resumed.s()
        again.send("\r")
        assert "left side" in again.expect(r"\d+:\d\d of \d+:\d\d: [^\n]*")[0]
        leave(again, "q")
        assert again.ended() == 0
    assert soreness_of(home) == []


def test_after_sigstop_the_session_is_paused_and_credits_at_most_a_second(
    home: Env, started: Terminal
) -> None:
    started.expect(r"0:07  3")
    was = last_beat(home).s()
    started.signal(signal.SIGSTOP)
    time.sleep(3)  # more than the two seconds from which a gap counts as sleep
    started.signal(signal.SIGCONT)
    paused = started.expect(r"asleep[^\n]*\nPaused at (\d+:\d\d)")
    assert -0.5 - 1 < seconds(paused[1]) - was < 1.5
    still = where(started)
    started.pump(2)
    assert where(started) == still
    started.send(" ")
    started.expect(r"Going on")
    started.expect(r"0:10  Go")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_leave_the_terminal_clean_and_the_journal_whole(
    home: Env, started: Terminal, number: signal.Signals
) -> None:
    started.pump(PAST_THE_FIRST_SECOND_S)
    began = where(started)
    was = last_beat(home).s()
    started.signal(number)
    assert started.ended() == 128 + number
    assert started.is_as_before()
    place = last_beat(home).at / 1_000
    assert began <= was <= place + ROUNDED_S
    with Terminal(*PLAIN, env=home) as again:
        asked = again.expect(r"was interrupted at (0:\d\d) of 12:50")
        assert seconds(asked[1]) == int(place)
        again.pump(SETTLES_S)
        again.send("n")
        answer(again, r"1  Do you have chest pain", "q")
        again.expect(r"Nothing was played")
        assert again.ended() == 1
        assert again.is_as_before()


def test_ctrl_c_saves_the_position(home: Env, started: Terminal) -> None:
    started.pump(PAST_THE_FIRST_SECOND_S)
    was = last_beat(home).s()
    started.send("\x03")
    started.expect(r"the next start offers to go on")
    assert started.ended() == 130
    assert started.is_as_before()
    assert last_beat(home).at / 1_000 + ROUNDED_S >= was


def test_the_program_ends_when_its_terminal_is_closed(started: Terminal) -> None:
    watch = Stopwatch(started.process.pid)
    started.take_away()
    watch.until_ended(started.process, slept=3)
    assert started.process.poll() is not None


RED_FLAGS = [("1", ROUTINE), ("2", "calf-roller"), ("3", "thigh-roller"), ("4", "quad-stretch")]


@pytest.mark.parametrize(("question", "routine"), RED_FLAGS)
def test_a_red_flag_prevents_playing_and_is_asked_about_again(
    home: Env, question: str, routine: str
) -> None:
    words = r"URGENT\. Get seen today" if question == "3" else r"EMERGENCY\. Call your emergency"
    with Terminal("play", routine, "--plain", "--person", "Ana", env=home) as terminal:
        answer(terminal, MARKS, question, "\r")
        terminal.expect(words)
        terminal.expect(r"Nothing is played today")
        assert terminal.ended() == 1
        assert "Get ready" not in terminal.text
    with Terminal("play", routine, "--plain", "--person", "Ana", env=home) as terminal:
        answer(terminal, r"Have you been checked since\?", "l")
        terminal.expect(r"Nothing is played")
        assert terminal.ended() == 1


@pytest.mark.parametrize("answered", range(2))
@pytest.mark.parametrize("key", ["\x04", "q"], ids=["end", "q"])
def test_nothing_plays_if_the_input_ends_during_the_questions(
    fresh: Env, answered: int, key: str
) -> None:
    with Terminal(*PLAIN, env=fresh) as terminal:
        answer_no(terminal, answered)
        terminal.send(key)
        terminal.expect(r"not played|Nothing was played")
        assert terminal.ended() == 1
        assert "Enter starts" not in terminal.text
        assert terminal.is_as_before()


def test_keys_that_are_not_answers_answer_nothing(home: Env) -> None:
    with Terminal(*PLAIN, env=home) as terminal:
        answer(terminal, MARKS, "\r\r\rw9zß\x1b[A\x1b[5~ \r")
        terminal.pump(SETTLES_S)
        assert "How sore" not in terminal.text
        terminal.send("q")
        assert terminal.ended() == 1


def test_without_a_terminal_nothing_is_asked_and_nothing_plays(home: Env) -> None:
    done = subprocess.run(
        [*PROGRAM, "play", ROUTINE, "--plain"],
        input="Ana\nn\n\n0\n", text=True, capture_output=True, env=home,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert re.fullmatch(r"supple: [^\n]+\n", done.stderr)
    assert done.stdout == ""


def test_on_a_simple_terminal_the_library_asks_for_a_routine(home: Env) -> None:
    with Terminal(env=home | {"TERM": "dumb"}) as terminal:
        answer(terminal, r"Which one\?", "calf-strech\r")
        answer(terminal, r"did you mean `calf-stretch`\?", "\r")
        assert terminal.ended() == 0
        assert terminal.is_as_before()
