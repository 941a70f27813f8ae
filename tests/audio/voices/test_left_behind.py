"""No process of an engine is left behind, however the program ends."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from audio.child import Child, TooLate
from tests.program import ROOT
from tests.terminal import PATIENCE_S

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs process groups")

ENGINE = """#!/bin/sh
exec 3>"$1"
echo begun >&3
trap '' TERM HUP INT
sleep 1000 &
sleep 1000
"""
"""It holds a pipe open, and so does the process that it starts."""

ONE_SENTENCE = """
import sys
from audio.child import output_of
output_of(sys.argv[1:], b"One.", 1_000, lambda: True)
"""
TALKS = """
import sys
from audio.voices.running import Talker
Talker(sys.argv[1:]).say("One.", lambda: True)
"""


HEEDED = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
"""
"""A program that was started in the background ignores these signals otherwise."""


class Program(NamedTuple):
    """A program that waits for its engine, and a pipe that is open while an engine is alive."""

    process: "subprocess.Popen[bytes]"
    pipe: int

    def next_words(self) -> bytes:
        """Wait for what an engine writes into the pipe; empty if the last one is gone."""
        ready, _, _ = select.select([self.pipe], [], [], PATIENCE_S)
        assert ready, "an engine is left behind"
        return os.read(self.pipe, 100)


@pytest.fixture(params=[ONE_SENTENCE, TALKS], ids=["one sentence", "talks"])
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Program]:
    pipe, script = tmp_path / "pipe", tmp_path / "engine"
    os.mkfifo(pipe)
    script.write_text(ENGINE)
    script.chmod(0o755)
    command = [sys.executable, "-c", HEEDED + request.param, str(script), str(pipe)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        reads = os.open(pipe, os.O_RDONLY)
        try:
            yield Program(process, reads)
        finally:
            process.kill()
            os.close(reads)


@pytest.mark.parametrize("number", ["SIGTERM", "SIGKILL", "SIGHUP", "SIGINT"])
def test_an_engine_ends_with_the_program(program: Program, number: str) -> None:
    assert program.next_words() == b"begun\n"
    program.process.send_signal(getattr(signal, number))
    assert program.next_words() == b""


def with_engine(folder: Path, end: Callable[[Child], None]) -> bytes:
    """Start an engine, end it, and return what comes through its pipe then."""
    pipe, script = folder / "pipe", folder / "engine"
    os.mkfifo(pipe)
    script.write_text(ENGINE)
    script.chmod(0o755)
    with Child([str(script), str(pipe)]) as child:
        reads = os.open(pipe, os.O_RDONLY)
        try:
            assert os.read(reads, 100) == b"begun\n"
            end(child)
            ready, _, _ = select.select([reads], [], [], PATIENCE_S)
            return os.read(reads, 100) if ready else b"left behind"
        finally:
            os.close(reads)


def test_an_engine_that_is_ended_takes_its_own_children_along(tmp_path: Path) -> None:
    assert with_engine(tmp_path, Child.end) == b""


def test_nobody_waits_for_an_engine_whose_time_is_over(tmp_path: Path) -> None:
    def too_late(child: Child) -> None:
        with pytest.raises(TooLate):
            child.take(1, lambda: False)
        child.end()

    assert with_engine(tmp_path, too_late) == b""


def test_an_engine_has_no_terminal_and_reads_an_end() -> None:
    """It can't ask anything, and can't be stopped by a key that is meant for the program."""
    source = "import os, sys; print(sys.stdin.read(), os.getsid(0) == int(sys.argv[1]))"
    with Child([sys.executable, "-c", source, str(os.getsid(0))]) as child:
        child.give(b"One.", last=True)
        assert child.take(100, lambda: True) == b"One. False\n"
        assert child.has_succeeded(lambda: True)


@pytest.mark.parametrize(("code", "succeeds"), [("exit 0", True), ("exit 3", False)])
def test_the_exit_code_of_a_command_counts(code: str, succeeds: bool) -> None:
    with Child(["/bin/sh", "-c", code]) as child:
        assert child.take(1, lambda: True) == b""
        assert child.has_succeeded(lambda: True) is succeeds
