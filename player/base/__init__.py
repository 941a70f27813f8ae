"""Basic tools that any package may use: the clock, safe text, file writing, a person's languages.

Doors: `clock.now`, `clock.wall`, `text.safe`, `files.write_whole`, `locale.languages`.
"""
