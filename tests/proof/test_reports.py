"""In a real terminal, a report that arrives byte by byte is no key."""

import re
import time
from pathlib import Path

import pytest

from tests.program import home_of
from tests.proof.answering import SETTLES_S, answer_no_to_everything, answer_today
from tests.proof.test_typed import HOSTS, Host, opened, sees
from tests.screen import Seen
from tests.terminal import Terminal

pytestmark = pytest.mark.proof

REPORTS = ("\x1b[<64;10;12M", "\x1b[?2026;2$y", "\x1b]11;rgb:1e1e/1e1e\x07", "\x1b[I")
MARKED = r"[\[(]x[\])]|^Yes:|^Sore or not: |How sore"
GAPS_S = (0.001, 0.06, 0.12)


def send_slowly(terminal: Terminal) -> None:
    for report, gap in zip(REPORTS * 3, GAPS_S * 4, strict=True):
        for char in report:
            terminal.send(char)
            time.sleep(gap)  # a slow line is slow in real time
        terminal.pump(0.3)


@HOSTS
def test_cut_reports_answer_nothing_and_x_still_stops(host: Host, tmp_path: Path) -> None:
    with opened(host, home_of(tmp_path), "--person", "Ana") as terminal:
        sees(terminal, r"1.*Do you have chest pain")
        terminal.pump(SETTLES_S)
        begun = len(terminal.text)
        send_slowly(terminal)
        shown = terminal.picture if isinstance(terminal, Seen) else terminal.text[begun:]
        assert not re.search(MARKED, shown, re.MULTILINE), shown
        answer_today(terminal)
        sees(terminal, r"How sore")
        begun = len(terminal.text)
        send_slowly(terminal)
        shown = terminal.picture if isinstance(terminal, Seen) else terminal.text[begun:]
        assert not re.search(r"[0-9]: |^> \d", shown, re.MULTILINE), shown
        answer_no_to_everything(terminal)
        terminal.send("\r")
        sees(terminal, r"Get ready")
        terminal.pump(0.5)
        begun = len(terminal.text)
        send_slowly(terminal)
        assert not re.search(r"PAUSED|Paused|Stopped", terminal.text[begun:])
        terminal.send("\x1b[<6")
        terminal.pump(0.05)
        terminal.send("x")
        sees(terminal, r"Stopped\. Come out slowly\.")
