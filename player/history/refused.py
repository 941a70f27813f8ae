"""Says in a sentence why the history can't be used, and what to do.

Only a file that holds nothing of supple may be moved away. Any other may hold a red flag.
"""

import errno
import os
import sqlite3
from pathlib import Path

DAMAGED = "it is damaged"
FOREIGN = "it holds data that supple did not write"

_BUSY, _LOCKED, _READ_ONLY, _IO, _FULL, _CANT_OPEN = 5, 6, 8, 10, 13, 14
_ERROR, _CORRUPT, _NOT_A_DATABASE = 1, 11, 26
_MOVED = 1_032  # SQLITE_READONLY_DBMOVED
_PART = 1 << 20

_LOCKED_WORDS = (
    "another program has locked it. Wait until a backup is done, or close other windows of supple, "
    "and try again."
)
_FULL_WORDS = "its disk is full. Make room there, and try again."
_READ_ONLY_WORDS = "it can't be written. Make the file and its folder writable, and try again."
_IO_WORDS = (
    "its disk reports an error. Keep the file, check the disk or the network that it is on, and "
    "try again."
)
_MOVED_WORDS = "the file was moved or erased while supple used it. Put it back, and start again."

_BY_CODE = {
    _BUSY: _LOCKED_WORDS,
    _LOCKED: _LOCKED_WORDS,
    _READ_ONLY: _READ_ONLY_WORDS,
    _IO: _IO_WORDS,
    _FULL: _FULL_WORDS,
    _CANT_OPEN: "it can't be opened. Check that you may read and write in its folder.",
}
_BY_ERRNO = {
    errno.ENOSPC: _FULL_WORDS,
    getattr(errno, "EDQUOT", errno.ENOSPC): _FULL_WORDS,
    errno.EROFS: _READ_ONLY_WORDS,
    errno.EACCES: _READ_ONLY_WORDS,
    errno.EPERM: _READ_ONLY_WORDS,
    errno.EIO: _IO_WORDS,
    errno.EISDIR: "it is a folder, not a file. Give the folder another name.",
    errno.ENAMETOOLONG: (
        "its path is too long for this system. Set XDG_DATA_HOME to a folder with a shorter path."
    ),
}


def refusal(path: Path | str, why: str) -> str:
    """Return the message that refuses a broken or foreign history."""
    path = Path(path)
    start = f"The history in {path} can't be used: {why}"
    if _holds_nothing(path):
        return f"{start}. Nothing was changed; move the file away to start a new one."
    return (
        f"{start}; nothing was changed. Put a copy from a backup in its place, or, if you have "
        "none and never told supple of a sign that needs help, or were checked since, erase all "
        "data with `supple forget`."
    )


def failure_words(path: Path, error: Exception) -> str:
    """Return why an error of the system, or of SQLite, makes a history unusable."""
    start = f"The history in {path} can't be used: "
    if link := dangling_link(path):
        target = link.parent / link.readlink()
        return (
            f"{start}{link} is a link to {target}, which is not there. Put that back, or remove "
            "the link."
        )
    if isinstance(error, OSError):
        return start + _words_of_system(path, error)
    if isinstance(error, UnicodeDecodeError):  # SQLite raises it for the name of a column
        return refusal(path, FOREIGN)
    code = getattr(error, "sqlite_errorcode", None)
    if code == _MOVED:
        return start + _MOVED_WORDS
    if code is not None and (words := _BY_CODE.get(code & 0xFF)):
        return start + words
    return refusal(path, DAMAGED if _is_damage(error, code) else str(error).lower())


def _is_damage(error: Exception, code: int | None) -> bool:
    """Return whether SQLite found damage. Its error for text that is not UTF-8 has no code.

    A definition of a table that can't be read has the code SQLITE_ERROR.
    """
    if code is None:
        return isinstance(error, sqlite3.OperationalError)
    return code & 0xFF in {_ERROR, _CORRUPT, _NOT_A_DATABASE}


def dangling_link(path: Path) -> Path | None:
    """Return the link on the way to `path` that leads nowhere, or None."""
    for place in (path, *path.parents):
        try:
            if place.is_symlink() and not place.exists():
                return place
        except OSError:
            return None
    return None


def may_be_kept(path: Path) -> bool:
    """Return whether there may be a history, which must then be opened or refused."""
    try:
        return path.exists() or dangling_link(path) is not None
    except OSError:
        return True


def _words_of_system(path: Path, error: OSError) -> str:
    if error.errno in {errno.EEXIST, errno.ENOTDIR}:
        for folder in path.parents:
            if os.path.lexists(folder) and not folder.is_dir():
                return f"{folder} is a file, not a folder. Give that file another name."
    words = _BY_ERRNO.get(error.errno or 0)
    reason = (error.strerror or str(error)).lower()
    return words or f"{reason}. Check that you may read and write in its folder."


def _holds_nothing(path: Path) -> bool:
    """Return whether a broken file has no trace of a table for red flags."""
    try:
        return not any(
            _has_trace(path.with_name(path.name + end)) for end in ("", "-wal", "-journal")
        )
    except OSError:
        return False


def _has_trace(file: Path) -> bool:
    try:
        with file.open("rb") as content:
            before = b""
            while part := content.read(_PART):
                if b"red_flag" in before + part:
                    return True
                before = part[-len(b"red_flag") :]
    except FileNotFoundError:
        pass
    return False
