"""Builds the JSON Schemas with which editors check and complete routine and catalogue files.

Doors: `writing.schema_text`, `writing.write`.
"""
