"""From the start of `supple play` to its running session, as a person gets there."""

import re
import time

from bench.terminal import Seen

_READ_S = 0.7
"""A screen is read for so long before a key is pressed: keys that come sooner do not count."""

_BETWEEN_KEYS_S = 0.5
_PRESSED_AGAIN_S = 5.0
"""A key that changes nothing for so long is pressed once more."""

_WITHIN_S = 300.0
"""Some twenty questions, on a slow and busy machine."""

_ENTER = "\r"
_RUNNING = "Get ready"


def begin(supple: Seen) -> None:
    """Answer whatever is asked, so that nothing is left out, until the session runs."""
    deadline = time.monotonic() + _WITHIN_S
    while _RUNNING not in supple.picture:
        if time.monotonic() > deadline:
            raise AssertionError(f"no session began; the screen shows:\n{supple.picture}")
        supple.becomes_still(_READ_S, within=_PRESSED_AGAIN_S)
        asked = supple.picture
        for key in _answer(asked):
            supple.send(key)
            supple.pump(_BETWEEN_KEYS_S)
        supple.changes(asked, within=_PRESSED_AGAIN_S)


def _answer(asked: str) -> tuple[str, ...]:
    """The keys that answer a screen; none for a screen that asks nothing."""
    words = " ".join(asked.split())  # a line may end anywhere
    if "A name, then Enter" in words:
        return ("Ana", _ENTER)
    if "Enter start" in words:
        return (_ENTER,)
    if "None of these" in words:
        return ("n", _ENTER)
    if "How sore" in words:
        return ("0", _ENTER)  # where a digit alone answers, this Enter is refused
    if "then Enter" in words:
        return ("44", _ENTER)  # an age
    return ("n",) if re.search(r"^ *n +No\b", asked, re.MULTILINE) else ()
