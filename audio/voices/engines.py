"""The voices there can be on a machine, in the order in which they are taken.

Each reads one sentence from standard input, in a process of its own with a deadline, and gives
16 bit samples of one channel. What it prints besides is thrown away.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

DEADLINE_S = 10
"""For one sentence. The slowest engine takes a fifth of a second."""

_MOST_BYTES = 60 * 48_000 * 2


class Pcm(NamedTuple):
    """What an engine gave: 16 bits, one channel, little end first."""

    data: bytes
    rate: int


class Engine(NamedTuple):
    """A voice engine. `name` with its version is part of the key under which speech is kept."""

    name: str
    voices: Mapping[str, str]
    """Its voice for each language that it speaks."""
    say: Callable[[str, str], Pcm | None]
    """A sentence in one of its voices; None where nothing came of it."""

    def __hash__(self) -> int:
        return hash(self.name)


def engines() -> list[Engine]:
    """The engines that are there, the best first."""
    return [engine for find in (_nanotts, _say, _espeak, _flite) if (engine := find())]


def _ran(command: list[str], text: str) -> bytes:
    """What a command wrote to its output, fed with a sentence; nothing where it failed."""
    try:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=DEADLINE_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 and len(done.stdout) <= _MOST_BYTES else b""


def _pcm(data: bytes, rate: int) -> Pcm | None:
    return Pcm(data[: len(data) // 2 * 2], rate) if len(data) > 1 else None


def _wav(data: bytes) -> Pcm | None:
    """The samples of a WAV file of 16 bits and one channel, as these engines write it."""
    at = data.find(b"data", 12)
    if data[:4] != b"RIFF" or at < 0 or data[22:24] != b"\x01\x00" or data[34:36] != b"\x10\x00":
        return None
    return _pcm(data[at + 8 :], int.from_bytes(data[24:28], "little"))


_NANO_VOICES = {"en": "en-GB", "es": "es-ES", "de": "de-DE", "fr": "fr-FR", "it": "it-IT"}
_NANO_RATE = 16_000


def _nanotts() -> Engine | None:
    """SVOX Pico, which comes with supple where it has wheels."""
    try:
        if find_spec("py_nanotts") is None:
            return None
        of = version("py-nanotts")
    except (PackageNotFoundError, ImportError, ValueError):
        return None

    def say(text: str, voice: str) -> Pcm | None:
        return _pcm(
            _ran([sys.executable, "-P", "-m", "audio.voices.nano", voice], text), _NANO_RATE
        )

    return Engine(f"nanotts {of}", _NANO_VOICES, say)


_SAY_VOICES = {"en": "Daniel", "es": "Mónica", "de": "Anna", "fr": "Thomas", "it": "Alice"}


def _say() -> Engine | None:
    """The voice of macOS. It writes only to a file, which is taken away at once."""
    program = shutil.which("say") if sys.platform == "darwin" else None
    if program is None:
        return None

    def say(text: str, voice: str) -> Pcm | None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            form = ["--file-format=WAVE", "--data-format=LEI16@22050"]
            _ran([program, "-v", voice, "-o", str(file), *form, "-f", "-"], text)
            return _wav(file.read_bytes()) if file.exists() else None

    return Engine("say", _SAY_VOICES, say)


_ESPEAK_VOICES = {"en": "en-gb", "es": "es", "de": "de", "fr": "fr", "it": "it", "pt": "pt"}


def _espeak() -> Engine | None:
    program = shutil.which("espeak-ng")
    if program is None:
        return None

    def say(text: str, voice: str) -> Pcm | None:
        return _wav(_ran([program, "--stdin", "--stdout", "-s", "150", "-v", voice], text))

    return Engine("espeak-ng", _ESPEAK_VOICES, say)


def _flite() -> Engine | None:
    """English only."""
    program = shutil.which("flite")
    if program is None:
        return None

    def say(text: str, voice: str) -> Pcm | None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "said.wav"
            _ran([program, "-voice", voice, "-f", "/dev/stdin", "-o", str(file)], text)
            return _wav(file.read_bytes()) if file.exists() else None

    return Engine("flite", {"en": "slt"}, say)
