"""`x` in the plain mode: what hurts, and what follows from it."""

from typing import NamedTuple

from player.plain.console import Console
from player.safety.stop_list import Feeling, StopList, Then

_KEYS = "123456789abcdefghijklmnop"


class StopAnswer(NamedTuple):
    """What the person felt, and what is still possible."""

    feeling: Feeling
    then: Then


def ask_what_hurts(
    console: Console, stop_list: StopList, emergency_number: str, again: bool
) -> StopAnswer:
    """Read the list out and wait for one of its keys. There is no key to carry on as before.

    `again`: a step was left out for pain already; the second time the session ends.
    """
    console.line("What is it? Press the first that fits.")
    for key, feeling in zip(_KEYS, stop_list, strict=False):
        console.line(f"  {key}  {feeling.words}")
    while True:
        pressed = console.key(None)
        index = _KEYS.find(pressed) if pressed and len(pressed) == 1 else -1
        if 0 <= index < len(stop_list):
            break
        if pressed is not None:
            console.line("Press one of the keys of the list.")
    feeling = stop_list[index]
    then = Then.REST if again and feeling.then is Then.SKIP_STEP else feeling.then
    console.line()
    if feeling.rank == "emergency":
        console.line(f"EMERGENCY. {feeling.says}")
        console.line(f"Your emergency number: {emergency_number}")
    elif feeling.rank == "urgent":
        console.line(f"URGENT. {feeling.says}")
    else:
        console.line(feeling.says)
    if again and feeling.then is Then.SKIP_STEP:
        console.line("It is the second time today, so the session ends here.")
    return StopAnswer(feeling, then)
