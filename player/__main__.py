"""The command `supple`. It reports every error in a plain sentence, never as a traceback."""

import gc
import os
import sys
from typing import Never

from player.base.shortage import TOO_LITTLE_MEMORY, is_shortage
from player.base.streams import Watched, output_words, watch_streams


def main() -> Never:
    """Run the command line and exit with its code."""
    output = watch_streams()
    gc.set_threshold(50_000)  # a command is short and makes little garbage
    # No command multiplies matrices, and each thread of OpenBLAS takes memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    code = _run(sys.argv[1:], output)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    if output is not None and output.failure is not None:
        code = code or 1
        if not isinstance(output.failure, BrokenPipeError):  # otherwise nobody reads the output
            _say(output_words(output.failure))
    os._exit(code)  # an orderly shutdown of the interpreter takes a tenth of a command's time


def _run(words: list[str], output: Watched | None) -> int:
    try:
        from player.cli.failures import foreign_package

        if problem := foreign_package():
            _say(problem)
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
        if is_shortage(error):
            _print(TOO_LITTLE_MEMORY)
        elif output is None or not _comes_from(error, output.failure):
            from player.cli.failures import failure_words

            _say(failure_words(error))
        return 1


def _comes_from(error: BaseException | None, first: OSError | None) -> bool:
    """Return whether `first` led to `error`."""
    while error is not None and error is not first:
        error = error.__cause__ or error.__context__
    return error is not None


def _say(words: str) -> None:
    from player.base.text import safe

    _print(safe(words))


def _print(words: str) -> None:
    print(f"supple: {words}", file=sys.stderr, flush=True)


def _command(words: list[str]) -> int:
    if not words:  # the most common call does not wait for the argument parser
        from player.cli.start import open_front

        return open_front()
    from player.cli.common import Stop, WrongUse
    from player.cli.parser import run

    try:
        return run(words)
    except WrongUse as error:
        _say(f"{error}. See `supple --help`.")
        return 2
    except Stop as error:
        _say(str(error))
        return 1


if __name__ == "__main__":
    main()
