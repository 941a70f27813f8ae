"""Histories of older versions, with interrupted sessions.

Version 4 has one closed session too.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from player.routine.model import Pick

_DUMPS = Path(__file__).parent

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
    ("Hal", "{name: Belly, kind: breathe, breaths: 1, breathe: 20-30}", Pick.LOW, 40_000),
    ("Ida", "calf-wall-straight: 2 x 20-30s each side rest 10s", Pick.LOW, 32_000),
)
"""The interrupted sessions: person, step, pick, and position in ms."""


INTERRUPTED_5 = (
    (
        "Ana",
        "rounds: 3\nsteps:\n  - calf-wall-straight: 10s each side\n  - quad-stand: 10s left",
        139_000,
        139_000,
    ),
    (  # the history does not say which of the two phases with this word
        "Ben",
        "{name: Ham, phases: [stretch: 10s, contract: 6s, stretch: 20s], cycles: 2, side: left}",
        14_000,
        30_000,
    ),
    (  # the history does not say which of the two waits
        "Cem",
        "steps:\n  - calf-wall-straight: 10s\n  - wait: Move to the floor\n"
        "  - quad-stand: 10s left\n  - wait: Turn over\n  - ham-chair-sit: 10s left",
        74_000,
        85_000,
    ),
)
"""The interrupted sessions of version 5: person, step, position in ms, and where it goes on."""


def write_version(number: int, path: Path) -> None:
    """Write the history of this older version to a new file."""
    with closing(sqlite3.connect(path)) as db:
        db.executescript((_DUMPS / f"version-{number}.sql").read_text("utf-8"))
