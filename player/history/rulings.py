"""Saves what decided each session and red flag. It is written and erased, never read.

It stays in the history of the person: never in a log, an export or a report.
"""

import sqlite3
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

from player.safety.clearance import Clearance, is_cleared
from player.safety.matrix import Rank, load_matrix
from player.safety.rules import rules_hash


class Ruling(NamedTuple):
    """The class of one day, the keys behind it, and those that a clinician has cleared."""

    rank: Rank
    keys: tuple[str, ...]
    cleared: tuple[str, ...] = ()

    def with_key(self, key: str) -> "Ruling":
        """Return the ruling after one more key, which only makes the class worse."""
        row = load_matrix().conditions.get(key)
        rank = max(self.rank, row.rank) if row else self.rank
        return Ruling(rank, tuple(sorted({*self.keys, key})), self.cleared)


NO_RULING = Ruling(Rank.PLAY, ())


def ruling_of(clearance: Clearance) -> Ruling:
    """Return the ruling behind a clearance."""
    rows = load_matrix().conditions
    cleared = {
        finding.key
        for finding in clearance.findings
        if finding.key in rows and is_cleared(finding, rows[finding.key], clearance.at)
    }
    return Ruling(clearance.rank, clearance.keys, tuple(sorted(cleared)))


def save_ruling(
    connection: sqlite3.Connection,
    person: int,
    ruling: Ruling,
    at: float,
    session: int | None = None,
    flag: str | None = None,
) -> None:
    """Save what a session or a red flag was decided by, at a moment in seconds since 1970."""
    row = (
        person,
        session,
        flag,
        at,
        _program_version(),
        rules_hash(),
        ruling.rank.word,
        " ".join(ruling.keys),
        " ".join(ruling.cleared),
    )
    connection.execute(
        "DELETE FROM ruling WHERE person = ? AND session IS ? AND flag IS ? AND at = ?", row[:4]
    )
    connection.execute("INSERT INTO ruling VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)


@cache
def _program_version() -> str:
    try:
        return version("supple")
    except PackageNotFoundError:
        return "not installed"
