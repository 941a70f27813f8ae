"""Opens and upgrades the history, a SQLite file that only its owner can read (mode 0600)."""

import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from player.history.refused import FOREIGN, dangling_link, failure_words, refusal

BUSY_MS = 2_000

_SCHEMA = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    folded TEXT NOT NULL UNIQUE,
    age_band TEXT,
    last_used INTEGER NOT NULL
);
CREATE TABLE standing (  -- the findings of the profile; no answer is stored as text
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    place TEXT,
    side TEXT,
    question TEXT NOT NULL,
    at REAL NOT NULL,
    since REAL,
    cleared_at REAL
);
CREATE TABLE answered (
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (person, question)
);
CREATE TABLE red_flag (
    person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    question TEXT NOT NULL,
    at REAL NOT NULL
);
CREATE TABLE session (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    routine TEXT NOT NULL,
    name TEXT NOT NULL,
    path TEXT NOT NULL,
    pick TEXT NOT NULL,
    chosen_side TEXT,
    started INTEGER NOT NULL,
    ended INTEGER,
    state TEXT NOT NULL,  -- running, complete, partial
    total_ms INTEGER NOT NULL,
    position_ms INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE beat (  -- the position of the running session, written every second
    session INTEGER PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    wall INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    set_number INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    label TEXT,
    into_ms INTEGER NOT NULL
);
CREATE TABLE done (  -- the work done: one row for each segment with work
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    segment INTEGER NOT NULL,
    step INTEGER NOT NULL,
    exercise TEXT NOT NULL,
    regions TEXT NOT NULL,
    side TEXT,
    ms INTEGER NOT NULL,
    wall INTEGER NOT NULL,
    PRIMARY KEY (session, segment)
);
CREATE TABLE hurt (
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    step INTEGER NOT NULL,
    exercise TEXT,
    side TEXT,
    position_ms INTEGER NOT NULL,
    feeling TEXT,
    wall INTEGER NOT NULL
);
"""
_SORENESS = """
CREATE TABLE soreness (  -- 0 to 10, before and after a session
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    place TEXT,
    side TEXT,
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    wall INTEGER NOT NULL
);
"""
_AFTER = """
ALTER TABLE person ADD COLUMN deep_pressure REAL;
ALTER TABLE person ADD COLUMN deep_pressure_over INTEGER NOT NULL DEFAULT 0;
CREATE TABLE after (  -- how the person felt after a session, as reported at a later start
    session INTEGER NOT NULL REFERENCES session(id) ON DELETE CASCADE,
    told TEXT NOT NULL,
    place TEXT,
    side TEXT,
    at REAL NOT NULL
);
"""
_LOUD = """
CREATE TABLE loud (  -- percent
    person INTEGER PRIMARY KEY REFERENCES person(id) ON DELETE CASCADE,
    voice INTEGER NOT NULL,
    chimes INTEGER NOT NULL,
    background INTEGER NOT NULL
);
"""
_BEAT = """
CREATE TABLE beat (  -- the position of the running session, written every second
    session INTEGER PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
    wall INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    step INTEGER NOT NULL,
    round INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT,
    set_number INTEGER NOT NULL,
    rep INTEGER NOT NULL,
    measure TEXT,  -- NULL in a gap
    low INTEGER NOT NULL,  -- ms or a count; 0 in a phase and in a gap
    high INTEGER NOT NULL,
    phase TEXT,
    into_ms INTEGER NOT NULL
);
"""


_AGE_BANDS = """
UPDATE person SET age_band = CASE age_band
    WHEN 'under 16' THEN 'child' WHEN '16 to 64' THEN 'adult' WHEN '65 or over' THEN 'older'
    ELSE age_band END
"""


def _upgrade_to_5(connection: sqlite3.Connection) -> None:
    """Upgrade a history to version 5, which no longer holds the program's own words."""
    connection.execute(_AGE_BANDS)
    _upgrade_beats(connection)


def _upgrade_beats(connection: sqlite3.Connection) -> None:
    """Save the amount of the running piece as numbers, not as text."""
    beats = connection.execute("SELECT * FROM beat").fetchall()
    connection.execute("DROP TABLE beat")
    connection.execute(_BEAT)
    if not beats:
        return
    from player.history.old_labels import key_of_label  # only a running session needs it

    with checking_rows(connection):
        for *place, label, into_ms in beats:
            amount = key_of_label(stored_text(label) if label is not None else None)
            connection.execute(
                "INSERT INTO beat VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (*place, *amount, into_ms),
            )


_OUTLINE = """
ALTER TABLE session ADD COLUMN steps TEXT;
ALTER TABLE session ADD COLUMN plays TEXT;
ALTER TABLE beat RENAME COLUMN round TO visit;
UPDATE beat SET visit = max(visit, 1) WHERE step > 0;
ALTER TABLE beat ADD COLUMN part INTEGER;
UPDATE beat SET part = 0 WHERE measure IS NOT 'phase';
ALTER TABLE beat ADD COLUMN exercise TEXT;
"""
"""Save the outline of the file (as JSON) and more of the place, so that an interrupted session is
found again even after an edit.
"""

_RULING = """
ALTER TABLE standing ADD COLUMN seen_at REAL;
ALTER TABLE standing ADD COLUMN better_at REAL;
ALTER TABLE standing ADD COLUMN asked_at REAL;
ALTER TABLE person ADD COLUMN emergency TEXT;
ALTER TABLE beat ADD COLUMN seen INTEGER;
ALTER TABLE beat ADD COLUMN program TEXT;
CREATE TABLE ruling (  -- what decided a session or an urgent answer
    person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    session INTEGER REFERENCES session(id) ON DELETE CASCADE,
    flag TEXT,  -- the key of the urgent answer; NULL for a session that was cleared
    at REAL NOT NULL,
    version TEXT NOT NULL,
    rules TEXT NOT NULL,
    class TEXT NOT NULL,
    keys TEXT NOT NULL,
    cleared TEXT NOT NULL
);
"""
"""Save what each decision was based on, a person's own emergency number, and which program has a
session open and when it last gave a sign.
"""

_Upgrade = str | Callable[[sqlite3.Connection], None]
_UPGRADES: tuple[_Upgrade, ...] = (
    _SCHEMA, _SORENESS, _AFTER, _LOUD, _upgrade_to_5, _OUTLINE, _RULING,
)  # fmt: skip
"""The changes of each version. Opening a file of an older version applies the missing ones."""

VERSION = len(_UPGRADES)


class HistoryError(Exception):
    """The history can't be used. The message says why, and what to do."""


def default_path() -> Path:
    """Return the path of the history of this user."""
    from platformdirs import user_data_dir  # only needed here, and slow to import

    return Path(user_data_dir("supple", appauthor=False)) / "history.db"


@contextmanager
def open_store(path: Path | None = None) -> Iterator[sqlite3.Connection]:
    """Open the history, and create it on first use. Raises HistoryError.

    A newer or a broken file is refused and not changed. A dangling link is refused too: the
    history to which it led may hold a red flag.
    """
    path = path or default_path()
    try:
        if dangling_link(path):
            raise FileNotFoundError
        connection = _connect(path)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        raise HistoryError(failure_words(path, error)) from None
    try:
        yield connection
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise HistoryError(failure_words(path, error)) from None
    finally:
        connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything or nothing, even if a signal interrupts the block."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def checking_rows(connection: sqlite3.Connection) -> Iterator[None]:
    """Refuse rows that supple can't have written: turn ValueError and TypeError into HistoryError.

    Rows are never skipped, because a skipped row might be the one that forbids a step.
    """
    try:
        yield
    except (ValueError, TypeError):
        raise HistoryError(refusal(path_of(connection), FOREIGN)) from None


def path_of(connection: sqlite3.Connection) -> Path:
    """Return the path of an open history. Links are resolved."""
    (path,) = {row[2] for row in connection.execute("PRAGMA database_list") if row[2]}
    return Path(path)


def stored_text(value: object) -> str:
    """Return a stored text. Raises ValueError for any other value."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def stored_moment(value: object) -> float:
    """Return a stored moment, in seconds since 1970. Raises ValueError for any other value."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(value)
    return value


def stored_number(value: object) -> int:
    """Return stored milliseconds or a stored count. Raises ValueError for any other value."""
    if not isinstance(value, int) or not 0 <= value <= _LATEST_MS:
        raise ValueError(value)
    return value


_LATEST_MS = 253_402_214_400_000
"""The last day of the year 9999, the last that `datetime` can represent."""


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_MS / 1_000)
    try:
        connection.execute("BEGIN")  # one consistent view, even if another process writes
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise HistoryError(
                f"The history in {path} was written by a newer supple. Update supple to use it; "
                "nothing was changed."
            )
        if not _is_laid_out(connection, version):
            raise HistoryError(refusal(path, "it is not laid out as supple does it"))
        connection.execute("COMMIT")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        if version < VERSION:
            _bring_up_to_date(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_laid_out(connection: sqlite3.Connection, version: int) -> bool:
    """Return whether the file has exactly the tables of its version, and nothing else.

    A view or a trigger could hide or undo a red flag.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for upgrade in _UPGRADES[: max(version, 0)]:
            _apply(upgrade, model)
        return version >= 0 and _layout(model) == _layout(connection)


def _layout(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return every table with its columns, and every other object of the schema."""
    return connection.execute(
        'SELECT m.type, m.name, c.name, c.type, c."notnull", c.pk FROM sqlite_master AS m'
        " LEFT JOIN pragma_table_info(m.name) AS c WHERE m.name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        " ORDER BY m.type, m.name, c.cid"
    ).fetchall()


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    with transaction(connection):
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        for upgrade in _UPGRADES[version:]:  # another process may already have upgraded it
            _apply(upgrade, connection)
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _apply(upgrade: _Upgrade, connection: sqlite3.Connection) -> None:
    """Apply one upgrade. Unlike `executescript`, this does not end an open transaction."""
    if not isinstance(upgrade, str):
        upgrade(connection)
        return
    for statement in upgrade.split(";\n"):
        if statement.strip():
            connection.execute(statement)
