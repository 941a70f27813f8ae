"""The one bridge from words to the screen: shown literally, never read as markup."""

from textual.content import Content

from player.base.text import safe


def shown(text: object, style: str = "") -> Content:
    """Words from anywhere as they stand, on one line; unsafe characters are made visible."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def lines(*parts: Content) -> Content:
    """Contents under one another; empty ones are left out."""
    return Content("\n").join(part for part in parts if part)
