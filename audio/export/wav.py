"""Writes WAV files with chapters, with nothing but the standard library."""

import struct
from pathlib import Path
from types import TracebackType

from audio.export.programme import Programme
from audio.frames import BYTES_A_FRAME, RATE
from audio.samples import SixteenBits

LARGEST = 0xFFFF_FFFF - (1 << 20)
"""The sizes in a WAV have 32 bits, which is enough for six hours."""


class WavWriter:
    """Writes the frames, then the chapters as cue points with labels, then the header's sizes."""

    def __init__(self, path: Path, programme: Programme) -> None:
        self._file = path.open("wb")
        self._chapters = programme.chapters
        self._file.write(_head(0, 0))

    def __enter__(self) -> "WavWriter":
        return self

    def write(self, block: SixteenBits) -> None:
        self._file.write(block.tobytes())

    def finish(self) -> None:
        data = self._file.tell() - len(_head(0, 0))
        points = [struct.pack("<I", len(self._chapters))]
        labels = [b"adtl"]
        for number, (first, title) in enumerate(self._chapters, 1):
            points.append(struct.pack("<II4sIII", number, first, b"data", 0, 0, first))
            labels.append(_chunk(b"labl", struct.pack("<I", number) + title.encode() + b"\0"))
        self._file.write(_chunk(b"cue ", b"".join(points)) + _chunk(b"LIST", b"".join(labels)))
        whole = self._file.tell()
        self._file.seek(0)
        self._file.write(_head(data, whole))
        self._file.flush()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def _head(data: int, whole: int) -> bytes:
    form = struct.pack("<HHIIHH", 1, 2, RATE, RATE * BYTES_A_FRAME, BYTES_A_FRAME, 16)
    return (
        struct.pack("<4sI4s", b"RIFF", max(whole - 8, 0), b"WAVE")
        + _chunk(b"fmt ", form)
        + struct.pack("<4sI", b"data", data)
    )


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + b"\0" * (len(body) % 2)
