"""The command line in this process, so that a test does not start an interpreter for each call.

Tests that need a real process are in `tests.cli.test_commands`.
"""

import io
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import NamedTuple, Never
from unittest import mock

from player.__main__ import main
from tests.program import raw_controls


class Done(NamedTuple):
    """The exit code and the output of a command."""

    returncode: int
    stdout: bytes
    stderr: bytes


class _Exit(BaseException):
    """Replaces the end of the process."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def run(*words: str, env: Mapping[str, str], code: int | None = 0, cwd: Path | None = None) -> Done:
    """Run one command in the home of `env`, or in `cwd`.

    Asserts that it exits with `code` and prints no traceback and no control byte. If `code` is
    None, any exit code passes.
    """
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with (
        _as_alone(env, cwd or Path(env["HOME"])),
        Path(os.devnull).open(encoding="utf-8") as nothing,
        mock.patch.multiple(sys, argv=["supple", *words], stdin=nothing, stdout=out, stderr=err),
        mock.patch.multiple(sys, __stdin__=nothing, __stdout__=out, __stderr__=err),
        mock.patch.object(os, "_exit", _exit),
    ):
        try:
            main()
        except _Exit as ended:
            returned = ended.code
    done = Done(returned, _bytes_of(out), _bytes_of(err))
    assert code in {returned, None}, done
    assert b"Traceback" not in done.stderr
    assert raw_controls(done.stdout) == raw_controls(done.stderr) == set()
    return done


@contextmanager
def _as_alone(env: Mapping[str, str], cwd: Path) -> Iterator[None]:
    """Set the environment, the folder and the signal handlers as in a new process, and restore
    them afterwards.
    """
    signals = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in signals}
    with mock.patch.dict(os.environ, env, clear=True), chdir(cwd):
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _exit(code: int) -> Never:
    raise _Exit(code)


def _bytes_of(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()
