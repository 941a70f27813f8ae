"""Runs supple line by line, for screen readers, logs and simple terminals.

Doors: `start.open_plainly`, `start.play_plainly`, `ask`, `console.open_console`, `output.Output`.
"""
