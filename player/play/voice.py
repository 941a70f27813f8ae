"""The voice of this machine: how speech is made before a session, and where it is kept."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audio.mixer import Speech

MakeSpeech = Callable[
    [Sequence[tuple[str, str]], Callable[[float], None], Callable[[], bool]], "Speech"
]
"""Makes what is said of (language, text), telling the share, while it goes on."""


def make_speech(
    texts: Sequence[tuple[str, str]],
    told: Callable[[float], None],
    goes_on: Callable[[], bool],
) -> "Speech":
    """With the voices of this machine; nothing where there is none, or no numpy."""
    try:
        from audio.voices.engines import engines
        from audio.voices.making import make_speech as make
    except ImportError:
        return {}
    return make(texts, voice_folder(), told, engines(own_voices()), goes_on)


def voice_folder() -> Path:
    """Where speech is kept between sessions. It can be made again, so it may be erased."""
    from platformdirs import user_cache_path  # only needed here, and not free

    return user_cache_path("supple") / "voice"


def own_voices() -> Path:
    """Where somebody lays voices for Piper: each an .onnx file with its .onnx.json."""
    from platformdirs import user_data_path

    return user_data_path("supple", appauthor=False) / "voices"
