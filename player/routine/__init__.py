"""Defines a routine as frozen data, and reads routines and catalogue entries from nodes.

Doors: `reader.read_routine`, `catalogue.Catalogue`, `model.Routine`, `model.Plan`, `vocabulary`.
"""
