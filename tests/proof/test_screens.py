"""The full screen at a real pseudo-terminal: kills, signals, lost terminals, errors, resizes."""

import os
import re
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.program import PROGRAM, home_of, raw_controls
from tests.test_repository import ROOT

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from bench.files import write_files
from tests.screen import Seen, modes_left

pytestmark = pytest.mark.proof

SHIPPED_ROUTINES = len(list((ROOT / "routines").glob("*.yaml")))

ROUTINE = "back-of-knee-ease"
TITLE = "Back-of-knee ease"
LISTED = r"(?m)^(CALF|After running)\b"
"""The library shows what it has read: its first heading, or the first routine of all."""

PLAY = ("play", ROUTINE, "--person", "Ana")
TODAY = r"Is one of these so today\?"
RESUME = r"was\s+interrupted\s+at\s+(\d+:\d\d)\s+of\s+12:50(?:,\s+(left|right)\s+side)?\."
SWITCHED_ON = {"25", "1000", "1003", "1004", "1006", "1015", "1049", "2004", "kitty"}
"""The cursor away, the mouse, focus, the other screen, paste, keys."""

Env = dict[str, str]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ana has answered every question, and left before the start."""
    folder = tmp_path_factory.mktemp("known")
    with Seen(*PLAY, env=home_of(folder)) as terminal:
        answer_no_to_everything(terminal)
        terminal.send("q")
        assert terminal.ended() == 1
        assert given_back(terminal) == "supple: Left. Nothing was played.\r\n"
    return folder


@pytest.fixture
def home(known: Path, tmp_path: Path) -> Env:
    return home_as(known, tmp_path / "home")


def home_as(known: Path, folder: Path) -> Env:
    shutil.copytree(known, folder)
    return home_of(folder)


def answer_no_to_everything(terminal: Seen) -> None:
    """From today's list to the result, and as long as it takes to read it."""
    come_to_the_result(terminal)
    terminal.pump(0.7)  # an Enter that comes sooner does not count


def come_to_the_result(terminal: Seen) -> None:
    """Answer no to everything, from today's list on."""
    keys = {
        r"None of these": "n\r",
        r"^ +0 to 9, or t for ten": "0",
        r"^ +n No$": "zn",  # a key that comes twice at once counts once; z means nothing
        r"then Enter": "44\r",
        r"^ Enter start": "",
    }

    def another() -> tuple[str, str] | None:
        asks = re.sub(r"\[.\]|\d*_$", "", terminal.picture, flags=re.MULTILINE)
        replies = [reply for ask, reply in keys.items() if re.search(ask, asks, re.MULTILINE)]
        return (asks, replies[0]) if replies and asks != asked else None

    asked = ""
    for _ in range(40):
        asked, reply = terminal.until(another, "question")
        if not reply:
            return
        terminal.send(reply)
    raise AssertionError("the questions never end")


def begin(terminal: Seen) -> float:
    """From today's list to the running session; the moment at which it was first seen."""
    answer_no_to_everything(terminal)
    terminal.send("\r")
    terminal.see(r"(?m)^ session [█─]+ ")
    return time.monotonic()


def countdown(terminal: Seen) -> str:
    """Everything above the bars: the step, the side, and the time that is left."""
    above, bars, _ = terminal.picture.partition("\n step ")
    return above if bars else ""


def ticks(terminal: Seen, count: int) -> None:
    """Wait until the countdown has changed so often."""
    for _ in range(count):
        before = countdown(terminal)
        terminal.until(lambda: countdown(terminal) not in {before, ""}, "next second", within=3)  # noqa: B023


def leave(terminal: Seen) -> int:
    """Leave the session. Returns the second at which it was left."""
    terminal.send("q")
    terminal.see(r"Leave the session\?")
    terminal.send("y")
    if terminal.see(r"How sore|Left at")[0] == "How sore":
        terminal.send("q")
    left = seconds(terminal.see(r"Left at (\d+:\d\d) of 12:50\.")[1])
    terminal.send("\r")
    assert terminal.ended() == 0
    assert given_back(terminal) == ""
    return left


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)


def doing(terminal: Seen) -> tuple[str, str]:
    """The step with its sets, and the side."""
    above = countdown(terminal)
    step = re.search(r"^ (Step \d of 6[^\n]*\n[^\n]*)$", above, re.MULTILINE)
    side = re.search(r"(left|right) side", above)
    assert step and side, terminal.picture
    return step[1], side[1]


def given_back(terminal: Seen) -> str:
    """The words that were written after the terminal was given back, in order."""
    assert terminal.is_as_before()
    assert modes_left(terminal.seen) == set()
    _, left, after = terminal.seen.rpartition(b"\x1b[?1049l")
    assert left, "it never was on a screen of its own"
    words = re.sub(rb"\x1b\[\?\d+[hl]|\x1b\]22;default(?:\x07|\x1b\\)", b"", after)
    assert raw_controls(words) == set()
    return words.decode()


def history_of(home: Env) -> Path:
    return Path(home["XDG_DATA_HOME"]) / "supple" / "history.db"


def is_whole(home: Env) -> bool:
    with closing(sqlite3.connect(history_of(home))) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def journalled(home: Env) -> float:
    """Where a running session is, as it was last written down, in seconds."""
    with closing(sqlite3.connect(history_of(home))) as db:
        return float(db.execute("SELECT at_ms FROM beat").fetchall()[-1][0]) / 1_000


def offered(home: Env) -> int:
    """Where the next start offers to go on, in seconds."""
    with Seen(*PLAY, env=home) as again:
        return seconds(again.see(RESUME)[1])


class Places:
    """The program three times: at the library, at a question and in a session."""

    def __init__(self, stack: ExitStack, known: Path, folder: Path, **how: object) -> None:
        self.homes = [home_as(known, folder / name) for name in ("library", "asks", "session")]
        words = ((), PLAY, PLAY)
        self.all = [
            stack.enter_context(Seen(*w, env=env, **how))  # type: ignore[arg-type]
            for w, env in zip(words, self.homes, strict=True)
        ]
        self.library, self.asks, self.session = self.all
        self.library.see(LISTED)
        self.asks.see(TODAY)
        self.asks.send("n\r")
        self.asks.see(r"How sore")
        self.began = begin(self.session)
        ticks(self.session, 2)

    def near(self, offer: int) -> bool:
        """Whether the session of this moment would go on there, two seconds at most behind."""
        return -3 <= offer - (time.monotonic() - self.began) <= 0.5


def test_the_countdown_moves_in_real_time_and_pauses(tmp_path: Path) -> None:
    home = home_of(tmp_path)
    with Seen(*PLAY, env=home) as terminal:
        begin(terminal)
        assert modes_left(terminal.seen) >= SWITCHED_ON
        assert not terminal.is_as_before()
        ticks(terminal, 1)
        began = time.monotonic()
        seen = [countdown(terminal)]
        for _ in range(3):
            ticks(terminal, 1)
            seen.append(countdown(terminal))
        assert abs(time.monotonic() - began - 3) < 0.5
        assert len(set(seen)) == 4
        terminal.send("n")
        terminal.see(r"Move · 3:00")
        ticks(terminal, 2)
        terminal.send(" ")
        terminal.see(r"PAUSED\. Space goes on")
        still = terminal.picture
        terminal.pump(2.5)
        assert terminal.picture == still
        terminal.send(" ")
        ticks(terminal, 1)
        terminal.send("q")
        terminal.see(r"Leave the session\?")
        terminal.send("y")
        terminal.see(r"How sore")
        terminal.send("3")
        terminal.see(r"Left at 0:1[234] of 12:50\.")
        terminal.see(r"March on a chair: [234]s")
        terminal.see(r"Soreness: 0 before, 3 now\.")
        terminal.send("\r")
        assert terminal.ended() == 0
        assert given_back(terminal) == ""
    with closing(sqlite3.connect(history_of(home))) as db:
        assert db.execute("SELECT before, after FROM soreness").fetchall() == [(0, 3)]


MOMENTS = [
    pytest.param("nnnn", "Get ready · left side", 230, 1.3, id="getting ready"),
    pytest.param("nnnnn", "Hold · left side", 240, 4.7, id="on the left"),
    pytest.param("nnnnnnn", "Hold · right side", 275, 2.2, id="on the right"),
]


@pytest.mark.parametrize(("keys", "seen", "start", "moment"), MOMENTS)
def test_after_sigkill_it_goes_on_within_two_seconds_of_where_it_was(
    home: Env, keys: str, seen: str, start: int, moment: float
) -> None:
    with Seen(*PLAY, env=home) as terminal:
        begin(terminal)
        terminal.send(keys)
        terminal.see(seen)
        began = time.monotonic()
        terminal.pump(moment)
        did = doing(terminal)
        side = "right" if "right" in seen else "left"
        assert did == ("Step 3 of 6 · set 1 of 2\n Wall calf stretch, knee straight", side)
        terminal.signal(signal.SIGKILL)
        was = start + time.monotonic() - began
        assert terminal.ended() == -signal.SIGKILL
    with Seen(*PLAY, env=home) as again:
        asked = again.see(RESUME)
        assert asked[2] == side
        offer = seconds(asked[1])
        assert start <= offer
        print(f"{was - offer:.1f} s behind, of which up to 1 s is only what is shown")
        assert -3 < offer - was < 0.5  # two seconds, and whole ones are shown
        again.send("r")
        again.see(TODAY)
        began = begin(again)
        assert doing(again) == did
        ticks(again, 1)
        passed = time.monotonic() - began
        assert -1.5 < leave(again) - offer - passed < 1.5


def test_after_sigkill_the_library_offers_to_go_on_too(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        began = begin(terminal)
        ticks(terminal, 2)
        was = time.monotonic() - began
        terminal.signal(signal.SIGKILL)
        terminal.ended()
    for name in ("", "ana\r"):
        with Seen(env=home) as again:
            again.see(LISTED)
            again.send("back-of-knee")
            again.see(rf"1 of {SHIPPED_ROUTINES} routines")
            again.send("\r")
            again.see(r"For: Ana · not you\?")
            again.pump(0.8)  # an Enter that comes sooner was not meant for this screen
            again.send("n" if name else "\r")
            if name:
                again.see(r"For whom is it\?")
                again.send(name)
            assert -3 < seconds(again.see(RESUME)[1]) - was < 0.5
            assert "For: Ana" in again.rows[0]


def test_after_sigstop_it_is_paused_and_credits_a_second_at_most(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        began = begin(terminal)
        ticks(terminal, 2)
        was = time.monotonic() - began
        terminal.signal(signal.SIGSTOP)
        time.sleep(5)
        terminal.signal(signal.SIGCONT)
        terminal.see(r"PAUSED: it was asleep")
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n")
        assert -0.5 < journalled(home) - was < 1.5
        still = terminal.picture
        terminal.pump(1.5)
        assert terminal.picture == still
        terminal.send(" ")
        ticks(terminal, 1)
        assert "PAUSED" not in terminal.picture
        terminal.send("\x03")
        assert terminal.ended() == 130
        assert given_back(terminal).startswith("supple: Stopped. ")


def test_ctrl_z_gives_the_terminal_back_and_asks_on_return(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        began = begin(terminal)
        ticks(terminal, 2)
        was = time.monotonic() - began
        terminal.signal(signal.SIGTSTP)
        stopped = terminal.until(lambda: stopped_by(terminal.process.pid), "stop")
        assert stopped == signal.SIGSTOP
        terminal.pump(0.1)
        assert given_back(terminal) == ""
        terminal.pump(2.5)
        assert terminal.picture.strip() == ""
        terminal.signal(signal.SIGCONT)
        terminal.see(r"PAUSED: it was asleep")
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n")
        assert modes_left(terminal.seen) >= SWITCHED_ON
        assert -0.5 < journalled(home) - was < 1.5
        terminal.send(" ")
        ticks(terminal, 2)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
        assert given_back(terminal) == ""


def stopped_by(pid: int) -> int:
    """The signal that stopped a child; 0 while it runs."""
    _, status = os.waitpid(pid, os.WUNTRACED | os.WNOHANG)
    return os.WSTOPSIG(status) if os.WIFSTOPPED(status) else 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_leave_the_terminal_clean_and_the_history_whole(
    known: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with ExitStack() as stack:
        places = Places(stack, known, tmp_path)
        for terminal in places.all:
            assert modes_left(terminal.seen) >= SWITCHED_ON
            terminal.signal(number)
        for terminal, home in zip(places.all, places.homes, strict=True):
            assert terminal.ended() == 128 + number
            assert given_back(terminal) == ""
            assert is_whole(home)
        _, asks, session = places.homes
        assert places.near(offered(session))
    with Seen(*PLAY, env=asks) as again:
        again.see(rf"{TODAY}|interrupted")
        assert "interrupted" not in again.picture


@pytest.mark.parametrize("words", [(), PLAY], ids=["library", "play"])
@pytest.mark.parametrize("after", [0.0, 0.015, 0.03])
def test_a_signal_before_the_first_frame_leaves_the_terminal_clean(
    home: Env, words: tuple[str, ...], after: float
) -> None:
    with Seen(*words, env=home) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.seen, "screen of its own")
        time.sleep(after)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
        assert given_back(terminal) == ""


IGNORES_SIGHUP = ("sh", "-c", 'trap "" HUP; exec "$0" "$@"', *PROGRAM)
TAKEN = [
    pytest.param({}, id="with SIGHUP"),
    pytest.param({"command": IGNORES_SIGHUP}, id="with SIGHUP ignored"),
    pytest.param({"controlled": False}, id="without SIGHUP"),
]


@pytest.mark.parametrize("how", TAKEN)
def test_when_the_terminal_is_taken_away_the_program_ends(
    known: Path, tmp_path: Path, how: dict[str, object]
) -> None:
    with ExitStack() as stack:
        places = Places(stack, known, tmp_path, **how)
        for terminal in places.all:
            pid = terminal.process.pid
            used, began = cpu(pid), time.monotonic()
            terminal.take_away()
            while not is_over(pid) and time.monotonic() - began < 10:
                time.sleep(0.01)
            took, more = time.monotonic() - began, cpu(pid) - used
            print(f"ended after {took:.2f} s, {more:.2f} s of them working")
            assert terminal.process.wait(1) == 128 + signal.SIGHUP
            assert took < 0.9, "it hung, until its last resort ended it"
            assert more < 0.15
        assert all(is_whole(home) for home in places.homes)
        assert places.near(offered(places.homes[2]))


def fields_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def is_over(pid: int) -> bool:
    return fields_of(pid)[0] == "Z"


def cpu(pid: int) -> float:
    """Seconds that a process worked."""
    return sum(map(int, fields_of(pid)[11:13])) / os.sysconf("SC_CLK_TCK")


BREAKS = """
import sys
import {module} as module

real, calls = {owner}.{name}, 0

def broken(*given, **named):
    global calls
    calls += 1
    if calls > {after}:
        raise RuntimeError("boom \\x1b]0;x\\x07 \\x9b31m")
    return real(*given, **named)

{owner}.{name} = broken

from player.__main__ import main
main()
"""


def breaking(module: str, name: str, after: int = 0, owner: str = "module") -> tuple[str, ...]:
    """The program, in which a function raises an error when it is called once too often."""
    code = BREAKS.format(module=module, name=name, after=after, owner=owner)
    return (sys.executable, "-c", code)


def told_plainly(terminal: Seen) -> None:
    assert terminal.ended() == 1
    told = given_back(terminal)
    assert re.fullmatch(r"supple: Something went wrong inside supple [^\r\n]*\r\n", told)
    assert "RuntimeError: boom" in told
    assert "Traceback" not in terminal.text


def test_an_error_in_a_session_ends_in_a_plain_sentence_and_keeps_the_place(home: Env) -> None:
    command = breaking("player.live", "look", after=4, owner="module.Live")
    with Seen(*PLAY, env=home, command=command) as terminal:
        began = begin(terminal)
        told_plainly(terminal)
        was = time.monotonic() - began
    assert is_whole(home)
    assert was > 1
    assert -3 < offered(home) - was < 0.5


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        pytest.param("player.screens.library", "open_routine", 3, id="in a worker of a screen"),
        pytest.param("player.screens.library", "preview_lines", 0, id="in a screen"),
        pytest.param("player.history.people", "person_named", 0, id="in a visit"),
    ],
)
def test_an_error_anywhere_ends_in_a_plain_sentence(
    home: Env, module: str, name: str, after: int
) -> None:
    words = PLAY if name == "person_named" else ()
    with Seen(*words, env=home, command=breaking(module, name, after)) as terminal:
        told_plainly(terminal)
    assert is_whole(home)


@pytest.mark.parametrize(
    ("simple", "why"),
    [
        ({"TERM": "dumb"}, "This terminal can't be drawn on"),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, "This terminal does not take UTF-8"),
    ],
)
def test_a_simple_terminal_gets_lines(home: Env, simple: Env, why: str) -> None:
    for words, goes_on in ((PLAY, r"1  Do you have chest pain"), ((), r"Which one\?")):
        with Seen(*words, env=home | simple) as terminal:
            terminal.see(rf"supple: {why}, so it goes on line by line\.")
            terminal.expect(goes_on)
            terminal.send("q" if words else "\r")
            assert terminal.ended() == (1 if words else 0)
            assert terminal.is_as_before()
            assert raw_controls(terminal.seen) == set()


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_it_is_refused_in_words(home: Env, tmp_path: Path, stream: str) -> None:
    file = tmp_path / "stream"
    file.write_text("")
    with (
        file.open("r+") as other,
        Seen(*PLAY, env=home, streams={stream: other.fileno()}) as terminal,
    ):
        assert terminal.ended() == 1
        assert re.fullmatch(r"supple: A session needs a terminal[^\n]+\n", terminal.text)
        assert raw_controls(terminal.seen) == set()
        assert terminal.is_as_before()
    assert file.read_text() == ""


def test_errors_in_a_file_leave_the_screens_on_the_terminal(home: Env, tmp_path: Path) -> None:
    file = tmp_path / "errors"
    with file.open("w") as errors, Seen(*PLAY, env=home, streams={"stderr": errors.fileno()}) as t:
        t.see(TODAY)
        assert file.read_text() == ""
        t.send("q")
        assert t.ended() == 1
        assert given_back(t) == ""
    assert file.read_text() == "supple: Left. Nothing was played.\n"


def test_ctrl_c_keeps_the_place(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        began = begin(terminal)
        ticks(terminal, 2)
        was = time.monotonic() - began
        terminal.send("\x03")
        assert terminal.ended() == 130
        told = given_back(terminal)
        assert re.fullmatch(r"supple: Stopped\. [^\r\n]*next start offers to go on\.\r\n", told)
    assert -2 < offered(home) - was < 0.5


@pytest.mark.parametrize("words", [(), PLAY], ids=["library", "question"])
def test_ctrl_c_ends_it_where_nothing_runs(home: Env, words: tuple[str, ...]) -> None:
    with Seen(*words, env=home) as terminal:
        terminal.see(rf"{LISTED}|{TODAY}")
        terminal.send("\x1b[99;5u")  # as terminals write it that know kitty's protocol
        assert terminal.ended() == 130
        given_back(terminal)


@pytest.fixture
def large(home: Env, tmp_path: Path) -> Iterator[Env]:
    folder = tmp_path / "routines"
    folder.mkdir()
    write_files(folder, 1_000)
    yield home | {"SUPPLE_PATH": str(folder)}


def test_keys_are_obeyed_while_a_thousand_files_are_read(large: Env) -> None:
    fitting = sum("7" in str(number) for number in range(1_000))
    all_of_them = 1_000 + SHIPPED_ROUTINES

    def only_sevens() -> bool:
        names = re.findall(r"Routine number (\d+)", terminal.picture)
        others = re.search(LISTED, terminal.picture)
        return bool(names) and not others and all("7" in name for name in names)

    with Seen(env=large) as terminal:
        terminal.see(LISTED)
        assert not only_sevens()
        began = time.monotonic()
        terminal.send("7")
        terminal.until(only_sevens, "list of sevens", within=5)
        took = time.monotonic() - began
        assert "Reading …" in terminal.picture, "the key came too late to prove anything"
        terminal.see(
            rf"^ *{fitting} of {all_of_them} routines|\n *{fitting} of {all_of_them} routines",
            within=60,
        )
        whole = time.monotonic() - began
        print(f"filtered after {took:.2f} s, complete after {whole:.1f} s")
        assert only_sevens()
        assert took < 1
        terminal.send("\x1b")
        terminal.until(lambda: f"of {all_of_them}" not in terminal.picture, "whole list")
        terminal.send("\x1b")
        assert terminal.ended() == 0
        assert given_back(terminal) == ""


SIZES = [
    (24, 79), (12, 40), (5, 20), (2, 8), (1, 1), (1, 80), (24, 1), (3, 3), (60, 200), (40, 120),
    (24, 60), (18, 59), (17, 100), (1, 2), (2, 1), (50, 10), (10, 300), (1, 1), (30, 99), (24, 80),
]  # fmt: skip


def test_a_session_lives_through_any_size(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        began = begin(terminal)
        for rows, columns in SIZES:
            terminal.resize(rows, columns)
            terminal.pump(0.15)
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n.*\n session ")
        ticks(terminal, 2)
        terminal.send(" ")
        terminal.see(r"PAUSED\. Space goes on")
        passed = time.monotonic() - began
        terminal.send(" ")
        assert abs(leave(terminal) - passed) < 1.5
