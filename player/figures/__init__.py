"""Draws the figures of exercises: as braille, as SVG and in words.

Doors: `film.Film`, `film.body_map`, `film.sketched`, `alt.alt_text`, `motion.share_at`.
"""
