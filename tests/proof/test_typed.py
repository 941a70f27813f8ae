"""In a real terminal, numbers are read as typed, and no burst of keys answers a question."""

import random
import re
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.habits import seed, tries
from tests.program import home_of
from tests.proof.answering import SETTLES_S, answer, answer_no_to_everything, answer_today
from tests.proof.places import Env, history_of
from tests.screen import Seen
from tests.terminal import Terminal

pytestmark = [pytest.mark.proof, pytest.mark.soak]

Host = type[Terminal]
HOSTS = pytest.mark.parametrize("host", [Seen, Terminal], ids=["screens", "lines"])
GAPS_S = (0.02, 0.3, 2.0)
"""The pause between digits of a fast typist, a slow one, and one who searches for the key."""

FILE = "name: T\nsteps:\n  - calf-wall-straight: 30s each side\n"
WORST = r"10: the worst you can imagine"


def opened(host: Host, env: Env, *words: str) -> Terminal:
    """Start a small routine, which asks its first question."""
    file = Path(env["HOME"]) / "t.yaml"
    file.write_text(FILE, "utf-8")
    plain = [] if host is Seen else ["--plain"]
    return host("play", str(file), "--no-voice", *plain, *words, env=env)


def sees(terminal: Terminal, pattern: str) -> re.Match[str]:
    return terminal.see(pattern) if isinstance(terminal, Seen) else terminal.expect(pattern)


def type_number(terminal: Terminal, digits: str, gap_s: float, resized: bool = False) -> None:
    """Type digits with a pause between them, and resize the terminal meanwhile if `resized`."""
    terminal.pump(SETTLES_S)
    for place, digit in enumerate(digits):
        if place and resized:
            terminal.resize(20, 70)
        terminal.pump(gap_s if place else 0)
        terminal.send(digit)


def confirm(terminal: Terminal) -> None:
    terminal.pump(SETTLES_S)
    terminal.send("\r")


@HOSTS
def test_a_typed_ten_is_read_as_ten_in_every_question(host: Host, tmp_path: Path) -> None:
    turn = seed() % 3
    gaps = GAPS_S[turn:] + GAPS_S[:turn]
    with opened(host, home_of(tmp_path), "--person", "Ana") as terminal:
        answer_today(terminal)
        for place, (gap, question) in enumerate(
            zip(gaps, ("How sore is your", "How sore is your next", "How sore is your next"),
                strict=True)
        ):  # fmt: skip
            sees(terminal, question)
            type_number(terminal, "10", gap, resized=place == turn)
            sees(terminal, WORST)
            confirm(terminal)
            answer(terminal, r"Where\?", "ckh"[place])
            answer(terminal, r"Which side", "l")
            sees(terminal, r"another place is sore" if place < 2 else r"same as usual")
            terminal.pump(SETTLES_S)
            terminal.send("S" if place < 2 else "s")
        answer_no_to_everything(terminal)
        sees(terminal, r"soreness of 10 out of 10")


@HOSTS
def test_a_typed_ten_is_read_as_ten_after_a_session(host: Host, tmp_path: Path) -> None:
    env = home_of(tmp_path)
    with opened(host, env, "--person", "Ana") as terminal:
        answer_no_to_everything(terminal)
        terminal.send("\r")
        sees(terminal, r"Get ready")
        terminal.send("n")
        terminal.pump(1.5)
        terminal.send("q")
        answer(terminal, r"Leave the session", "y")
        sees(terminal, r"How sore")
        type_number(terminal, "10", GAPS_S[seed() % 3], resized=True)
        sees(terminal, WORST)
        confirm(terminal)
        if host is Seen:
            answer(terminal, r"0 before, 10 now", "\r")
        terminal.ended(30)
    with closing(sqlite3.connect(history_of(env))) as store:
        assert store.execute("SELECT before, after FROM soreness").fetchall() == [(0, 10)]


@HOSTS
def test_an_answer_that_is_no_whole_number_is_refused_with_a_message(
    host: Host, tmp_path: Path
) -> None:
    with opened(host, home_of(tmp_path), "--person", "Ana") as terminal:
        answer_today(terminal)
        sees(terminal, r"How sore")
        for typed in ("11", "5.5", "7-8"):
            type_number(terminal, typed, 0.02)
            sees(terminal, rf"{re.escape(typed)}: it should be one whole number, 0 to 10")
            confirm(terminal)
            sees(terminal, r"Type it again: one whole number, 0 to 10\.")
        terminal.pump(SETTLES_S)
        assert "Where?" not in terminal.text
        terminal.send("q")
        assert terminal.ended(30) == 1


@HOSTS
def test_a_paste_before_the_first_frame_answers_nothing(host: Host, tmp_path: Path) -> None:
    with opened(host, home_of(tmp_path)) as terminal:
        terminal.send("Ana\rn\r0\rnnnnnnnnnnnnnnn44\r\r\r")
        sees(terminal, r"A name, then Enter")
        terminal.pump(1.0)
        assert "chest pain" not in terminal.text
        answer(terminal, r"", "Ben\r")
        sees(terminal, r"chest pain")


KEYS = "0123456789abcdefghilmnopqrstuvwyzNQY- .\r\r\r\x7f"


def burst(chance: random.Random, terminal: Terminal) -> None:
    """Send keys at once or one by one, the first before anybody can have read the question."""
    terminal.pump(chance.uniform(0, 0.1))
    keys = "".join(chance.choice(KEYS) for _ in range(chance.randrange(2, 25)))
    if chance.random() < 0.5:
        terminal.send(f"\x1b[200~{keys}\x1b[201~" if isinstance(terminal, Seen) else keys)
        return
    for key in keys[:8]:
        terminal.send(key)
        time.sleep(0.02)  # a held key repeats in real time


QUESTIONS = (
    ("a name", r"chest pain", ("Ana\r",)),
    ("a list", r"How sore", ("n", "n", "y", "\r")),
    ("a number", r"Where\?", ("3", "\r")),
    ("a place", r"Which side", ("c",)),
    ("a side", r"Same as usual", ("l",)),
    ("same or new", r"Does one of these fit", ("n",)),
    ("yes or no", r"gave birth", ("n",)),
    ("the profile", r"You told of", ("n", "n", "s", "\r")),
)
"""Each kind of question, the text that appears after its answer, and the keys to answer it."""

UNDOES = "\x7f" * 40
"""The keys that delete what a burst typed."""


@HOSTS
def test_no_burst_answers_any_kind_of_question(host: Host, tmp_path: Path) -> None:
    """A burst follows right after each question. Then a person answers it."""
    chance = random.Random(seed())
    for number in range(tries(2)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with opened(host, home_of(folder)) as terminal:
            sees(terminal, r"A name, then Enter")
            for kind, follows, keys in QUESTIONS:
                begun = len(terminal.text)
                burst(chance, terminal)
                terminal.pump(1.2)
                after = terminal.picture if isinstance(terminal, Seen) else terminal.text[begun:]
                assert not re.search(follows, after), (kind, after)
                undo(terminal, begun)
                answer(terminal, "", *keys)
                sees(terminal, follows)


def undo(terminal: Terminal, begun: int) -> None:
    """Delete or unmark what a burst typed. The burst came after `begun` characters of output."""
    terminal.send(UNDOES)
    terminal.pump(SETTLES_S)
    if isinstance(terminal, Seen):
        for page in ("\x1b[5~", "\x1b[6~"):  # Page Up, Page Down
            terminal.send(page)
            terminal.pump(SETTLES_S)
            for key in re.findall(r"^ +(\w) \[x\]", terminal.picture, re.MULTILINE):
                if key != "n":
                    terminal.send(key)
        terminal.pump(SETTLES_S)
        return
    told = re.findall(r"^(Yes|Not): (\w)  ", terminal.text[begun:], re.MULTILINE)
    last = {key: yes == "Yes" for yes, key in told}
    for key in (key for key, is_marked in last.items() if is_marked):
        terminal.send(key)
