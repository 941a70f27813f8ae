"""Makes text from outside safe to show: file names, paths, texts of files, error messages.

A terminal executes control characters. Escape codes can change the window title or the
clipboard, bidirectional marks can reverse the meaning of a warning, and zero-width characters
can hide a word. A file with such characters is refused. Before any other text is shown, `safe`
replaces each of these characters with U+FFFD.
"""

import re
import unicodedata
from typing import NewType

SafeText = NewType("SafeText", str)
"""Text without control, escape, bidirectional or invisible characters."""

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 except tab and line feed, DEL, C1
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that are never shown: they control a terminal, reorder text, or are invisible."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_BREAKS = frozenset("\u0085\u2028\u2029")


def describe(char: str) -> str:
    """Describe one unsafe character, such as `a bidirectional mark (U+202E)`."""
    code = f"U+{ord(char):04X}"
    if char == "\x1b":
        return f"an escape character ({code})"
    if char in _BIDI:
        return f"a bidirectional mark ({code})"
    if char in _LINE_BREAKS:
        return f"a hidden line break ({code})"
    if unicodedata.category(char) == "Cc":
        return f"a control character ({code})"
    if unicodedata.category(char) == "Cs":
        return f"half of a character ({code})"
    return f"an invisible character ({code})"


def safe(text: object) -> SafeText:
    """Return `text` on one line with every unsafe character replaced by U+FFFD."""
    words = str(text)
    if "\n" in words or "\t" in words:
        words = " ".join(words.split())
    return SafeText(UNSAFE.sub("\ufffd", words))


def escape_json(text: str) -> str:
    """Return JSON text with every unsafe character escaped, so that it is safe to print."""
    return UNSAFE.sub(_as_json_escape, text)


def _as_json_escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be", "surrogatepass")
    pairs = (units[index : index + 2] for index in range(0, len(units), 2))
    return "".join(f"\\u{int.from_bytes(pair):04x}" for pair in pairs)


def width(text: str) -> int:
    """Count the terminal cells of `text`: two for wide characters, none for combining marks."""
    if text.isascii():
        return len(text)
    cells = 0
    for char in text:
        if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
            continue
        cells += 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
    return cells
