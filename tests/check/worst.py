"""Files of 64 KiB that are as hard to check as we could make them, and what they take.

Run as a program it checks them all and prints as JSON how long each took; with the word
`memory`, how many megabytes.
"""

import json
import sys
import time
import tracemalloc

from player.check.report import FileReport, format_problems
from player.document.read import MAX_BYTES
from tests.format.reading import opened, shipped

KIB_64 = 64 * 1024


def filled(unit: str, size: int = KIB_64) -> str:
    """A routine whose steps are this text, over and over."""
    return ("name: A\nsteps:\n" + unit * (size // len(unit)))[:size]


WORST = {
    "brackets": "[" * KIB_64,
    "braces": "a: " + "{a: " * (KIB_64 // 4),
    "blocks": "".join(f"{' ' * min(depth, 200)}a:\n" for depth in range(400)),
    "20,000 keys": "".join(f"k{number}:\n" for number in range(20_000)),
    "9,000 keys of a step": filled("    k: 1\n").replace("  - ", "", 1),
    "values": "name: A\nx: [" + "a," * (KIB_64 // 2),
    "one text": "name: " + "x" * KIB_64,
    "one line of words": "name: " + "x " * (KIB_64 // 2),
    "one line of colons": "name: " + "a: " * (KIB_64 // 3),
    "one line of hashes": "name: " + "a # " * (KIB_64 // 4),
    "one line of spaces": "name: A" + " " * KIB_64 + "x",
    "one line of aliases": "a: [" + "*a, " * (KIB_64 // 4) + "]",
    "one line of tags": "a: [" + "!a b, " * (KIB_64 // 6) + "]",
    "aliases": filled("  - *a\n"),
    "anchors": filled("  - &a b\n"),
    "quotes": filled('"'),
    "quotes that never close": filled('  - a: "b\n'),
    "apostrophes": filled("  - quad-stand: 30s\n    note: 'don't'\n"),
    "second colons": filled("  - a: b: c\n"),
    "tabs": filled("\t- a\n"),
    "some tabs": filled("  - quad-stand: 30s\n\tnote: x\n"),
    "open braces": filled("  - {a: b\n"),
    "wrong brackets": filled("  - [}\n"),
    "dashes": filled("- "),
    "no space": filled("  -a: 3s\n"),
    "to and fro": filled("  - a: 3s\n - b: 3s\n"),
    "too far in": filled("  - name: A\n      hold: 3s\n"),
    "no colon": filled("  - use: quad-stand\n    hold 3s\n    note: x\n"),
    "hashes": filled("  - quad-stand: 30s\n    note: a # b\n"),
    "misspelt": filled("  - use: quad-stnd\n    hodl: 30\n"),
    "unknown": filled("  - squats: 3\n"),
    "twice": filled("  - quad-stand: 3s\n    note: a\n    note: b\n"),
    "names": filled("  - My stretch: 3s\n"),
    "empty": filled("  -\n"),
    "percent": filled("%a\n"),
    "doses": filled(f"  - quad-stand: {'3 x ' * 500}\n"),
    "regions": "name: A\nregions: " + "calf, " * (KIB_64 // 6),
    "questions": filled("? a\n"),
    "256 KiB of second colons": filled("  - a: b: c\n", MAX_BYTES),
    "256 KiB of names": filled("  - My own stretch, the long one: 30s each side\n", MAX_BYTES),
    "256 KiB of brackets": "[" * MAX_BYTES,
}


def seconds_of(text: str) -> float:
    """How long the check of a text takes, with everything shown."""
    start = time.perf_counter()
    found = opened(text)
    problems = found.problems
    format_problems([FileReport("x", tuple(problems), found.document.lines)], "text")
    return time.perf_counter() - start


def megabytes_of(text: str) -> float:
    """The most memory that the check of a text holds at once."""
    tracemalloc.start()
    seconds_of(text)
    most = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return most


def main() -> None:
    shipped()
    take = megabytes_of if "memory" in sys.argv else seconds_of
    json.dump({name: take(text) for name, text in WORST.items()}, sys.stdout)


if __name__ == "__main__":
    main()
