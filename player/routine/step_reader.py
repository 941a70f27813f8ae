"""One exercise step: which exercise, which dose, and what it adds to the catalogue's notes."""

import re
from collections.abc import Callable

from player.document.nodes import Map, Node, Scalar
from player.document.problem import did_you_mean
from player.routine.catalogue import Catalogue, Entry
from player.routine.cue_reader import read_cues
from player.routine.dose import EXAMPLES, parse_times
from player.routine.entries import read_equipment, read_often, refuse_pressing
from player.routine.fields import Fields, is_id, short
from player.routine.limits import BOTH_SIDES_IN_TURN
from player.routine.model import (
    Cycles,
    Dose,
    Exercise,
    HeldReps,
    Hold,
    Reps,
    Step,
    Text,
)
from player.routine.shape import DOSE_KEYS, Shape, ShapeReader, fill, report
from player.routine.vocabulary import (
    MASSAGE,
    MASSAGE_TOOLS,
    UNKNOWN_KINDS,
    Kind,
    Position,
    Region,
    Side,
    Sides,
    Unit,
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

_SOUNDS_LIKE_MASSAGE = re.compile(
    r"\b(massage|roll|roller|rolling|ball|press|pressing|pressure|knead|stick|foam|gun|trigger)\b",
    re.IGNORECASE,
)
_Pairs = dict[str, tuple[Scalar, Node]]
_PlaceOf = Callable[[str], Scalar]


class StepReader:
    """Reads the exercise steps of one routine in order."""

    def __init__(self, fields: Fields, catalogue: Catalogue, defaults: Shape) -> None:
        self.fields = fields
        self.problems = fields.problems
        self.catalogue = catalogue
        self.defaults = defaults
        self.count = 0
        self.side_before: Side | None = None

    def alone(self, node: Scalar) -> Step | None:
        """`- <id>`: the catalogue's dose."""
        entry = self._find(node)
        if entry is None and is_id(node.text.strip()):
            return None
        if entry is None:
            self.problems.error("E106", node, f"`{short(node.text)}` has no dose", EXAMPLES)
            return None
        return self._step(node, entry, entry.exercise.name, {}, None)

    def named_first(self, node: Map) -> Step | None:
        """`- <id or Name>: <dose>`, other keys following."""
        pairs = dict(node.pairs)
        first, (key, value) = next(iter(pairs.items()))
        if first in DOSE_KEYS | QUALITY_KEYS:
            self.problems.error(
                "E102",
                key,
                "this step does not say which exercise it is",
                "begin it with the exercise: `- calf-wall-straight: 30s`, or add `use:`",
            )
            return None
        del pairs[first]
        entry = self._find(key)
        if entry is None and is_id(key.text):
            return None
        dose: Scalar | None = None
        if isinstance(value, Scalar):
            dose = None if value.missing else value
        else:
            self.problems.error(
                "E103",
                key,
                f"after `{short(key.text)}:` a dose should stand, not more keys",
                f"write `- use: {key.text}` and the keys under it" if entry else EXAMPLES,
            )
            return None
        title = entry.exercise.name if entry else Text({self.fields.language: short(key.text, 200)})
        return self._step(key, entry, title, pairs, dose)

    def with_keys(self, node: Map) -> Step | None:
        """`- use: <id>` or `- name: <Name>` with keys."""
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
                return None
            title = title or entry.exercise.name
        elif title is not None:
            entry = next(filter(None, map(self.catalogue.find, title.words.values())), None)
            if entry is None:
                self._not_in_catalogue(at, title.pick())
            else:
                title = entry.exercise.name
        if title is None:
            return None
        return self._step(at, entry, title, pairs, None)

    def _find(self, key: Scalar) -> Entry | None:
        words = key.text.strip()
        entry = self.catalogue.find(words)
        if entry is None:
            if is_id(words):
                self._no_exercise(key)
            else:
                self._not_in_catalogue(key, words)
        return entry

    def _no_exercise(self, at: Scalar) -> None:
        words = at.text.strip()
        self.problems.error(
            "E301",
            at,
            f"there is no exercise and no key `{short(words)}`",
            did_you_mean(words, [*self.catalogue.ids, *ITEM_KEYS])
            or "`supple list --exercises` shows all ids; a name of your own begins with a capital",
        )

    def _not_in_catalogue(self, at: Scalar, name: str) -> None:
        self.problems.warn(
            "W301",
            at,
            f"`{short(name)}` is not in the catalogue; it is screened as the worst it could be",
            did_you_mean(name, self.catalogue.names) or "add `kind:`, `regions:` and `position:`",
        )

    def _step(
        self, at: Scalar, entry: Entry | None, title: Text, pairs: _Pairs, dose: Scalar | None
    ) -> Step | None:
        self.count += 1
        for name, (key, _) in pairs.items():
            if name not in STEP_KEYS:
                self.fields.unknown(key, STEP_KEYS, "a step")
        shape = ShapeReader(self.fields).read(pairs, dose)
        exercise = self._exercise(at, entry, title, pairs)
        fallback = Sides.BOTH
        if entry and not entry.exercise.both_at_once:
            fallback = Sides.EACH
        settled = fill(shape, self.defaults, entry.shape if entry else None, fallback)
        if settled is None:
            if not self.problems.muted and not (dose or pairs.keys() & (DOSE_KEYS - {"side"})):
                self.problems.error("E106", at, f"`{short(title.pick())}` has no dose", EXAMPLES)
            elif not any(p.line == at.line + 1 and p.is_error for p in self.problems.found):
                self.problems.error("E106", at, f"`{short(title.pick())}` has no amount", EXAMPLES)
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
        return step

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
            regions=regions or frozenset(Region),
            positions=positions or frozenset(Position),
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

    # What does not go together

    def _check(
        self, step: Step, shape: Shape, pairs: _Pairs, at: Scalar, dose: Scalar | None
    ) -> None:
        written = shape.written
        keys = shape.keys
        where = dose or keys.get("dose") or at

        def place(name: str) -> Scalar:
            return keys.get(name, where)

        if written.tempo is not None and written.work and isinstance(written.work[0], HeldReps):
            self.problems.error(
                "E107",
                place("tempo"),
                "reps that are held have no tempo",
                "keep the hold or the tempo",
            )
        self._massage_words(step, shape, place)
        self._without_effect(step, shape, place)
        self._presses_no_forbidden_place(step, pairs, at)

    def _massage_words(self, step: Step, shape: Shape, place: _PlaceOf) -> None:
        kind = step.exercise.kind
        if kind is None or kind in MASSAGE:
            return
        written = shape.written
        found = ""
        if "roll" in shape.keys:
            found = "roll"
        elif any(isinstance(a, Reps) and a.unit is Unit.PASSES for a in written.work or ()):
            found = "passes"
        elif written.pressure is not None or any(
            phase.pressure
            for a in written.work or ()
            if isinstance(a, Cycles)
            for phase in a.phases
        ):
            found = "pressure"
        if found:
            self.problems.error(
                "E402",
                place(found),
                f"`{found}` is massage, but this step is {kind.value}",
                "massage is screened in its own way: use an exercise of a massage kind",
            )

    def _without_effect(self, step: Step, shape: Shape, place: _PlaceOf) -> None:
        written, dose = shape.written, step.dose
        in_turn = dose.side in BOTH_SIDES_IN_TURN
        if written.rest is not None and dose.sets.high == 1:
            self._no_effect(place("rest"), "rest", "with one set")
        if written.relax is not None and not _relaxes(dose):
            why = "when alternating" if dose.side is Sides.ALTERNATING else "with one hold"
            self._no_effect(place("relax"), "relax", why)
        if written.switch is not None and not in_turn and not self._other_side_before(dose.side):
            self._no_effect(place("switch"), "switch", "with one side")
        if shape.first is not None and not in_turn:
            self._no_effect(place("first"), "first", "where there is no order of sides")
        if written.side is not None and step.exercise.known:
            if step.exercise.both_at_once and written.side is not Sides.BOTH:
                self.problems.warn(
                    "W102", place("side"), f"`{step.exercise.id}` works both sides at once"
                )
            elif not step.exercise.both_at_once and written.side is Sides.BOTH:
                self.problems.warn(
                    "W102",
                    place("side"),
                    f"`{step.exercise.id}` works one side at a time",
                    "write `each side`",
                )

    def _other_side_before(self, side: Sides) -> bool:
        before = self.side_before
        return (side is Sides.LEFT and before is Side.RIGHT) or (
            side is Sides.RIGHT and before is Side.LEFT
        )

    def _no_effect(self, at: Scalar, key: str, why: str) -> None:
        self.problems.warn("W101", at, f"`{key}` has no effect {why}", "remove it")

    def _presses_no_forbidden_place(self, step: Step, pairs: _Pairs, at: Scalar) -> None:
        exercise = step.exercise
        if exercise.kind is None:
            tools = step.equipment & MASSAGE_TOOLS
            named = any(_SOUNDS_LIKE_MASSAGE.search(w) for w in step.title.words.values())
            kneads = pairs.keys() & {"roll", "passes", "pressure"} or step.dose.pressure
            if not (tools or named or kneads):
                return
        elif exercise.kind not in MASSAGE:
            return
        texts: list[tuple[Text | None, Scalar]] = [(step.title, at)]
        cues_at = pairs["cues"][0] if "cues" in pairs else at
        texts += [(cue.say, cues_at) for cue in step.cues]
        phases_at = pairs["phases"][0] if "phases" in pairs else at
        for amount in step.dose.work:
            if isinstance(amount, Cycles):
                texts += [(phase.say, phases_at) for phase in amount.phases]
        for text, place in texts:
            if text:
                refuse_pressing(text, place, self.catalogue.terms, self.problems)


def last_side(dose: Dose) -> Side | None:
    """The side that a step ends on, where it ends on one."""
    if dose.side is Sides.LEFT:
        return Side.LEFT
    if dose.side is Sides.RIGHT:
        return Side.RIGHT
    ends_right = dose.first is Side.LEFT
    if dose.side is Sides.RIGHT_THEN_LEFT:
        ends_right = not ends_right
    if dose.side in BOTH_SIDES_IN_TURN:
        return Side.RIGHT if ends_right else Side.LEFT
    return None


def _relaxes(dose: Dose) -> bool:
    """Whether two holds or cycles on the same side follow each other in one run of the step."""
    if dose.side is Sides.ALTERNATING:
        return False
    sets_in_a_row = dose.sets.high > 1 and dose.side is not Sides.EACH
    for amount in dose.work:
        if isinstance(amount, HeldReps | Cycles) and amount.count.high > 1:
            return True
        if isinstance(amount, Hold | HeldReps | Cycles) and sets_in_a_row:
            return True
    return False
