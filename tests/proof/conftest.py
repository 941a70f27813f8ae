"""A fixture for the proofs: the home of a person who has answered every question before."""

import sys
from pathlib import Path

import pytest

from tests.program import home_of


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which Ana has answered every question and left before the session."""
    if sys.platform == "win32":
        pytest.skip("pseudo-terminals are POSIX")
    from tests.proof.answering import answer_no_to_everything
    from tests.proof.places import PLAY, restored_output
    from tests.screen import Seen

    folder = tmp_path_factory.mktemp("known")
    with Seen(*PLAY, env=home_of(folder)) as terminal:
        answer_no_to_everything(terminal)
        terminal.send("q")
        assert terminal.ended() == 1
        assert restored_output(terminal) == "supple: Left. Nothing was played.\r\n"
    return folder
