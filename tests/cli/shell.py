"""Runs the real command in a shell, which can close its streams and limit its memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.program import PROGRAM

SUPPLE = '"$PLAYER" -m player'
"""The command, in a line for `shell`."""

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")


def shell(line: str, env: dict[str, str], code: int | None = 0) -> tuple[bytes, str]:
    """Run a line, and return its stdout and stderr. If `code` is None, any exit code passes."""
    done = subprocess.run(
        ["/bin/sh", "-c", line],
        env={**env, "PLAYER": PROGRAM[0]}, cwd=env["HOME"], stdin=subprocess.DEVNULL,
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    error = done.stderr.decode()
    assert code in {done.returncode, None}, error
    return done.stdout, error


def sentence(line: str, env: dict[str, str], code: int = 1) -> str:
    """Run a line, and return the one sentence that it prints to stderr."""
    error = shell(line, env, code)[1]
    assert error.startswith("supple: ") and error.count("\n") == 1, error
    assert "inside supple" not in error
    return error.removeprefix("supple: ").strip()
