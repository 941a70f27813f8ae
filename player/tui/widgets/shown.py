"""Turns text into content for the screen. Text is never interpreted as markup."""

from textual.content import Content

from player.base.text import safe


def shown(text: object, style: str = "") -> Content:
    """Return a text literally, on one line. Unsafe characters are made visible."""
    return Content.styled(safe(text), style) if style else Content(safe(text))


def lines(*parts: Content) -> Content:
    """Put contents one below another. Empty ones are left out."""
    return Content("\n").join(part for part in parts if part)
