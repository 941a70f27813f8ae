"""Parses the command line and runs its commands.

Doors: `parser.run`, `start.open_front`, `common.Stop`, `common.WrongUse`.
"""
