"""One exercise step: which exercise, which dose, and what it adds to the catalogue's notes."""

from collections.abc import Callable
from functools import lru_cache

from player.document.nodes import Map, Node, Scalar
from player.document.problem import Edit, closest
from player.document.syntax import quoted
from player.routine.catalogue import Catalogue, Entry, lookup_key
from player.routine.cue_reader import read_cues
from player.routine.dose import EXAMPLES, Written, parse_times
from player.routine.entries import read_equipment, refuse_pressing
from player.routine.fields import Fields, cut_by_hash, is_id, short
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
from player.routine.often import read_often
from player.routine.shape import DOSE_KEYS, Shape, ShapeReader, fill, report
from player.routine.terms import sounds_like_massage
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
NO_EXERCISE = DOSE_KEYS | QUALITY_KEYS
_EVERY_REGION, _EVERY_POSITION = frozenset(Region), frozenset(Position)
ITEM_KEYS_IN_ORDER = tuple(sorted(ITEM_KEYS))

_BELONGS_ELSEWHERE = {
    "rounds": "`rounds` goes with `steps`; to repeat one exercise write `sets`",
    "between": "`between` goes with `steps`; between the sets of one exercise write `rest`",
}
MOST_USUAL = 4_096
_USUAL_STEPS: dict[tuple[str, str, int], Step] = {}
_USUAL_DEFAULTS: dict[tuple[object, Side | None], int] = {}
_Pairs = dict[str, tuple[Scalar, Node]]
_PlaceOf = Callable[[str], Scalar]


class StepReader:
    """Reads the exercise steps of one routine in order."""

    def __init__(
        self,
        fields: Fields,
        catalogue: Catalogue,
        defaults: Shape,
        promised: frozenset[str] = frozenset(),
    ) -> None:
        self.fields = fields
        self.promised = promised
        """Names of the file's own entries; one that is not found has an error of its own."""
        self.shapes = ShapeReader(fields)
        self.problems = fields.problems
        self.catalogue = catalogue
        self.defaults = defaults
        if len(_USUAL_DEFAULTS) > MOST_USUAL:
            _USUAL_DEFAULTS.clear()
            _USUAL_STEPS.clear()
        written = (defaults.written, defaults.first)
        self.defaults_number = _USUAL_DEFAULTS.setdefault(written, len(_USUAL_DEFAULTS))
        self.count = 0
        self.side_before: Side | None = None
        self.in_rounds = False
        """The steps being read are repeated, so what stands before one of them varies."""
        self.said: list[tuple[Text, Scalar]] = []
        """What `say` and `wait` steps tell the person before the next exercise."""

    def alone(self, node: Scalar) -> Step | None:
        """`- <id>`: the catalogue's dose."""
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
        """`- <id or Name>: <dose>`, other keys following."""
        if len(node.pairs) == 1:
            return self._usual(node)
        return self._named_first(node)

    def _usual(self, node: Map) -> Step | None:
        """`- <id>: <dose>` and no more, remembered: coaches write the same few lines for ever.

        Only what depends on nothing around it is remembered: no massage, which is looked at
        with what is said before it, no `switch`, and nothing that had a problem.
        """
        ((key, value),) = node.pairs.values()
        written = (key.text, value.text if isinstance(value, Scalar) else "", self.defaults_number)
        known = _USUAL_STEPS.get(written)
        entry = self.catalogue.find(key.text) if known else None
        if known and entry and known.exercise is entry.exercise:  # not of another catalogue
            self.count += 1
            self.said = []
            self.side_before = last_side(known.dose)
            return known._replace(number=self.count, line=key.line + 1)
        before = len(self.problems.found)
        step = self._named_first(node)
        if step and step.exercise.vetted and not step.exercise.is_massage and written[1]:
            plain = "switch" not in written[1].lower() and len(self.problems.found) == before
            if plain and len(_USUAL_STEPS) < MOST_USUAL:
                _USUAL_STEPS[written] = step
        return step

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
        """Find what else is wrong in a step whose exercise is plainly a misspelt or broken one.

        Anything else may be a misspelt key, whose value is no dose.
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
        told = "it is screened as the worst it could be"
        if not missing:
            told = "it is screened by the kind, regions and position given here"
        help = self.problems.did_you_mean(name, self.catalogue.names)
        if name.lower() in ITEM_KEYS:
            help = f"write `{name.lower()}` in small letters if you mean the key"
        elif missing and not help:
            help = "add " + " and ".join(", ".join(missing).rsplit(", ", 1))
        words = f"`{short(name)}` is not in the catalogue; {told}"
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
        fallback = Sides.BOTH
        if entry and not entry.exercise.both_at_once:
            fallback = Sides.EACH
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

    # What does not go together

    def _check(
        self, step: Step, shape: Shape, pairs: _Pairs, at: Scalar, dose: Scalar | None
    ) -> None:
        written = shape.written
        keys = shape.keys
        where = dose or keys.get("dose") or at
        if written.work is None and written.sets is not None and len(step.dose.work) > 1:
            self.problems.error(
                "E107",
                keys.get("sets", where),
                f"`{step.exercise.id}` has a list in the catalogue, one set for each item",
                "write the amount as well, or drop `sets`",
            )

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
        found = "roll" if "roll" in shape.keys else _massage_word(shape.written)
        if found:
            self.problems.error(
                "E402",
                place(found),
                f"`{found}` is massage, but this step is {kind.value}",
                "massage is screened in its own way: use an exercise of a massage kind",
            )

    def _without_effect(self, step: Step, shape: Shape, place: _PlaceOf) -> None:
        written, dose = shape.written, step.dose
        in_turn = _swaps(dose)
        if written.rest is not None and dose.sets.high == 1:
            self._no_effect(place("rest"), "rest", "with one set")
        if written.relax is not None and not _relaxes(dose):
            why = "when alternating" if dose.side is Sides.ALTERNATING else "with one hold"
            self._no_effect(place("relax"), "relax", why)
        muted = self.problems.muted  # what stands before may not have been read
        if (
            written.switch is not None
            and not in_turn
            and not muted
            and not self._may_follow_other(dose.side)
        ):
            self._no_effect(place("switch"), "switch", "with one side")
        if shape.first is not None and (not in_turn or dose.side is Sides.RIGHT_THEN_LEFT):
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

    def _may_follow_other(self, side: Sides) -> bool:
        if self.in_rounds:
            return side in {Sides.LEFT, Sides.RIGHT}
        before = self.side_before
        return (side is Sides.LEFT and before is Side.RIGHT) or (
            side is Sides.RIGHT and before is Side.LEFT
        )

    def _no_effect(self, at: Scalar, key: str, why: str) -> None:
        self.problems.warn("W101", at, f"`{key}` has no effect {why}", "remove it")

    def _presses_no_forbidden_place(self, step: Step, pairs: _Pairs, at: Scalar) -> None:
        said, self.said = self.said, []
        exercise = step.exercise
        if exercise.kind is None:
            tools = step.equipment & MASSAGE_TOOLS
            named = any(sounds_like_massage(w) for w in step.title.words.values())
            if not (tools or named or "roll" in pairs or _massage_word(step.dose)):
                return
        elif exercise.kind not in MASSAGE:
            return
        texts: list[tuple[Text | None, Scalar]] = [*said]
        if step.title is not exercise.name or not exercise.vetted:
            texts.append((step.title, at))
        cues_at = pairs["cues"][0] if "cues" in pairs else at
        texts += [(cue.say, cues_at) for cue in step.cues]
        phases_at = pairs["phases"][0] if "phases" in pairs else at
        for amount in step.dose.work:
            if isinstance(amount, Cycles):
                texts += [(phase.say, phases_at) for phase in amount.phases]
        for text, place in texts:
            if text:
                refuse_pressing(text, place, self.catalogue.terms, self.problems)


def _name_with_hash(node: Scalar, lines: dict[int, str]) -> tuple[Edit, ...]:
    """Quotes round a name with a ` #` in it, up to the colon of its dose."""
    name, colon, _ = lines[node.line][node.col :].partition(": ")
    if not colon:
        return ()
    return (Edit(node.line + 1, node.col + 1, len(name), quoted(name)),)


@lru_cache(maxsize=1024)
def last_side(dose: Dose) -> Side | None:
    """The side that a step ends on, where it ends on one."""
    if dose.side is Sides.LEFT or dose.side is Sides.RIGHT_THEN_LEFT:
        return Side.LEFT
    if dose.side is Sides.RIGHT:
        return Side.RIGHT
    if _swaps(dose):
        return Side.RIGHT if dose.first is Side.LEFT else Side.LEFT
    return None


def _swaps(dose: Dose) -> bool:
    """Whether left and right follow each other; reps that alternate are one piece of both."""
    if dose.side is Sides.ALTERNATING:
        return not all(isinstance(a, Reps) and a.count.high > 1 for a in dose.work)
    return dose.side in BOTH_SIDES_IN_TURN


def _massage_word(written: Written | Dose) -> str:
    """What in a dose can only be meant for massage, or an empty string."""
    if written.pressure is not None:
        return "pressure"
    for amount in written.work or ():
        if isinstance(amount, Reps) and amount.unit is Unit.PASSES:
            return "passes"
        if isinstance(amount, Cycles) and any(phase.pressure for phase in amount.phases):
            return "pressure"
    return ""


def _relaxes(dose: Dose) -> bool:
    """Whether two holds or cycles on the same side follow each other in one run of the step."""
    if dose.side is Sides.ALTERNATING:
        return False
    sets_in_a_row = dose.sets.high > 1 and dose.side is not Sides.EACH
    for amount in dose.work:
        if isinstance(amount, (HeldReps, Cycles)) and amount.count.high > 1:
            return True
        if isinstance(amount, (Hold, HeldReps, Cycles)) and sets_in_a_row:
            return True
    return False
