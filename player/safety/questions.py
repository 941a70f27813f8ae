"""The questions as data: Today, injury, profile and follow-ups (clinical content, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.read import read_file
from player.routine.terms import SHIPPED, ScreeningMissing
from player.safety.matrix import Matrix, Rank, load_matrix


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a short list. `places`: a place and side are asked, of these (all if empty)."""

    say: str
    keys: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    asks_place: bool = False
    places: tuple[str, ...] = ()
    at_place: str | None = None
    asks_when: bool = False
    asks_weeks: bool = False
    bruise: bool = False
    """A bruise after a session, which is no key of the matrix (section 2g)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; a yes sets `keys`, or opens `options`, or goes on as `then` says."""

    id: str
    ask: str
    why: str
    keys: tuple[str, ...] = ()
    at_once: bool = False
    then: str = ""
    choose: str = ""
    many: bool = True
    options: tuple[Option, ...] = ()
    otherwise: tuple[str, ...] = ()
    otherwise_opens_all: bool = False
    needs: str = ""

    @property
    def all_keys(self) -> frozenset[str]:
        """Every key that an answer to this question can set."""
        return frozenset(self.keys + self.otherwise).union(*(o.keys for o in self.options))

    def only_red(self, matrix: Matrix) -> bool:
        """Whether every yes to it is urgent, whichever option is meant."""
        return all(matrix.conditions[key].rank >= Rank.URGENT for key in self.all_keys)


@dataclass(frozen=True, slots=True)
class InjuryQuestion:
    """One question of the injury branch. `unsafe` is the answer that sets its keys."""

    id: str
    ask: str
    why: str
    unsafe: str
    keys: tuple[str, ...]
    at: frozenset[str] | None = None
    keys_at: Mapping[str, tuple[str, ...]] | None = None

    def keys_for(self, place: str) -> tuple[str, ...]:
        return (self.keys_at or {}).get(place, self.keys)


@dataclass(frozen=True, slots=True)
class PlaceName:
    id: str
    key: str
    say: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    today: tuple[Question, ...]
    cramp: Question
    places: tuple[PlaceName, ...]
    words: Mapping[str, str]
    """Single texts by name, such as `S1` or `age.ask`."""
    injury: tuple[InjuryQuestion, ...]
    profile: tuple[Question, ...]
    followups: tuple[Question, ...]
    anything_new: Question
    """What may have come since the last session."""
    scale: tuple[str, ...]
    """How sore it is in words, for each number from 0 to 10."""

    @property
    def about_deep_pressure(self) -> tuple[str, ...]:
        """What to know before deep pressure is switched on."""
        return tuple(self.words[f"deep.line_{number}"] for number in (1, 2, 3))

    @property
    def early_care(self) -> tuple[str, ...]:
        """What to do in the first days after an injury (section 2f)."""
        return tuple(self.words[f"injury.early_care_{number}"] for number in (1, 2, 3))

    def find(self, id_: str) -> Question | None:
        """A question of any list by its id, or None."""
        asked = (*self.today, *self.profile, *self.followups, self.anything_new)
        return next((question for question in asked if question.id == id_), None)


@cache
def load_questionnaire() -> Questionnaire:
    """Read all questions once. Raises ScreeningMissing: without them nothing is played."""
    try:
        return _questionnaire()
    except (KeyError, ValueError, TypeError) as error:
        raise ScreeningMissing(f"the screening questions have a mistake: {error}") from None


def _questionnaire() -> Questionnaire:
    today, injury = _file("today.yaml"), _file("injury.yaml")
    profile, followups = _file("profile.yaml"), _file("followups.yaml")
    words = dict(_texts(_map(today, "soreness")))
    words |= {f"injury.{key}": text for key, text in _texts(injury)}
    last_time = _file("last_time.yaml")
    words |= {f"after.{key}": text for key, text in _texts(last_time)}
    words |= {f"deep.{key}": text for key, text in _texts(_file("deep_pressure.yaml"))}
    for part in ("age", "confirm", "cleared"):
        words |= {f"{part}.{key}": text for key, text in _texts(_map(profile, part))}
    found = Questionnaire(
        tuple(map(read_question, _rows(today, "questions"))),
        read_question(_map(today, "cramp")),
        tuple(
            PlaceName(_text(r, "id"), _text(r, "key"), _text(r, "say"))
            for r in _rows(today, "places")
        ),
        words,
        tuple(map(read_injury, _rows(injury, "questions"))),
        tuple(map(read_question, _rows(profile, "questions"))),
        tuple(map(read_question, _rows(followups, "followups"))),
        read_question(_map(last_time, "anything_new")),
        _scale(_map(today, "soreness")),
    )
    _all_keys_exist(found)
    _all_names_exist(found)
    return found


def _all_keys_exist(found: Questionnaire) -> None:
    known = load_matrix().conditions
    asked = (*found.today, found.cramp, *found.profile, *found.followups, found.anything_new)
    keys = {key for question in asked for key in question.all_keys}
    keys |= {key for question in found.injury for key in question.keys}
    keys |= {
        key
        for question in found.injury
        for more in (question.keys_at or {}).values()
        for key in more
    }
    if unknown := keys - known.keys():
        raise ValueError(f"no condition `{min(unknown)}`")


def _all_names_exist(found: Questionnaire) -> None:
    rows = {question.id for question in found.profile}
    places = {place.id for place in found.places}
    options = [o for question in (*found.today, *found.profile) for o in question.options]
    options += [o for question in found.followups for o in question.options]
    unknown = {row for option in options for row in option.opens} - rows
    unknown |= {place for option in options for place in option.places} - places
    unknown |= {option.at_place for option in options if option.at_place} - places
    unknown |= places ^ load_matrix().places.keys()
    unknown |= {place for q in found.injury for place in q.at or ()} - places
    if unknown:
        raise ValueError(f"no place or question `{min(unknown)}`")


def _file(name: str) -> Map:
    document = read_file(SHIPPED / "screening" / name)
    if document.problems.has_errors or not isinstance(document.root, Map):
        raise ValueError(f"{name} can't be read")
    return document.root


def _map(root: Map, key: str) -> Map:
    node = root.get(key)
    if not isinstance(node, Map):
        raise KeyError(key)
    return node


def _rows(root: Map, key: str) -> list[Map]:
    node = root.get(key)
    if not isinstance(node, Seq):
        raise KeyError(key)
    rows = [item for item in node.items if isinstance(item, Map)]
    if not rows or len(rows) != len(node.items):
        raise ValueError(f"`{key}` should hold maps")
    return rows


def _texts(node: Map) -> list[tuple[str, str]]:
    return [(key.text, value.text) for key, value in node if isinstance(value, Scalar)]


def _scale(soreness: Map) -> tuple[str, ...]:
    scale = _list(soreness.get("scale"))
    if len(scale) != 11:
        raise ValueError("`scale` should have words for each number from 0 to 10")
    return scale


def _text(row: Map, key: str) -> str:
    node = row.get(key)
    if not isinstance(node, Scalar) or node.missing:
        raise KeyError(key)
    return node.text


def _maybe(row: Map, key: str) -> str:
    return _text(row, key) if key in row.pairs else ""


def _list(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    if not isinstance(node, Seq):
        raise ValueError("a list is missing")
    return tuple(item.text for item in node.items if isinstance(item, Scalar))


QUESTION_KEYS = frozenset(
    {"id", "ask", "why", "keys", "at_once", "then", "choose", "many", "options", "otherwise"}
    | {"otherwise_opens", "needs"}
)
OPTION_KEYS = frozenset({"say", "keys", "opens", "place", "at_place", "when", "weeks", "bruise"})


def read_question(row: Map) -> Question:
    """Read one question with its options; ValueError says what in it is wrong."""
    if unknown := row.pairs.keys() - QUESTION_KEYS:
        raise ValueError(f"a question has no key `{min(unknown)}`")
    options = _rows(row, "options") if "options" in row.pairs else []
    return Question(
        _text(row, "id"),
        _text(row, "ask"),
        _maybe(row, "why"),
        _list(row.get("keys")),
        _maybe(row, "at_once") == "true",
        _maybe(row, "then"),
        _maybe(row, "choose"),
        _maybe(row, "many") == "true" or not _maybe(row, "choose"),
        tuple(map(_option, options)),
        _list(row.get("otherwise")),
        _maybe(row, "otherwise_opens") == "all",
        _maybe(row, "needs"),
    )


def _option(row: Map) -> Option:
    if unknown := row.pairs.keys() - OPTION_KEYS:
        raise ValueError(f"an option has no key `{min(unknown)}`")
    place = row.get("place")
    return Option(
        _text(row, "say"),
        _list(row.get("keys")),
        _list(row.get("opens")),
        place is not None,
        _list(place) if isinstance(place, Seq) else (),
        _maybe(row, "at_place") or None,
        _maybe(row, "when") == "true",
        _maybe(row, "weeks") == "true",
        _maybe(row, "bruise") == "true",
    )


def read_injury(row: Map) -> InjuryQuestion:
    """Read one injury question and its unsafe answer; ValueError says what is wrong."""
    by_place = row.get("keys_at")
    unsafe = _text(row, "unsafe")
    if unsafe not in {"yes", "no"}:
        raise ValueError(f"`unsafe` is yes or no, not {unsafe}")
    return InjuryQuestion(
        _text(row, "id"),
        _text(row, "ask"),
        _text(row, "why"),
        unsafe,
        _list(row.get("keys")),
        frozenset(_list(row.get("at"))) if "at" in row.pairs else None,
        {key.text: _list(value) for key, value in by_place} if isinstance(by_place, Map) else None,
    )
