"""A history of version 4, with one closed session and nine interrupted ones."""

import sqlite3
from contextlib import closing
from pathlib import Path

from player.routine.model import Pick

_DUMP = Path(__file__).with_name("version-4.sql")

_PHASES = (
    "{name: Ham, phases: [Contract: 6s, stretch: 20s, squeeze the ball 2 times: 8s],"
    " cycles: 2, relax: 4s, side: left}"
)
INTERRUPTED = (
    ("Ana", "calf-wall-straight: 2 x 30s each side rest 10s", Pick.LOW, 97_000),
    ("Ben", _PHASES, Pick.LOW, 50_000),
    ("Cem", _PHASES, Pick.LOW, 25_000),
    ("Dee", _PHASES, Pick.LOW, 39_000),
    ("Eli", "Raises: 8-12 reps", Pick.LOW, 17_000),
    ("Fay", "Raises: 2 x 10 reps each side tempo 2s", Pick.LOW, 43_000),
    ("Gus", "calf-wall-straight: up to 1:00-1:30 each side", Pick.HIGH, 125_000),
    ("Hal", "Belly: 1 breath breathe 20-30", Pick.LOW, 40_000),
    ("Ida", "calf-wall-straight: 2 x 20-30s each side rest 10s", Pick.LOW, 32_000),
)
"""The interrupted sessions: person, step, pick, and position in ms."""


def write_version_4(path: Path) -> None:
    """Write the history to a new file."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript(_DUMP.read_text("utf-8"))
