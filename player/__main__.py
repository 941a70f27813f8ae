"""The command `supple`. It reports every error in a plain sentence, never as a traceback."""

import gc
import os
import sys
from pathlib import Path
from typing import Never, TextIO


def main() -> Never:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fails_to_encode(stream)
    gc.set_threshold(50_000)  # a command is short and makes little garbage
    code = _run(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    os._exit(code)  # an orderly shutdown of the interpreter takes a tenth of a command's time


def _never_fails_to_encode(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _run(words: list[str]) -> int:
    from player.base.text import safe

    try:
        if problem := _foreign_package():
            print(f"supple: {safe(problem)}", file=sys.stderr)
            return 1
        return _command(words)
    except KeyboardInterrupt:
        return 130
    except SystemExit as end:  # after --help
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads the output; end quietly
        return 1
    except Exception as error:
        if os.environ.get("SUPPLE_DEBUG"):
            raise
        print(f"supple: {safe(_words(error))}", file=sys.stderr)
        return 1


def _command(words: list[str]) -> int:
    if not words:  # the most common call does not wait for the argument parser
        from player.cli.start import open_front

        return open_front()
    from player.base.text import safe
    from player.cli.common import Stop, WrongUse
    from player.cli.parser import run

    try:
        return run(words)
    except WrongUse as error:
        print(f"supple: {safe(error)}. See `supple --help`.", file=sys.stderr)
        return 2
    except Stop as error:
        print(f"supple: {safe(error)}", file=sys.stderr)
        return 1


def _words(error: Exception) -> str:
    import sqlite3

    from player.history.store import HistoryError, default_path, failure_words
    from player.routine.terms import ScreeningMissing

    if isinstance(error, ScreeningMissing):
        return f"Nothing can be played: {error}."
    if isinstance(error, HistoryError):
        return str(error)
    if isinstance(error, sqlite3.Error):  # the screens use the history in many places
        return failure_words(default_path(), error)
    return (
        f"Something went wrong inside supple ({type(error).__name__}: {error}). "
        "Run it again with SUPPLE_DEBUG=1 and tell its makers what it prints."
    )


def _foreign_package() -> str:
    """Return a problem if another distribution has replaced our package `audio`."""
    import audio
    import player

    home = Path(player.__file__).resolve().parent.parent
    place = audio.__file__
    if place is None or Path(place).resolve().parent.parent != home:
        return (
            f"The package `audio` in {place} is not supple's; "
            "install supple in an environment of its own."
        )
    return ""


if __name__ == "__main__":
    main()
