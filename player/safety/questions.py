"""The questions as data: today, injury, profile and follow-ups (clinical content, section 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from player.document.rows import DataRow, RowError, read_rows
from player.routine.terms import SHIPPED, screening_data
from player.safety.matrix import Matrix, Rank, load_matrix


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a short list. `places` limits the places to choose from; empty allows all."""

    say: str
    keys: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    asks_place: bool = False
    places: tuple[str, ...] = ()
    at_place: str | None = None
    when: str = ""
    """How its day is asked: in the last `days`, in `weeks` or in `months`. With `now` nobody is
    asked: it counts from the day it was told.
    """
    then: str = ""
    """What follows instead of its keys alone: `lump` or `none`."""
    told: str = ""
    """The key of today's new signs that makes this line needless."""
    lowers: bool = False
    """Whether choosing it removes a limit, so that it also needs Enter."""
    bruise: bool = False
    """A bruise after a session. It is not a key of the matrix (section 2g)."""
    id: str = ""
    """What its findings are saved under, behind the id of the question, such as `P4.trip`."""
    ends: str = ""
    """The option of the same question that is over with this one."""

    def saved_as(self, question: str) -> str:
        """What the findings of this option are saved under."""
        return f"{question}.{self.id}" if self.id else question


@dataclass(frozen=True, slots=True)
class Question:
    """One question. A yes sets `keys`, opens `options`, or continues as `then` says."""

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
    group: str = ""
    """The heading above it in a list."""
    mildest: str = ""
    """The condition that a marked row stands for until its questions are answered."""
    rest: str = ""
    """How it reads when some of its lines were told today already."""

    @property
    def all_keys(self) -> frozenset[str]:
        """Every key that an answer to this question can set."""
        return frozenset(self.keys + self.otherwise).union(*(o.keys for o in self.options))

    def only_red(self, matrix: Matrix) -> bool:
        """Whether every possible yes is urgent, whichever option is chosen."""
        return all(matrix.conditions[key].rank >= Rank.URGENT for key in self.all_keys)


@dataclass(frozen=True, slots=True)
class InjuryQuestion:
    """One question about an injury. The answer `unsafe` sets its keys."""

    id: str
    ask: str
    why: str
    unsafe: str
    keys: tuple[str, ...]
    at: frozenset[str] | None = None
    keys_at: Mapping[str, tuple[str, ...]] | None = None
    older: tuple[str, ...] = ()
    """The keys instead of all these, if the injury is 4 to 21 days old."""
    opens: str = ""
    """The question that the answer `unsafe` opens."""
    opened_at: frozenset[str] = frozenset()
    """The places where this question is asked only if another one opens it."""
    thinner: bool = False
    """It is asked only of a person who takes a blood thinner."""

    def keys_for(self, place: str, old: bool = False) -> tuple[str, ...]:
        if old and self.older:
            return self.older
        return (self.keys_at or {}).get(place, self.keys)

    def is_for(self, place: str) -> bool:
        return self.at is None or place in self.at

    @property
    def all_keys(self) -> frozenset[str]:
        """Every key that an answer to this question can set."""
        return frozenset(self.keys + self.older).union(*(self.keys_at or {}).values())


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
    """Texts by name, such as `S1` or `age.ask`."""
    injury: tuple[InjuryQuestion, ...]
    """The questions about an injury of the first days. Some are also asked about an older one."""
    older: Mapping[str, InjuryQuestion]
    """The further questions about an injury of 4 to 21 days, by id."""
    profile: tuple[Question, ...]
    followups: tuple[Question, ...]
    anything_new: Question
    """Asks what is new since the last session."""
    above: Question
    """Asks about new soreness above the belly."""
    scale: tuple[str, ...]
    """A description of soreness for each number from 0 to 10."""

    @property
    def about_deep_pressure(self) -> tuple[str, ...]:
        """What to read before deep pressure is switched on."""
        return tuple(self.words[f"deep.line_{number}"] for number in (1, 2, 3))

    @property
    def early_care(self) -> tuple[str, ...]:
        """What to do in the first days after an injury (section 2f)."""
        return tuple(self.words[f"injury.early_care_{number}"] for number in (1, 2, 3))

    def find_injury(self, id_: str) -> InjuryQuestion | None:
        """Return the question about an injury with this id, or None."""
        return next((q for q in (*self.injury, *self.older.values()) if q.id == id_), None)

    def find(self, id_: str) -> Question | None:
        """Return the question with this id from any list, or None."""
        asked = (*self.today, *self.profile, *self.followups, self.anything_new, self.above)
        return next((question for question in asked if question.id == id_), None)


@cache
def load_questionnaire() -> Questionnaire:
    """Read all questions once. Raises ScreeningMissing; without them nothing is played."""
    with screening_data("the screening questions"):
        return read_questionnaire()


def read_questionnaire() -> Questionnaire:
    """Read all question files and check that every name they use exists. Raises RowError."""
    today, injury = _file("today.yaml"), _file("injury.yaml")
    profile, followups = _file("profile.yaml"), _file("followups.yaml")
    last_time = _file("last_time.yaml")
    soreness = today.row("soreness", "`soreness`")
    words = soreness.all_texts()
    words |= {f"injury.{key}": text for key, text in injury.all_texts().items()}
    words |= {f"after.{key}": text for key, text in last_time.all_texts().items()}
    deep = _file("deep_pressure.yaml")
    words |= {f"deep.{key}": text for key, text in deep.all_texts().items()}
    for file, part in [
        (profile, "profile"),
        (profile, "age"),
        (profile, "confirm"),
        (profile, "cleared"),
        (profile, "when"),
        (profile, "over"),
        (profile, "off"),
        (today, "lump"),
        (today, "slip"),
        (injury, "hurt"),
    ]:
        texts = file.row(part, f"`{part}`").all_texts()
        words |= {f"{part}.{key}": text for key, text in texts.items()}
    found = Questionnaire(
        _questions(today, "questions"),
        read_question(today.row("cramp", A_QUESTION)),
        tuple(
            PlaceName(row.text("id"), row.text("key"), row.text("say"))
            for row in today.rows("places", "a place")
        ),
        words,
        tuple(map(read_injury, injury.rows("questions", A_QUESTION))),
        {q.id: q for q in map(read_injury, injury.rows("older", A_QUESTION))},
        _questions(profile, "questions"),
        _questions(followups, "followups"),
        read_question(last_time.row("anything_new", A_QUESTION)),
        read_question(today.row("above", A_QUESTION)),
        _scale(soreness),
    )
    _all_keys_exist(found)
    _all_names_exist(found)
    return found


def _questions(root: DataRow, key: str) -> tuple[Question, ...]:
    return tuple(map(read_question, root.rows(key, A_QUESTION)))


def _all_keys_exist(found: Questionnaire) -> None:
    known = load_matrix().conditions
    asked = (
        *(*found.today, found.cramp, *found.profile, *found.followups),
        *(found.anything_new, found.above),
    )
    keys = {key for question in asked for key in question.all_keys}
    keys |= {question.mildest for question in asked if question.mildest}
    keys |= {option.told for question in asked for option in question.options if option.told}
    hurt = (*found.injury, *found.older.values())
    keys |= {key for question in hurt for key in question.all_keys}
    if unknown := keys - known.keys():
        raise _unknown("condition", min(unknown))


def _all_names_exist(found: Questionnaire) -> None:
    rows = {question.id for question in found.profile}
    places = {place.id for place in found.places}
    options = [o for question in (*found.today, *found.profile) for o in question.options]
    options += [o for question in found.followups for o in question.options]
    unknown = {row for option in options for row in option.opens} - rows
    unknown |= {place for option in options for place in option.places} - places
    unknown |= {option.at_place for option in options if option.at_place} - places
    unknown |= places ^ load_matrix().places.keys()
    hurt = (*found.injury, *found.older.values())
    unknown |= {place for q in hurt for place in (*(q.at or ()), *q.opened_at)} - places
    unknown |= {q.opens for q in hurt if q.opens} - {q.id for q in hurt}
    unknown |= _unknown_endings(found)
    if unknown:
        raise _unknown("place or question", min(unknown))


def _unknown_endings(found: Questionnaire) -> set[str]:
    """The names of options under `ends`, and answers under `for_answer`, that do not exist.

    An option that asks for a day and sets nothing that ends is listed by its words.
    """
    conditions = load_matrix().conditions
    lines = [o for q in (*found.today, *found.profile) for o in q.options]
    dated = [o for o in lines if o.when in {"weeks", "months"}]
    endless = {o.say for o in dated if not any(conditions[key].lasts for key in o.keys)}
    ended = {f"{q.id}.{o.ends}" for q in found.profile for o in q.options if o.ends}
    timed = {answer for row in conditions.values() for answer in row.lasts_by}
    asked = (*found.today, *found.profile)
    return endless | (ended | timed) - {o.saved_as(q.id) for q in asked for o in q.options}


def _unknown(what: str, word: str) -> RowError:
    return RowError(f"there is no {what} `{word}`", "", None, word)


def _file(name: str) -> DataRow:
    return read_rows(SHIPPED / "screening" / name, f"`{name}`")


def _scale(soreness: DataRow) -> tuple[str, ...]:
    scale = soreness.texts("scale")
    if len(scale) != 11:
        words = "`scale` should have words for each number from 0 to 10"
        raise soreness.wrong("scale", words)
    return scale


_WHENS = {word: word for word in ("now", "days", "weeks", "months")}
A_QUESTION = "a question"
QUESTION_KEYS = frozenset(
    {"id", "ask", "why", "keys", "at_once", "then", "choose", "many", "options", "otherwise"}
    | {"otherwise_opens", "needs", "group", "mildest", "rest"}
)
INJURY_KEYS = frozenset(
    {"id", "ask", "why", "unsafe", "keys", "at", "keys_at", "older", "opens", "opened_at"}
    | {"thinner"}
)
OPTION_KEYS = frozenset(
    {"say", "keys", "opens", "place", "at_place", "when", "then", "bruise", "id", "ends"}
    | {"told", "lowers"}
)


def read_question(row: DataRow) -> Question:
    """Read one question with its options. Raises RowError."""
    row.only(QUESTION_KEYS)
    return Question(
        row.text("id"),
        row.text("ask"),
        row.text_or("why"),
        row.texts_or("keys"),
        row.flag("at_once"),
        row.text_or("then"),
        row.text_or("choose"),
        row.flag("many") or "choose" not in row,
        tuple(map(_option, row.rows_or("options", "an option"))),
        row.texts_or("otherwise"),
        "otherwise_opens" in row and row.one_of("otherwise_opens", {"all": True}),
        row.text_or("needs"),
        row.text_or("group"),
        row.text_or("mildest"),
        row.text_or("rest"),
    )


def _option(row: DataRow) -> Option:
    row.only(OPTION_KEYS)
    asks_place = "place" in row
    anywhere = asks_place and row.is_text("place") and row.flag("place")
    return Option(
        row.text("say"),
        row.any_texts("keys"),
        row.texts_or("opens"),
        asks_place,
        () if anywhere else row.texts_or("place"),
        row.text_or("at_place") or None,
        row.one_of("when", _WHENS) if "when" in row else "",
        row.text_or("then"),
        row.text_or("told"),
        row.flag("lowers"),
        row.flag("bruise"),
        row.text_or("id"),
        row.text_or("ends"),
    )


def read_injury(row: DataRow) -> InjuryQuestion:
    """Read one injury question with its unsafe answer. Raises RowError."""
    row.only(INJURY_KEYS)
    by_place = row.row("keys_at", "`keys_at`") if "keys_at" in row else None
    if row.text("unsafe") not in {"yes", "no"}:
        raise row.wrong("unsafe", f"`unsafe` is yes or no, not {row.text('unsafe')}")
    return InjuryQuestion(
        row.text("id"),
        row.text("ask"),
        row.text("why"),
        row.text("unsafe"),
        row.any_texts("keys"),
        frozenset(row.texts("at")) if "at" in row else None,
        {place: by_place.texts(place) for place in by_place} if by_place else None,
        row.texts_or("older"),
        row.text_or("opens"),
        frozenset(row.texts_or("opened_at")),
        row.flag("thinner"),
    )
