"""How loud a person wants the voice, the chimes and the background, as they see and set it."""

from enum import StrEnum
from typing import NamedTuple

from audio.volumes import Volumes

STEP = 10


class Part(StrEnum):
    VOICE = "voice"
    CHIMES = "chimes"
    BACKGROUND = "background"


class Levels(NamedTuple):
    """Percent, from 0 (silent) to 100 (as loud as it is made)."""

    voice: int = 100
    chimes: int = 100
    background: int = 100

    def of(self, part: Part) -> int:
        return dict(zip(Part, self, strict=True))[part]

    def moved(self, part: Part, steps: int) -> "Levels":
        """One part louder by so many steps, or softer; never beyond silent and full."""
        level = max(min(self.of(part) + steps * STEP, 100), 0)
        return self._replace(**{part.value: level})

    def words(self, part: Part) -> str:
        """One part and how to change it: at most 36 cells, for the smallest screen."""
        return f"{part.value.capitalize()} {self.of(part)} %  < softer  > louder"

    @property
    def gains(self) -> Volumes:
        """For the mixer. Half is heard as half when it is a quarter, 12 dB less."""
        voice, chimes, background = ((level / 100) ** 2 for level in self)
        return Volumes(voice, chimes, background)


FULL = Levels()
