"""Goes from the start of `supple play` to the running session, as a person does."""

import re
import time

from bench.terminal import MeasuredProgram

_READ_S = 0.7
"""A screen must not change for this long before a key is pressed: earlier keys are ignored."""

_BETWEEN_KEYS_S = 0.5
_PRESSED_AGAIN_S = 5.0
"""A key without effect is pressed again after this time."""

_WITHIN_S = 300.0
"""Enough for some twenty questions on a slow and busy machine."""

_ENTER = "\r"
_RUNNING = "Get ready"


def begin(supple: MeasuredProgram) -> None:
    """Answer all questions in such a way that no step is left out, until the session runs."""
    deadline = time.monotonic() + _WITHIN_S
    while _RUNNING not in supple.picture:
        if time.monotonic() > deadline:
            raise AssertionError(f"no session began; the screen shows:\n{supple.picture}")
        supple.wait_until_still(_READ_S, within=_PRESSED_AGAIN_S)
        asked = supple.picture
        for key in _answer(asked):
            supple.send(key)
            supple.pump(_BETWEEN_KEYS_S)
        supple.wait_for_change(asked, within=_PRESSED_AGAIN_S)


def _answer(asked: str) -> tuple[str, ...]:
    """Return the keys that answer a screen; none if it asks nothing."""
    words = " ".join(asked.split())  # a line may be wrapped anywhere
    if "A name, then Enter" in words:
        return ("Ana", _ENTER)
    if "Enter start" in words:
        return (_ENTER,)
    if re.search(r"s \(.\) I am 16 to 64", words):
        return ("s", "n", _ENTER)
    if re.search(r"0 \(.\) Nothing is sore", words):
        return ("n", "0", _ENTER)
    if "None of these" in words or re.search(r"\bpage \d+ of \d+", words):
        return ("n", _ENTER)
    if "How sore" in words:
        return ("0", _ENTER)  # this Enter has no effect if the digit alone is an answer
    return ("n",) if re.search(r"^ *n +No\b", asked, re.MULTILINE) else ()
