"""Finds out from the words of a massage whether it presses a place that is never pressed."""
