"""Helpers to run the real program without any data of the person who runs the tests."""

import os
import sys
from pathlib import Path

PROGRAM = (sys.executable, "-m", "player")
ROOT = Path(__file__).resolve().parent.parent


def home_of(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment in which supple finds no data of the person who runs the tests."""
    kept = {k: v for k, v in os.environ.items() if k in {"PATH", "SYSTEMROOT", "TMPDIR"}}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        **more,
    }


def raw_controls(data: bytes) -> set[int]:
    """Return the control bytes that a terminal would execute, except line ends and tabs."""
    text = data.decode("utf-8", "replace")
    return {ord(c) for c in text if (ord(c) < 32 and c not in "\r\n\t") or 127 <= ord(c) < 160}


def in_python(source: str) -> str:
    """Return a Python script that can be started by its path.

    The shell starts it, because a line `#!` can't name an interpreter in a folder with a blank.
    """
    return f"""#!/bin/sh
''':'
exec "{sys.executable}" "$0" "$@"
'''
{source}"""
