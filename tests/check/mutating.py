"""Changes files as typing slips and strangers do. The same seed makes the same changes."""

import re
from collections.abc import Callable, Sequence
from random import Random

LONGEST = 4_000
_ODD = (
    "\u00ad", "\u200b", "\u202e", "\u0301", "\x00", "\x1b", "\x85", "\u2028", "\ufeff", "\ufffd",
    "\xa0", "\ufdfa", "㉑", "①", "½", "ß", "İ", "ſ", "ﬁ", "е", "ο", "💪🏽", "😀", "日", "ع",
    "\ud800", "\U000e0041", "٣", "²", "Ⅷ", "ǆ", "é",
)  # fmt: skip
_MARKS = (":", " ", "-", "#", "'", '"', "[", "]", "{", "}", ",", "|", ">", "&", "*", "!", "%", "\t")
_VALUES = (
    "", "~", "[]", "{}", "no", "true", "0", "-1", "1e9", "99999999999999999999", "0x10", "30s",
    "1:75", "2 x 30s each side", "[a, [b, {c: d}]]", "{a: [b], c: {d: e}}", "[{a: 1}, b]", "|",
    "'", '"\\u202e"', '"\\0"', "calf", "[calf, knee]", "{en: A}", "{xx-1: A}",
    "{en: [A], es: [B, C]}", "{en: A, es: [B]}", "2026-01-01", "24:00:00", "NaN",
)  # fmt: skip
_UNITS = (
    "spine ", "behind the knee, ", "roll the calf ", "never press or ", "and ", "y ", "x", "㉑",
    "\ufdfa", "1", "press it ", "stop a hand above the knee crease. ", "la corva, ", "no ", "é",
    "a-b ", "beside the spine and over it ", "{number} ", "can't ",
)  # fmt: skip

_PAIR = re.compile(r"^(?P<before>\s*(?:- )?[\w-]+:)(?P<value> .+)$")

Lines = list[str]


def _place(lines: Lines, random: Random) -> int:
    return random.randrange(len(lines))


def _drop(lines: Lines, random: Random) -> None:
    del lines[_place(lines, random)]


def _double(lines: Lines, random: Random) -> None:
    at = _place(lines, random)
    lines.insert(random.choice([at, _place(lines, random)]), lines[at])


def _swap_lines(lines: Lines, random: Random) -> None:
    one, other = _place(lines, random), _place(lines, random)
    lines[one], lines[other] = lines[other], lines[one]


def _move(lines: Lines, random: Random) -> None:
    at = _place(lines, random)
    lines[at] = " " * random.randrange(10) + lines[at].lstrip()


def _move_on(lines: Lines, random: Random) -> None:
    """Move a few lines together."""
    at, by = _place(lines, random), random.choice([-4, -2, -1, 1, 2, 4])
    for line in range(at, min(at + random.randrange(1, 6), len(lines))):
        indent = len(lines[line]) - len(lines[line].lstrip())
        lines[line] = " " * max(0, indent + by) + lines[line].lstrip()


def _change_letter(lines: Lines, random: Random) -> None:
    at = _place(lines, random)
    col = random.randrange(len(lines[at]) + 1)
    put_in = random.choice(["", *_ODD, *_MARKS, chr(random.randrange(32, 0x3000))])
    lines[at] = lines[at][:col] + put_in + lines[at][col + random.randrange(2) :]


def _pairs(lines: Lines) -> list[tuple[int, str, str]]:
    found = ((at, _PAIR.match(line)) for at, line in enumerate(lines))
    return [(at, match["before"], match["value"]) for at, match in found if match]


def _swap_values(lines: Lines, random: Random) -> None:
    pairs = _pairs(lines)
    if pairs:
        (one, its_key, its_value), (other, key, value) = (random.choice(pairs) for _ in range(2))
        lines[one], lines[other] = its_key + value, key + its_value


def _other_type(lines: Lines, random: Random) -> None:
    if pairs := _pairs(lines):
        at, key, _ = random.choice(pairs)
        lines[at] = f"{key} {random.choice(_VALUES)}"


def _long_text(lines: Lines, random: Random) -> None:
    if pairs := _pairs(lines):
        at, key, _ = random.choice(pairs)
        length = random.choice([50, 500, LONGEST, LONGEST, LONGEST + 1])
        text = (random.choice(_UNITS) + random.choice(_UNITS)) * LONGEST
        lines[at] = f'{key} "{text[:length]}"'


def _cut(lines: Lines, random: Random) -> None:
    at = _place(lines, random)
    lines[at:] = [lines[at][: random.randrange(len(lines[at]) + 1)]]


_CHANGES: Sequence[Callable[[Lines, Random], None]] = (
    _drop, _double, _swap_lines, _move, _move, _move_on, _change_letter, _change_letter,
    _swap_values, _other_type, _other_type, _long_text, _cut,
)  # fmt: skip


def mutated(text: str, random: Random) -> bytes:
    """Return a text with one to four changes."""
    lines = text.split("\n")
    for _ in range(random.choice([1, 1, 1, 2, 4])):
        random.choice(_CHANGES)(lines, random)
        lines = lines or [""]
    data = "\n".join(lines).encode("utf-8", "surrogatepass")
    if random.random() < 0.02:
        return data[: random.randrange(len(data) + 1)] + bytes([random.randrange(256)])
    return data
