"""The screens in a real pseudo-terminal: kills, signals, lost terminals, errors, resizes."""

import os
import random
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.habits import seed, tries
from tests.program import PROGRAM, raw_controls
from tests.test_repository import ROOT

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from bench.files import write_files
from tests.cost import yardstick
from tests.proof.answering import (
    SETTLES_S,
    answer,
    answer_no_to_everything,
    answer_number,
    answer_today,
    press_slowly,
)
from tests.proof.machine import Stopwatch
from tests.proof.places import (
    BEHIND_S,
    PLAY,
    Env,
    home_as,
    is_whole,
    last_beat,
    restored_output,
    seconds,
    soreness_of,
)
from tests.screen import Seen, modes_left
from tests.terminal import PATIENCE_S

pytestmark = pytest.mark.proof

SHIPPED_ROUTINES = len(list((ROOT / "routines").glob("*.yaml")))

TITLE = "Back-of-knee ease"
LISTED = r"(?m)^(CALF|After running)\b"
"""The library shows its first heading or its first routine, so it has read some files."""

TODAY = r"Is one of these so today\?"
RESUME = r"was\s+interrupted\s+at\s+(\d+:\d\d)\s+of\s+12:50(?:,\s+(left|right)\s+side)?\."
SWITCHED_ON = {"25", "1000", "1003", "1004", "1006", "1015", "1049", "2004", "kitty"}
"""The modes that the program sets: hidden cursor, mouse, focus, alternate screen, paste, keys."""

SILENT = (*PLAY, "--no-voice")
"""Most sessions here have no voice, because making it takes long and changes no screen."""


@pytest.fixture
def home(known: Path, tmp_path: Path) -> Env:
    return home_as(known, tmp_path / "home")


def begin(terminal: Seen) -> None:
    """Go from today's list to the running session."""
    answer_no_to_everything(terminal)
    terminal.send("\r")
    terminal.see(r"(?m)^ session [█─]+ ")


def countdown(terminal: Seen) -> str:
    """Return everything above the bars: the step, the side, and the remaining time."""
    above, bars, _ = terminal.picture.partition("\n step ")
    return above if bars else ""


def ticks(terminal: Seen, count: int) -> None:
    """Wait until the countdown has changed `count` times."""
    for _ in range(count):
        before = countdown(terminal)
        terminal.until(lambda: countdown(terminal) not in {before, ""}, "next second")  # noqa: B023


def leave(terminal: Seen) -> int:
    """Leave the session. Returns the second at which it was left."""
    terminal.send("q")
    answer(terminal, r"Leave the session\?", "y")
    if terminal.see(r"How sore|Left at")[0] == "How sore":
        answer(terminal, r"How sore", "q")
    left = seconds(answer(terminal, r"Left at (\d+:\d\d) of 12:50\.", "\r")[1])
    assert terminal.ended() == 0
    assert restored_output(terminal) == ""
    return left


def doing(terminal: Seen) -> tuple[str, str]:
    """Return the step with its sets, and the side."""
    above = countdown(terminal)
    step = re.search(r"^ (Step \d of 6[^\n]*\n[^\n]*)$", above, re.MULTILINE)
    side = re.search(r"(left|right) side", above)
    assert step and side, terminal.picture
    return step[1], side[1]


def offered(home: Env) -> int:
    """Return the position that the next start offers to resume at, in seconds."""
    with Seen(*SILENT, env=home) as again:
        return seconds(again.see(RESUME)[1])


def goes_on_near(home: Env, was: float, ended: float) -> bool:
    """Return whether the next start offers to resume near `was`.

    `ended` is the position when the process had ended. In between the program saved its position
    for the last time, which may take a moment on a busy machine.
    """
    offer = offered(home)
    print(f"{was - offer:.1f} s behind, of which up to 1 s is only what is shown")
    return was - BEHIND_S < offer <= ended


class Places:
    """Three runs of the program: in the library, at a question and in a session."""

    def __init__(self, stack: ExitStack, known: Path, folder: Path, **how: object) -> None:
        self.homes = [home_as(known, folder / name) for name in ("library", "asks", "session")]
        words = ((), SILENT, SILENT)
        self.all = [
            stack.enter_context(Seen(*w, env=env, **how))  # type: ignore[arg-type]
            for w, env in zip(words, self.homes, strict=True)
        ]
        self.library, self.asks, self.session = self.all
        self.library.see(LISTED)
        answer_today(self.asks)
        self.asks.see(r"How sore")
        begin(self.session)
        ticks(self.session, 2)
        self.beat = last_beat(self.homes[2])


def test_the_countdown_moves_in_real_time_and_pauses(home: Env) -> None:
    with Seen(*PLAY, env=home) as terminal:
        begin(terminal)
        assert modes_left(terminal.seen) >= SWITCHED_ON
        assert not terminal.is_as_before()
        ticks(terminal, 1)
        beat, began = last_beat(home), time.monotonic()
        seen = [countdown(terminal)]
        for _ in range(3):
            ticks(terminal, 1)
            seen.append(countdown(terminal))
        # Real time. Each tick may be painted and read almost a second late.
        assert abs(time.monotonic() - began - 3) < 0.8
        assert len(set(seen)) == 4
        later = last_beat(home)
        assert later.at > beat.at
        assert abs((later.at - beat.at) - (later.wall - beat.wall)) <= 50, (
            "the session ran as fast as the clock"
        )
        terminal.send("n")
        terminal.see(r"Move · 3:00")
        ticks(terminal, 2)
        terminal.send(" ")
        terminal.see(r"PAUSED\. Space goes on")
        still, stands = terminal.picture, last_beat(home)
        terminal.pump(2.5)
        assert terminal.picture == still
        terminal.send(" ")
        ticks(terminal, 1)
        terminal.send("q")
        answer(terminal, r"Leave the session\?", "y")
        answer_number(terminal, r"How sore", 3)
        left = seconds(terminal.see(r"Left at (0:\d\d) of 12:50\.")[1])
        done = int(terminal.see(r"March on a chair: (\d)s")[1])
        assert stands.at / 1_000 - 1 < left <= stands.s()
        assert done == left - 10, "the session began with 10 s to get ready"
        answer(terminal, r"Soreness: 0 before, 3 now\.", "\r")
        assert terminal.ended() == 0
        assert restored_output(terminal) == ""
    assert soreness_of(home) == [(0, 3)]


PLACES_TO_KILL_AT = [
    pytest.param("nnnn", "Get ready · left side", 230, 9, id="getting ready"),
    pytest.param("nnnnn", "Hold · left side", 240, 25, id="on the left"),
    pytest.param("nnnnnnn", "Hold · right side", 275, 25, id="on the right"),
]


@pytest.mark.soak
@pytest.mark.parametrize(("keys", "seen", "start", "lasts"), PLACES_TO_KILL_AT)
def test_after_sigkill_the_session_resumes_within_two_seconds_of_its_position(
    known: Path, tmp_path: Path, keys: str, seen: str, start: int, lasts: int
) -> None:
    chance = random.Random(f"{seed()} {seen}")
    for number in range(tries(1)):
        home = home_as(known, tmp_path / f"{number}")
        killed_and_resumed(home, keys, seen, start, chance.uniform(0, min(lasts, 5)))


def killed_and_resumed(home: Env, keys: str, seen: str, start: int, moment: float) -> None:
    print(f"killed {moment:.2f} s into {seen}")
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        press_slowly(terminal, keys)
        terminal.see(seen)
        beat = last_beat(home)
        assert beat.at >= start * 1_000
        terminal.pump(moment)
        did = doing(terminal)
        side = "right" if "right" in seen else "left"
        assert did == ("Step 3 of 6 · set 1 of 2\n Wall calf stretch, knee straight", side)
        was = beat.s()
        terminal.signal(signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        ended = beat.s()
    assert is_whole(home)
    with Seen(*SILENT, env=home) as again:
        asked = again.see(RESUME)
        assert asked[2] == side
        offer = seconds(asked[1])
        print(f"{was - offer:.1f} s behind, of which up to 1 s is only what is shown")
        assert max(start, was - BEHIND_S) <= offer <= ended
        answer(again, RESUME, "r")
        again.see(TODAY)
        begin(again)
        assert doing(again) == did
        resumed = last_beat(home)
        assert offer <= resumed.first_s < offer + 1.5
        ticks(again, 1)
        was = resumed.s()
        assert was - 1 < leave(again) <= resumed.s()


def test_after_sigkill_the_library_offers_to_resume_too(home: Env) -> None:
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        ticks(terminal, 2)
        beat = last_beat(home)
        terminal.signal(signal.SIGKILL)
        terminal.ended()
    for name in ("", "ana\r"):
        with Seen(env=home) as again:
            again.see(LISTED)
            again.send("back-of-knee")
            again.see(rf"1 of {SHIPPED_ROUTINES} routines")
            again.send("\r")
            again.see(r"For: Ana · not you\?")
            again.pump(0.8)  # the screen refuses an Enter that comes sooner
            again.send("n" if name else "\r")
            if name:
                again.see(r"For whom is it\?")
                again.send(name)
            assert seconds(again.see(RESUME)[1]) == beat.at // 1_000
            assert "For: Ana" in again.rows[0]


GAP_S = 3
"""More than the two seconds from which a gap counts as sleep."""


def test_after_sigstop_the_session_is_paused_and_credits_at_most_a_second(home: Env) -> None:
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        ticks(terminal, 2)
        was = last_beat(home).s()
        terminal.signal(signal.SIGSTOP)
        time.sleep(GAP_S)
        terminal.signal(signal.SIGCONT)
        terminal.see(r"PAUSED: it was asleep")
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n")
        assert -0.5 < last_beat(home).at / 1_000 - was < 1.5
        still = terminal.picture
        terminal.pump(1.5)
        assert terminal.picture == still
        terminal.send(" ")
        ticks(terminal, 1)
        assert "PAUSED" not in terminal.picture
        terminal.send("\x03")
        assert terminal.ended() == 130
        assert restored_output(terminal).startswith("supple: Stopped. ")


def test_ctrl_z_restores_the_terminal_and_the_session_is_paused_on_return(home: Env) -> None:
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        ticks(terminal, 2)
        was = last_beat(home).s()
        terminal.signal(signal.SIGTSTP)
        stopped = terminal.until(lambda: stopped_by(terminal.process.pid), "stop")
        assert stopped == signal.SIGSTOP
        terminal.pump(0.1)
        assert restored_output(terminal) == ""
        terminal.pump(GAP_S)
        assert terminal.picture.strip() == ""
        terminal.signal(signal.SIGCONT)
        terminal.see(r"PAUSED: it was asleep")
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n")
        assert modes_left(terminal.seen) >= SWITCHED_ON
        assert -0.5 < last_beat(home).at / 1_000 - was < 1.5
        terminal.pump(0.5)  # an earlier key may date from the sleep
        terminal.send(" ")
        ticks(terminal, 2)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
        assert restored_output(terminal) == ""


def stopped_by(pid: int) -> int:
    """Return the signal that stopped a child, or 0 while it runs."""
    _, status = os.waitpid(pid, os.WUNTRACED | os.WNOHANG)
    return os.WSTOPSIG(status) if os.WIFSTOPPED(status) else 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_signals_leave_the_terminal_clean_and_the_history_whole(
    known: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with ExitStack() as stack:
        places = Places(stack, known, tmp_path)
        was = places.beat.s()
        for terminal in places.all:
            assert modes_left(terminal.seen) >= SWITCHED_ON
            terminal.signal(number)
        for terminal, home in zip(places.all, places.homes, strict=True):
            assert terminal.ended() == 128 + number
            assert restored_output(terminal) == ""
            assert is_whole(home)
        _, asks, session = places.homes
        assert goes_on_near(session, was, places.beat.s())
    with Seen(*SILENT, env=asks) as again:
        again.see(rf"{TODAY}|interrupted")
        assert "interrupted" not in again.picture


@pytest.mark.soak
@pytest.mark.parametrize("words", [(), SILENT], ids=["library", "play"])
def test_a_signal_before_the_first_frame_leaves_the_terminal_clean(
    home: Env, words: tuple[str, ...]
) -> None:
    chance = random.Random(f"{seed()} {words}")
    for _ in range(tries(2)):
        after = chance.uniform(0, 0.04)
        print(f"a signal after {after:.4f} s")
        with Seen(*words, env=home) as terminal:
            terminal.until(lambda: b"\x1b[?1049h" in terminal.seen, "screen of its own")
            time.sleep(after)
            terminal.signal(signal.SIGTERM)
            assert terminal.ended() == 128 + signal.SIGTERM
            assert restored_output(terminal) == ""


IGNORES_SIGHUP = ("sh", "-c", 'trap "" HUP; exec "$0" "$@"', *PROGRAM)
TAKEN = [
    pytest.param({}, id="with SIGHUP"),
    pytest.param({"command": IGNORES_SIGHUP}, id="with SIGHUP ignored"),
    pytest.param({"controlled": False}, id="without SIGHUP"),
]


LAST_RESORT_S = 0.9
"""A hanging program is ended by its own timeout. That means at least a second of sleep."""


@pytest.mark.parametrize("how", TAKEN)
def test_the_program_ends_when_its_terminal_is_closed(
    known: Path, tmp_path: Path, how: dict[str, object]
) -> None:
    with ExitStack() as stack:
        places = Places(stack, known, tmp_path, **how)
        was = places.beat.s()
        for terminal in places.all:
            watch = Stopwatch(terminal.process.pid)
            terminal.take_away()
            watch.until_ended(terminal.process, slept=LAST_RESORT_S)
            slept, work = watch.slept(), watch.worked() / yardstick()
            print(f"ended; it slept {slept:.2f} s and worked {work:.0f} yardsticks")
            assert slept < LAST_RESORT_S, "the program hung until its own timeout ended it"
            assert work < 50, "the program used much processor time before it ended"
            assert terminal.process.wait(PATIENCE_S) == 128 + signal.SIGHUP
        assert all(is_whole(home) for home in places.homes)
        assert goes_on_near(places.homes[2], was, places.beat.s())


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
    """Return the program with a function that raises an error after `after` calls."""
    code = BREAKS.format(module=module, name=name, after=after, owner=owner)
    return (sys.executable, "-c", code)


def assert_plain_error(terminal: Seen) -> None:
    assert terminal.ended() == 1
    output = restored_output(terminal)
    assert re.fullmatch(r"supple: Something went wrong inside supple [^\r\n]*\r\n", output)
    assert "RuntimeError: boom" in output
    assert "Traceback" not in terminal.text


def test_an_error_in_a_session_prints_a_plain_sentence_and_saves_the_position(home: Env) -> None:
    command = breaking("player.play.running", "look", after=4, owner="module.Live")
    with Seen(*SILENT, env=home, command=command) as terminal:
        begin(terminal)
        assert_plain_error(terminal)
    place = last_beat(home).at
    assert is_whole(home)
    assert place > 1_000
    assert offered(home) == place // 1_000


@pytest.mark.parametrize(
    ("module", "name", "after"),
    [
        pytest.param("player.tui.screens.library", "open_routine", 3, id="in a worker of a screen"),
        pytest.param("player.tui.screens.library", "preview_lines", 0, id="in a screen"),
        pytest.param("player.history.people", "person_named", 0, id="in a visit"),
    ],
)
def test_an_error_anywhere_prints_a_plain_sentence(
    home: Env, module: str, name: str, after: int
) -> None:
    words = PLAY if name == "person_named" else ()
    with Seen(*words, env=home, command=breaking(module, name, after)) as terminal:
        assert_plain_error(terminal)
    assert is_whole(home)


@pytest.mark.parametrize(
    ("simple", "why"),
    [
        ({"TERM": "dumb"}, "This terminal can't be drawn on"),
        ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, "This terminal does not take UTF-8"),
    ],
)
def test_a_simple_terminal_gets_the_plain_mode(home: Env, simple: Env, why: str) -> None:
    for words, goes_on in ((PLAY, r"1  Do you have chest pain"), ((), r"Which one\?")):
        with Seen(*words, env=home | simple) as terminal:
            terminal.see(rf"supple: {why}, so it goes on line by line\.")
            terminal.expect(goes_on)
            terminal.pump(SETTLES_S)
            terminal.send("q" if words else "\r")
            assert terminal.ended() == (1 if words else 0)
            assert terminal.is_as_before()
            assert raw_controls(terminal.seen) == set()


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_a_session_is_refused_with_a_message(
    home: Env, tmp_path: Path, stream: str
) -> None:
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
        answer(t, TODAY, "q")
        assert file.read_text() == ""
        assert t.ended() == 1
        assert restored_output(t) == ""
    assert file.read_text() == "supple: Left. Nothing was played.\n"


def test_ctrl_c_saves_the_position(home: Env) -> None:
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        ticks(terminal, 2)
        beat = last_beat(home)
        was = beat.s()
        terminal.send("\x03")
        assert terminal.ended() == 130
        ended = beat.s()
        output = restored_output(terminal)
        assert re.fullmatch(r"supple: Stopped\. [^\r\n]*next start offers to go on\.\r\n", output)
    assert goes_on_near(home, was, ended)


@pytest.mark.parametrize("words", [(), PLAY], ids=["library", "question"])
def test_ctrl_c_ends_the_program_without_a_session(home: Env, words: tuple[str, ...]) -> None:
    with Seen(*words, env=home) as terminal:
        terminal.see(rf"{LISTED}|{TODAY}")
        terminal.send("\x1b[99;5u")  # the sequence of terminals with kitty's keyboard protocol
        assert terminal.ended() == 130
        restored_output(terminal)


@pytest.fixture
def large(home: Env, tmp_path: Path) -> Iterator[Env]:
    folder = tmp_path / "routines"
    folder.mkdir()
    write_files(folder, 1_000)
    yield home | {"SUPPLE_PATH": str(folder)}


def test_keys_work_while_a_thousand_files_are_read(large: Env) -> None:
    fitting = sum("7" in str(number) for number in range(1_000))
    all_of_them = 1_000 + SHIPPED_ROUTINES

    def only_sevens() -> bool:
        names = re.findall(r"Routine number (\d+)", terminal.picture)
        others = re.search(LISTED, terminal.picture)
        return bool(names) and not others and all("7" in name for name in names)

    with Seen(env=large) as terminal:
        terminal.see(LISTED)
        assert not only_sevens()
        terminal.send("7")
        terminal.until(only_sevens, "list of sevens")
        assert "Reading …" in terminal.picture, "the key worked only after all files were read"
        terminal.see(rf"(?m)^ *{fitting} of {all_of_them} routines", within=5 * PATIENCE_S)
        assert only_sevens()
        terminal.send("\x1b")
        terminal.until(lambda: f"of {all_of_them}" not in terminal.picture, "whole list")
        terminal.send("\x1b")
        assert terminal.ended() == 0
        assert restored_output(terminal) == ""


SIZES = [
    (24, 79), (12, 40), (5, 20), (2, 8), (1, 1), (1, 80), (24, 1), (3, 3), (60, 200), (40, 120),
    (24, 60), (18, 59), (17, 100), (1, 2), (2, 1), (50, 10), (10, 300), (1, 1), (30, 99), (24, 80),
]  # fmt: skip


@pytest.mark.soak
def test_a_session_survives_any_size_of_the_terminal(home: Env) -> None:
    chance = random.Random(seed())
    random_sizes = [(chance.randint(1, 60), chance.randint(1, 200)) for _ in range(tries(5))]
    with Seen(*SILENT, env=home) as terminal:
        begin(terminal)
        beat = last_beat(home)
        for rows, columns in (*random_sizes, *SIZES):
            terminal.resize(rows, columns)
            terminal.pump(0.15)
        terminal.see(rf"(?s)\A {TITLE} .*\n March on a chair\n.*\n session ")
        ticks(terminal, 2)
        was = beat.s()
        terminal.send(" ")
        terminal.see(r"PAUSED\. Space goes on")
        paused = last_beat(home).at / 1_000
        assert was <= paused <= beat.s()
        assert leave(terminal) == int(paused)
