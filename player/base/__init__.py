"""Basics that every room may use: the clock, safe text, whole files, the language of a person.

Doors: `clock.now`, `clock.wall`, `text.safe`, `files.write_whole`, `locale.languages`.
"""
