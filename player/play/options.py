"""The options of `play` on the command line."""

from dataclasses import dataclass
from pathlib import Path

from player.routine.model import Pick


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How the session is to be played. No option touches the questions."""

    person: str | None = None
    pick: Pick = Pick.LOW
    mute: bool = False
    voice: bool = True
    background: Path | None = None
    """A sound file to play softly below everything."""
    bell: bool = False
    hands_free: bool = False
    languages: tuple[str, ...] = ()
