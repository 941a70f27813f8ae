"""Reads a routine file into a frozen Routine and reports every mistake in one pass."""

import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from player.document.fault import report_fault
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Edit, Problems
from player.document.read import Document
from player.routine.bounds import Bounds, bounds_of
from player.routine.catalogue import Catalogue
from player.routine.dose import parse_times
from player.routine.entries import names_of, read_entries, read_equipment
from player.routine.fields import Fields, short
from player.routine.limits import MAX_SEGMENTS, MAX_SETS
from player.routine.massage_texts import WrittenText, check_massage, checked
from player.routine.model import Block, Item, Range, Rest, Routine, Say, Step, Text, Wait, exactly
from player.routine.often import read_often
from player.routine.shape import DEFAULT_KEYS, Shape, ShapeReader, report
from player.routine.step_reader import ITEM_KEYS, StepReader
from player.routine.terms import SHIPPED, Terms
from player.routine.vocabulary import Goal, Level, Region

FORMAT = 1
MAX_BLOCKS_DEEP = 4
ROUTINE_KEYS = frozenset(
    [
        "name",
        "steps",
        "format",
        "about",
        "author",
        "license",
        "language",
        "level",
        "regions",
        "goals",
        "tags",
        "equipment",
        "duration",
        "often",
        "screening",
        "avoid_if",
        "caution",
        "sources",
        "defaults",
        "exercises",
    ]
)
_BLOCK_FIRST = frozenset({"block", "rounds", "between"})
BLOCK_KEYS = frozenset({"block", "rounds", "steps", "rest", "between", "lasts", "note"})


def read_routine(document: Document, catalogue: Catalogue) -> tuple[Routine, Bounds] | None:
    """Read a routine and count its contents.

    Returns None if the file has an error; the problems of the document explain it.
    """
    problems = document.problems
    root = document.root
    if root is None:
        return None
    if not isinstance(root, Map):
        problems.error(
            "E103",
            root,
            "a routine is a map with `name:` and `steps:`",
            "begin the file with `name: My routine` and `steps:`",
        )
        return None
    if not _format_is_ours(root, problems):
        return None
    routine = _RoutineReader(root, problems, catalogue, document.path).read()
    if routine is None or problems.has_errors:
        return None
    bounds = bounds_of(routine.items)
    _holds_work(bounds, root.pairs["steps"][0], problems)
    return None if problems.has_errors else (routine, bounds)


def _holds_work(bounds: Bounds, key: Scalar, problems: Problems) -> None:
    fewest = bounds.fewest
    if fewest == 0:
        problems.error("E110", key, "there is no work in this routine", "add a step with a dose")
    elif fewest > MAX_SEGMENTS:
        problems.error(
            "E205",
            key,
            f"this would be {fewest:,} segments; {MAX_SEGMENTS:,} are the limit",
            "write fewer rounds, sets or holds",
        )


def _format_is_ours(root: Map, problems: Problems) -> bool:
    if "format" not in root.pairs:
        return True
    key, node = root.pairs["format"]
    number = node.text.strip() if isinstance(node, Scalar) else ""
    digits = number.lstrip("0")
    if digits == str(FORMAT):
        return True
    if number.isascii() and digits.isdigit():
        problems.found.clear()
        problems.error(
            "E014",
            node,
            f"this file is written in format {short(digits)}; this supple reads format {FORMAT}",
            "update supple to play it",
        )
        return False
    problems.error("E104", key, f"`format` should be {FORMAT}", "leave it out, it means 1")
    return True


class _RoutineReader:
    def __init__(self, root: Map, problems: Problems, catalogue: Catalogue, path: str) -> None:
        self.pairs = root.pairs
        self.root = root
        self.problems = problems
        self.path = path
        language = "en"
        if "language" in root.pairs:
            key, node = root.pairs["language"]
            scalar = Fields(problems).scalar(node, key, "a language such as en")
            if scalar and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", scalar.text.strip()):
                language = scalar.text.strip()
            elif scalar:
                problems.error(
                    "E109", scalar, f"`{short(scalar.text)}` is no language", "`en`, `es`, `pt-BR`"
                )
        self.fields = Fields(problems, language)
        promised: frozenset[str] = frozenset()
        if "exercises" in root.pairs:
            node = root.pairs["exercises"][1]
            own = read_entries(node, catalogue, problems, language)
            catalogue = catalogue.joined(own)
            promised = names_of(node)
        self.catalogue = catalogue
        self.defaults = self._defaults()
        ships = Path(path).parent == SHIPPED
        self.steps = StepReader(self.fields, catalogue, self.defaults, promised, ships=ships)
        self.free_texts: list[WrittenText] = []
        """Texts that belong to no step."""

    def read(self) -> Routine | None:
        pairs, fields, terms = self.pairs, self.fields, self.catalogue.terms
        for key, _ in self.root:
            if key.text not in ROUTINE_KEYS and not key.text.startswith("x-"):
                fields.unknown(key, ROUTINE_KEYS, "a routine")
        for must in ("name", "steps"):
            if must not in pairs:
                fields.missing(self.root, must, "a routine", pairs.keys() - ROUTINE_KEYS)
        values: dict[str, object] = {}
        for name, (key, node) in pairs.items():
            if name == "about":
                values[name] = fields.text(node, key)
            elif name in {"author", "license"}:
                values[name] = fields.plain(node, key)
            elif name == "level":
                values[name] = fields.word(node, key, Level)
            elif name == "regions":
                values[name] = fields.words(node, key, Region)
            elif name == "goals":
                values[name] = fields.words(node, key, Goal)
            elif name == "tags":
                values[name] = fields.free_words(node, key)
            elif name == "equipment":
                values[name] = read_equipment(fields, key, node)
            elif name == "duration":
                values[name] = self._times(key, node)
            elif name == "often":
                values[name] = read_often(fields, key, node)
            elif name in {"avoid_if", "caution"}:
                values[name] = fields.ids(node, key, terms.conditions, "condition")
            elif name == "screening":
                values[name] = fields.ids(node, key, terms.questions, "question set")
            elif name == "sources":
                values[name] = fields.sources(node, key)
        title = fields.text(pairs["name"][1], pairs["name"][0]) if "name" in pairs else None
        items = self._items(*pairs["steps"], depth=0) if "steps" in pairs else ()
        if self.steps.has_massage:
            about = values.get("about")
            texts = [WrittenText(about, pairs["about"][0])] if isinstance(about, Text) else []
            check_massage([*texts, *self.free_texts], terms, self.problems)
            if any(checked(one.text, terms.search) is not one.text for one in self.free_texts):
                items = _in_checked_languages(items, terms)
            if isinstance(about, Text):
                values["about"] = checked(about, terms.search)
        if title is None:
            return None
        stem = PurePath(self.path).name.rsplit(".", 1)[0]
        return Routine(
            id=stem,
            path=self.path,
            name=title,
            items=items,
            language=fields.language,
            **values,  # type: ignore[arg-type]  # by name, from the lines above
        )

    def _defaults(self) -> Shape:
        if "defaults" not in self.pairs:
            return Shape()
        key, node = self.pairs["defaults"]
        if self.fields.lost(node):
            return Shape()
        if not isinstance(node, Map):
            self.problems.error(
                "E103", key, "`defaults` should be a map", "`defaults: {ready: 8s}`"
            )
            return Shape()
        for name, _ in node:
            if name.text not in DEFAULT_KEYS:
                self.fields.unknown(name, DEFAULT_KEYS, "`defaults`")
        known = {name: pair for name, pair in node.pairs.items() if name in DEFAULT_KEYS}
        return ShapeReader(self.fields).read(known)

    def _times(self, key: Scalar, node: Node) -> Range | None:
        scalar = self.fields.scalar(node, key, "a time")
        if not scalar:
            return None
        value, issues = parse_times(scalar.text)
        report(scalar, issues, self.problems)
        return value

    # Items

    def _items(self, key: Scalar, node: Node, depth: int) -> tuple[Item, ...]:
        if self.fields.lost(node):
            return ()
        if not isinstance(node, Seq):
            self.problems.error(
                "E103",
                key,
                "`steps` should be a list",
                "put a space behind each `-`"
                if (fix := _spaces_behind_dashes(node))
                else "write each step on a line that begins with `- `",
                fix=fix,
            )
            return ()
        if not node.items and not self.problems.muted:
            self.problems.error(
                "E110", key, "there is no work in these steps", "add a step with a dose"
            )
        found: list[Item] = []
        before: Node | None = None
        for child in node.items:
            try:
                item = self._item(child, depth)
            except Exception as error:
                report_fault(error, self.problems, child)
                continue
            if item is None:
                continue
            if isinstance(item, Step):  # the usual case; the code below is for other items
                found.append(item)
                before = child
                continue
            if isinstance(item, Rest) and found and isinstance(found[-1], Rest) and before:
                self._two_rests(child, before)
            before = child
            if not isinstance(item, Rest) or item.say:
                self.free_texts += [
                    WrittenText(text, _first_key(child)) for text in _texts_of(item)
                ]
            found.append(item)
        return tuple(found)

    def _two_rests(self, second: Node, first: Node) -> None:
        if self.problems.muted:
            return  # a step between them may be unreadable
        self.problems.warn(
            "W106",
            second,
            "two rests stand in a row; only the longer counts",
            "remove one",
            (_first_key(first), "first one is here"),
        )

    def _item(self, node: Node, depth: int) -> Item | None:
        if isinstance(node, Scalar):
            if node.missing:
                self.problems.error(
                    "E104", node, "this step is empty", "`- calf-wall-straight: 30s each side`"
                )
                return None
            return self.steps.alone(node)
        if isinstance(node, Seq):
            self.problems.error(
                "E103", node, "a step can't be a list", "`- calf-wall-straight: 30s`"
            )
            return None
        if not node.pairs:
            self.problems.error(
                "E104", node, "this step is empty", "`- calf-wall-straight: 30s each side`"
            )
            return None
        pairs = node.pairs
        first = next(iter(pairs))
        if len(pairs) == 1 and first not in ITEM_KEYS:
            return self.steps.named_first(node)
        if "steps" in pairs or first in _BLOCK_FIRST:
            return self._block(node, depth)
        if "use" in pairs or "name" in pairs:
            return self.steps.with_keys(node)
        if first == "rest" or ("rest" in pairs and first == "say"):
            return self._rest(node)
        if first == "wait" or ("wait" in pairs and first == "say"):
            return self._wait(node)
        if first == "say":
            return self._say(node)
        return self.steps.named_first(node)

    def _only(self, node: Map, known: Sequence[str], where: str) -> None:
        for key, _ in node:
            if key.text not in known:
                self.fields.unknown(key, known, where)

    def _rest(self, node: Map) -> Rest | None:
        self._only(node, ("rest", "say"), "a rest")
        time = self._times(*node.pairs["rest"])
        say = self._say_of(node)
        return Rest(time, say) if time else None

    def _wait(self, node: Map) -> Wait | None:
        self._only(node, ("wait", "say"), "a wait")
        key, value = node.pairs["wait"]
        text = self.fields.text(value, key)
        return Wait(text, self._say_of(node)) if text else None

    def _say(self, node: Map) -> Say | None:
        self._only(node, ("say",), "a `say` step")
        text = self._say_of(node)
        return Say(text) if text else None

    def _say_of(self, node: Map) -> Text | None:
        if "say" not in node.pairs:
            return None
        key, value = node.pairs["say"]
        return self.fields.text(value, key)

    def _block(self, node: Map, depth: int) -> Block | None:
        for key, _ in node:
            if key.text not in BLOCK_KEYS:
                help = "the name of a block is written `block:`" if key.text == "name" else ""
                self.fields.unknown(key, BLOCK_KEYS, "a block", help)
        pairs = node.pairs
        if depth >= MAX_BLOCKS_DEEP:
            self.problems.error(
                "E205", node, f"blocks may be nested {MAX_BLOCKS_DEEP} deep at most"
            )
            return None
        if "steps" not in pairs:
            self.fields.missing(_first_key(node), "steps", "a block")
            return None
        rounds: Range | None = exactly(1)
        if "rounds" in pairs:
            key, value = pairs["rounds"]
            scalar = self.fields.scalar(value, key, "a whole number")
            rounds = ShapeReader(self.fields).count(scalar, MAX_SETS) if scalar else None
        gaps = {n: self._times(*pairs[n]) for n in ("rest", "between", "lasts") if n in pairs}
        in_rounds = self.steps.in_rounds
        self.steps.in_rounds = in_rounds or bool(rounds and rounds.high > 1)
        items = self._items(*pairs["steps"], depth=depth + 1)
        self.steps.in_rounds = in_rounds
        if "rest" in pairs and rounds and rounds.high == 1:
            self.problems.warn(
                "W101", pairs["rest"][0], "`rest` has no effect in a block of one round"
            )
        if "between" in pairs and rounds and rounds.high == 1 and len(items) == 1:
            self.problems.warn("W101", pairs["between"][0], "`between` has no effect with one step")
        if not rounds:
            return None
        default_rest = self.defaults.written.rest or exactly(0)
        return Block(
            items,
            self.fields.text(pairs["block"][1], pairs["block"][0]) if "block" in pairs else None,
            rounds,
            gaps.get("rest") or default_rest,
            gaps.get("between") or exactly(0),
            self.fields.text(pairs["note"][1], pairs["note"][0]) if "note" in pairs else None,
            gaps.get("lasts"),
            node.line + 1,
        )


def _texts_of(item: Rest | Say | Wait | Block) -> list[Text]:
    """The texts of an item that is no exercise."""
    if isinstance(item, Block):
        return [text for text in (item.name, item.note) if text]
    texts = [item.text] if isinstance(item, Wait) else []
    return [*texts, *([item.say] if item.say else [])]


def _in_checked_languages(items: Sequence[Item], terms: Terms) -> tuple[Item, ...]:
    """Return the items of a routine with a massage, with texts in checked languages only."""

    def of(text: Text | None) -> Text | None:
        return text and checked(text, terms.search)

    def item_of(item: Item) -> Item:
        if isinstance(item, Block):
            inner = _in_checked_languages(item.items, terms)
            return item._replace(items=inner, name=of(item.name), note=of(item.note))
        if isinstance(item, Wait):
            return Wait(checked(item.text, terms.search), of(item.say))
        if isinstance(item, Say):
            return Say(checked(item.say, terms.search))
        return item._replace(say=of(item.say)) if isinstance(item, Rest) else item

    return tuple(map(item_of, items))


def _spaces_behind_dashes(node: Node) -> tuple[Edit, ...]:
    """The fix for a list that only lacks a space after each dash: `-calf-roll: 30s`."""
    keys = [key for key, _ in node] if isinstance(node, Map) else []
    if not keys or not all(k.plain and re.match(r"-[^\s-]", k.text) for k in keys):
        return ()
    return tuple(Edit(key.line + 1, key.col + 2, 0, " ") for key in keys)


def _first_key(node: Node) -> Scalar:
    if isinstance(node, Map) and node.pairs:
        return next(iter(node))[0]
    return Scalar("", node.line, node.col, 1, True)
