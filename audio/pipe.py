"""The sound through a program of the system, where miniaudio has no wheel (Linux on ARM)."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import suppress

from audio.device import Pull, SoundError
from audio.frames import BYTES_A_FRAME, RATE, frame_of

_PERIOD = frame_of(40)
"""The pipe holds as much, and the program behind it more; all of it is heard after a pause."""

_LIVES_MS = 150
"""A program that has not ended after this long takes the sound."""

_CLOSES_WITHIN_S = 2


PROGRAMS = {
    "pw-cat": f"--playback --raw --rate={RATE} --channels=2 --format=s16 --latency=60ms -",
    "paplay": f"--raw --rate={RATE} --channels=2 --format=s16le --latency-msec=60",
    "aplay": f"-q -t raw -f S16_LE -r {RATE} -c 2 --buffer-time=80000 -",
}
"""In the order in which they are tried; each reads frames from its standard input. A pw-cat of
before 2024 knows no `--raw` and ends at once, so the next one is taken."""


def open_pipe(pull: Pull) -> "Pipe":
    """The first of these programs that is here and takes sound. Raises SoundError."""
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
    """A program that is given sound as fast as it takes it, on a thread of its own."""

    def __init__(self, pull: Pull, command: tuple[str, ...]) -> None:
        self._pull = pull
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl+C is for the session, not for its sound
        )
        assert self._process.stdin is not None
        self._to = self._process.stdin.fileno()
        _shorten(self._to)
        self._closed = False
        self._thread = threading.Thread(target=self._feed, name="sound pipe", daemon=True)
        self._thread.start()

    def lives(self) -> bool:
        """Whether the program goes on; asked once, and it takes a moment to know."""
        try:
            self._process.wait(_LIVES_MS / 1_000)
        except subprocess.TimeoutExpired:
            return True
        return False

    def close(self) -> None:
        """Silence at once: what the program still holds is not played."""
        self._closed = True
        self._process.kill()
        self._thread.join(_CLOSES_WITHIN_S)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_CLOSES_WITHIN_S)
        if self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()

    def _feed(self) -> None:
        with suppress(OSError):  # the program ended; that is seen by its asking for no more
            while not self._closed:
                turn = memoryview(self._pull(_PERIOD))
                while turn and not self._closed:
                    turn = turn[os.write(self._to, turn) :]


def _shorten(pipe: int) -> None:
    """A pipe holds a third of a second, and all of it would be heard after a pause."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PERIOD * BYTES_A_FRAME)
