"""Plays sound through a program of the system, where miniaudio has no wheel (Linux on ARM)."""

import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress

from audio.device import Pull, SoundError
from audio.frames import BYTES_A_FRAME, RATE, frame_of

_PERIOD = frame_of(40)
"""The pipe holds this much, and the program more. All of it is still heard after a pause."""

_TAKEN = 2 * _PERIOD * BYTES_A_FRAME
"""A program that has read this many bytes from the pipe is playing.

Some programs read a few bytes before they fail.
"""

_ANSWERS_WITHIN_S = 3
"""After this time even a slow program has taken sound or has ended."""

_CLOSES_WITHIN_S = 2

_HOLDS = 65_536
"""The usual capacity of a pipe in bytes."""


PROGRAMS = {
    "pw-cat": f"--playback --raw --rate={RATE} --channels=2 --format=s16 --latency=60ms -",
    "paplay": f"--raw --rate={RATE} --channels=2 --format=s16le --latency-msec=60",
    "aplay": f"-q -t raw -f S16_LE -r {RATE} -c 2 --buffer-time=80000 -",
}
"""supple tries them in this order. Each reads frames from standard input. A pw-cat from before
2024 does not know `--raw` and ends at once, so the next one is tried.
"""


def open_pipe(pull: Pull) -> "Pipe":
    """Return the first installed program that takes sound. Raises SoundError."""
    found = {name: path for name in PROGRAMS if (path := shutil.which(name))}
    for name, path in found.items():
        try:
            pipe = Pipe(pull, (path, *PROGRAMS[name].split()))
        except OSError:
            continue
        if pipe.lives():
            return pipe
        pipe.close()
    why = f"none of these took any: {', '.join(found)}"
    if not found:
        why = f"there is none of {', '.join(PROGRAMS)}"
    raise SoundError(f"There is no way to a sound device here ({why}).")


class Pipe:
    """A program that gets sound as fast as it takes it, on a thread of its own."""

    def __init__(self, pull: Pull, command: tuple[str, ...]) -> None:
        self._pull = pull
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C ends the session, and the session ends its sound
        )
        assert self._process.stdin is not None
        self._to = self._process.stdin.fileno()
        self._holds = _shorten(self._to)
        self._closed = False
        self._taken = threading.Event()
        self._thread = threading.Thread(target=self._feed, name="sound pipe", daemon=True)
        self._thread.start()

    def lives(self) -> bool:
        """Return whether the program takes sound and is still running.

        Call this once; it may wait up to three seconds.
        """
        latest = time.monotonic() + _ANSWERS_WITHIN_S
        while not self._taken.wait(0.01) and time.monotonic() < latest:
            if self._process.poll() is not None:
                return False
        return self._process.poll() is None

    def close(self) -> None:
        """Stop the sound at once. Frames that the program still holds do not play."""
        self._closed = True
        self._process.kill()
        self._thread.join(_CLOSES_WITHIN_S)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSES_WITHIN_S)
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def _feed(self) -> None:
        given = 0
        with suppress(OSError):  # the program has ended and asks for no more
            while not self._closed:
                turn = memoryview(self._pull(_PERIOD))
                while turn and not self._closed:
                    written = os.write(self._to, turn)
                    turn = turn[written:]
                    given += written
                if given >= self._holds + _TAKEN:
                    self._taken.set()


def _shorten(pipe: int) -> int:
    """Reduce the capacity of the pipe, since its content is still heard after a pause.

    Returns the capacity in bytes.
    """
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PERIOD * BYTES_A_FRAME)
    return _HOLDS
