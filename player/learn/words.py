"""Lays a page out in words: the same parts in the same order for the terminal and the screen."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from player.learn.pages import About, LearnPage, opening

NO_DIAGNOSIS = (
    "No page and no program can tell what you have. That takes somebody who examines you."
)

_GROUPS = {About.CAUSE: "What can hurt there", About.CARE: "What helps, told straight"}

Paragraph = tuple[str, ...]
"""Lines without a gap between them."""


class PageSection(NamedTuple):
    """Paragraphs under a heading. `tone` is `grave`, `mild` or empty; `listed` adds list marks."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    tone: str = ""
    listed: bool = True


class Group(NamedTuple):
    """Pages under one heading in the list."""

    heading: str
    pages: tuple[LearnPage, ...]


def top_line(page: LearnPage, number: str) -> str:
    """Return the line above the list of pages. `number` is the emergency number."""
    return page.top.format(number=number)


def parts(page: LearnPage, number: str) -> list[PageSection]:
    """Return the parts of a page that are not empty. `number` is the emergency number."""
    what = PageSection("", _each(page.first), listed=False)
    feels = PageSection("What it can feel like", _each(page.feels))
    get_seen = (
        PageSection(f"Call your emergency number now: {number}", _each(page.now), "grave"),
        PageSection(
            "Get seen today: emergency department, urgent care or a health line",
            _each(page.today),
            "mild",
        ),
        PageSection("Get seen before you start", _each(page.before)),
    )
    is_opening = page.about is About.OPENING
    claims = tuple((f"Said: {row.text}", f"Known: {row.known}") for row in page.claims)
    found = [
        *((*get_seen, what) if is_opening else (what, feels, *get_seen)),
        PageSection("What supple does and does not do", _each(page.here)),
        PageSection("Often said, and what is known", claims, listed=False),
        PageSection("", ((NO_DIAGNOSIS,),) if page.about is About.CAUSE else (), listed=False),
        PageSection("Sources", _each(page.sources)),
    ]
    return [part for part in found if part.paragraphs]


def _each(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple((line,) for line in lines)


def groups(pages: Iterable[LearnPage]) -> list[Group]:
    """Return the pages as they are listed, without the opening page."""
    every = tuple(pages)
    return [
        Group(heading, tuple(page for page in every if page.about is kind))
        for kind, heading in _GROUPS.items()
    ]


def page_lines(page: LearnPage, number: str) -> list[str]:
    """Return a page as lines of plain text, not wrapped. List items begin with `-`."""
    lines = [page.title]
    for part in parts(page, number):
        lines += ["", part.heading] if part.heading else []
        for place, paragraph in enumerate(part.paragraphs):
            if not part.listed and (place or not part.heading):
                lines.append("")
            lines += [f"-  {line}" if part.listed else line for line in paragraph]
    return lines


def opening_lines(pages: Sequence[LearnPage], number: str) -> list[str]:
    """Return the opening page, followed by the list of all others."""
    lines = page_lines(opening(pages), number)
    longest = max(len(page.id) for page in pages)
    for group in groups(pages):
        lines += ["", group.heading]
        lines += [f"  {page.id:<{longest}}  {page.title}" for page in group.pages]
    return [
        *lines,
        "",
        "`supple learn NAME` shows a page. Everyday words find it too, such as `dvt`.",
    ]
