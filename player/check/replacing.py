"""Putting a new text in place of a file, whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path


class Refused(Exception):
    """A file is left as it is. Its words say why."""


def replace_file(file: Path, was: bytes, now: bytes) -> None:
    """Write `now` beside the file and move it there, with the same rights. Raises Refused."""
    try:
        found = file.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise Refused("it is a link; fix the file that it leads to")
        if found.st_nlink > 1:
            raise Refused("it has a second name (a hard link), which would keep the old text")
        if not os.access(file, os.W_OK):
            raise Refused("it is write-protected")
        handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", dir=file.parent)
    except OSError as error:
        raise Refused(f"it can't be written: {_reason(error)}") from None
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(now)
            out.flush()
            os.fsync(out.fileno())
        beside.chmod(stat.S_IMODE(found.st_mode))
        if file.read_bytes() != was:
            raise Refused("it was changed in the meantime")
        beside.replace(file)
    except OSError as error:
        raise Refused(f"it can't be written: {_reason(error)}") from None
    finally:
        beside.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return (error.strerror or "no reason was given").lower()
