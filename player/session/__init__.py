"""Runs a session as a pure function.

Doors: `timeline.compile`, `state.begin`, `state.step`, `cues.cue_sheet`, `snapshot.glance`.
"""
