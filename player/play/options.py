"""The options of `play` on the command line."""

from dataclasses import dataclass
from pathlib import Path

from player.routine.model import Pick


@dataclass(frozen=True, slots=True)
class PlayOptions:
    """How to play the session. No option changes the safety questions."""

    person: str | None = None
    pick: Pick = Pick.LOW
    mute: bool = False
    voice: bool = True
    background: Path | None = None
    """A sound file that plays softly during the whole session."""
    bell: bool = False
    hands_free: bool = False
    languages: tuple[str, ...] = ()
    emergency: str | None = None
    """The emergency number that the person sets from now on."""
