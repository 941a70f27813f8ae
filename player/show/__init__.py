"""Describes routines and exercises in lines of text, and a timeline as JSON.

Doors: `listing.routine_lines`, `listing.preview_lines`, `picture.picture_lines`,
`segments.timeline_json`, `cards.exercise_card`.
"""
