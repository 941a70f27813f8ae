"""Files that are as slow to check as we could make them."""

from player.check.report import FileReport, format_problems
from tests.routine.reading import opened

KIB_64 = 64 * 1024


def checked(text: str) -> str:
    """Return everything that the check of a text prints."""
    found = opened(text)
    report = FileReport("x", tuple(found.problems), found.document.lines)
    return format_problems([report], "text")


def worst(size: int) -> dict[str, str]:
    """Return slow files by name. Each is named after its content.

    Each has `size` characters; some have four times as many.
    """

    def of(unit: str, times: int = 1) -> str:
        """Return a routine whose steps repeat this text."""
        return ("name: A\nsteps:\n" + unit * (times * size // len(unit)))[: times * size]

    return {
        "brackets": "[" * size,
        "braces": "a: " + "{a: " * (size // 4),
        "blocks": "".join(f"{' ' * min(depth, 200)}a:\n" for depth in range(size // 160)),
        "keys": "".join(f"k{number}:\n" for number in range(size // 12)),
        "keys of a step": of("    k: 1\n").replace("  - ", "", 1),
        "values": "name: A\nx: [" + "a," * (size // 2),
        "one text": "name: " + "x" * size,
        "one line of words": "name: " + "x " * (size // 2),
        "one line of colons": "name: " + "a: " * (size // 3),
        "one line of hashes": "name: " + "a # " * (size // 4),
        "one line of spaces": "name: A" + " " * size + "x",
        "one line of aliases": "a: [" + "*a, " * (size // 4) + "]",
        "one line of tags": "a: [" + "!a b, " * (size // 6) + "]",
        "aliases": of("  - *a\n"),
        "anchors": of("  - &a b\n"),
        "quotes": of('"'),
        "quotes that never close": of('  - a: "b\n'),
        "apostrophes": of("  - quad-stand: 30s\n    note: 'don't'\n"),
        "second colons": of("  - a: b: c\n"),
        "tabs": of("\t- a\n"),
        "some tabs": of("  - quad-stand: 30s\n\tnote: x\n"),
        "open braces": of("  - {a: b\n"),
        "wrong brackets": of("  - [}\n"),
        "dashes": of("- "),
        "no space": of("  -a: 3s\n"),
        "to and fro": of("  - a: 3s\n - b: 3s\n"),
        "too far in": of("  - name: A\n      hold: 3s\n"),
        "no colon": of("  - use: quad-stand\n    hold 3s\n    note: x\n"),
        "hashes": of("  - quad-stand: 30s\n    note: a # b\n"),
        "misspelt": of("  - use: quad-stnd\n    hodl: 30\n"),
        "unknown": of("  - squats: 3\n"),
        "twice": of("  - quad-stand: 3s\n    note: a\n    note: b\n"),
        "names": of("  - My stretch: 3s\n"),
        "empty": of("  -\n"),
        "percent": of("%a\n"),
        "doses": of(f"  - quad-stand: {'3 x ' * 500}\n"),
        "regions": "name: A\nregions: " + "calf, " * (size // 6),
        "questions": of("? a\n"),
        "four times as many second colons": of("  - a: b: c\n", 4),
        "four times as many names": of("  - My own stretch, the long one: 30s each side\n", 4),
        "four times as many brackets": "[" * size * 4,
    }
