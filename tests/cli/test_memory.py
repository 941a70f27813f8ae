"""An error that came of too little memory is recognised."""

import pytest

from player.base.shortage import is_shortage


def later(error: Exception) -> Exception:
    """Return an error that came of a lack of memory."""
    error.__cause__ = MemoryError()
    return error


SHORTAGES = {
    "at once": MemoryError(),
    "later": later(RuntimeError("no result")),
    "a library": ImportError("libx.so: failed to map segment from shared object"),
    "a thread": RuntimeError("can't start new thread"),
}


@pytest.mark.parametrize("error", SHORTAGES.values(), ids=SHORTAGES)
def test_a_lack_of_memory_is_recognised(error: Exception) -> None:
    assert is_shortage(error)


def test_another_error_is_no_lack_of_memory() -> None:
    assert not is_shortage(ImportError("no module named x"))
