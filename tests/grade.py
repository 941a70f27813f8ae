"""Grades how hard a text is to read, with the same formula as `check`."""

from player.check.grade import grade

__all__ = ["grade"]
