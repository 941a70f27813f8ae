"""How loud each part of a session is. By itself, since hosts need it before any sound is there."""

from typing import NamedTuple


class Volumes(NamedTuple):
    """Gains from 0 to 1."""

    voice: float = 1.0
    """Speech, and what a coach recorded."""
    chimes: float = 1.0
    bed: float = 1.0
    """The background."""


AS_MADE = Volumes()
