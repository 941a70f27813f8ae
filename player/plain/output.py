"""Writes lines to the terminal, on every system."""

import re
import sys
import textwrap
from shutil import get_terminal_size

from player.base.text import safe


class TerminalGone(Exception):
    """The terminal is gone, so nobody can read or answer."""


NARROWEST = 20
"""In a narrower terminal, lines are not wrapped here."""

_LABEL = re.compile(r"\s*(?:\S{1,7} {2})?")


def wrapped(line: str, columns: int) -> list[str]:
    """Wrap one line between words. Continuation lines are indented to the start of its text."""
    if len(line) <= columns or columns < NARROWEST:
        return [line]
    label = _LABEL.match(line)
    hanging = " " * (label.end() if label else 0)
    return textwrap.wrap(
        line, columns, subsequent_indent=hanging, break_on_hyphens=False, drop_whitespace=True
    )


class Output:
    """Writes to stdout and never redraws. Unsafe characters are made visible."""

    def line(self, text: str = "") -> None:
        words = text.lstrip(" ")
        indented = " " * (len(text) - len(words)) + safe(words)
        for part in wrapped(indented, get_terminal_size().columns):
            self.write(part + "\n")

    def write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except (OSError, ValueError):
            raise TerminalGone from None

    def bell(self) -> None:
        self.write("\a")
