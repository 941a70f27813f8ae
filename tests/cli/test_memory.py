"""A limit on memory (`ulimit -v`)."""

import sys
from pathlib import Path

import pytest

from tests.cli.shell import SUPPLE, shell
from tests.program import home_of


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux obeys `ulimit -v`")
def test_too_little_memory_is_reported_in_a_sentence(tmp_path: Path) -> None:
    """With less than about 15 MB, and near some other limits, Python itself gives up."""
    home, sentences = home_of(tmp_path), 0
    for limit in (16_000, 18_000, 20_000, 22_000, 25_000):
        for words in ("list", "history", "show calf-stretch"):
            _, error = shell(f"ulimit -v {limit}; exec {SUPPLE} {words}", home, code=None)
            assert "inside supple" not in error
            sentences += error == (
                "supple: There is not enough memory for supple here. Close other programs, or "
                "raise the limit (`ulimit -v` shows it).\n"
            )
    assert sentences >= 8
