"""Reads one exercise step: its exercise, its dose, and its additions to the catalogue entry."""

from collections.abc import Sequence

from player.document.nodes import Map, Node, Scalar
from player.document.problem import Edit, closest
from player.document.syntax import quoted
from player.routine.catalogue import Catalogue, Entry, lookup_key
from player.routine.clashes import clashes, massage_word
from player.routine.cue_reader import read_cues
from player.routine.dose import EXAMPLES, parse_times
from player.routine.entries import read_equipment
from player.routine.fields import Fields, cut_by_hash, is_id, short
from player.routine.massage_texts import (
    SPARED_BY_DEEP,
    WrittenText,
    check_massage,
    checked,
    in_checked_languages,
    is_deep,
    massage_in,
    refuse_other_kind,
)
from player.routine.model import (
    Cycles,
    Exercise,
    Step,
    Text,
)
from player.routine.often import read_often
from player.routine.pieces import is_opposite
from player.routine.shape import DOSE_KEYS, Shape, ShapeReader, fill, report
from player.routine.terms import Terms
from player.routine.usual import last_side, shared_shape, usual_step
from player.routine.vocabulary import (
    MASSAGE,
    MASSAGE_TOOLS,
    UNKNOWN_KINDS,
    Kind,
    Position,
    Region,
    Side,
    Sides,
    Variant,
)

QUALITY_KEYS = frozenset(
    [
        "load",
        "variant",
        "until",
        "equipment",
        "note",
        "often",
        "lasts",
        "optional",
        "reason",
        "kind",
        "regions",
        "position",
        "cues",
        "avoid_if",
        "caution",
        "screening",
    ]
)
STEP_KEYS = DOSE_KEYS | QUALITY_KEYS | {"use", "name"}
ITEM_KEYS = STEP_KEYS | {"rest", "say", "wait", "block", "rounds", "steps"}
NO_EXERCISE = DOSE_KEYS | QUALITY_KEYS
_TEXT_KEYS = frozenset({"note", "until", "cues", "load", "phases", "equipment"})
_EVERY_REGION, _EVERY_POSITION = frozenset(Region), frozenset(Position)
ITEM_KEYS_IN_ORDER = tuple(sorted(ITEM_KEYS))

_BELONGS_ELSEWHERE = {
    "rounds": "`rounds` goes with `steps`; to repeat one exercise write `sets`",
    "between": "`between` goes with `steps`; between the sets of one exercise write `rest`",
}
_SINGLE_SIDES = {Sides.LEFT: Side.LEFT, Sides.RIGHT: Side.RIGHT, Sides.ONE: Side.ONE}
_Pairs = dict[str, tuple[Scalar, Node]]


class StepReader:
    """Reads the exercise steps of one routine in order."""

    def __init__(
        self,
        fields: Fields,
        catalogue: Catalogue,
        defaults: Shape,
        promised: frozenset[str] = frozenset(),
        *,
        ships: bool = False,
    ) -> None:
        self.fields = fields
        self.promised = promised
        """Names of the file's own entries. A missing one already has an error of its own."""
        self.shapes = ShapeReader(fields)
        self.problems = fields.problems
        self.catalogue = catalogue
        self.defaults = shared_shape(defaults.written, defaults.first)
        self.count = 0
        self.side_before: Side | None = None
        self.in_rounds = False
        """The steps are repeated, so the step before one of them is not always the same."""
        self.ships = ships
        """The file ships with the program. A test checks its texts, to save time at the start."""
        self.has_massage = False
        """Whether a step so far is a massage, by its kind or by its words."""

    def alone(self, node: Scalar) -> Step | None:
        """Read `- <id>`, which uses the dose of the catalogue."""
        words = node.text.strip()
        entry = self._find(node, {}) if is_id(words) else self.catalogue.find(words)
        if entry is None and (is_id(words) or lookup_key(words) in self.promised):
            return None
        cut = cut_by_hash(node, self.problems.hashes) if self.problems.hashes else None
        if entry is None and cut:
            self.problems.error(
                "E106",
                node,
                f"`{short(node.text)}` has no dose; what follows it is a comment",
                "put quotes round a name with a ` #` in it",
                (cut[0], "a comment begins here"),
                _name_with_hash(node, self.problems.hashes),
            )
            return None
        if entry is None:
            self.problems.error("E106", node, f"`{short(node.text)}` has no dose", EXAMPLES)
            return None
        if cut and not is_id(node.text.strip()):
            self.fields.cut_short(node, _name_with_hash(node, self.problems.hashes))
        return self._step(node, entry, entry.exercise.name, {}, None)

    def named_first(self, node: Map) -> Step | None:
        """Read `- <id or Name>: <dose>`, which may be followed by other keys."""
        if len(node.pairs) == 1:
            ((key, value),) = node.pairs.values()
            if isinstance(value, Scalar) and key.text not in NO_EXERCISE:
                entry = self.catalogue.find(key.text)
                usual = usual_step(entry, value.text, self.defaults) if entry else None
                if usual:
                    self.count += 1
                    self.side_before = usual.ends_on
                    return Step(self.count, key.line + 1, *usual.step[2:])
        return self._named_first(node)

    def _named_first(self, node: Map) -> Step | None:
        pairs = dict(node.pairs)
        first, (key, value) = next(iter(pairs.items()))
        if first in NO_EXERCISE:
            self.problems.error(
                "E102",
                key,
                "this step does not say which exercise it is",
                "begin it with the exercise: `- calf-wall-straight: 30s`, or add `use:`",
            )
            return None
        del pairs[first]
        entry = self._find(key, pairs)
        if entry is None and is_id(key.text.strip()):
            if isinstance(value, Scalar) and not value.missing:
                self._only_look(key.text, pairs, value)
            return None
        dose: Scalar | None = None
        if isinstance(value, Map):
            words = f"`- {'use' if entry else 'name'}: {short(key.text)}`"
            self.problems.error(
                "E103",
                key,
                f"after `{short(key.text)}:` a dose should stand, not more keys",
                f"write {words} and the keys under it, as far in as `{'use' if entry else 'name'}`",
            )
            return None
        if not (isinstance(value, Scalar) and value.missing):
            dose = self.shapes.joined(value, key, "a dose")
        title = entry.exercise.name if entry else Text({self.fields.language: short(key.text, 200)})
        return self._step(key, entry, title, pairs, dose)

    def with_keys(self, node: Map) -> Step | None:
        """Read `- use: <id>` or `- name: <Name>` with keys."""
        pairs = dict(node.pairs)
        entry: Entry | None = None
        title: Text | None = None
        at = next(iter(node))[0]
        if "name" in pairs:
            at, value = pairs.pop("name")
            title = self.fields.text(value, at)
        if "use" in pairs:
            key, value = pairs.pop("use")
            at = key
            scalar = self.fields.scalar(value, key, "the id of an exercise")
            if scalar is None:
                return None
            entry = self.catalogue.find(scalar.text.strip())
            if entry is None:
                self._no_exercise(scalar)
                self._only_look(scalar.text, pairs, None)
                return None
            title = title or entry.exercise.name
        elif title is not None:
            entry = next(filter(None, map(self.catalogue.find, title.words.values())), None)
            if entry is None:
                self._not_in_catalogue(at, title.pick(), pairs)
            else:
                title = entry.exercise.name
        if title is None:
            return None
        return self._step(at, entry, title, pairs, None)

    def _find(self, key: Scalar, pairs: _Pairs) -> Entry | None:
        words = key.text.strip()
        entry = self.catalogue.find(words)
        if entry is None:
            if is_id(words):
                self._no_exercise(key)
            else:
                self._not_in_catalogue(key, words, pairs)
        return entry

    def _no_exercise(self, at: Scalar) -> None:
        words = at.text.strip()
        if lookup_key(words) in self.promised:
            return
        known = (*self.catalogue.ids, *ITEM_KEYS_IN_ORDER)
        self.problems.error(
            "E301",
            at,
            f"there is no exercise and no key `{short(words)}`",
            self.problems.did_you_mean(words, known)
            or "`supple list --exercises` shows all ids; a name of your own begins with a capital",
            known=known,
        )

    def _only_look(self, words: str, pairs: _Pairs, dose: Scalar | None) -> None:
        """Report the other mistakes in a step, if its exercise is clearly a misspelt or broken one.

        Otherwise the word may be a misspelt key, and its value is not a dose.
        """
        ids = self.catalogue.ids
        near = closest(words.strip().lower()[:80], (*ids, *ITEM_KEYS_IN_ORDER))
        if near not in ids and lookup_key(words) not in self.promised:
            return
        for name, (key, _) in pairs.items():
            if name not in STEP_KEYS:
                self.fields.unknown(key, STEP_KEYS, "a step", _BELONGS_ELSEWHERE.get(name, ""))
        self.shapes.read(pairs, dose)
        self._quality(pairs, None)

    def _not_in_catalogue(self, at: Scalar, name: str, pairs: _Pairs) -> None:
        if lookup_key(name) in self.promised:
            return
        missing = [f"`{key}:`" for key in ("kind", "regions", "position") if key not in pairs]
        screened = "it is screened as the worst it could be"
        if not missing:
            screened = "it is screened by the kind, regions and position given here"
        stretch = "kind" not in pairs and self.catalogue.terms.search.names_stretch(name)
        if stretch:
            missing[0] = "`kind: static-stretch`"
        help = "" if stretch else self.problems.did_you_mean(name, self.catalogue.names)
        if name.lower() in ITEM_KEYS:
            help = f"write `{name.lower()}` in small letters if you mean the key"
        elif missing and not help:
            help = "add " + " and ".join(", ".join(missing).rsplit(", ", 1))
        words = f"`{short(name)}` is not in the catalogue; {screened}"
        self.problems.warn("W301", at, words, help)

    def _step(
        self, at: Scalar, entry: Entry | None, title: Text, pairs: _Pairs, dose: Scalar | None
    ) -> Step | None:
        self.count += 1
        before = len(self.problems.found)
        for name, (key, _) in pairs.items():
            if name not in STEP_KEYS:
                self.fields.unknown(key, STEP_KEYS, "a step", _BELONGS_ELSEWHERE.get(name, ""))
        shape = self.shapes.read(pairs, dose)
        unread = self.problems.errors_since(before)
        exercise = self._exercise(at, entry, title, pairs)
        fallback = entry.sides if entry else Sides.BOTH
        settled = fill(shape, self.defaults, entry.shape if entry else None, fallback)
        if settled is None:
            what = "amount" if dose or not DOSE_KEYS.isdisjoint(pairs) else "dose"
            if not self.problems.muted and not unread:
                words = f"`{short(title.pick())}` has no {what}"
                self.problems.error("E106", at, words, EXAMPLES)
            self._quality(pairs, entry)
            return None
        extra = self._quality(pairs, entry)
        step = Step(
            number=self.count,
            line=at.line + 1,
            exercise=exercise,
            dose=settled,
            title=title,
            **extra,  # type: ignore[arg-type]  # by name, from _quality
        )
        self._check(step, shape, pairs, at, dose)
        self.side_before = last_side(settled)
        return self._as_its_words_say(step, entry, pairs, at)

    def _exercise(self, at: Scalar, entry: Entry | None, title: Text, pairs: _Pairs) -> Exercise:
        if entry:
            for name in ("kind", "regions", "position"):
                if name in pairs:
                    self.problems.error(
                        "E305",
                        pairs[name][0],
                        f"`{name}` of `{entry.exercise.id}` stands in the catalogue",
                        "remove it here",
                    )
            return entry.exercise
        kind = (
            self.fields.word(pairs["kind"][1], pairs["kind"][0], Kind) if "kind" in pairs else None
        )
        regions = (
            self.fields.words(pairs["regions"][1], pairs["regions"][0], Region)
            if "regions" in pairs
            else frozenset()
        )
        positions = (
            self.fields.words(pairs["position"][1], pairs["position"][0], Position)
            if "position" in pairs
            else frozenset()
        )
        return Exercise(
            id="",
            name=title,
            kind=kind,
            kinds=frozenset({kind}) if kind else UNKNOWN_KINDS,
            regions=regions or _EVERY_REGION,
            positions=positions or _EVERY_POSITION,
        )

    def _quality(self, pairs: _Pairs, entry: Entry | None) -> dict[str, object]:
        fields, terms = self.fields, self.catalogue.terms
        found: dict[str, object] = {}
        if entry:
            found["equipment"] = entry.exercise.equipment
            found["until"] = entry.until
            found["cues"] = entry.cues
            found["often"] = entry.exercise.often
        for name, (key, node) in pairs.items():
            if name in {"until", "note", "reason"}:
                found[name] = fields.text(node, key)
            elif name == "load":
                found[name] = fields.plain(node, key)
            elif name == "variant":
                found[name] = fields.word(node, key, Variant) or Variant.STANDARD
            elif name == "equipment":
                own = read_equipment(fields, key, node)
                found[name] = own | (entry.exercise.equipment if entry else frozenset())
            elif name == "often":
                found[name] = read_often(fields, key, node)
            elif name == "optional":
                found[name] = fields.flag(node, key)
            elif name in {"avoid_if", "caution"}:
                found[name] = fields.ids(node, key, terms.conditions, "condition")
            elif name == "screening":
                found[name] = fields.ids(node, key, terms.questions, "question set")
            elif name == "cues":
                found[name] = (entry.cues if entry else ()) + read_cues(fields, key, node)
            elif name == "lasts":
                scalar = fields.scalar(node, key, "a time")
                if scalar:
                    found[name], issues = parse_times(scalar.text)
                    report(scalar, issues, self.problems)
        return found

    # Contradictions

    def _check(
        self, step: Step, shape: Shape, pairs: _Pairs, at: Scalar, dose: Scalar | None
    ) -> None:
        where = dose or shape.keys.get("dose") or at
        # The step before may be unreadable.
        may_switch = self.problems.muted or self._may_follow_other(step.dose.side)
        for clash in clashes(step, shape, may_switch):
            add = self.problems.warn if clash.warning else self.problems.error
            add(clash.code, shape.keys.get(clash.key, where), clash.message, clash.help)

    def _may_follow_other(self, side: Sides) -> bool:
        own = _SINGLE_SIDES.get(side)
        return own is not None and (self.in_rounds or is_opposite(self.side_before, own))

    # Massage

    def _as_its_words_say(self, step: Step, entry: Entry | None, pairs: _Pairs, at: Scalar) -> Step:
        """Check the texts that this file adds, and return the step with the kinds they mean."""
        if self.ships:
            return step
        exercise, terms = step.exercise, self.catalogue.terms
        kind = exercise.kind
        if exercise.vetted and _TEXT_KEYS.isdisjoint(pairs) and step.title is exercise.name:
            self.has_massage |= kind in MASSAGE
            return step  # as the catalogue has it
        texts = _texts_of(step, entry, pairs, at)
        described = massage_in(texts, terms)
        if kind is not None and kind not in MASSAGE:
            if described:
                refuse_other_kind(described, kind, self.problems)
            return step
        title = step.title.words.values()
        if kind is None and not (
            described
            or step.equipment & MASSAGE_TOOLS
            or "roll" in pairs
            or massage_word(step.dose)
            or any(map(terms.search.names_massage, title))
        ):
            stretch = any(map(terms.search.names_stretch, title))
            return step if stretch else self._if_deep(step, texts, at)
        self.has_massage = True
        ours = exercise.vetted and kind is Kind.DEEP_PRESS
        check_massage(texts, terms, self.problems, SPARED_BY_DEEP if ours else frozenset())
        step = _in_checked_languages(step, terms)
        return step if ours else self._if_deep(step, texts, at)

    def _if_deep(self, step: Step, texts: Sequence[WrittenText], at: Scalar) -> Step:
        """Return the step as deep pressure of a stranger if its texts describe that."""
        exercise = step.exercise
        if not is_deep(exercise, step.equipment, texts, self.catalogue.terms):
            return step
        words = f"`{short(step.title.pick())}` may press deep into the belly, so it is never played"
        self.problems.warn("W302", at, words, "if it does not, write its `kind:`, or other words")
        kinds = exercise.kinds | {Kind.DEEP_PRESS}
        return step._replace(exercise=exercise._replace(kinds=kinds, vetted=False))


def _texts_of(step: Step, entry: Entry | None, pairs: _Pairs, at: Scalar) -> list[WrittenText]:
    """Collect the texts of a step that its exercise does not have."""
    exercise = step.exercise
    if entry is None and _TEXT_KEYS.isdisjoint(pairs):
        return [WrittenText(step.title, at)]

    def place(name: str) -> Scalar:
        return pairs[name][0] if name in pairs else at

    found: list[tuple[Text | None, Scalar]] = []
    if step.title is not exercise.name or entry is None:
        found.append((step.title, at))
    found.append((step.note, place("note")))
    if "until" in pairs:
        found.append((step.until, place("until")))
    known = entry.cues if entry else ()
    found += [(cue.say, place("cues")) for cue in step.cues[len(known) :]]
    if "load" in pairs:
        found.append((Text({"en": step.load}), place("load")))
    for amount in step.dose.work if "phases" in pairs else ():
        if isinstance(amount, Cycles):
            for phase in amount.phases:
                found += [(phase.say, place("phases")), (phase.note, place("phases"))]
    return [WrittenText(text, where) for text, where in found if text]


def _in_checked_languages(step: Step, terms: Terms) -> Step:
    """Return a massage with its texts in the checked languages only."""
    search = terms.search
    exercise = step.exercise
    return step._replace(
        exercise=exercise if exercise.vetted else in_checked_languages(exercise, terms),
        title=checked(step.title, search),
        note=step.note and checked(step.note, search),
        until=step.until and checked(step.until, search),
        cues=tuple(cue._replace(say=cue.say and checked(cue.say, search)) for cue in step.cues),
    )


def _name_with_hash(node: Scalar, lines: dict[int, str]) -> tuple[Edit, ...]:
    """The fix that quotes a name with ` #` in it, up to the colon of its dose."""
    name, colon, _ = lines[node.line][node.col :].partition(": ")
    if not colon:
        return ()
    return (Edit(node.line + 1, node.col + 1, len(name), quoted(name)),)
