"""Reads a file into nodes with places, and collects the problems of the file.

Doors: `read.read_file`, `nodes.Node`, `problem.Problems`, `problem.render`, `rows.read_rows`.
"""
