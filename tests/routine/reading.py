"""Reads a text as a routine file, and prints a timeline as the page of the format does."""

from functools import cache

from player.document.problem import Problem
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import Opened, open_document
from player.routine.catalogue import Catalogue
from player.routine.model import CyclePhase, Pick, Plan, Step
from player.routine.pieces import SegmentKind
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Side
from player.session.timeline import Choices, Segment, Timeline, compile

PLACE = "▶"
"""Marks the expected place of a problem in the text of a test."""

_SIDES = {
    Side.LEFT: "L",
    Side.RIGHT: "R",
    Side.ALTERNATING: "L/R",
    Side.ONE: "one",
    Side.BOTH: "",
    None: "",
}


@cache
def shipped() -> Catalogue:
    return open_library([SHIPPED]).catalogue


def opened(text: str | bytes) -> Opened:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return open_document(read_bytes(data, "test.yaml"), shipped())


def with_steps(*steps: str, above: str = "") -> str:
    """Return a file with these steps. Further lines of a step are indented as after `- `."""
    lines = [f"  - {step}".replace("\n", "\n    ") for step in steps]
    return f"name: Test\n{above}steps:\n" + "\n".join(lines) + "\n"


def timeline(*steps: str, above: str = "", pick: Pick = Pick.LOW) -> Timeline:
    found = opened(with_steps(*steps, above=above))
    assert found.routine, found.report()
    return compile(Plan.whole(found.routine), Choices(pick))


def first_step(*steps: str, above: str = "") -> Step:
    found = opened(with_steps(*steps, above=above))
    assert found.routine, found.report()
    return found.routine.steps[0]


def played(*steps: str, above: str = "", pick: Pick = Pick.LOW) -> str:
    """Return the timeline as in the page of the format: `ready 0–10 · L 10–40 ≈`."""
    return as_text(timeline(*steps, above=above, pick=pick))


def as_text(of: Timeline) -> str:
    words = " · ".join(map(_segment, of.segments))
    return words if of.exact else f"{words} ≈"


def _segment(segment: Segment) -> str:
    words = [segment.kind.value]
    if segment.kind is SegmentKind.WORK:
        words = [_SIDES[segment.side]]
        if isinstance(segment.amount, CyclePhase):
            words.append(segment.amount.word)
        words = [word for word in words if word] or ["work"]
    return f"{' '.join(words)} {seconds(segment.start)}–{seconds(segment.end)}"


def seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def marked(text: str) -> tuple[str, int, int]:
    """Return the text without its mark, and the line and column (from 1) of the mark."""
    before, _, after = text.partition(PLACE)
    return before + after, before.count("\n") + 1, len(before) - before.rfind("\n")


def errors(found: Opened) -> list[Problem]:
    return [problem for problem in found.problems if problem.is_error]


def warnings(found: Opened) -> list[Problem]:
    """Return the warnings, except those about names that are not in the catalogue."""
    return [p for p in found.problems if not p.is_error and p.code != "W301"]


def places(problems: list[Problem]) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.line, problem.col) for problem in problems]
