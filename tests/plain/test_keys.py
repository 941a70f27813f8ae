"""Keys line by line: broken reports, other keyboards, a remote, and a key that is held down."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from player.base.reports import REST_MS
from player.history.store import open_store
from player.plain.ask import ask_prompt, ask_text
from player.plain.console import PosixConsole
from player.plain.output import TerminalGone
from player.play.running import END_ASKS, HINT
from player.safety.prompts import Choice, Form, Prompt
from player.session.state import Phase
from tests.base.test_reports import REPORTS
from tests.plain.test_play import opened, play
from tests.safety.making import every_prompt
from tests.virtual import MemoryConsole, Time

TWO = "  - calf-wall-straight: 30s left ready 5s\n  - calf-wall-bent: 30s right ready 5s\n"
NAMES = {"\x1b": "escape", "\r": "enter", "\x07": ""}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path / "history.db") as connection:
        connection.execute(
            "INSERT INTO person (id, name, folded, last_used) VALUES (1, 'Ana', 'ana', 0)"
        )
        yield connection


def pieces(report: str, gap: int) -> list[str | int]:
    """Return a script in which each character of a report is a key of its own."""
    script: list[str | int] = []
    for char in report:
        script += [NAMES.get(char, char), gap]
    return script


@pytest.mark.parametrize("gap", [1, 60, 120])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_broken_report_answers_no_prompt(report: str, gap: int) -> None:
    for prompt in every_prompt():
        console = MemoryConsole(Time(), [2_000, *pieces(report, gap)], ends=True, hasty=True)
        with pytest.raises(TerminalGone):
            ask_prompt(console, prompt)
        said = [text for _, text in console.lines if text.startswith((">", "Yes:", "Not:"))]
        assert not said, (prompt, report)


@pytest.mark.parametrize("gap", [1, 60, 120])
def test_in_a_session_a_broken_report_does_nothing_but_x(
    store: sqlite3.Connection, gap: int
) -> None:
    for report in (report for report in REPORTS.values() if report[1] in "[O]P"):
        script: list[str | int] = [8_000, *pieces(report[1:], gap), 1_000]
        state, console, _, _ = play(store, opened(TWO), script)
        assert state.phase is Phase.DONE and not state.past
        assert "Paused" not in console.text and HINT not in console.text, report
    script = [8_000, "[", 20, "<", 20, "6", 20, "x", 3_000, "8", 2_000, " "]
    _, console, _, _ = play(store, opened(TWO), script)
    assert "Stopped. Come out slowly." in console.text


@pytest.mark.parametrize("key", ["ч", "Х", "χ", "ס", "ء", "delete"])
def test_the_key_of_x_stops_on_every_keyboard(store: sqlite3.Connection, key: str) -> None:
    _, console, _, _ = play(store, opened(TWO), [8_000, key, 3_000, "8", 2_000, " "])
    assert "Stopped. Come out slowly." in console.text


@pytest.mark.parametrize(("key", "reply"), [("н", "yes"), ("т", "no"), ("Υ", "yes"), ("מ", "no")])
def test_y_and_n_answer_on_every_keyboard(key: str, reply: str) -> None:
    question = Prompt("q", Form.YES_NO, "Is it so?")
    assert ask_prompt(MemoryConsole(Time(), [key]), question) == reply


def test_a_name_is_typed_in_any_alphabet() -> None:
    console = MemoryConsole(Time(), [*"Нина O", "enter"])
    assert ask_text(console, "For whom?") == "Нина O"


def test_a_capital_letter_that_may_begin_a_report_counts_after_a_moment() -> None:
    prompt = Prompt("q", Form.ONE, "Which?", choices=(Choice("o", "one"), Choice("a", "another")))
    console = MemoryConsole(Time(), [2_000, "O", 500], hasty=True)
    assert ask_prompt(console, prompt) == "o"
    console = MemoryConsole(Time(), [2_000, "O", 50, "A", 500], ends=True, hasty=True)
    with pytest.raises(TerminalGone):
        ask_prompt(console, prompt)


def test_arrows_move_escape_pauses_and_a_remote_is_silent(store: sqlite3.Connection) -> None:
    keys: list[str | int] = [8_000, "right", 1_000, "left", 1_000, "f5", ".", ",", 1_000]
    state, console, _, _ = play(store, opened(TWO), [*keys, "escape", 1_000, "escape", 500, " "])
    assert len(state.past) == 2 and HINT not in console.text
    assert console.text.count("Paused at") == 1


def held(key: str, times: int) -> list[str | int]:
    return [key, 30] * times


def test_keys_that_mean_nothing_print_the_keys_once(store: sqlite3.Connection) -> None:
    _, console, _, _ = play(store, opened(TWO), [8_000, *held("w", 20)])
    assert console.text.count(HINT) == 1


def test_next_that_is_held_asks_before_the_end(store: sqlite3.Connection) -> None:
    keys = held("n", 100)
    state, console, _, _ = play(store, opened(TWO), [8_000, *keys, 1_000, "b", 80_000])
    assert END_ASKS in console.text and len(state.past) == 1
    assert state.phase is Phase.DONE
    state, console, _, _ = play(store, opened(TWO), [8_000, *keys, 1_000, "y"])
    assert state.phase is Phase.DONE and state.ended_by is not None


# A real pipe, on which each read sees what has arrived


class Piped(PosixConsole):
    """A console that reads a pipe on told time. A piece is written once its time has come."""

    def __init__(self, script: list[bytes | int]) -> None:
        into, self._out = os.pipe()
        super().__init__(into)
        self.time, self.script = Time(), script

    def now(self) -> int:
        return self.time.now()

    def _read(self, timeout_ms: int | None) -> bool:
        while self.script:
            first = self.script[0]
            if isinstance(first, bytes):
                os.write(self._out, first)
                del self.script[0]
                return super()._read(0)
            if timeout_ms is not None and first > timeout_ms:
                self.script[0] = first - timeout_ms
                break
            self.time.pass_by(first)
            timeout_ms = None if timeout_ms is None else timeout_ms - first
            del self.script[0]
        if timeout_ms is None:
            raise TerminalGone
        self.time.pass_by(timeout_ms)
        return False

    def close(self) -> None:
        os.close(self.fd)
        os.close(self._out)


def keys_of(*script: bytes | int) -> list[str]:
    console, found = Piped(list(script)), []
    try:
        while key := console.key(None):
            found.append(key)
    except TerminalGone:
        return found
    finally:
        console.close()
    return found


@pytest.mark.parametrize("gap", [1, 60, 120])
@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_a_cut_report_is_no_key_of_the_console(report: str, gap: int) -> None:
    whole = keys_of(report.encode(), 1_000)
    assert whole in ([], ["paste"], ["up"], ["right"], ["pagedown"], ["f5"])
    cut: list[bytes | int] = []
    for char in report:
        cut += [char.encode(), gap]
    assert keys_of(*cut, 1_000, b"n") == [*whole, "n"]
    for end in range(1, len(report)):
        found = keys_of(report[:end].encode(), REST_MS + 1, b"n")
        assert found in ([*["escape"] * (end == 1), "n"], ["paste", "n"]), report[:end]


def test_escape_alone_counts_after_a_moment_and_x_at_once() -> None:
    assert keys_of(b"\x1b", 100, b"n", 300) == []
    assert keys_of(b"\x1b", 200, b"n") == ["escape", "n"]
    assert keys_of(b"\x1b[<6", 50, b"x", 50, b"4;1;1M", b"n") == ["x", "n"]


def test_the_rest_of_a_report_that_is_thrown_away_makes_no_key() -> None:
    console = Piped([b"nn\x1b[<64", 0, 60, b";10;12M", b"y"])
    console.forget()
    assert console.key(None) == "y"
    console.close()
