"""Finds and opens the routine files.

Doors: `folders.open_library`, `opening.open_routine`, `row.Row`.
"""
