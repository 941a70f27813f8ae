"""Prints the explanation of a code for `supple check --explain CODE`."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from player.check.codes import CODES
from player.check.rules import RULES
from player.document.problem import closest

TAB = "\t"


class Explanations(NamedTuple):
    """A source of explanations. It lists all codes with their titles and explains one in full."""

    titles: Callable[[], Mapping[str, str]]
    lines: Callable[[str], Iterator[str]]


def _code_titles() -> dict[str, str]:
    return {name: code.title for name, code in CODES.items()}


def _code_lines(name: str) -> Iterator[str]:
    code = CODES[name]
    level = "error" if name.startswith("E") else "warning"
    yield f"{name} ({level}): {code.title}"
    yield ""
    yield code.why
    yield from _example("Not so:", code.wrong)
    yield from _example("But so:", code.right)


def _example(words: str, text: str) -> Iterator[str]:
    yield ""
    yield words
    for line in text.split("\n"):
        yield f"    {line.replace(TAB, '<TAB>')}"


def _rule_titles() -> dict[str, str]:
    return {name: rule.says for name, rule in RULES.items()}


def _rule_lines(name: str) -> Iterator[str]:
    rule = RULES[name]
    yield f"{name} ({rule.level}): {rule.says}"
    yield ""
    yield rule.why
    yield f"Source: {rule.source}."
    if rule.reported_as and rule.reported_as != (name,):
        yield f"`check` tells it as {', '.join(rule.reported_as)}."
    if not rule.of_file:
        yield "It is no rule about a file, so `check` does not look for it."


SOURCES: tuple[Explanations, ...] = (
    Explanations(_code_titles, _code_lines),
    Explanations(_rule_titles, _rule_lines),
)
"""All sources of explanations. `explain` looks a code up in each of them."""


def explain(code: str) -> list[str] | None:
    """Explain a code, ignoring case. Returns None for an unknown code."""
    wanted = code.strip().upper()
    for source in SOURCES:
        if wanted in source.titles():
            return list(source.lines(wanted))
    return None


def nearest(code: str) -> str:
    """Suggest a known code for an unknown one."""
    known = {name: title for source in SOURCES for name, title in source.titles().items()}
    wanted = code.strip().upper()[:40]
    kin = [name for name in known if name[:2] == wanted[:2]]
    near = closest(wanted, tuple(kin or known), 0.0) or next(iter(known))
    return f"the nearest is `{near}`: {known[near]}"
