"""Makes the streams of a command safe to use, and remembers whether its output could be written."""

import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


class Watched(io.RawIOBase):
    """Passes bytes on to a stream, and remembers the first error.

    A stream that is `optional` never fails: what can't be written is lost.
    """

    def __init__(self, stream: TextIO, optional: bool) -> None:
        self._stream = stream  # if nobody held it, Python would close it
        buffer: Any = stream.buffer  # with `python -u` it is the raw stream itself
        self._raw: io.RawIOBase = getattr(buffer, "raw", buffer)
        self._optional = optional
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()

    def write(self, data: "ReadableBuffer", /) -> int | None:
        try:
            return self._raw.write(data)
        except OSError as error:
            self.failure = self.failure or error
            if self._optional:
                return memoryview(data).nbytes
            raise


def watch_streams() -> Watched | None:
    """Watch stdout, and ignore errors of stderr. Returns the watched stdout, if there is one.

    Characters that a stream can't encode are replaced. A stream that the caller has closed is
    opened again. Otherwise the next file to be opened would get its descriptor.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:  # nothing can be written to it, so a command that prints will fail
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    sys.stdout, watched = _watched(sys.stdout, optional=False)
    sys.stderr, _ = _watched(sys.stderr, optional=True)
    return watched


def _watched(stream: TextIO, optional: bool) -> tuple[TextIO, Watched | None]:
    if not isinstance(stream, io.TextIOWrapper):
        return stream, None
    raw = Watched(stream, optional)
    text = io.TextIOWrapper(
        io.BufferedWriter(raw),
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    return text, raw


_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def output_words(error: OSError) -> str:
    """Return why stdout could not be written, and what to do."""
    if error.errno == errno.EBADF:
        return "The output is closed, so nothing can be printed. Give it a terminal or a file."
    if error.errno in _FULL:
        return (
            "The output can't be written, because its disk or device is full. "
            "Make room there, or print to another place."
        )
    reason = (error.strerror or str(error)).lower()
    return f"The output can't be written: {reason}. Print to another place."
