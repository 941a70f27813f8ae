"""The commands `history` and `forget`, which list and erase past sessions."""

import argparse
import sys

from player.base.text import safe
from player.cli.common import Command, Stop, print_json, print_lines


def _add_history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help="only this person")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _history(args: argparse.Namespace) -> int:
    from player.history.past import sessions
    from player.history.store import default_path, open_store

    found = []
    if default_path().exists():
        with open_store() as store:
            found = sessions(store, args.person)
    if args.json:
        print_json([session.as_json() for session in found])
    else:
        print_lines([session.line() for session in found] or ["Nothing was played yet."])
    return 0


def _add_forget_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help="only this person; else everybody")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _forget(args: argparse.Namespace) -> int:
    from player.history.past import forget_everything, forget_person
    from player.history.store import default_path, open_store

    whose = f"of {safe(args.person)}" if args.person else "of everybody"
    if not args.yes:
        if not sys.stdin.isatty():
            raise Stop("Nothing was erased; `--yes` erases without asking.")
        if input(f"Erase everything that is kept {whose}? Type yes: ").strip().lower() != "yes":
            raise Stop("Nothing was erased.")
    if args.person is None:
        erased = forget_everything(default_path())
    elif erased := default_path().exists():
        with open_store() as store:
            erased = forget_person(store, args.person)
    print_lines([f"Erased everything {whose}." if erased else "Nothing was kept."])
    return 0


COMMANDS = {
    "history": Command(_history, "What was done, newest first.", _add_history_arguments),
    "forget": Command(
        _forget, "Erase what is kept: answers, profiles and sessions.", _add_forget_arguments
    ),
}
