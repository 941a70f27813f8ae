"""Commands for what is kept of people."""

import argparse
import sys

from player.base.text import safe
from player.cli.common import Command, Stop, print_json, print_lines


def _history_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--person", metavar="NAME", help="only this person")
    words.add_argument("--json", action="store_true", help="as JSON")


def _history(given: argparse.Namespace) -> int:
    from player.history.past import sessions
    from player.history.store import default_path, open_store

    found = []
    if default_path().exists():
        with open_store() as store:
            found = sessions(store, given.person)
    if given.json:
        print_json([session.as_json() for session in found])
    else:
        print_lines([session.line() for session in found] or ["Nothing was played yet."])
    return 0


def _forget_takes(words: argparse.ArgumentParser) -> None:
    words.add_argument("--person", metavar="NAME", help="only this person; else everybody")
    words.add_argument("--yes", action="store_true", help="do not ask")


def _forget(given: argparse.Namespace) -> int:
    from player.history.past import forget_everything, forget_person
    from player.history.store import default_path, open_store

    whose = f"of {safe(given.person)}" if given.person else "of everybody"
    if not given.yes:
        if not sys.stdin.isatty():
            raise Stop("Nothing was erased; `--yes` erases without asking.")
        if input(f"Erase everything that is kept {whose}? Type yes: ").strip().lower() != "yes":
            raise Stop("Nothing was erased.")
    if given.person is None:
        erased = forget_everything(default_path())
    elif erased := default_path().exists():
        with open_store() as store:
            erased = forget_person(store, given.person)
    print_lines([f"Erased everything {whose}." if erased else "Nothing was kept."])
    return 0


COMMANDS = {
    "history": Command(_history, "What was done, newest first.", _history_takes),
    "forget": Command(
        _forget, "Erase what is kept: answers, profiles and sessions.", _forget_takes
    ),
}
