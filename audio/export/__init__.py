"""Writes a session to a sound file with chapters.

Doors: `writing.export`, `writing.ready_for`, `programme.Programme`, `formats.format_of`.
"""
