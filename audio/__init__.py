"""Plays the sound of a session: chimes, speech, recorded clips and a background.

Doors: `sound.open_sound`, `cue.CueSheet`, `mixer.Mixer`, `clips.load_clips`, `bed.load_bed`.
"""
