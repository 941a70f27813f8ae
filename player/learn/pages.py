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
    """Read first: when to call, when to get seen, and that no page can make a diagnosis."""
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
    """Other words by which people search for this page."""
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


def read_page(id_: str, root: Map) -> tuple[int, LearnPage]:
    """Read one page and its place in the order. Raises ValueError if the page has a mistake."""
    get_seen = root.get("get_seen")
    if not isinstance(get_seen, Map):
        raise ValueError("it does not say when to get seen")
    if unknown := (root.pairs.keys() - PAGE_KEYS) | (get_seen.pairs.keys() - SEEN_KEYS):
        raise ValueError(f"there is no key `{min(unknown)}`")
    _only_known_fields(root)
    about = About(_text(root, "about"))
    page = LearnPage(
        id_,
        about,
        _text(root, "title"),
        _text(root, "brief"),
        _top(root, about),
        _list(root, "also"),
        _list(root, "first"),
        _list(root, "feels"),
        _list(get_seen, "now"),
        _list(get_seen, "today"),
        _list(get_seen, "before"),
        _list(root, "here"),
        tuple(_claims(root)),
        _list(root, "keys"),
        _list(root, "sources"),
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


def _only_known_fields(root: Map) -> None:
    """Raise ValueError for any brace except those of `{number}` in `top`."""
    for key, value in root:
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


def _claims(root: Map) -> Sequence[Claim]:
    node = root.get("straight")
    if node is None:
        return ()
    rows = node.items if isinstance(node, Seq) else []
    maps = [row for row in rows if isinstance(row, Map)]
    if not maps or len(maps) != len(rows):
        raise ValueError("`straight` should hold maps")
    return [Claim(_text(row, "said"), _text(row, "known")) for row in maps]


def _text(row: Map, key: str) -> str:
    node = row.get(key)
    if not isinstance(node, Scalar) or node.missing:
        raise ValueError(f"`{key}` is missing")
    return node.text


def _list(row: Map, key: str) -> tuple[str, ...]:
    node = row.get(key)
    if node is None:
        return ()
    items = node.items if isinstance(node, Seq) else []
    texts = tuple(item.text for item in items if isinstance(item, Scalar) and not item.missing)
    if not texts or len(texts) != len(items):
        raise ValueError(f"`{key}` should be a list of texts")
    return texts
