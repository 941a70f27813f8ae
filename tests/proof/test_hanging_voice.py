"""The real program while its voice hangs: every end leaves no process behind."""

import os
import select
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.program import ROOT
from tests.proof.answering import SETTLES_S, answer_no_to_everything
from tests.proof.places import PLAY, home_as
from tests.screen import Seen
from tests.terminal import PATIENCE_S

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX"),
    pytest.mark.skipif(find_spec("py_nanotts") is None, reason="needs a voice to replace"),
]

ENGINE = """
import os, subprocess
pipe = os.open(os.environ["ENGINE_PIPE"], os.O_WRONLY)
os.set_inheritable(pipe, True)
os.write(pipe, b"begun")
class NanoTTS:
    def speak(self, *words, **more):
        subprocess.run(["sleep", "1000"], close_fds=False)
"""
"""It holds a pipe open, and so does the process that it starts."""


class Waiting(NamedTuple):
    """A program that waits for its voice, and a pipe that is open while an engine is alive."""

    terminal: Seen
    pipe: int

    def has_no_engine(self) -> bool:
        """Wait until the last engine is gone."""
        while select.select([self.pipe], [], [], PATIENCE_S)[0]:
            if not os.read(self.pipe, 100):
                return True
        return False


ENDS: dict[str, Callable[[Seen], None]] = {
    "q": lambda terminal: terminal.send("q"),
    "Ctrl+C": lambda terminal: terminal.send("\x03"),
    "SIGTERM": lambda terminal: terminal.signal(signal.SIGTERM),
    "SIGHUP": lambda terminal: terminal.signal(signal.SIGHUP),
    "SIGKILL": lambda terminal: terminal.signal(signal.SIGKILL),
    "Enter": lambda terminal: terminal.send("\r"),
}
CODES = {"q": 1, "Ctrl+C": 130, "SIGTERM": 143, "SIGHUP": 129, "SIGKILL": -9}


@pytest.fixture(scope="module")
def waiting(known: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Waiting]]:
    """A program for each end. They go through their questions at the same time."""
    folder = tmp_path_factory.mktemp("hanging")
    (folder / "py_nanotts.py").write_text(ENGINE)
    found: dict[str, Waiting] = {}
    with ExitStack() as stack:
        for number, end in enumerate(ENDS):
            pipe = folder / f"pipe{number}"
            os.mkfifo(pipe)
            reads = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
            stack.callback(os.close, reads)
            env = home_as(known, folder / f"{number}") | {
                "ENGINE_PIPE": str(pipe),
                "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
            }
            found[end] = Waiting(stack.enter_context(Seen(*PLAY, env=env)), reads)
        answer_no_to_everything(*(one.terminal for one in found.values()))
        yield found


@pytest.mark.parametrize("end", ENDS)
def test_no_engine_is_left_behind(waiting: dict[str, Waiting], end: str) -> None:
    one = waiting[end]
    one.terminal.send("\r")
    one.terminal.see("The voice gets ready")
    one.terminal.pump(SETTLES_S)
    assert select.select([one.pipe], [], [], PATIENCE_S)[0], "the engine works"
    ENDS[end](one.terminal)
    if end in CODES:
        assert one.terminal.ended() == CODES[end]
    else:
        one.terminal.see("space pause")
    assert one.has_no_engine()
