"""The preview in a real pseudo-terminal, while its file is edited.

`tests/tui/test_preview.py` checks on virtual time that a save is shown within a second.
"""

import re
import sys
from pathlib import Path

import pytest

from tests.program import home_of

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.screen import Seen, modes_left

pytestmark = pytest.mark.proof

ROUTINE = (
    "name: Evening\nsteps:\n  - march-in-place: 3:00\n"
    "  - calf-wall-straight: 2 x 30s each side rest 10s\n"
)


def test_each_save_is_shown_and_the_terminal_is_restored(tmp_path: Path) -> None:
    file = tmp_path / "evening.yaml"
    file.write_text(ROUTINE, "utf-8")
    home = tmp_path / "home"
    home.mkdir()

    def save(text: str, pattern: str) -> None:
        new = tmp_path / "evening.yaml~"
        new.write_text(text, "utf-8")
        new.replace(file)  # as editors save
        terminal.see(pattern)

    with Seen("preview", str(file), env=home_of(home)) as terminal:
        terminal.see(r"5:40 · as saved")
        terminal.see(r"Step 1 of 2")
        save(ROUTINE.replace("2 x 30s", "3 x 30s"), r"Step 2 of 2 · set 1 of 3")
        save(ROUTINE.replace("2 x 30s", "thirty"), r"(?s)1 error.*line 4, column \d+")
        assert re.search(r"Step 2 of 2 · set 1 of 3", terminal.picture), terminal.picture
        save(ROUTINE.replace("2 x 30s", "4 x 30s"), r"set 1 of 4")
        file.unlink()
        terminal.see(r"there is no such file")
        save(ROUTINE, r"5:40 · as saved")
        terminal.resize(12, 40)
        terminal.see(r"Step 2 of 2")
        terminal.send("b")
        terminal.see(r"Step 1 of 2")
        terminal.send("pdx \r")  # none of these keys starts a session
        terminal.pump(0.5)
        terminal.see(r"Step 1 of 2")
        terminal.send("q")
        assert terminal.ended() == 0
        assert terminal.is_as_before() and modes_left(terminal.seen) == set()
    assert not list(tmp_path.rglob("*.db")), "the preview saves nothing"
