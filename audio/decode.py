"""Reads untrusted sound files: from one folder, up to a limit, in a separate process."""

import os
import stat
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from audio.child import GoOn, always, output_of, within
from audio.decoder import DAMAGED, GOOD, Refused
from audio.frames import BYTES_A_FRAME, RATE

Frames = NDArray[np.int16]
"""Frames of two channels [n, 2] at 48 kHz."""


class ClipError(Exception):
    """A sound file does not play. The message says why in one plain sentence."""


class ClipLimits(NamedTuple):
    """The limits of a sound file."""

    seconds: int
    megabytes: int


CLIP = ClipLimits(seconds=60, megabytes=20)
TRACK = ClipLimits(seconds=600, megabytes=120)
"""For a background. It starts again when it is over, so it may be long."""

_DEADLINE_S = 5
"""For one minute of sound, which usually takes 0.2 s. A longer file gets one second more for
each further minute.
"""


def read_inside(folder: Path, name: str, limits: ClipLimits = CLIP, go_on: GoOn = always) -> Frames:
    """Read a file inside `folder` by its relative path. Raises ClipError.

    When `go_on` returns False, it ends at once, with a ClipError.
    """
    path = Path(name)
    if path.is_absolute() or path.drive or "\\" in name or ".." in path.parts or "\0" in name:
        raise ClipError(
            f"The sound {shown_name(name)} is not a path inside the folder of its routine."
        )
    try:
        inside = (folder / path).resolve(strict=True)
        if not inside.is_relative_to(folder.resolve(strict=True)):
            raise ClipError(f"The sound {shown_name(name)} lies outside the folder of its routine.")
    except (OSError, RuntimeError):  # it does not exist, or a link points to itself
        raise ClipError(f"The sound {shown_name(name)} is not there.") from None
    return read(inside, limits, name, go_on)


def read(path: Path, limits: ClipLimits, name: str = "", go_on: GoOn = always) -> Frames:
    """Read a sound file. `name` is its name in an error. Raises ClipError.

    When `go_on` returns False, it ends at once, with a ClipError.
    """
    shown = shown_name(name or path.name)
    try:
        data = _bytes_of(path, limits.megabytes * 1_000_000)
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise ClipError(f"The sound {shown} can't be read: {reason}.") from None
    except Refused as refused:
        raise ClipError(f"The sound {shown} {refused}.") from None
    # In its own process, since a damaged Ogg file can crash its decoder.
    decoder = (sys.executable, "-P", "-m", "audio.decoder", str(limits.seconds))
    most = (limits.seconds + 1) * RATE * BYTES_A_FRAME
    in_time = within(_DEADLINE_S + limits.seconds // 60)
    reply = output_of(decoder, data, most, lambda: go_on() and in_time())
    if reply[:1] != GOOD:
        raise ClipError(f"The sound {shown} {reply[1:].decode(errors='replace') or DAMAGED}.")
    return np.frombuffer(reply, np.int16, offset=1).reshape(-1, 2)


def _bytes_of(path: Path, most: int) -> bytes:
    """Return the content of a regular file.

    The file is opened before it is checked, so nobody can replace it in between. A pipe or a device
    does not block.
    """
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):  # the flags of this system
        flags |= getattr(os, name, 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Refused("is no file")
        data = file.read(most + 1)
    if len(data) > most:
        raise Refused(f"is larger than {most // 1_000_000} MB")
    if not data:
        raise Refused("is empty")
    return data


def shown_name(name: str) -> str:
    """Return an untrusted name for an error: short, and without control codes."""
    return f"`{''.join(char if char.isprintable() else '?' for char in name[:80])}`"
