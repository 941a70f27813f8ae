"""Work that may hang, crash or print over the screen, in a process of its own."""

import subprocess
from collections.abc import Sequence


def answer_of(command: Sequence[str], given: bytes, within_s: float) -> bytes:
    """What a command wrote to its output, fed with `given`; nothing where it failed or was late.

    What it prints besides is thrown away: it would be printed over the screen.
    """
    try:
        done = subprocess.run(
            command,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=within_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""
