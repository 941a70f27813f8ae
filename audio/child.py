"""Runs work that may hang, crash or print to the screen in a separate process."""

import subprocess
from collections.abc import Sequence


def output_of(command: Sequence[str], given: bytes, within_s: float) -> bytes:
    """Return what a command writes to standard output when it reads `given`.

    The result is empty if it fails or takes too long. Its error output is discarded, since it
    would appear on the screen.
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
