"""Answering what the real program asks: read the question, let a moment pass, then type.

Every proof answers by these few functions. A key counts only once its question has been on the
screen for a moment, so that no key that was meant for something else answers it.
"""

import re
import time
from typing import NamedTuple

from tests.screen import Seen
from tests.terminal import PATIENCE_S, Terminal

SETTLES_S = 0.6
"""How long a question is on the screen before it is answered."""

RESULT_SETTLES_S = 0.9
"""How long the result is on the screen before Enter starts the session."""

_TOO_FAST = "Too fast"


class _Reply(NamedTuple):
    """What a question looks like, and what somebody without any trouble types."""

    looks: str
    keys: str


_LINE_BY_LINE = (
    _Reply(r"None of these: n, then Enter", "n\r"),
    _Reply(r"t for ten", "0"),
    _Reply(r"to 10, then Enter", "0\r"),
    _Reply(r"then Enter\. \?", "44\r"),
    _Reply(r"n no, u not sure", "n"),
    _Reply(r"Enter starts", ""),
)
_ON_THE_SCREENS = (
    _Reply(r"None of these", "n\r"),
    _Reply(r"t for ten", "0"),
    _Reply(r"to 10, then Enter", "0\r"),
    _Reply(r"then Enter", "44\r"),
    _Reply(r"^ +n No$", "n"),
    _Reply(r"^ Enter start", ""),
)


def answer_no_to_everything(*terminals: Terminal) -> None:
    """From the first question to the result, which a person could have read by then.

    Several terminals are answered side by side, because most of it is waiting.
    """
    going = [_Answering(terminal) for terminal in terminals]
    while going:
        for one in going:
            one.terminal.pump(0.02)
        going = [one for one in going if not one.is_through()]


def answer_no(terminal: Terminal, times: int) -> None:
    """Answer so many questions, the first that are asked. The next one has been read then."""
    going = _Answering(terminal, times)
    while not going.is_through():
        terminal.pump(0.02)


def answer(terminal: Terminal, question: str, keys: str) -> re.Match[str]:
    """Wait for a question, read it, and type. Returns what was found of the question."""
    found = _wait_for(terminal, question)
    terminal.pump(SETTLES_S)
    terminal.send(keys)
    return found


def answer_number(terminal: Terminal, question: str, number: int) -> None:
    """Answer a question for a number from 0 to 10, by one key or by digits and Enter."""
    _wait_for(terminal, question)
    how = _wait_for(terminal, r"t for ten|then Enter")[0]
    terminal.pump(SETTLES_S)
    terminal.send(f"{number}" if how == "t for ten" else f"{number}\r")


def _wait_for(terminal: Terminal, pattern: str) -> re.Match[str]:
    see = terminal.see if isinstance(terminal, Seen) else terminal.expect
    return see(pattern)


class _Answering:
    """One terminal on the way through its questions."""

    def __init__(self, terminal: Terminal, times: int | None = None) -> None:
        self.terminal = terminal
        self._times = times
        self._asked: object = None
        self._since = time.monotonic()
        self._is_answered = True

    def is_through(self) -> bool:
        """Answer what has been asked for long enough. Returns whether that was all."""
        now = time.monotonic()
        asked, reply = self._on_the_screen() if isinstance(self.terminal, Seen) else self._lines()
        if reply is not None and asked != self._asked:
            self._asked, self._since, self._is_answered = asked, now, False
        waited = now - self._since
        assert waited < PATIENCE_S, f"no further question in:\n{self.terminal.text[-3_000:]}"
        if reply is not None and not reply.keys:
            return waited >= RESULT_SETTLES_S
        if reply is not None and not self._is_answered and waited >= SETTLES_S:
            if self._times == 0:
                return True
            self._times = None if self._times is None else self._times - 1
            self._is_answered = True
            self.terminal.send(reply.keys)
        return False

    def _on_the_screen(self) -> tuple[object, _Reply | None]:
        """The screen without what was typed, and how to answer it."""
        assert isinstance(self.terminal, Seen)
        asked = re.sub(r"\[.\]|\d*_$", "", self.terminal.picture, flags=re.MULTILINE)
        fitting = (
            reply for reply in _ON_THE_SCREENS if re.search(reply.looks, asked, re.MULTILINE)
        )
        return asked, next(fitting, None)

    def _lines(self) -> tuple[object, _Reply | None]:
        """How many questions there have been, and how to answer the last of them."""
        count, last = 0, None
        for line in self.terminal.text.splitlines():
            fitting = (reply for reply in _LINE_BY_LINE if re.search(reply.looks, line))
            found = next(fitting, None)
            count += found is not None or _TOO_FAST in line
            last = found or last
        return count, last
