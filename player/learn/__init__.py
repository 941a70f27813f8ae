"""Reads the pages on pain behind the knee and lays them out as text.

Doors: `pages.load_pages`, `pages.find`, `words.page_lines`, `words.opening_lines`.
"""
