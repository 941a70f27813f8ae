"""The volume of each part of a session, for hosts, which need it without any sound."""

from typing import NamedTuple


class Volumes(NamedTuple):
    """Gains from 0 to 1."""

    voice: float = 1.0
    """Speech and the coach's recordings."""
    chimes: float = 1.0
    bed: float = 1.0
    """The background."""


AS_MADE = Volumes()
