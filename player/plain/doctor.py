"""`doctor`: what of sound, voice and export works on this machine, and how to get the rest."""

import shutil
from collections.abc import Iterator
from importlib.util import find_spec

GET_VOICE = "pip install py-nanotts, or espeak-ng from your system's packages"
GET_ENCODERS = "pip install 'supple[export]', or ffmpeg from your system's packages"


def doctor_lines() -> Iterator[str]:
    """A line for each thing: whether it works, with what, and how to get it where it does not."""
    yield f"Sound:  {_device()}"
    yield f"Voice:  {_voices()}"
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


def _voices() -> str:
    """The engine that speaks each language, and whether it gave a sound for one word."""
    from audio.voices.engines import engines

    found = engines()
    if not found:
        return f"none, so there are chimes. To get one: {GET_VOICE}"
    works = []
    for engine in found:
        heard = engine.say("one", next(iter(engine.voices.values()))) is not None
        languages = " ".join(sorted(engine.voices))
        works.append(f"{engine.name} ({languages}){'' if heard else ', which gave no sound'}")
    return "; ".join(works)


def _encoders() -> str:
    if find_spec("av") is not None:
        return "wav, and flac mp3 opus m4b with PyAV"
    if shutil.which("ffmpeg"):
        return "wav, and flac mp3 opus m4b with ffmpeg"
    return f"wav. For flac, mp3, opus and m4b: {GET_ENCODERS}"
