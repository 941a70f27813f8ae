"""The real program with a history that another program locks, or that is truncated."""

import random
import re
import sqlite3
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.habits import seed, tries

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.proof.answering import SETTLES_S, answer_no_to_everything
from tests.proof.places import PLAIN, Beat, Env, history_of, home_as, is_whole, last_beat
from tests.terminal import PATIENCE_S, Terminal

pytestmark = [pytest.mark.proof, pytest.mark.soak]

LONGEST_LOCK_S = 1.2
"""Shorter than the two seconds for which the program waits for a lock."""


def test_a_session_goes_on_after_another_program_has_held_the_history(
    known: Path, tmp_path: Path
) -> None:
    chance = random.Random(seed())
    home = home_as(known, tmp_path / "home")
    with Terminal(*PLAIN, env=home) as terminal:
        answer_no_to_everything(terminal)
        terminal.send("\r")
        terminal.expect(r"0:00  Get ready")
        for _ in range(tries(3)):
            terminal.pump(chance.uniform(0, 1))
            with closing(sqlite3.connect(history_of(home), isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                before = last_beat(home)
                time.sleep(chance.uniform(0.1, LONGEST_LOCK_S))
                assert last_beat(home) == before, "the program wrote in spite of the lock"
                other.execute("ROLLBACK")
            beat = next_beat(terminal, home, before)
            assert abs((beat.at - before.at) - (beat.wall - before.wall)) <= 50, (
                "the session did not advance during the lock"
            )
        terminal.send("q")
        terminal.expect(r"Leave the session\?")
    assert is_whole(home)


def next_beat(terminal: Terminal, home: Env, before: Beat) -> Beat:
    deadline = time.monotonic() + PATIENCE_S  # only a failing test waits this long
    while (beat := last_beat(home)) == before:
        assert time.monotonic() < deadline, "the program saves no more positions"
        terminal.pump(0.05)
    return beat


def test_a_truncated_history_is_used_or_refused_with_a_message(known: Path, tmp_path: Path) -> None:
    chance = random.Random(seed())
    whole = history_of(home_as(known, tmp_path / "whole")).read_bytes()
    for number in range(tries(2)):
        home = home_as(known, tmp_path / f"{number}")
        file = history_of(home)
        length = chance.randrange(len(whole))
        print(f"cut off after {length} of {len(whole)} bytes")
        file.write_bytes(whole[:length])
        with Terminal(*PLAIN, env=home) as terminal:
            found = terminal.expect(r"chest pain|Have you been checked|supple: [^\n]+\n")[0]
            if found.startswith("supple:"):
                assert terminal.ended() == 1
                assert re.match(r"supple: The history in .* can't be used: .+ Nothing was ", found)
                assert file.read_bytes() == whole[:length]
            else:
                terminal.pump(SETTLES_S)
                terminal.send("q")
                assert terminal.ended() == 1
            assert "Traceback" not in terminal.text
