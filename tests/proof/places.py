"""Reads the history of the real program, and checks the terminal that it leaves."""

import re
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from tests.program import home_of, raw_controls
from tests.screen import Seen, modes_left

ROUTINE = "back-of-knee-ease"
PLAY = ("play", ROUTINE, "--person", "Ana")
PLAIN = (*PLAY, "--plain")

BEHIND_S = 3
"""A resumed session starts at most two seconds before its last position.

Rounding to whole seconds adds one more. The two seconds are real time, because the program saves
its position every second.
"""

Env = dict[str, str]


def home_as(known: Path, folder: Path) -> Env:
    """Copy a home."""
    shutil.copytree(known, folder)
    return home_of(folder)


def history_of(home: Env) -> Path:
    return Path(home["XDG_DATA_HOME"]) / "supple" / "history.db"


def is_whole(home: Env) -> bool:
    with closing(sqlite3.connect(history_of(home))) as db:
        return db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def soreness_of(home: Env) -> list[tuple[int, int]]:
    """Return the soreness before and after each session from the history."""
    with closing(sqlite3.connect(history_of(home))) as db:
        return db.execute("SELECT before, after FROM soreness").fetchall()


ROUNDED_S = 0.002
"""The possible rounding error, because positions and times are saved in whole milliseconds."""


class Beat(NamedTuple):
    """A saved position of a session and its time of day, both in ms.

    A running session advances with the clock. So its later position can be computed from this,
    however late its screen is painted or read.
    """

    wall: int
    at: int
    started: int
    """The time of day at which the session was started or resumed."""

    @property
    def first_s(self) -> float:
        """The position at that time in seconds, if the session has run ever since."""
        return (self.at - self.wall + self.started) / 1_000

    def s(self) -> float:
        """The present position in seconds, if the session has run ever since."""
        return (self.at - self.wall) / 1_000 + time.time()


def last_beat(home: Env) -> Beat:
    with closing(sqlite3.connect(history_of(home))) as db:
        rows = "SELECT wall, at_ms, started FROM beat JOIN session ON beat.session = session.id"
        return Beat(*db.execute(f"{rows} ORDER BY session.id").fetchall()[-1])


def restored_output(terminal: Seen) -> str:
    """Return the text that the program wrote after it had restored the terminal.

    Asserts that the terminal is the same as before the program.
    """
    assert terminal.is_as_before()
    assert modes_left(terminal.seen) == set()
    _, left, after = terminal.seen.rpartition(b"\x1b[?1049l")
    assert left, "the program never used the alternate screen"
    words = re.sub(rb"\x1b\[\?\d+[hl]|\x1b\]22;default(?:\x07|\x1b\\)", b"", after)
    assert raw_controls(words) == set()
    return words.decode()


def seconds(clock: str) -> int:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + int(rest)
