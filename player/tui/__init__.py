"""Runs supple on full screens with Textual.

Doors: `app.run`, `preview.run`, `base.Host`.
"""
