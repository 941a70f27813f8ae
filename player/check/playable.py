"""Opens a routine for playing. It refuses files with errors and files that break a safety rule."""

from pathlib import Path

from player.check.lint.safety import safety_errors
from player.library.opening import Opened, open_routine
from player.routine.catalogue import Catalogue


def open_to_play(path: Path, catalogue: Catalogue) -> Opened:
    """Read one file. If it breaks a safety rule, the routine is None and the errors explain it.

    Other commands can still show and preview the file, so that its author sees the mistake.
    """
    opened = open_routine(path, catalogue)
    errors = safety_errors(opened)
    if not errors:
        return opened
    opened.document.problems.take(errors)
    return Opened(opened.document, None)
