"""A page in words: the same parts in the same order for the terminal and for the screen."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from player.learn.pages import About, LearnPage, opening

NOT_TOLD = "No page and no program can tell what you have. That takes somebody who examines you."

_GROUPS = {About.CAUSE: "What can hurt there", About.CARE: "What helps, told straight"}

Paragraph = tuple[str, ...]
"""Lines that stand close together."""


class PageSection(NamedTuple):
    """Paragraphs under a heading. `tone`: `grave`, `mild`, or nothing. `listed`: each is marked."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    tone: str = ""
    listed: bool = True


class Group(NamedTuple):
    """Pages that stand together in the list."""

    heading: str
    pages: tuple[LearnPage, ...]


def top_line(page: LearnPage, number: str) -> str:
    """What is read before any page is chosen. `number`: whom to call."""
    return page.top.format(number=number)


def parts(page: LearnPage, number: str) -> list[PageSection]:
    """The parts of a page that have something to say. `number`: whom to call."""
    what = PageSection("", _each(page.first), listed=False)
    feels = PageSection("What it can feel like", _each(page.feels))
    seen = (
        PageSection(f"Call your emergency number now: {number}", _each(page.now), "grave"),
        PageSection(
            "Get seen today: emergency department, urgent care or a health line",
            _each(page.today),
            "mild",
        ),
        PageSection("Get seen before you start", _each(page.before)),
    )
    is_opening = page.about is About.OPENING
    said = tuple((f"Said: {row.said}", f"Known: {row.known}") for row in page.straight)
    found = [
        *((*seen, what) if is_opening else (what, feels, *seen)),
        PageSection("What supple does and does not do", _each(page.here)),
        PageSection("Often said, and what is known", said, listed=False),
        PageSection("", ((NOT_TOLD,),) if page.about is About.CAUSE else (), listed=False),
        PageSection("Sources", _each(page.sources)),
    ]
    return [part for part in found if part.paragraphs]


def _each(lines: Iterable[str]) -> tuple[Paragraph, ...]:
    return tuple((line,) for line in lines)


def groups(pages: Iterable[LearnPage]) -> list[Group]:
    """The pages as they are listed; the opening page is not one of them."""
    every = tuple(pages)
    return [
        Group(told, tuple(page for page in every if page.about is kind))
        for kind, told in _GROUPS.items()
    ]


def page_lines(page: LearnPage, number: str) -> list[str]:
    """A page as lines of plain text, not wrapped yet; a listed line begins with `-` and blanks."""
    lines = [page.title]
    for part in parts(page, number):
        lines += ["", part.heading] if part.heading else []
        for place, paragraph in enumerate(part.paragraphs):
            if not part.listed and (place or not part.heading):
                lines.append("")
            lines += [f"-  {line}" if part.listed else line for line in paragraph]
    return lines


def opening_lines(pages: Sequence[LearnPage], number: str) -> list[str]:
    """The opening page, and after it the list of all others."""
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
