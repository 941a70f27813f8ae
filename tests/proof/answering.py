"""Answers the questions of the real program: read the question, wait a moment, then type.

All proofs use these functions. The program accepts a key only after its question has been on the
screen for a moment.
"""

import re
import time
from typing import NamedTuple

from player.session.state import MOVES_EVERY_MS
from tests.screen import Seen
from tests.terminal import PATIENCE_S, Terminal

SETTLES_S = 0.6
"""How long a question is on the screen before it is answered."""

RESULT_SETTLES_S = 0.9
"""How long the result is on the screen before Enter starts the session."""

_TOO_FAST = "Too fast"


class _Reply(NamedTuple):
    """How to recognise a question, and what a healthy person types."""

    looks: str
    keys: tuple[str, ...]
    """The keys of the answer, and then the key that confirms it, with a moment between them."""


_LINE_BY_LINE = (
    _Reply(r"these: n, then your age", ("n", "s", "\r")),
    _Reply(r"these: n, then sore or not", ("n", "0", "\r")),
    _Reply(r"these: n, then Enter", ("n", "\r")),
    _Reply(r"to 10, then Enter", ("0", "\r")),
    _Reply(r"n no, u not sure|^  n  No$", ("n",)),
    _Reply(r"Enter starts", ()),
)
_ON_THE_SCREENS = (
    _Reply(r"^ +s +I am 16 to 64", ("s", "n", "\r")),
    _Reply(r"^ +0 +Nothing is sore", ("0", "n", "\r")),
    _Reply(r"None of these|page \d+ of \d+", ("n", "\r")),
    _Reply(r"to 10, then Enter", ("0", "\r")),
    _Reply(r"^ +n No$", ("n",)),
    _Reply(r"^ Enter start", ()),
)
_TYPED = re.compile(r"\[.\]|\(.\)|^ +\d+(:.*)?$|^ +_$", re.MULTILINE)
"""The parts of the screen that change while an answer is typed."""


def answer_no_to_everything(*terminals: Terminal) -> None:
    """Answer no to all questions, and wait until the result has been readable long enough.

    Several terminals are answered at the same time, because most of the time is waiting.
    """
    going = [_Answering(terminal) for terminal in terminals]
    while going:
        for one in going:
            one.terminal.pump(0.02)
        going = [one for one in going if not one.is_through()]


def answer_no(terminal: Terminal, times: int) -> None:
    """Answer the first `times` questions with no.

    Returns after the next question has been readable long enough.
    """
    going = _Answering(terminal, times)
    while not going.is_through():
        terminal.pump(0.02)


def answer(terminal: Terminal, question: str, *keys: str) -> re.Match[str]:
    """Wait for a question, and type the keys with a moment before each.

    Returns the match of the question.
    """
    found = _wait_for(terminal, question)
    for each in keys:
        terminal.pump(SETTLES_S)
        terminal.send(each)
    return found


def answer_today(terminal: Terminal, *marks: str) -> None:
    """Mark these rows of today, or none and that something is sore, which is asked about next.

    On the screens the list has more than one page.
    """
    ends = ("\r",) if marks else ("n", "y", "\r")
    if not isinstance(terminal, Seen):
        answer(terminal, r"None of these", *marks, *ends)
        return
    answer(terminal, r"Is one of these so today", *marks)
    terminal.pump(SETTLES_S)
    while "None of these" not in terminal.picture:
        terminal.send(ends[0])
        terminal.pump(SETTLES_S)
    answer(terminal, r"None of these", *ends)


def press_slowly(terminal: Terminal, keys: str) -> None:
    """Press keys in a session one by one, so that each of them counts."""
    for key in keys:
        terminal.send(key)
        terminal.pump(MOVES_EVERY_MS / 1_000 + 0.05)


def answer_number(terminal: Terminal, question: str, number: int) -> None:
    """Answer a question for a number from 0 to 10."""
    answer(terminal, question, str(number), "\r")


def _wait_for(terminal: Terminal, pattern: str) -> re.Match[str]:
    see = terminal.see if isinstance(terminal, Seen) else terminal.expect
    return see(pattern)


class _Answering:
    """One terminal, while its questions are answered."""

    def __init__(self, terminal: Terminal, times: int | None = None) -> None:
        self.terminal = terminal
        self._times = times
        self._asked: object = None
        self._since = time.monotonic()
        self._refused = 0
        self._keys: tuple[str, ...] = ()

    def is_through(self) -> bool:
        """Answer the present question if it has been readable long enough. Returns whether all
        questions are answered.
        """
        now = time.monotonic()
        seen = self._on_the_screen() if isinstance(self.terminal, Seen) else self._lines()
        asked, refused, reply = seen
        if reply is not None and asked != self._asked:
            self._asked, self._refused, self._since = asked, refused, now
            self._keys = reply.keys
        elif reply is not None and refused > self._refused:
            self._refused, self._since = refused, now
            self._keys = reply.keys[-1:]
        waited = now - self._since
        assert waited < PATIENCE_S, f"no further question in:\n{self.terminal.text[-3_000:]}"
        if reply is not None and not reply.keys:
            return waited >= RESULT_SETTLES_S
        if self._keys and waited >= SETTLES_S:
            if self._times == 0:
                return True
            self.terminal.send(self._keys[0])
            self._keys, self._since = self._keys[1:], now
            if not self._keys and self._times is not None:
                self._times -= 1
        return False

    def _on_the_screen(self) -> tuple[object, int, _Reply | None]:
        """Return the screen without the typed text, the number of refused keys, and the reply."""
        assert isinstance(self.terminal, Seen)
        *rows, said, keys = self.terminal.rows
        asked = _TYPED.sub("", "\n".join([*rows, keys]))
        fitting = (
            reply for reply in _ON_THE_SCREENS if re.search(reply.looks, asked, re.MULTILINE)
        )
        return asked, int(_TOO_FAST in said), next(fitting, None)

    def _lines(self) -> tuple[object, int, _Reply | None]:
        """Return the number of questions, the number of refused keys, and the reply to the last."""
        count, last = 0, None
        for line in self.terminal.text.splitlines():
            fitting = (reply for reply in _LINE_BY_LINE if re.search(reply.looks, line))
            found = next(fitting, None)
            count += found is not None
            last = found or last
        return count, self.terminal.text.count(_TOO_FAST), last
