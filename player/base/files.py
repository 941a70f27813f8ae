"""Writing a file whole or not at all."""

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
    """Write `data` under another name in the same folder, then move it to `file`.

    Whoever opens the file sees all of the old bytes or all of the new ones, even after a crash. A
    file that is there keeps its rights. A new one gets the usual ones, or is for its owner alone
    where it is `private`. A link of that name is replaced, not followed.

    What `before_the_move` raises leaves the old file as it is. Raises OSError.
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
    """The rights of a file, or None where there is none."""
    try:
        mode = file.lstat().st_mode
    except FileNotFoundError:
        return None
    return stat.S_IMODE(mode) if stat.S_ISREG(mode) else None
