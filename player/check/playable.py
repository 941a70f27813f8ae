"""Opening a routine to play it: besides what the reader refuses, the dose rules of safety hold."""

from pathlib import Path

from player.check.lint.every_rule import refuses
from player.library.opening import Opened, open_routine
from player.routine.catalogue import Catalogue


def open_to_play(path: Path, catalogue: Catalogue) -> Opened:
    """Read and check one file. One that breaks a rule of safety has no routine.

    It can be shown and previewed all the same, so that its author sees what is wrong.
    """
    opened = open_routine(path, catalogue)
    broken = refuses(opened)
    if not broken:
        return opened
    opened.document.problems.take(broken)
    return Opened(opened.document, None)
