"""The pages on why it hurts behind the knee, as data (clinical content, section 6)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_file
from player.routine.catalogue import lookup_key
from player.routine.terms import SHIPPED

LEARN = SHIPPED / "learn"

NUMBER = "{number}"
"""The field of `top` for the number to call."""


class PagesMissing(Exception):
    """The pages can't be read. Its words say why."""


class About(StrEnum):
    """What a page is for."""

    OPENING = "opening"
    """Read first: when to call, when to get seen, and that nobody is told what they have."""
    CAUSE = "cause"
    CARE = "care"


@dataclass(frozen=True, slots=True)
class Straight:
    """Something that is often said, and what is known of it."""

    said: str
    known: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `keys`: the conditions of the matrix that it tells of."""

    id: str
    about: About
    title: str
    brief: str
    top: str
    """Of the opening page alone: what is shown above the list of all pages, with `{number}`."""
    also: tuple[str, ...]
    """Other words that people look for it by."""
    first: tuple[str, ...]
    """What it is, in a few sentences."""
    feels: tuple[str, ...]
    now: tuple[str, ...]
    today: tuple[str, ...]
    before: tuple[str, ...]
    here: tuple[str, ...]
    """What the program will and won't do about it."""
    straight: tuple[Straight, ...]
    keys: tuple[str, ...]
    sources: tuple[str, ...]


Pages = tuple[Page, ...]


def find(pages: Iterable[Page], words: str) -> Page | None:
    """The page with this id or title, or that is looked for by these words; or None."""
    wanted = _key(words)
    return next((page for page in pages if wanted in map(_key, names(page))), None)


def names(page: Page) -> tuple[str, ...]:
    """Everything that a page is found by."""
    return (page.id, page.title, *page.also)


def _key(words: str) -> str:
    return lookup_key(words.replace("'", "").replace("’", ""))


def opening(pages: Iterable[Page]) -> Page:
    """The page to read first."""
    return next(page for page in pages if page.about is About.OPENING)


@cache
def load_pages(folder: Path = LEARN) -> Pages:
    """Read all pages once, in their order. Raises PagesMissing in words."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".yaml")
    except OSError:
        files = []
    pages = [page for _, page in sorted(map(_page, files), key=lambda row: row[0])]
    if [page.about for page in pages].count(About.OPENING) != 1:
        raise PagesMissing("The pages on why it hurts can't be found; install supple again.")
    return tuple(pages)


def _page(file: Path) -> tuple[int, Page]:
    document = read_file(file)
    if document.problems.has_errors or not isinstance(document.root, Map):
        raise PagesMissing(f"The page `{file.stem}` can't be read; install supple again.")
    try:
        return read_page(file.stem, document.root)
    except (KeyError, ValueError) as error:
        raise PagesMissing(f"The page `{file.stem}` has a mistake: {error}.") from None


PAGE_KEYS = frozenset(
    {"order", "about", "title", "brief", "top", "also", "first", "feels", "get_seen", "here"}
    | {"straight", "keys", "sources"}
)
SEEN_KEYS = frozenset({"now", "today", "before"})


def read_page(id_: str, root: Map) -> tuple[int, Page]:
    """Read one page and its place in the order. ValueError says what in it is wrong."""
    seen = root.get("get_seen")
    if not isinstance(seen, Map):
        raise ValueError("it does not say when to get seen")
    if unknown := (root.pairs.keys() - PAGE_KEYS) | (seen.pairs.keys() - SEEN_KEYS):
        raise ValueError(f"there is no key `{min(unknown)}`")
    _only_known_fields(root)
    about = About(_text(root, "about"))
    page = Page(
        id_,
        about,
        _text(root, "title"),
        _text(root, "brief"),
        _top(root, about),
        _list(root, "also"),
        _list(root, "first"),
        _list(root, "feels"),
        _list(seen, "now"),
        _list(seen, "today"),
        _list(seen, "before"),
        _list(root, "here"),
        tuple(_straight(root)),
        _list(root, "keys"),
        _list(root, "sources"),
    )
    if not (page.now or page.today or page.before):
        raise ValueError("it does not say when to get seen")
    return int(_text(root, "order")), page


def _top(root: Map, about: About) -> str:
    if about is not About.OPENING and "top" not in root.pairs:
        return ""
    top = _text(root, "top")
    if NUMBER not in top:
        raise ValueError(f"`top` says whom to call, so it needs `{NUMBER}`")
    return top


def _only_known_fields(root: Map) -> None:
    """Raise ValueError for any brace but those of `{number}` in `top`."""
    for key, value in root:
        is_top = key.text == "top"
        for text in _texts_in(value):
            rest = text.replace(NUMBER, "") if is_top else text
            if "{" in rest or "}" in rest:
                but = f" but those of `{NUMBER}`" if is_top else ""
                raise ValueError(f"`{key.text}` takes no braces{but}")


def _texts_in(node: Node) -> Iterator[str]:
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Seq):
        for item in node.items:
            yield from _texts_in(item)
    elif isinstance(node, Map):
        for _, value in node:
            yield from _texts_in(value)


def _straight(root: Map) -> Sequence[Straight]:
    node = root.get("straight")
    if node is None:
        return ()
    rows = node.items if isinstance(node, Seq) else []
    maps = [row for row in rows if isinstance(row, Map)]
    if not maps or len(maps) != len(rows):
        raise ValueError("`straight` should hold maps")
    return [Straight(_text(row, "said"), _text(row, "known")) for row in maps]


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
