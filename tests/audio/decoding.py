"""Sends many sound files through one decoder process, which is replaced only after a crash."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

DECODER = """
import sys
sys.modules["numpy"] = None  # as in the program
from audio.decoder import answer
while head := sys.stdin.buffer.read(8):
    seconds, size = int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")
    said = answer(sys.stdin.buffer.read(size), seconds)
    sys.stdout.buffer.write(len(said).to_bytes(4, "big") + said)
    sys.stdout.buffer.flush()
"""


class Given(NamedTuple):
    """A sound file, and its longest allowed length in seconds."""

    data: bytes
    seconds: int = 60


def answers(files: Sequence[Given]) -> list[bytes]:
    """Return the decoder's answer to each file.

    A file that crashes the decoder gets an empty answer, and a new decoder goes on with the next
    file.
    """
    found: list[bytes] = []
    while len(found) < len(files):
        done = subprocess.run(
            (sys.executable, "-c", DECODER),
            input=b"".join(map(_framed, files[len(found) :])),
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr
        found += _unframed(done.stdout)
        if done.returncode:
            found.append(b"")
    return found


def _framed(file: Given) -> bytes:
    return file.seconds.to_bytes(4, "big") + len(file.data).to_bytes(4, "big") + file.data


def _unframed(data: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        if at + 4 + size > len(data):
            return  # the decoder crashed while it wrote
        yield data[at + 4 : at + 4 + size]
        at += 4 + size
