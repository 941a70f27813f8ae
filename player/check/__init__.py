"""Checks files and explains their mistakes, and refuses routines that are unsafe to play.

Doors: `report.check_paths`, `fix.fix_paths`, `explain.explain`, `playable.open_to_play`,
`dry_run.dry_run`.
"""
