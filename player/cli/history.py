"""The commands `history` and `forget`, which list and erase what is kept."""

import argparse
import sys

from player.base.text import safe
from player.cli.common import Command, Stop, person_known, print_json, print_lines


def _add_history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--person", metavar="NAME", help="only this person")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _history(args: argparse.Namespace) -> int:
    from player.history.past import sessions
    from player.history.refused import may_be_kept
    from player.history.store import default_path, open_store

    person = args.person if args.person is None else person_known(args.person)
    found = []
    if may_be_kept(default_path()):
        with open_store() as store:
            found = sessions(store, person)
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
    from player.history.refused import dangling_link, failure_words
    from player.history.store import default_path, open_store

    person = args.person if args.person is None else person_known(args.person)
    whose = f"of {safe(person)}" if person is not None else "of everybody"
    if not args.yes:
        if not sys.stdin.isatty():
            raise Stop("Nothing was erased; `--yes` erases without asking.")
        if not _says_yes(f"Erase everything that is kept {whose}? Type yes: "):
            raise Stop("Nothing was erased.")
    if person is None:
        if dangling_link(default_path()):
            raise Stop(failure_words(default_path(), FileNotFoundError()))
        erased = forget_everything(default_path())
    else:
        with open_store() as store:
            erased = forget_person(store, person)
    erased = _erase_speech() or erased
    print_lines([f"Erased everything {whose}." if erased else "Nothing was kept."])
    return 0


def _erase_speech() -> bool:
    """Erase saved speech, as a person may have written its text. Returns False if there is none."""
    from player.play.voice import erase_speech, voice_folder

    try:
        return erase_speech()
    except OSError as error:
        reason = (error.strerror or "it failed").lower()
        raise Stop(
            "The answers and sessions are erased. "
            f"The saved speech in `{safe(voice_folder())}` is not: {reason}."
        ) from None


def _says_yes(question: str) -> bool:
    try:
        return input(question).strip().lower() == "yes"
    except EOFError:
        print()
        return False


COMMANDS = {
    "history": Command(_history, "What was done, newest first.", _add_history_arguments),
    "forget": Command(
        _forget,
        "Erase what is kept: answers, sessions, saved speech.",
        _add_forget_arguments,
    ),
}
