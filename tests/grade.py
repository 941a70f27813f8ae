"""How hard a text is to read: the formula that `check` goes by."""

from player.check.grade import grade

__all__ = ["grade"]
