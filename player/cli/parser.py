"""Parses the command line and runs the command."""

import argparse
from collections.abc import Mapping, Sequence
from typing import Never

from player.cli import history, playing, show, write
from player.cli.common import Command, WrongUse, print_lines

COMMANDS: Mapping[str, Command] = (
    playing.COMMANDS | show.COMMANDS | write.COMMANDS | history.COMMANDS
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> Never:
        raise WrongUse(message)


def parser(words: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """Build the argument parser.

    If `words` is given, only the commands in it get their arguments, which is faster.
    """
    top = _Parser(
        "supple",
        description="Guided stretching and self-massage in the terminal.",
        epilog="Safety questions are asked before every session. This is not medical advice.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="store_true", help="print the version")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, (_, help, add_arguments) in COMMANDS.items():
        command = commands.add_parser(name, help=help, description=help, allow_abbrev=False)
        if words is None or name in words:
            add_arguments(command)
    return top


def run(words: Sequence[str]) -> int:
    """Run one command and return its exit code. Raises Stop and WrongUse."""
    args = parser(words).parse_args(words)
    if args.version:
        from importlib.metadata import version

        print_lines([f"supple {version('supple')}"])
        return 0
    if args.command is None:
        from player.cli.start import open_front

        return open_front()
    return COMMANDS[args.command].run(args)
