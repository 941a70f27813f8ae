"""Recognises errors that mean that the machine has no memory left for the program."""

import errno
from contextlib import suppress

TOO_LITTLE_MEMORY = (
    "There is not enough memory for supple here. Close other programs, or raise the limit "
    "(`ulimit -v` shows it)."
)

_PAGE = 4_096
"""Bytes. The smallest page of any system."""
_SIGNS = ("failed to map segment", "cannot allocate memory", "can't start new thread")


_LEAST_ROOM = 8 << 20
"""Bytes. A library that does not fit into this room may fail with any error."""


def is_shortage(error: BaseException | None) -> bool:
    """Return whether too little memory caused an error, or one that led to it.

    If there is too little memory for a library, Python reports that it can't be imported.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, MemoryError):
            return True
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            return True
        if isinstance(error, ImportError | OSError | RuntimeError):
            words = str(error).lower()
            if any(sign in words for sign in _SIGNS):
                return True
        error = error.__cause__ or error.__context__
    return _room_left() < _LEAST_ROOM


def _room_left() -> float:
    """Return how much address space, in bytes, this process may still use (on Linux)."""
    with suppress(OSError, ValueError), open("/proc/self/limits", "rb") as limits:  # noqa: PTH123
        for line in limits:
            if line.startswith(b"Max address space"):
                most = int(line.split()[3])  # `unlimited` is a ValueError
                with open("/proc/self/statm", "rb") as used:  # noqa: PTH123
                    return most - int(used.read().split()[0]) * _PAGE
    return float("inf")
