"""Reads the clock of Textual's events, so that keys and screens are timed by the same clock."""

from textual.message import Message


def at_ms(message: Message) -> int:
    """Return when an event happened, in milliseconds."""
    return round(message.time * 1_000)


def now_ms() -> int:
    """Return the present time on the same clock."""
    return at_ms(Message())
