"""How loud each person wants the voice, the chimes and the background of a session."""

from enum import StrEnum
from sqlite3 import Connection, Error
from typing import NamedTuple

from audio.volumes import Volumes
from player.history.people import Person
from player.history.store import understood, whole

STEP = 10


class Channel(StrEnum):
    """A part of the sound that has a volume of its own."""

    VOICE = "voice"
    CHIMES = "chimes"
    BACKGROUND = "background"


class Loudness(NamedTuple):
    """Percent for each channel, from 0 (silent) to 100 (as loud as it was recorded)."""

    voice: int = 100
    chimes: int = 100
    background: int = 100

    def of(self, channel: Channel) -> int:
        return dict(zip(Channel, self, strict=True))[channel]

    def turned(self, channel: Channel, steps: int) -> "Loudness":
        """The same with one channel louder by so many steps, or softer; 0 and 100 are the ends."""
        percent = max(min(self.of(channel) + steps * STEP, 100), 0)
        return self._replace(**{channel.value: percent})

    def words(self, channel: Channel) -> str:
        """One channel and how to change it, in at most 36 cells for the smallest screen."""
        return f"{channel.value.capitalize()} {self.of(channel)} %  < softer  > louder"

    @property
    def gains(self) -> Volumes:
        """The same for the mixer. A quarter (12 dB less) is heard as half as loud."""
        voice, chimes, background = ((percent / 100) ** 2 for percent in self)
        return Volumes(voice, chimes, background)


FULL = Loudness()


def loudness_of(connection: Connection, person: Person) -> Loudness:
    """What this person set last; full for somebody who never set anything."""
    row = connection.execute(
        "SELECT voice, chimes, background FROM loud WHERE person = ?", (person.id,)
    ).fetchone()
    if row is None:
        return FULL
    with understood(connection):
        if max(map(whole, row)) > 100:
            raise ValueError(row)
        return Loudness(*row)


def save_loudness(connection: Connection, person: Person, loudness: Loudness) -> bool:
    """Save it. Returns whether that worked; a session goes on where it did not."""
    try:
        connection.execute(
            "INSERT OR REPLACE INTO loud VALUES (?, ?, ?, ?)", (person.id, *loudness)
        )
    except Error:
        return False
    return True
