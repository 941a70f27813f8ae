"""Runs work that may hang, flood, crash or print to the screen in a separate process."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Condition, Thread
from typing import Self

GoOn = Callable[[], bool]
"""Returns whether to wait longer. While a child works, it is called about 20 times a second."""

_LOOKS_EVERY_S = 0.05
_BLOCK = 1 << 16
_AHEAD = 1 << 20
"""How many bytes are read ahead of `take`. A child that writes more has to wait."""

_CLOSES_WITHIN_S = 1.0
_STARTER = Path(__file__).with_name("starter.py")


def always() -> bool:
    """Return True, to wait without a limit."""
    return True


class TooLate(Exception):
    """The wait ended because `go_on` returned False."""


def within(seconds: float, now: Callable[[], float] = time.monotonic) -> GoOn:
    """Return a function that allows a wait of this length, counted from its first call."""
    began: float | None = None

    def go_on() -> bool:
        nonlocal began
        began = now() if began is None else began
        return now() - began < seconds

    return go_on


def output_of(command: Sequence[str], given: bytes, most: int, go_on: GoOn) -> bytes:
    """Return what a command writes to standard output when it reads `given`.

    The result is empty if the command fails, if it writes more than `most` bytes, or if `go_on`
    returns False before it has ended.
    """
    with contextlib.suppress(OSError, TooLate), Child(command) as child:
        child.give(given, last=True)
        said = child.take(most + 1, go_on)
        if len(said) <= most and child.has_succeeded(go_on):
            return said
    return b""


class Child:
    """A process that reads bytes and answers with bytes.

    It has its own process group, and no terminal. Its error output is discarded, since it would
    appear on the screen. `end` kills the whole group. Where the system has process groups, the
    group is also killed as soon as this program is gone, however it ended.

    Raises OSError if the command can't be started.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._lifeline: int | None = None
        self._process = self._started(command)
        self._output = bytearray()
        self._has_changed = Condition()
        self._is_over = False
        """Whether the child has closed its output, or `end` was called."""
        self._reader = Thread(target=self._read, daemon=True)
        self._writer: Thread | None = None
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def give(self, data: bytes, last: bool = False) -> None:
        """Send bytes to the child without waiting. After the `last` bytes its input is closed."""
        if self._writer is not None:
            self._writer.join()
        self._writer = Thread(target=self._write, args=(data, last), daemon=True)
        self._writer.start()

    def take(self, count: int, go_on: GoOn) -> bytes:
        """Return the next `count` bytes of the child; fewer if its output ends earlier.

        Raises TooLate when `go_on` returns False.
        """
        taken = bytearray()
        with self._has_changed:
            while True:
                piece = self._output[: count - len(taken)]
                del self._output[: len(piece)]
                taken += piece
                self._has_changed.notify_all()
                if len(taken) == count or (self._is_over and not self._output):
                    return bytes(taken)
                if not self._output:
                    if not go_on():
                        raise TooLate
                    self._has_changed.wait(_LOOKS_EVERY_S)

    def has_succeeded(self, go_on: GoOn) -> bool:
        """Wait until the child has ended, and return whether it reports success.

        Raises TooLate when `go_on` returns False.
        """
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return self._process.wait(_LOOKS_EVERY_S) == 0
            if not go_on():
                raise TooLate

    def end(self) -> None:
        """Kill the child and all that it has started. It may be called more than once."""
        with self._has_changed:
            self._is_over = True
            self._has_changed.notify_all()
        self._kill()
        self._process.wait()
        if self._lifeline is not None:
            os.close(self._lifeline)
            self._lifeline = None
        for thread, stream in (
            (self._writer, self._process.stdin),
            (self._reader, self._process.stdout),
        ):
            if thread is not None:
                thread.join(_CLOSES_WITHIN_S)
            # A process outside the group may still hold the other end. Then the thread keeps this
            # one, because a file must not be closed while another thread uses it.
            if stream is not None and not (thread is not None and thread.is_alive()):
                with contextlib.suppress(OSError):  # unsent text no longer matters
                    stream.close()

    def _started(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        """Start the command; where there are process groups, by the starter."""
        if os.name != "posix" or not sys.executable:
            return _opened(command)
        watched, self._lifeline = os.pipe()
        try:
            starter = [sys.executable, "-I", "-S", str(_STARTER), str(watched)]
            return _opened([*starter, *command], watched)
        except BaseException:
            os.close(self._lifeline)
            raise
        finally:
            os.close(watched)

    def _kill(self) -> None:
        if os.name == "posix":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()

    def _read(self) -> None:
        """Read the output, never far ahead of `take`."""
        stream = self._process.stdout
        assert stream is not None  # it is a pipe
        with contextlib.suppress(OSError):
            while block := os.read(stream.fileno(), _BLOCK):
                with self._has_changed:
                    self._output += block
                    self._has_changed.notify_all()
                    self._has_changed.wait_for(lambda: len(self._output) < _AHEAD or self._is_over)
                    if self._is_over:
                        return
        with self._has_changed:
            self._is_over = True
            self._has_changed.notify_all()

    def _write(self, data: bytes, last: bool) -> None:
        stream = self._process.stdin
        assert stream is not None  # it is a pipe
        with contextlib.suppress(OSError):  # the child has ended, or does not read
            stream.write(data)
            stream.flush()
            if last:
                stream.close()


def _opened(command: Sequence[str], *kept: int) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=kept,
    )
