"""Names this running program, and says whether another one has ended."""

import os
import platform
import sys
from functools import cache
from pathlib import Path


@cache
def _machine() -> str:
    """Name the machine, and the container if there is one, because each has its own process ids."""
    try:
        container = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:  # not Linux
        container = 0
    return f"{platform.node()} {container}"


def this_program() -> str:
    """Return the name of this running program. No other program on this machine has it now."""
    return f"{_machine()} {os.getpid()}"


def has_ended(program: str) -> bool:
    """Return whether the program of this name has surely ended.

    False if in doubt: for a program on another machine, in another container, or on Windows,
    where a check would disturb the program.
    """
    machine, _, number = program.rpartition(" ")
    if machine != _machine() or sys.platform == "win32" or not number.isascii():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return False
