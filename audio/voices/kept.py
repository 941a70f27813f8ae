"""Speech that was made before, kept by what it says and who says it."""

import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np

from audio.samples import Samples

MOST_BYTES = 64_000_000
"""Some twenty minutes. The oldest goes first."""

_HEAD = b"supple voice 1\n"


class Kept:
    """A folder of speech. What is damaged or can't be read counts as never made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Samples | None:
        path = self._path(key)
        try:
            data = path.read_bytes()
            head, sum_, body = (
                data[: len(_HEAD)],
                data[len(_HEAD) : len(_HEAD) + 4],
                data[len(_HEAD) + 4 :],
            )
            if head != _HEAD or zlib.crc32(body).to_bytes(4, "little") != sum_ or len(body) % 4:
                return None
            with suppress(OSError):
                os.utime(path)  # used now, so it is kept longest
        except OSError:
            return None
        made: Samples = np.frombuffer(body, "<f4").astype(np.float32)
        made.flags.writeable = False
        return made

    def put(self, key: str, samples: Samples) -> None:
        """Keep it, whole or not at all; a full or read-only disk keeps nothing."""
        body = samples.astype("<f4").tobytes()
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_HEAD + zlib.crc32(body).to_bytes(4, "little") + body)
                Path(name).replace(self._path(key))
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def tidy(self) -> None:
        """Take away the oldest until no more is kept than may be."""
        with suppress(OSError):
            files = [
                (file.stat().st_mtime, file.stat().st_size, file) for file in self._folder.iterdir()
            ]
            total = sum(size for _, size, _ in files)
            for _, size, file in sorted(files, key=lambda row: row[0]):
                if total <= MOST_BYTES:
                    return
                file.unlink(missing_ok=True)
                total -= size

    def _path(self, key: str) -> Path:
        return self._folder / hashlib.sha256(key.encode()).hexdigest()
