"""The program with which a command is compared: it reads the same files and does nothing else.

It imports what every command-line program for YAML files imports: `python -m bench.reading FILE...`
"""

import argparse

import yaml  # noqa: F401 - its import is a part of the price


def main() -> None:
    """Open each file and read all of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*")
    for path in parser.parse_args().files:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123 - pathlib has its price too
            file.read()


if __name__ == "__main__":
    main()
