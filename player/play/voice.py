"""The voice of this machine: making speech before a session, and where it is saved."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audio.mixer import Speech

SpeechMaker = Callable[
    [Sequence[tuple[str, str]], Callable[[float], None], Callable[[], bool]], "Speech"
]
"""Makes the speech of texts, each with its language first.

It passes on the share that is made, and stops when the last function returns False.
"""


def make_speech(
    texts: Sequence[tuple[str, str]],
    progress: Callable[[float], None],
    goes_on: Callable[[], bool],
) -> "Speech":
    """Make speech with the voices of this machine; empty where there is none, or no numpy."""
    try:
        from audio.voices.engines import engines
        from audio.voices.making import make_speech as make
    except ImportError:
        return {}
    return make(texts, voice_folder(), progress, engines(own_voices()), goes_on)


def voice_folder() -> Path:
    """Where speech is saved between sessions. It can be made again, so it may be erased."""
    from platformdirs import user_cache_path  # only needed here, and not free

    return user_cache_path("supple") / "voice"


def own_voices() -> Path:
    """Where a person puts voices for Piper: each an .onnx file with its .onnx.json."""
    from platformdirs import user_data_path

    return user_data_path("supple", appauthor=False) / "voices"
