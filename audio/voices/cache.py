"""Saves speech on disk, so that each sentence is made only once for each voice."""

import hashlib
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np

from audio.samples import Samples

MOST_BYTES = 64_000_000
"""Some five minutes of speech. The oldest files are deleted first."""

_HEAD = b"supple voice 1\n"


class SpeechCache:
    """A folder of speech. A file that is damaged or unreadable counts as missing."""

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
                os.utime(path)  # mark it as used now, so that it is deleted last
        except OSError:
            return None
        made: Samples = np.frombuffer(body, "<f4").astype(np.float32)
        made.flags.writeable = False
        return made

    def put(self, key: str, samples: Samples) -> None:
        """Save speech, whole or not at all. On a full or read-only disk nothing happens."""
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
        """Delete the oldest files until the folder is small enough."""
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
