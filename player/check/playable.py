"""Opening a routine to play it: besides a file with errors, one that is unsafe is refused."""

from pathlib import Path

from player.check.lint.safety import safety_errors
from player.library.opening import Opened, open_routine
from player.routine.catalogue import Catalogue


def open_to_play(path: Path, catalogue: Catalogue) -> Opened:
    """Read one file. A routine that breaks a safety rule is left out, and the errors say why.

    It can be shown and previewed all the same, so that its author sees what is wrong.
    """
    opened = open_routine(path, catalogue)
    errors = safety_errors(opened)
    if not errors:
        return opened
    opened.document.problems.take(errors)
    return Opened(opened.document, None)
