"""Runs voice engines in processes of their own. Only a bounded number of samples comes back."""

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

from audio.child import Child, GoOn, TooLate, output_of

LONGEST_S = 60
"""The longest speech for one sentence."""

MOST_BYTES = LONGEST_S * 48_000 * 2
"""An engine that writes more for one sentence has failed."""

_RATES = range(8_000, 48_001)


class Pcm(NamedTuple):
    """The output of an engine: 16 bits, one channel, little-endian."""

    data: bytes
    rate: int


def pcm(data: bytes, rate: int) -> Pcm | None:
    """Return an engine's samples, or None if there are none, or too many for one sentence."""
    whole = data[: len(data) // 2 * 2]
    if rate not in _RATES or not 1 < len(data) <= LONGEST_S * rate * 2:
        return None
    return Pcm(whole, rate)


def from_wav(data: bytes) -> Pcm | None:
    """Return the samples of a WAV file of 16 bits and one channel, as these engines write it."""
    at = data.find(b"data", 12)
    if data[:4] != b"RIFF" or at < 0 or data[22:24] != b"\x01\x00" or data[34:36] != b"\x10\x00":
        return None
    return pcm(data[at + 8 :], int.from_bytes(data[24:28], "little"))


def run(command: Sequence[str], text: str, go_on: GoOn) -> bytes:
    """Return what an engine writes to its output for a sentence; empty if it fails."""
    return output_of(command, text.encode(), MOST_BYTES, go_on)


class Talker:
    """An engine that is slow to start, so its process runs until all speech is made.

    It reads one sentence per line. It answers with the rate and the byte count, four bytes each,
    and then the samples. After an error or a missed deadline the next sentence starts it again.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._child: Child | None = None
        self._one_at_a_time = Lock()

    def say(self, text: str, go_on: GoOn) -> Pcm | None:
        """Return a sentence, or None if the engine fails or `go_on` returns False."""
        with self._one_at_a_time:
            if not go_on():
                return None
            try:
                return self._spoken(text, go_on)
            except (OSError, EOFError, TooLate):
                self._end()
                return None

    def close(self) -> None:
        """End the process. The next sentence would start it again."""
        with self._one_at_a_time:
            self._end()

    def _spoken(self, text: str, go_on: GoOn) -> Pcm | None:
        if self._child is None:
            self._child = Child(self._command)
        self._child.give(text.encode() + b"\n")
        head = self._child.take(8, go_on)
        rate, count = (int.from_bytes(head[at : at + 4], "little") for at in (0, 4))
        if len(head) < 8 or count > MOST_BYTES:
            raise EOFError
        data = self._child.take(count, go_on)
        if len(data) < count:
            raise EOFError
        return pcm(data, rate)

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.end()
