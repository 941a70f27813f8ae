"""The clock of Textual's event timestamps, so that keys and screens are timed by the same clock."""

from textual.message import Message


def at_ms(message: Message) -> int:
    """When an event happened, in milliseconds."""
    return round(message.time * 1_000)


def now_ms() -> int:
    """This moment, in the same milliseconds."""
    return at_ms(Message())
