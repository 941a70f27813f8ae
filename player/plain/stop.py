"""`x` in the plain mode: what hurts, and what is said to it."""

from player.plain.ask import Keys
from player.plain.console import Console
from player.play.running import AfterPain
from player.safety.questions import load_questionnaire
from player.safety.stop_list import Feeling, StopList

_KEYS = "123456789abcdefghijklmnop"


def ask_what_hurts(console: Console, stop_list: StopList) -> Feeling:
    """Read the list out and wait for one of its keys. There is no key to carry on as before."""
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


def tell(console: Console, after: AfterPain, emergency_number: str) -> None:
    """What is said to a feeling, and what happens next."""
    console.line()
    feeling = after.feeling
    if feeling.key is None:
        console.line(feeling.says)
    if feeling.otherwise is not None and feeling.otherwise.rank == "emergency":
        console.line(f"Your emergency number: {emergency_number}")
    tell_again(console, after.feeling, emergency_number)
    if after.words:
        console.line(after.words)


def tell_again(console: Console, feeling: Feeling, emergency_number: str) -> None:
    """What belongs to a red feeling wherever it is told: the advice, the number, early care."""
    if feeling.key is None:
        return
    console.line(f"{feeling.rank.upper()}. {feeling.says}")
    if feeling.rank == "emergency":
        console.line(f"Your emergency number: {emergency_number}")
    if feeling.id == "pop":
        for words in load_questionnaire().early_care:
            console.line(words)
