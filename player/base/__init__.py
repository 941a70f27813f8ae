"""Basic tools that any package may use: the clock, days of the calendar, safe text, file writing, a
person's languages.

Doors: `clock.now`, `clock.wall`, `calendar.days_after`, `text.safe`, `files.write_whole`,
`locale.languages`.
"""
