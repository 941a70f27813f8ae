"""Measures how fast supple is: `make bench`."""
