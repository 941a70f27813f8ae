"""The command `supple`: whatever goes wrong ends in a plain sentence, never in a traceback."""

import os
import sys
from pathlib import Path
from typing import TextIO


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        _never_fails_to_encode(stream)
    raise SystemExit(_run())


def _never_fails_to_encode(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


def _run() -> int:
    import click

    from player.text import safe

    if problem := _foreign_package():
        print(f"supple: {problem}", file=sys.stderr)
        return 1
    try:
        from player.cli import cli

        result = cli.main(standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Abort:
        return 130
    except KeyboardInterrupt:
        return 130
    except click.UsageError as error:
        print(f"supple: {safe(error.format_message())} See `supple --help`.", file=sys.stderr)
        return 2
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads any more; end quietly
        return 1
    except Exception as error:
        if os.environ.get("SUPPLE_DEBUG"):
            raise
        print(f"supple: {safe(_words(error))}", file=sys.stderr)
        return 1


def _words(error: Exception) -> str:
    from player.history.store import HistoryError
    from player.routine.terms import ScreeningMissing

    if isinstance(error, ScreeningMissing):
        return f"Nothing can be played: {error}."
    if isinstance(error, HistoryError):
        return str(error)
    return (
        f"Something went wrong inside supple ({type(error).__name__}: {error}). "
        "Run it again with SUPPLE_DEBUG=1 and tell its makers what it prints."
    )


def _foreign_package() -> str:
    """Another distribution can bring a package called `audio` or `routines` over ours."""
    import audio
    import player

    home = Path(player.__file__).resolve().parent.parent
    place = audio.__file__
    if place is None or Path(place).resolve().parent.parent != home:
        return (
            f"the package `audio` in {place} is not supple's; install supple in its own environment"
        )
    return ""


if __name__ == "__main__":
    main()
