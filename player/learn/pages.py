"""Reads the pages on pain behind the knee from their files (clinical content, section 6)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.rows import DataRow, RowError, read_rows
from player.routine.catalogue import lookup_key
from player.routine.terms import SHIPPED

LEARN = SHIPPED / "learn"

NUMBER = "{number}"
"""In `top`, this field stands for the emergency number."""


class PagesMissing(Exception):
    """The pages can't be read. The message says why."""


class About(StrEnum):
    """The subject of a page."""

    OPENING = "opening"
    """The page to read first: when to call, when to see someone, and that no page can diagnose."""
    CAUSE = "cause"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Claim:
    """A common claim, and what is known about it."""

    text: str
    known: str


@dataclass(frozen=True, slots=True)
class LearnPage:
    """One page. `keys` are the conditions of the matrix that it describes."""

    id: str
    about: About
    title: str
    brief: str
    top: str
    """Only on the opening page: the text above the list of all pages, with `{number}`."""
    also: tuple[str, ...]
    """Other words that people may use to search for this page."""
    first: tuple[str, ...]
    """The subject in a few sentences."""
    feels: tuple[str, ...]
    now: tuple[str, ...]
    today: tuple[str, ...]
    before: tuple[str, ...]
    here: tuple[str, ...]
    """What the program does and does not do about it."""
    claims: tuple[Claim, ...]
    keys: tuple[str, ...]
    sources: tuple[str, ...]


Pages = tuple[LearnPage, ...]


def find(pages: Iterable[LearnPage], words: str) -> LearnPage | None:
    """Return the page with this id, this title or these other words, or None."""
    wanted = _key(words)
    return next((page for page in pages if wanted in map(_key, names(page))), None)


def names(page: LearnPage) -> tuple[str, ...]:
    """Return everything by which a page can be found."""
    return (page.id, page.title, *page.also)


def _key(words: str) -> str:
    return lookup_key(words.replace("'", "").replace("’", ""))


def opening(pages: Iterable[LearnPage]) -> LearnPage:
    """Return the page to read first."""
    return next(page for page in pages if page.about is About.OPENING)


@cache
def load_pages(folder: Path = LEARN) -> Pages:
    """Read all pages, in their order. Raises PagesMissing; its message is for the person."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".yaml")
    except OSError:
        files = []
    pages = [page for _, page in sorted(map(_page, files), key=lambda row: row[0])]
    if [page.about for page in pages].count(About.OPENING) != 1:
        raise PagesMissing("The pages on why it hurts can't be found; install supple again.")
    return tuple(pages)


def _page(file: Path) -> tuple[int, LearnPage]:
    try:
        return read_page(file.stem, read_rows(file, "a page"))
    except RowError as error:
        words = f"The page `{file.stem}` has a mistake: {error}; install supple again."
        raise PagesMissing(words) from None


PAGE_KEYS = frozenset(
    {"order", "about", "title", "brief", "top", "also", "first", "feels", "get_seen", "here"}
    | {"straight", "keys", "sources"}
)
SEEN_KEYS = frozenset({"now", "today", "before"})


NOT_SEEN = "it does not say when to get seen"


def read_page(id_: str, page: DataRow) -> tuple[int, LearnPage]:
    """Read one page and its place in the order. Raises RowError if the page has a mistake."""
    page.only(PAGE_KEYS)
    if "get_seen" not in page:
        raise page.wrong("get_seen", NOT_SEEN)
    get_seen = page.row("get_seen", "`get_seen`")
    get_seen.only(SEEN_KEYS)
    _only_known_fields(page)
    about = page.choice("about", About)
    found = LearnPage(
        id_,
        about,
        page.text("title"),
        page.text("brief"),
        _top(page, about),
        page.texts_or("also"),
        page.texts_or("first"),
        page.texts_or("feels"),
        get_seen.texts_or("now"),
        get_seen.texts_or("today"),
        get_seen.texts_or("before"),
        page.texts_or("here"),
        tuple(
            Claim(row.text("said"), row.text("known")) for row in page.rows_or("straight", "a row")
        ),
        page.texts_or("keys"),
        page.texts_or("sources"),
    )
    if not (found.now or found.today or found.before):
        raise page.wrong("get_seen", NOT_SEEN)
    return page.number("order"), found


def _top(page: DataRow, about: About) -> str:
    if about is not About.OPENING and "top" not in page:
        return ""
    top = page.text("top")
    if NUMBER not in top:
        raise page.wrong("top", f"`top` says whom to call, so it needs `{NUMBER}`")
    return top


def _only_known_fields(page: DataRow) -> None:
    """Raise RowError for any brace except those of `{number}` in `top`."""
    for key, value in page.node:
        is_top = key.text == "top"
        for text in _texts_in(value):
            rest = text.replace(NUMBER, "") if is_top else text
            if "{" in rest or "}" in rest:
                but = f" but those of `{NUMBER}`" if is_top else ""
                raise page.wrong(key.text, f"`{key.text}` takes no braces{but}")


def _texts_in(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _texts_in(item)
    elif isinstance(node, Map):
        for _, value in node:
            yield from _texts_in(value)
