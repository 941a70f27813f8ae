"""Reports a fault of supple as a problem of the file that triggered it; other files go on."""

import os

from player.document.problem import Place, Problems, Span

FIRST_LINE = Span(0, 0)


class DataFault(Exception):
    """The program's own data can't be read, so no file can be judged. No guard catches it."""


def report_fault(error: Exception, problems: Problems, at: Place) -> None:
    """Report an exception that nobody expected, as an error at the place that was being read.

    Raises the exception again if it is a DataFault, or if `$SUPPLE_DEBUG` is set.
    """
    if isinstance(error, DataFault) or os.environ.get("SUPPLE_DEBUG"):
        raise error
    problems.error(
        "E502",
        at,
        f"supple has a fault of its own and can't read this ({type(error).__name__})",
        "write this part in another way, and send the file to the makers of supple",
    )
