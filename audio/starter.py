"""Starts a command, and kills it and all its children as soon as the program is gone.

`python starter.py NUMBER COMMAND…`. NUMBER is a descriptor whose other end only the program holds.
The system closes that end however the program ends, also by SIGKILL. `child` runs this file in a
process group of its own. It is run by its path and imports little, to start fast.
"""

import os
import select
import signal
import sys

_NOT_FOUND = 127
_MOST_IN_A_FILE = 64_000_000
_DEFAULT = [signal.SIGPIPE, signal.SIGXFSZ]
"""Python ignores these signals, and a command would inherit that."""


def main(watched: int, command: list[str]) -> int:
    """Return the exit code of the command."""
    os.set_inheritable(watched, False)
    _limit_files()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    try:
        child = os.posix_spawnp(command[0], command, os.environ, setsigdef=_DEFAULT)
    except OSError:
        return _NOT_FOUND
    os.close(0)  # so that the program sees when the command closes its ends
    os.close(1)
    while True:
        ready, _, _ = select.select([watched, woken], [], [])
        if watched in ready:
            os.killpg(0, signal.SIGKILL)
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code
        os.read(woken, 64)


def _limit_files() -> None:
    """Limit the size of each file, because some engines can write only to a file."""
    try:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        if most == resource.RLIM_INFINITY or most > _MOST_IN_A_FILE:
            resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_IN_A_FILE, _MOST_IN_A_FILE))
    except (ImportError, ValueError, OSError):
        pass


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
