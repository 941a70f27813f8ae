"""Replaces the text of a file that somebody else may be editing."""

import os
import stat
from pathlib import Path

from player.base.files import write_whole


class NotReplaced(Exception):
    """A file was left unchanged. The message says why."""


def replace_file(file: Path, was: bytes, now: bytes) -> None:
    """Write `now` in place of `was`, with the same permissions. Raises NotReplaced."""

    def unchanged() -> None:
        if file.read_bytes() != was:
            raise NotReplaced("it was changed in the meantime")

    try:
        found = file.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise NotReplaced("it is a link; fix the file that it leads to")
        if found.st_nlink > 1:
            raise NotReplaced("it has a second name (a hard link), which would keep the old text")
        if not os.access(file, os.W_OK):
            raise NotReplaced("it is write-protected")
        write_whole(file, now, before_the_move=unchanged)
    except OSError as error:
        reason = (error.strerror or "no reason was given").lower()
        raise NotReplaced(f"it can't be written: {reason}") from None
