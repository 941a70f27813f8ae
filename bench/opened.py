"""Prints the files that a command of supple opens: `python -m bench.opened list`.

Python code is left out. The names go to standard error, one a line.
"""

import os
import sys

from player.__main__ import main

_CODE = (".py", ".pyc")


def _print_opened(event: str, arguments: tuple[object, ...]) -> None:
    if event != "open":
        return
    path = arguments[0]
    if isinstance(path, str) and not path.endswith(_CODE):
        os.write(2, f"{path}\n".encode())


if __name__ == "__main__":
    sys.addaudithook(_print_opened)
    main()
