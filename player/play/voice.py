"""Makes speech with the voices of this machine, and names the folders for it."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audio.mixer import Speech

_SPEECH = re.compile(r"[0-9a-f]{64}|tmp\w+")
"""The names of saved speech, and of a file that was not written to its end."""

SpeechMaker = Callable[
    [Sequence[tuple[str, str]], Callable[[float], None], Callable[[], bool]], "Speech"
]
"""Makes the speech for texts. Each text is a pair of a language and words.

The second argument gets the share that is made. When the third returns False, the maker stops.
"""


def make_speech(
    texts: Sequence[tuple[str, str]],
    on_progress: Callable[[float], None],
    is_wanted: Callable[[], bool],
) -> "Speech":
    """Make speech with the voices of this machine. Without a voice or numpy, return no speech."""
    try:
        from audio.voices.engines import engines
        from audio.voices.making import make_speech as make
    except ImportError:
        return {}
    return make(texts, voice_folder(), on_progress, engines(own_voices()), is_wanted)


def voice_folder() -> Path:
    """Return the folder that caches speech. It may be erased, because speech can be made again."""
    from platformdirs import user_cache_path  # only needed here, and slow to import

    return user_cache_path("supple") / "voice"


def erase_speech() -> bool:
    """Erase all speech that is cached. Returns False if there was none; raises OSError.

    It can't be erased for one person alone, because it does not say who wrote its text.
    """
    folder = voice_folder()
    try:
        files = [file for file in folder.iterdir() if _SPEECH.fullmatch(file.name)]
    except (FileNotFoundError, NotADirectoryError):
        return False
    for file in files:
        file.unlink(missing_ok=True)
    with suppress(OSError):  # something else is in it
        folder.rmdir()
    return bool(files)


def own_voices() -> Path:
    """Return the folder for the person's own Piper voices (.onnx files with their .onnx.json)."""
    from platformdirs import user_data_path

    return user_data_path("supple", appauthor=False) / "voices"
