"""Writes a file completely or not at all."""

import os
import stat
from collections.abc import Callable
from pathlib import Path


def write_whole(
    file: Path,
    data: bytes,
    private: bool = False,
    before_the_move: Callable[[], None] = lambda: None,
) -> None:
    """Write `data` to a temporary file in the same folder, then rename it to `file`.

    A reader sees either all old bytes or all new ones, even after a crash. An existing file keeps
    its permissions. A new file gets the usual ones; if `private`, only its owner can read it. A
    symbolic link of that name is replaced, not followed.

    If `before_the_move` raises, the old file stays unchanged. Raises OSError.
    """
    rights = _rights(file)
    part = file.with_name(f".{file.name[:40]}.{os.urandom(4).hex()}.part")
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o666 if rights is None and not private else 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if rights is not None and not private:
            part.chmod(rights)
        before_the_move()
        part.replace(file)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _rights(file: Path) -> int | None:
    """The permissions of a file; None if it does not exist or is not a regular file."""
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return None
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None
