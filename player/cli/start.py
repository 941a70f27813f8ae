"""Opens the library when `supple` is run without a command."""

import os
import sys

from player.base.locale import languages


def open_front() -> int:
    """Open the library on the screens, or else line by line. Returns the exit code."""
    from player.plain.console import is_terminal

    if not is_terminal() or not can_draw():
        from player.plain.start import open_plainly

        return open_plainly()
    from player.play.options import PlayOptions
    from player.tui.app import run

    return run(PlayOptions(languages=languages(os.environ)))


def can_draw() -> bool:
    """Return whether this terminal can show the screens. If it can't, print why."""
    from player.plain.console import unfit

    why = unfit()
    if why:
        print(f"supple: {why}, so it goes on line by line.", file=sys.stderr)
    return not why
