"""Reads catalogue entries, both shipped ones and a coach's own."""

from pathlib import Path

from player.document.fault import report_fault
from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Problems
from player.routine import dose as grammar
from player.routine.catalogue import Catalogue, Entry, lookup_key
from player.routine.cue_reader import read_cues
from player.routine.fields import Fields, is_id, same_id, short
from player.routine.figure_reader import read_figure
from player.routine.massage_texts import (
    SPARED_BY_DEEP,
    WrittenText,
    check_massage,
    in_checked_languages,
    is_deep,
    massage_in,
    refuse_other_kind,
)
from player.routine.model import Exercise, StepCue, Text
from player.routine.often import read_often
from player.routine.pose import Drawn, Figure
from player.routine.shape import DOSE_KEYS, Shape, ShapeReader, dose_text, report
from player.routine.terms import Terms
from player.routine.vocabulary import EQUIPMENT, MASSAGE, Kind, Position, Region

MUST = ("name", "regions", "kind", "position", "sides", "dose")
KEYS = frozenset(MUST) | frozenset(
    [
        "muscles",
        "equipment",
        "how",
        "feel",
        "mistakes",
        "easier",
        "harder",
        "breathe",
        "avoid_if",
        "caution",
        "keep_off",
        "figure",
        "sources",
        "note",
        "often",
    ]
)
EQUIPMENT_IN_ORDER = tuple(sorted(EQUIPMENT))
_IN_DOSE = DOSE_KEYS - {"dose"} | {"until", "cues"}


def read_entries(
    node: Node | None, catalogue: Catalogue, problems: Problems, language: str = "en"
) -> list[Entry]:
    """Read a coach's own entries, a map from id to entry. An id or name in use is an error.

    Entries with errors are left out. So is an entry that has lost a key to the level above:
    an `avoid_if` that is moved out by one step limits nothing.
    """
    if not isinstance(node, Map):
        if node is not None and not Fields(problems).lost(node):
            problems.error(
                "E103", node, "a catalogue is a map of ids", "`my-stretch: {name: …, kind: …}`"
            )
        return []
    if isinstance(node.get("steps"), Seq):
        problems.error(
            "E103",
            node.pairs["steps"][0],
            "this is a routine, and only exercises belong here",
            "a routine lies beside the folder `exercises`, not in it",
        )
        return []
    found: list[Entry] = []
    so_far = catalogue
    places: dict[str, Scalar] = {}
    previous = ""
    for key, value in node:
        if key.text.startswith("x-"):
            continue
        if not is_id(key.text):
            problems.error(
                "E303", key, f"`{short(key.text)}` is no id", "an id is written with a-z, 0-9 and -"
            )
            continue
        before = len(problems.found)
        entry = _read_entry(key, value, catalogue.terms, problems, language)
        if entry is None or problems.errors_since(before):
            if previous and (key.text in KEYS or not isinstance(value, Map)):
                found = [one for one in found if one.exercise.id != previous]
            continue  # other files must not use an entry with errors
        taken = so_far.clash(entry.exercise.id, entry.exercise.name.words.values())
        if taken:
            problems.error(
                "E304",
                key,
                f"`{key.text}` takes the id or a name of `{taken}`{_in_file(so_far, taken)}",
                "give it an id and names of its own; entries can't be replaced",
                (places[taken], "first one is here") if taken in places else None,
            )
            continue
        found.append(entry)
        previous = entry.exercise.id
        places[previous] = key
        so_far = so_far.joined([entry])
    return found


def _read_entry(
    key: Scalar, node: Node, terms: Terms, problems: Problems, language: str
) -> Entry | None:
    try:
        return EntryReader(problems, terms, False, language).read(key, node)
    except Exception as error:
        report_fault(error, problems, key)
        return None


def _in_file(catalogue: Catalogue, id_: str) -> str:
    """Name the file of an entry if it was read from a file of its own."""
    entry = catalogue.find(id_)
    return f", which stands in {Path(entry.file).name}" if entry and entry.file else ""


def names_of(node: Node) -> frozenset[str]:
    """The ids and plain names of all entries of a catalogue, even of entries with errors."""
    if not isinstance(node, Map):
        return frozenset()
    found = set()
    for key, value in node:
        found.add(lookup_key(key.text))
        name = value.get("name") if isinstance(value, Map) else None
        if isinstance(name, Scalar):
            found.add(lookup_key(name.text))
    return frozenset(found)


class EntryReader:
    """Reads one entry."""

    def __init__(self, problems: Problems, terms: Terms, vetted: bool, language: str) -> None:
        self.problems = problems
        self.fields = Fields(problems, language)
        self.terms = terms
        self.vetted = vetted

    def read(self, key: Scalar, node: Node) -> Entry | None:
        fields = self.fields
        if fields.lost(node):
            return None
        if not isinstance(node, Map):
            self.problems.error("E103", key, "a catalogue entry is a map of keys")
            return None
        for name, _ in node:
            if name.text not in KEYS and not name.text.startswith("x-"):
                fields.unknown(name, KEYS, "a catalogue entry")
        for must in MUST:
            if must not in node.pairs:
                fields.missing(key, must, "a catalogue entry", node.pairs.keys() - KEYS)
        pairs = node.pairs

        def texts(name: str) -> tuple[Text, ...]:
            return fields.texts(pairs[name][1], pairs[name][0]) if name in pairs else ()

        def text(name: str) -> Text | None:
            return fields.text(pairs[name][1], pairs[name][0]) if name in pairs else None

        title = text("name")
        kind = fields.word(pairs["kind"][1], pairs["kind"][0], Kind) if "kind" in pairs else None
        position, regions = self._place(pairs)
        both = self._both_at_once(pairs)
        shape, until, cues = self._dose(pairs)
        if title is None or kind is None or position is None or not regions or both is None:
            return None
        no_equipment: frozenset[str] = frozenset()
        exercise = Exercise(
            id=same_id(key.text),
            name=title,
            kind=kind,
            kinds=frozenset({kind}),
            regions=regions,
            positions=frozenset({position}),
            vetted=self.vetted,
            known=True,
            both_at_once=both,
            muscles=texts("muscles"),
            equipment=read_equipment(fields, *pairs["equipment"])
            if "equipment" in pairs
            else no_equipment,
            how=texts("how"),
            feel=text("feel"),
            mistakes=texts("mistakes"),
            easier=text("easier"),
            harder=text("harder"),
            note=text("note"),
            avoid_if=self._conditions(pairs, "avoid_if"),
            caution=self._conditions(pairs, "caution"),
            keep_off=texts("keep_off"),
            often=read_often(fields, *pairs["often"]) if "often" in pairs else "",
            sources=fields.sources(pairs["sources"][1], pairs["sources"][0])
            if "sources" in pairs
            else (),
            drawn=drawn(read_figure(fields, *pairs["figure"])) if "figure" in pairs else None,
        )
        if not self.vetted:  # a test checks the shipped entries
            exercise = self._as_its_words_say(pairs, exercise, until, cues, key)
        return Entry(exercise, shape, until, cues, self.problems.path)

    def _place(
        self, pairs: dict[str, tuple[Scalar, Node]]
    ) -> tuple[Position | None, frozenset[Region]]:
        position: Position | None = None
        regions: frozenset[Region] = frozenset()
        if "position" in pairs:
            key, node = pairs["position"]
            position = self.fields.word(node, key, Position)
        if "regions" in pairs:
            key, node = pairs["regions"]
            regions = self.fields.words(node, key, Region)
        return position, regions

    def _both_at_once(self, pairs: dict[str, tuple[Scalar, Node]]) -> bool | None:
        if "sides" not in pairs:
            return None
        key, node = pairs["sides"]
        scalar = self.fields.scalar(node, key, "one or both")
        if scalar and scalar.text.strip() not in {"one", "both"}:
            self.problems.error(
                "E104", scalar, "`sides` is `one` (a leg at a time) or `both` (at once)"
            )
            return None
        return scalar.text.strip() == "both" if scalar else None

    def _dose(
        self, pairs: dict[str, tuple[Scalar, Node]]
    ) -> tuple[Shape, Text | None, tuple[StepCue, ...]]:
        shape = Shape()
        until: Text | None = None
        cues: tuple[StepCue, ...] = ()
        before = len(self.problems.found)
        shapes = ShapeReader(self.fields)
        if "dose" in pairs:
            key, node = pairs["dose"]
            if isinstance(node, Map):
                for name, _ in node:
                    if name.text not in _IN_DOSE:
                        self.fields.unknown(name, _IN_DOSE, "a dose")
                shape = shapes.read(node.pairs)
                if "until" in node.pairs:
                    until = self.fields.text(node.pairs["until"][1], node.pairs["until"][0])
                if "cues" in node.pairs:
                    cues = read_cues(self.fields, *node.pairs["cues"])
            elif scalar := shapes.joined(node, key, "a dose such as `2 x 30s each side`"):
                shape = Shape(dose_text(scalar, self.problems))
            if shape.written.work is None and not self.problems.errors_since(before):
                self.problems.error("E106", key, "this dose has no amount", grammar.EXAMPLES)
        if "breathe" in pairs and shape.written.breathe is None:
            key, node = pairs["breathe"]
            if scalar := self.fields.scalar(node, key, "a pattern such as 4-6"):
                pattern, issues = grammar.parse_breathe(scalar.text)
                report(scalar, issues, self.problems)
                shape = Shape(shape.written._replace(breathe=pattern), shape.first, shape.keys)
        return shape, until, cues

    def _conditions(self, pairs: dict[str, tuple[Scalar, Node]], name: str) -> frozenset[str]:
        if name not in pairs:
            return frozenset()
        key, node = pairs[name]
        if self.vetted:  # a test checks the shipped entries, to save time at the start
            return frozenset(self.fields.free_words(node, key))
        return self.fields.ids(node, key, self.terms.conditions, "condition")

    def _as_its_words_say(
        self,
        pairs: dict[str, tuple[Scalar, Node]],
        exercise: Exercise,
        until: Text | None,
        cues: tuple[StepCue, ...],
        key: Scalar,
    ) -> Exercise:
        """Check the texts of an entry from a file, and return it with the kinds that they mean."""
        spoken = [cue.say for cue in cues if cue.say]
        dosed = [*spoken, *([until] if until else [])]
        texts = [
            WrittenText(text, pairs[name][0] if name in pairs else key)
            for name, found in (
                ("name", [exercise.name]),
                ("how", exercise.how),
                ("easier", [exercise.easier]),
                ("harder", [exercise.harder]),
                ("note", [exercise.note]),
                ("dose", dosed),
            )
            for text in found
            if text
        ]
        kind = exercise.kind
        if kind is not None and kind not in MASSAGE:
            if found := massage_in(texts, self.terms):
                refuse_other_kind(found, kind, self.problems)
            return exercise
        deep = kind is Kind.DEEP_PRESS  # never played from a file, only from the catalogue
        check_massage(texts, self.terms, self.problems, SPARED_BY_DEEP if deep else frozenset())
        if is_deep(exercise, exercise.equipment, texts, self.terms):
            exercise = exercise._replace(kinds=exercise.kinds | {Kind.DEEP_PRESS})
        return in_checked_languages(exercise, self.terms)


def drawn(figure: Figure | None) -> Drawn:
    """Wrap a figure that has already been read."""
    return Drawn(lambda: figure)


def read_equipment(fields: Fields, key: Scalar, node: Node) -> frozenset[str]:
    """Read ids of equipment. Unknown ones are accepted with a warning."""
    found = set()
    for word in fields.scalars(node, key, "a thing such as strap"):
        thing = same_id(short(word.text, 200).lower())
        if thing == "none":
            continue
        if thing not in EQUIPMENT:
            fields.problems.warn(
                "W105",
                word,
                f"`{short(word.text)}` is no equipment that supple knows",
                fields.problems.did_you_mean(thing, EQUIPMENT_IN_ORDER)
                or f"known: {', '.join(EQUIPMENT_IN_ORDER)}",
                known=EQUIPMENT_IN_ORDER,
            )
        found.add(thing)
    return frozenset(found)
