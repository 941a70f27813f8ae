"""Checks the program's own data: questions, matrix, stop list, pages and more.

The loaders stop at the first mistake, because a person who wants to stretch can't correct them.
This module gives each row to its loader and reports every mistake at its place in the file.
"""

from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from player.document.fault import FIRST_LINE, report_fault
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Problems
from player.document.read import Document
from player.document.rows import DataRow, RowError
from player.learn.pages import PAGE_KEYS, SEEN_KEYS, read_page
from player.routine.catalogue import Catalogue
from player.routine.fields import Fields, short
from player.routine.pressing.lexicon import Lexicon
from player.routine.pressing.lists import LISTS
from player.routine.pressing.search import OTHER, PLACE_KEYS, read_places
from player.routine.terms import SHIPPED, ScreeningMissing
from player.safety.matrix import ROW_KEYS, read_condition, read_matrix
from player.safety.questions import (
    A_QUESTION,
    INJURY_KEYS,
    OPTION_KEYS,
    QUESTION_KEYS,
    read_injury,
    read_question,
    read_questionnaire,
)
from player.safety.stop_list import A_LINE, CHECK_KEYS, LINE_KEYS, read_line
from player.safety.swaps import read_swaps

LEARN = SHIPPED / "learn"


def check_data(document: Document, catalogue: Catalogue, file: Path) -> None:
    """Report every mistake in one file of the screening data or of the pages."""
    problems = document.problems
    root = document.root
    if root is None:
        return
    if not isinstance(root, Map):
        problems.error("E103", root, "this file should be a map of keys")
        return
    try:
        _check_whole(root, _Check(problems, catalogue), file)
    except Exception as error:
        report_fault(error, problems, FIRST_LINE)


def _check_whole(root: Map, check: "_Check", file: Path) -> None:
    if file.parent.name == LEARN.name:
        check.page(root, file.stem)
    elif file.name in _FILES:
        _FILES[file.name](check, root)
    if not check.problems.has_errors and file.name in _ASKED:
        check.together(root, file)


class _Check:
    def __init__(self, problems: Problems, catalogue: Catalogue) -> None:
        self.problems = problems
        self.fields = Fields(problems)
        self.catalogue = catalogue
        self.conditions = catalogue.terms.conditions

    # One method per file

    def matrix(self, root: Map) -> None:
        self.keys(root, ("places", "clot_risk", "conditions"), "the matrix", must=True)
        rows = root.get("conditions")
        for key, row in rows if isinstance(rows, Map) else ():
            if isinstance(row, Map):
                self.keys(row, ROW_KEYS, "a condition")
            self.read(row, key, partial(read_condition, key.text), f"`{short(key.text)}`")
        if not self.problems.has_errors:
            self.read(root, None, read_matrix, "the matrix")

    def today(self, root: Map) -> None:
        parts = ("questions", "lump", "slip", "above", "cramp", "places", "soreness")
        self.keys(root, parts, "this file", must=True)
        self.questions(self.rows(root, "questions"))
        alone = [root.get("cramp"), root.get("above")]
        self.questions([node for node in alone if isinstance(node, Map)])

    def profile(self, root: Map) -> None:
        parts = ("profile", "questions", "age", "confirm", "cleared", "when", "over", "off")
        self.keys(root, parts, "this file", must=True)
        self.questions(self.rows(root, "questions"))

    def followups(self, root: Map) -> None:
        self.keys(root, ("followups",), "this file", must=True)
        self.questions(self.rows(root, "followups"))

    def last_time(self, root: Map) -> None:
        self.texts(root, but=("anything_new",))
        new = root.get("anything_new")
        self.questions([new] if isinstance(new, Map) else [])

    def injury(self, root: Map) -> None:
        self.texts(root, but=("questions", "older", "hurt"))
        for row in (*self.rows(root, "questions"), *self.rows(root, "older")):
            self.keys(row, INJURY_KEYS, A_QUESTION)
            self.read(row, None, read_injury, A_QUESTION)
            self.known_keys(row.get("keys"))
            by_place = row.get("keys_at")
            for _, keys in by_place if isinstance(by_place, Map) else ():
                self.known_keys(keys)

    def deep_pressure(self, root: Map) -> None:
        self.texts(root)

    def stop(self, root: Map) -> None:
        self.keys(root, ("stop",), "this file", must=True)
        for row in self.rows(root, "stop"):
            self.keys(row, LINE_KEYS, A_LINE)
            check = row.get("check")
            if isinstance(check, Map):
                self.keys(check, CHECK_KEYS, "`check`")
            self.read(row, None, read_line, A_LINE)

    def swaps(self, root: Map) -> None:
        self.keys(root, ("swaps", "afterwards", "warm_up", "offered"), "this file", must=True)
        for name in ("swaps", "afterwards"):
            rows = root.get(name)
            for key, value in rows if isinstance(rows, Map) else ():
                self.exercises([key])
                self.exercises(self.fields.scalars(value, key, "an exercise"))
        for name in ("warm_up", "offered"):
            if name in root.pairs:
                key, value = root.pairs[name]
                self.exercises(self.fields.scalars(value, key, "an exercise"))
        if not self.problems.has_errors:
            self.read(root, None, read_swaps, "the list of swaps")

    def places(self, root: Map) -> None:
        for key, lists in self.languages(root):
            self.keys(lists, PLACE_KEYS, "a language", must=True)
            self.read(lists, key, read_places, "a language")

    def pressing(self, root: Map) -> None:
        for key, lists in self.languages(root):
            if key.text != OTHER:
                self.keys(lists, LISTS, "a language", must=True)
                self.read(lists, key, Lexicon, "a language")

    def languages(self, root: Map) -> Iterable[tuple[Scalar, Map]]:
        for key, lists in root:
            if isinstance(lists, Map):
                yield key, lists
            else:
                self.problems.error("E103", key, f"`{short(key.text)}` should be a map of lists")

    def page(self, root: Map, name: str) -> None:
        self.keys(root, PAGE_KEYS, "a page")
        seen = root.get("get_seen")
        if isinstance(seen, Map):
            self.keys(seen, SEEN_KEYS, "`get_seen`")
        self.known_keys(root.get("keys"))
        if not self.problems.has_errors:
            self.read(root, None, partial(read_page, name), "a page")

    # Parts of files

    def questions(self, rows: Iterable[Map]) -> None:
        for row in rows:
            self.keys(row, QUESTION_KEYS, A_QUESTION)
            self.known_keys(row.get("keys"))
            self.known_keys(row.get("otherwise"))
            for option in self.rows(row, "options") if "options" in row.pairs else ():
                self.keys(option, OPTION_KEYS, "an option")
                self.known_keys(option.get("keys"))
            self.read(row, None, read_question, A_QUESTION)

    def rows(self, root: Map, key: str) -> list[Map]:
        if key not in root.pairs:
            return []
        at, node = root.pairs[key]
        if not isinstance(node, Seq) or not node.items:
            self.problems.error("E103", at, f"`{key}` should be a list of maps")
            return []
        for item in node.items:
            if not isinstance(item, Map):
                self.problems.error("E103", item, f"`{key}` should hold maps")
        return [item for item in node.items if isinstance(item, Map)]

    def keys(self, row: Map, known: Collection[str], where: str, must: bool = False) -> None:
        for key, _ in row:
            if key.text not in known:
                self.fields.unknown(key, known, where)
        for name in known if must else ():
            if name not in row.pairs:
                self.fields.missing(row, name, where, row.pairs.keys() - set(known))

    def texts(self, root: Map, but: Collection[str] = ()) -> None:
        for key, value in root:
            if key.text not in but:
                self.fields.scalar(value, key, "a text")

    def known_keys(self, node: Node | None) -> None:
        for item in node.items if isinstance(node, Seq) else ():
            if isinstance(item, Scalar) and item.text not in self.conditions:
                self.problems.error(
                    "E302",
                    item,
                    f"there is no condition `{short(item.text)}`",
                    self.problems.did_you_mean(item.text, sorted(self.conditions)),
                )

    def exercises(self, scalars: Iterable[Scalar]) -> None:
        for scalar in scalars:
            if self.catalogue.find(scalar.text) is None:
                self.problems.error(
                    "E301",
                    scalar,
                    f"there is no exercise `{short(scalar.text)}`",
                    self.problems.did_you_mean(scalar.text, self.catalogue.ids),
                )

    def read(
        self, row: Node, key: Scalar | None, load: Callable[[DataRow], object], what: str
    ) -> None:
        """Load one row and report a mistake, unless the row already has an error."""
        if _has_error(row, key, self.problems):
            return
        try:
            load(DataRow(row, self.problems.path, what))
        except RowError as error:
            at = error.at
            whole = at is None or (at.line, at.col) == (0, 0)
            if error.missing:
                place = key if key and at is row else at
                self.problems.error("E102", place, f"this needs `{short(error.missing)}:`")
            else:
                self.problems.error("E501", None if whole else at, str(error))
        except ScreeningMissing as error:  # from another file, which is checked by itself
            self.problems.error("E501", key or row, str(error))

    def together(self, root: Map, file: Path) -> None:
        """Load all question files; report names of this file that the others do not have."""
        try:
            read_questionnaire()
        except RowError as error:
            at = error.at if Path(error.path) == file else None
            at = at or (_find_text(root, error.word) if error.word else None)
            if at:
                self.problems.error("E501", at, str(error))
        except ScreeningMissing:  # from the matrix, which is checked by itself
            return


def _has_error(row: Node, key: Scalar | None, problems: Problems) -> bool:
    """Whether the row already has an error, so that loading it would only repeat that error."""
    first = key.line if key else row.line
    last = max((node.line for node in _nodes(row)), default=first)
    return any(first < p.line <= last + 1 for p in problems.found if p.is_error)


def _find_text(row: Node, word: str) -> Scalar | None:
    """The first text in a row that equals this word. Values come before keys."""
    texts = [node for node in _nodes(row) if isinstance(node, Scalar)]
    return next((node for node in texts if node.text == word), None)


def _nodes(node: Node) -> Iterable[Node]:
    yield node
    if isinstance(node, Seq):
        for item in node.items:
            yield from _nodes(item)
    elif isinstance(node, Map):
        for _, value in node:
            yield from _nodes(value)
        for key, _ in node:
            yield key


_FILES: dict[str, Callable[[_Check, Map], None]] = {
    "conditions.yaml": _Check.matrix,
    "today.yaml": _Check.today,
    "profile.yaml": _Check.profile,
    "followups.yaml": _Check.followups,
    "last_time.yaml": _Check.last_time,
    "injury.yaml": _Check.injury,
    "deep_pressure.yaml": _Check.deep_pressure,
    "stop.yaml": _Check.stop,
    "swaps.yaml": _Check.swaps,
    "places.yaml": _Check.places,
    "pressing.yaml": _Check.pressing,
}
_ASKED = frozenset(
    {"conditions.yaml", "today.yaml", "profile.yaml", "followups.yaml", "last_time.yaml"}
    | {"injury.yaml", "deep_pressure.yaml"}
)
"""The files that contain the questions. They refer to names in each other."""
