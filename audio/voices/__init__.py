"""Turns texts into speech with the voice engines of this machine.

Doors: `making.make_speech`, `making.length_of`, `engines.engines`.
"""
