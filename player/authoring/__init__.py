"""Helps a coach to write a routine: a starting file, a live preview and an editor schema.

Doors: `composing.compose`, `following.Followed`, `schema.writing.schema_text`.
"""
