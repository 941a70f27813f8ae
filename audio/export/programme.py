"""The content of a sound file: parts that follow each other, and chapters."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from audio.frames import RATE
from audio.mixer import Mixer
from audio.samples import SixteenBits, sixteen_bits

BLOCK = RATE // 2
"""Half a second is made and written at a time, so a long file needs little memory."""


class ProgrammePart(NamedTuple):
    """The first `frames` frames of a mixer."""

    mixer: Mixer
    frames: int


class Chapter(NamedTuple):
    """A place in the file to which a player can jump. `first` is a frame of the file."""

    first: int
    title: str


class Programme(NamedTuple):
    title: str
    parts: Sequence[ProgrammePart]
    chapters: Sequence[Chapter]
    comment: str = ""

    @property
    def frames(self) -> int:
        return sum(part.frames for part in self.parts)

    def blocks(self) -> Iterator[SixteenBits]:
        """Yield all frames in order, as [n, 2]: the same frames that a device would get."""
        for mixer, frames in self.parts:
            for first in range(0, frames, BLOCK):
                yield sixteen_bits(mixer.read(first, min(BLOCK, frames - first)))

    def ends(self) -> list[int]:
        """Return the frame at which each chapter ends."""
        after = [chapter.first for chapter in self.chapters[1:]]
        return [*after, self.frames] if self.chapters else []
