"""Saves for each person how loud the voice, the chimes and the background are."""

from enum import StrEnum
from sqlite3 import Connection, Error
from typing import NamedTuple

from audio.volumes import Volumes
from player.history.people import Person
from player.history.store import checking_rows, stored_number

STEP = 10


class Channel(StrEnum):
    """A part of the sound that has a volume of its own."""

    VOICE = "voice"
    CHIMES = "chimes"
    BACKGROUND = "background"


class Loudness(NamedTuple):
    """The volume of each channel in percent, from 0 (silent) to 100 (as loud as recorded)."""

    voice: int = 100
    chimes: int = 100
    background: int = 100

    def of(self, channel: Channel) -> int:
        return dict(zip(Channel, self, strict=True))[channel]

    def turned(self, channel: Channel, steps: int) -> "Loudness":
        """Return a copy with one channel louder by `steps`, or softer if `steps` is negative."""
        percent = max(min(self.of(channel) + steps * STEP, 100), 0)
        return self._replace(**{channel.value: percent})

    def words(self, channel: Channel) -> str:
        """Return a channel and the keys for it, in at most 36 cells for the smallest screen."""
        return f"{channel.value.capitalize()} {self.of(channel)} %  < softer  > louder"

    @property
    def gains(self) -> Volumes:
        """The gains for the mixer. A quarter of the gain (12 dB less) sounds half as loud."""
        voice, chimes, background = ((percent / 100) ** 2 for percent in self)
        return Volumes(voice, chimes, background)


FULL = Loudness()


def loudness_of(connection: Connection, person: Person) -> Loudness:
    """Return the volumes that this person set last, or full volume."""
    row = connection.execute(
        "SELECT voice, chimes, background FROM loud WHERE person = ?", (person.id,)
    ).fetchone()
    if row is None:
        return FULL
    with checking_rows(connection):
        if max(map(stored_number, row)) > 100:
            raise ValueError(row)
        return Loudness(*row)


def save_loudness(connection: Connection, person: Person, loudness: Loudness) -> bool:
    """Save the volumes. Returns whether that worked, because a failure must not end a session."""
    try:
        connection.execute(
            "INSERT OR REPLACE INTO loud VALUES (?, ?, ?, ?)", (person.id, *loudness)
        )
    except Error:
        return False
    return True
