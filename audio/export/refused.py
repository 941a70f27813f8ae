"""The error of a session that can't be exported."""


class NotExported(Exception):
    """No file was written. The message says why in one or two plain sentences."""
