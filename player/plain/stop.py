"""Asks what hurts in the plain mode, and prints the advice."""

from player.plain.ask import Keys
from player.plain.console import Console
from player.play.pain import Advice
from player.safety.stop_list import Feeling, StopList

_KEYS = "123456789abcdefghijklmnop"


def ask_what_hurts(console: Console, stop_list: StopList) -> Feeling:
    """Print the stop list and wait for one of its keys. Each changes or ends the session."""
    console.line("What is it? Press the first that fits.")
    for key, feeling in zip(_KEYS, stop_list, strict=False):
        console.line(f"  {key}  {feeling.words}")
    by_key = dict(zip(_KEYS, stop_list, strict=False))
    keys = Keys(console)
    while pressed := keys.next():
        key, at = pressed
        if key not in by_key:
            console.line("Press one of the keys of the list.")
            keys.pace = keys.pace.passed(at)
        elif keys.pace.allows(at):
            break
        else:
            keys.refuse(at)
    return by_key[key]


def show_advice(console: Console, advice: Advice) -> None:
    """Print what to do about a feeling, and what happens next."""
    console.line()
    for words in (advice.heading, *advice.lines):
        console.line(words)
