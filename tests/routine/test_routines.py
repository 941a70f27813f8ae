"""The shipped routines: what each must contain, how long it lasts, and its texts."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from player.check.lint.every_rule import lint
from player.check.lint.words import FORBIDDEN, LONGEST_LINE
from player.library.folders import open_library
from player.library.opening import Opened, open_routine
from player.routine.catalogue import lookup_key
from player.routine.model import Exercise, Routine, Step, Text, exactly
from player.routine.pieces import SegmentKind
from player.routine.shipped import shipped_entries
from player.routine.terms import SHIPPED, load_terms
from player.routine.vocabulary import Kind, Region, Side
from tests.cases import cases

SECOND, MINUTE = 1_000, 60_000
LIBRARY = open_library([SHIPPED])
CATALOGUE_FILES = sorted((SHIPPED / "exercises").glob("*.yaml"))
LANGUAGES = ("en", "es")


@cache
def opened(id_: str) -> Opened:
    file = LIBRARY.find(id_)
    assert file, f"there is no routine {id_}"
    return open_routine(file, LIBRARY.catalogue)


def routine(id_: str) -> Routine:
    found = opened(id_)
    assert found.routine, found.report()
    return found.routine


def total_ms(id_: str) -> int:
    timeline = opened(id_).timeline
    assert timeline
    return timeline.total_ms


every_routine = cases("id_", LIBRARY.ids)


# Required content

STRETCH, MOVE, ROLL, PRESS = Kind.STATIC, Kind.DYNAMIC, Kind.ROLL, Kind.PRESS
CALF, QUAD, HAM, HIP, BELLY = Region.CALF, Region.QUAD, Region.HAM, Region.HIPFLEXOR, Region.BELLY


class Must(NamedTuple):
    """The purpose of a routine: these kinds of work on this part, within these minutes."""

    region: Region
    kinds: frozenset[Kind]
    least: float
    most: float


def short(region: Region) -> Must:
    return Must(region, frozenset({STRETCH}), 4, 5)


def long(region: Region, *more: Kind) -> Must:
    return Must(region, frozenset({STRETCH, MOVE, *more}), 8, 15)


def massage(region: Region, *kinds: Kind) -> Must:
    return Must(region, frozenset(kinds), 8, 15)


SHORT = {
    "calf-stretch-short": short(CALF),
    "quad-stretch-short": short(QUAD),
    "hamstring-stretch-short": short(HAM),
    "psoas-stretch-short": short(HIP),
}
LONG = {
    "calf-stretch": long(CALF),
    "quad-stretch": long(QUAD),
    "hamstring-stretch": long(HAM),
    "psoas-stretch": long(HIP, Kind.CONTRACT_RELAX),
    # other stretches of the same part
    "calf-step-strap": long(CALF),
    "quad-stretch-kneeling": long(QUAD),
}
MASSAGE = {
    "calf-roller": massage(CALF, ROLL),
    "calf-ball": massage(CALF, ROLL, PRESS),
    "quad-massage": massage(QUAD, ROLL, PRESS),
    "hamstring-massage": massage(HAM, ROLL, PRESS),
    "psoas-massager": massage(BELLY, Kind.DEEP_PRESS),
}
EXPECTED = {**SHORT, **LONG, **MASSAGE}


@cases("id_", EXPECTED)
def test_each_part_of_the_leg_has_a_short_and_a_long_stretch_and_a_massage(id_: str) -> None:
    must, found = EXPECTED[id_], routine(id_)
    kinds = {step.exercise.kind for step in found.steps if must.region in step.exercise.regions}
    assert must.kinds <= kinds
    assert must.region in found.regions
    assert must.least * MINUTE <= total_ms(id_) <= must.most * MINUTE


@pytest.mark.parametrize("id_", MASSAGE)
def test_no_routine_presses_harder_than_four_out_of_ten(id_: str) -> None:
    for step in routine(id_).steps:
        if step.exercise.is_massage:
            assert step.dose.pressure and step.dose.pressure.high <= 4, step.exercise.id


@pytest.mark.parametrize("file", CATALOGUE_FILES, ids=lambda file: file.stem)
def test_each_exercise_of_the_catalogue_is_used_by_a_routine(file: Path) -> None:
    used = {step.exercise.id for id_ in LIBRARY.ids for step in routine(id_).steps}
    assert {entry.id for entry in shipped_entries(file, load_terms())} - used == set()


def test_names_are_unique_in_each_language() -> None:
    for language in LANGUAGES:
        names = Counter(lookup_key(routine(id_).name.pick((language,))) for id_ in LIBRARY.ids)
        assert [name for name, count in names.items() if count > 1] == []


# Length and amount


@every_routine
def test_a_routine_lasts_exactly_as_long_as_it_states(id_: str) -> None:
    assert routine(id_).duration == exactly(total_ms(id_))


@every_routine
def test_left_and_right_get_the_same_work_in_total_and_of_each_exercise(id_: str) -> None:
    left, right = _work(id_, Side.LEFT), _work(id_, Side.RIGHT)
    assert left == right


def _work(id_: str, side: Side) -> Counter[str | None]:
    """Return the milliseconds of work for this side only, by exercise."""
    timeline = opened(id_).timeline
    assert timeline
    found: Counter[str | None] = Counter()
    for segment in timeline.segments:
        if segment.kind is SegmentKind.WORK and segment.side is side:
            found[segment.exercise] += segment.length
    return found


@every_routine
def test_neither_the_checker_nor_the_dose_rules_report_anything(id_: str) -> None:
    found = opened(id_)
    assert found.report() == ""
    assert [f"{p.code} {p.line} {p.message}" for p in lint(found, info=True)] == []


@pytest.mark.parametrize("id_", LONG)
def test_a_long_routine_stretches_each_side_one_to_four_minutes(id_: str) -> None:
    done = _work(id_, Side.LEFT) + _work(id_, Side.BOTH)
    held = {s.exercise for s in routine(id_).steps if s.exercise.kind is STRETCH}
    assert held
    for exercise in held:
        assert 60 * SECOND <= done[exercise.id] <= 240 * SECOND, exercise.id
    on_the_part = (e for e in held if EXPECTED[id_].region in e.regions)
    assert sum(done[exercise.id] for exercise in on_the_part) <= 240 * SECOND


# Texts


def texts(of: object, leave: type | None = None) -> Iterator[Text]:
    """Yield every text within these values, except inside values of type `leave`."""
    if isinstance(of, Text):
        yield of
    elif isinstance(of, tuple) and not (leave and isinstance(of, leave)):
        for part in of:
            if not (isinstance(of, Step) and leave and part is of.exercise.name):
                yield from texts(part, leave)


def own_texts(id_: str) -> list[Text]:
    """Return the texts of a routine itself, without those of the catalogue."""
    return list(texts(routine(id_), leave=Exercise))


def card_texts() -> list[tuple[str, Text]]:
    return [
        (entry.exercise.id, text)
        for entry in LIBRARY.catalogue.entries
        for text in texts((entry.exercise, entry.until, entry.cues))
    ]


@every_routine
def test_a_routine_states_its_purpose_its_equipment_and_its_sources(id_: str) -> None:
    found = routine(id_)
    assert found.about and found.goals and found.level and found.sources
    assert all(source.title and source.supports for source in found.sources)
    needed = {tool for step in found.steps for tool in step.exercise.equipment | step.equipment}
    assert needed <= found.equipment


@every_routine
def test_every_text_of_a_routine_is_in_both_languages(id_: str) -> None:
    own = own_texts(id_)
    assert len(own) > 1, "a name and what it is for, at least"
    for text in own:
        assert set(LANGUAGES) <= text.words.keys(), text
        assert text.words["en"] != text.words["es"]


def test_every_text_of_a_card_is_in_both_languages() -> None:
    assert {id_ for id_, text in card_texts() if not set(LANGUAGES) <= text.words.keys()} == set()


@every_routine
def test_texts_during_a_session_are_short(id_: str) -> None:
    reasons = [step.reason for step in routine(id_).steps]
    for text in texts(routine(id_).items, leave=Exercise):
        if text not in reasons:
            assert max(map(len, text.words.values())) <= LONGEST_LINE, text


FORBIDDEN_ES = re.compile(
    r"sin dolor no hay|aguant\w+ (?:el|tu) dolor|soport\w+ (?:el|tu) dolor|a pesar del dolor"
    r"|hasta que (?:se|te) (?:duerma|adormezca|entumezca)|hasta no sentir"
    r"|(?:romp|deshac|deshag)\w* (?:las |los |tus )?(?:adherencias|nudos|fascia)"
    r"|(?:elimin|liber|expuls|suelt)\w* (?:las |tus )?toxinas|desintoxic\w+"
    r"|\bcur(?:a|an|as|ar|ará|arán|ado|ada|ando|e|en|ación|ativo|ativa)\b"
    r"|(?<!\bno es un )\bdiagn[oó]stic\w*",
    re.IGNORECASE,
)
"""The Spanish words for those that rule L31 finds in English."""


def promises(text: Text) -> list[str]:
    """Return the words in a text that ask to bear pain or promise too much."""
    found = []
    for language, words in text.words.items():
        ban = FORBIDDEN_ES if language == "es" else FORBIDDEN
        found += [match[0] for match in ban.finditer(" ".join(words.split()))]
    return found


@every_routine
def test_no_routine_promises_too_much(id_: str) -> None:
    assert [word for text in own_texts(id_) for word in promises(text)] == []


def test_no_card_promises_too_much() -> None:
    assert [(id_, word) for id_, text in card_texts() for word in promises(text)] == []


@cases(
    "words",
    [
        "Sin dolor no hay ganancia.", "Aguanta el dolor.", "Hasta que se duerma la pierna.",
        "Rompe las adherencias.", "Elimina toxinas.", "Cura la rodilla.", "Para curar el muslo.",
        "Sirve de diagnóstico.", "Diagnosticar no cuesta.",
    ],
)  # fmt: skip
def test_spanish_promises_are_found(words: str) -> None:
    assert promises(Text({"es": words}))


@pytest.mark.parametrize(
    "words",
    ["Procura respirar.", "La piel está más oscura.", "No es un diagnóstico.", "Rompe el ritmo."],
)
def test_harmless_spanish_words_are_accepted(words: str) -> None:
    assert not promises(Text({"es": words}))
