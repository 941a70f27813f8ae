"""What keeps a session from becoming a file."""


class NotExported(Exception):
    """No file was written; the words say why in one or two plain sentences."""
