"""Whether another program has surely ended."""

import subprocess
import sys

import pytest

from player.base.program import has_ended, this_program
from tests.cases import cases

MACHINE = this_program().rpartition(" ")[0]


def test_this_program_has_not_ended() -> None:
    assert not has_ended(this_program())


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is asked on Windows")
def test_a_program_has_ended_once_nobody_waits_for_it() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        name = f"{MACHINE} {other.pid}"
        assert not has_ended(name)
    assert has_ended(name)


@cases("name", ["elsewhere 0 1", f"{MACHINE} ", f"{MACHINE} x", f"{MACHINE} {10**30}", "", "7"])
def test_in_doubt_a_program_has_not_ended(name: str) -> None:
    assert not has_ended(name)
