"""Runs voice engines in processes of their own, with a deadline. Only their samples come back."""

import subprocess
from collections.abc import Sequence
from contextlib import suppress
from threading import Lock, Timer
from typing import NamedTuple

from audio.child import output_of

DEADLINE_S = 10
"""For one sentence. The slowest engine takes a fifth of a second."""

_MOST_BYTES = 60 * 48_000 * 2
_GIVES_UP_AFTER = 2


class Pcm(NamedTuple):
    """The output of an engine: 16 bits, one channel, little-endian."""

    data: bytes
    rate: int


def pcm(data: bytes, rate: int) -> Pcm | None:
    """Return an engine's samples, or None if there are none, or too many for one sentence."""
    whole = data[: len(data) // 2 * 2]
    return Pcm(whole, rate) if 1 < len(data) <= _MOST_BYTES and rate else None


def from_wav(data: bytes) -> Pcm | None:
    """Return the samples of a WAV file of 16 bits and one channel, as these engines write it."""
    at = data.find(b"data", 12)
    if data[:4] != b"RIFF" or at < 0 or data[22:24] != b"\x01\x00" or data[34:36] != b"\x10\x00":
        return None
    return pcm(data[at + 8 :], int.from_bytes(data[24:28], "little"))


def run(command: Sequence[str], text: str) -> bytes:
    """Return what an engine writes to its output for a sentence; empty if it fails."""
    return output_of(command, text.encode(), DEADLINE_S)


class Talker:
    """An engine that is slow to start, so its process runs until all speech is made.

    It reads one sentence a line. It answers with the rate and the number of bytes, four bytes each,
    and then the samples. After an error or a missed deadline the next sentence starts it again;
    after two in a row it gives up.
    """

    def __init__(self, command: Sequence[str], deadline_s: float) -> None:
        self._command = command
        self._deadline_s = deadline_s
        self._process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._one_at_a_time = Lock()

    def say(self, text: str) -> Pcm | None:
        with self._one_at_a_time:
            if self._failures >= _GIVES_UP_AFTER:
                return None
            try:
                pcm_ = self._spoken(text)
            except (OSError, EOFError):
                self._failures += 1
                self._end()
                return None
            self._failures = 0
            return pcm_

    def close(self) -> None:
        with self._one_at_a_time:
            self._end()

    def _spoken(self, text: str) -> Pcm | None:
        if self._process is None:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        process = self._process
        assert process.stdin is not None and process.stdout is not None  # both are pipes
        too_late = Timer(self._deadline_s, process.kill)
        too_late.start()
        try:
            process.stdin.write(text.encode() + b"\n")
            process.stdin.flush()
            head = process.stdout.read(8)
            rate, count = (int.from_bytes(head[at : at + 4], "little") for at in (0, 4))
            data = process.stdout.read(min(count, _MOST_BYTES))
        finally:
            too_late.cancel()
        if len(head) < 8 or len(data) < count:
            raise EOFError
        return pcm(data, rate)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            with suppress(OSError):  # unsent text no longer matters
                process.communicate()
