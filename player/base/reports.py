"""Separates keys from the reports of a terminal that arrive in pieces.

A terminal reports the mouse, a paste or its colours as a sequence that begins with Escape, and it
sends arrows and function keys the same way. A slow line cuts such a sequence into pieces. Each
piece looks like a key, but nobody pressed it. Times are in milliseconds, from any clock that
never goes back.
"""

from dataclasses import dataclass

REST_MS = 150
"""The longest time until the next piece of a sequence arrives.

Escape counts as a key only if nothing follows it within this time.
"""

ESCAPE = "\x1b"
_BELL = "\x07"
_ENDS = ESCAPE + "\\"
_OPENS = "[O]P_"
"""What follows Escape in a sequence of more than two characters."""
_TEXTS = "]P_"
"""How a sequence that holds text begins. It ends with a bell, or Escape and a backslash."""
_PASTE, _PASTED = "[200~", "[201~"
_MOUSE = "M"
"""Begins the oldest report of the mouse: a button and a place, one character each."""
_BARE, _BARE_IN_TEXT = frozenset("[]OP"), frozenset("[")
"""The openings that count without Escape, because the program may have read that before.

In a text, only the one that no name and no search contains.
"""
_CODES = {"escape": ESCAPE, "enter": "\r", "backspace": "\x7f", "tab": "\t"}
_LONGEST = 24
"""The most characters of a sequence to remember."""


def is_whole(sequence: str) -> bool:
    """Return whether a sequence that begins with Escape is complete."""
    opening, rest = sequence[1:2], sequence[2:]
    if opening not in _OPENS or not opening:
        return bool(opening)
    if opening in _TEXTS:
        return sequence.endswith((_BELL, _ENDS))
    if (opening + rest).startswith(_PASTE):
        return rest.endswith(_PASTED)
    if opening == "[" and rest.startswith(_MOUSE):
        return len(rest) > 3
    if rest == "[":  # the function keys of the Linux console
        return False
    return "\x40" <= rest[-1:] <= "\x7e"


@dataclass(frozen=True, slots=True)
class Reports:
    """What has arrived of a sequence, up to the present key."""

    begun: str = ""
    at: int = 0

    def is_open(self, at: int) -> bool:
        """Return whether a key at this time may be a piece of a sequence."""
        return bool(self.begun) and at - self.at < REST_MS

    def takes(self, key: str, at: int, in_text: bool = False) -> tuple["Reports", bool]:
        """Return the state after a key, and whether the key belongs to a sequence.

        A key is one character or the name of a key, such as `escape` or `up`. Text is typed, so
        fewer keys look like a sequence `in_text`. Escape always belongs to one; the host waits
        REST_MS, and if nothing follows, Escape was a key itself.
        """
        begun = self.begun if self.is_open(at) else ""
        char = _CODES.get(key, key)
        if len(char) != 1:
            return Reports(), bool(begun)
        if char == ESCAPE:
            holds_text = begun[1:2] in _TEXTS and len(begun) > 1
            return Reports(begun + ESCAPE if holds_text else ESCAPE, at), True
        if not begun:
            opens = char in (_BARE_IN_TEXT if in_text else _BARE)
            return (Reports(ESCAPE + char, at), True) if opens else (Reports(), False)
        if begun.endswith(ESCAPE) and char != "\\":
            begun = ESCAPE  # the text was cut off, and another sequence begins
        begun += char
        if is_whole(begun):
            return Reports(), True
        if len(begun) > _LONGEST:
            begun = begun[: _LONGEST // 2] + begun[-_LONGEST // 2 :]
        return Reports(begun, at), True
