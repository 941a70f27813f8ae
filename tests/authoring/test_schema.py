"""The schema for editors: it accepts everything that `check` accepts, and never changes."""

import ast
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from player.authoring.schema import patterns, words
from player.authoring.schema.doses import own_dose, usual_doses
from player.authoring.schema.pieces import Schema
from player.authoring.schema.writing import as_text, schema_text, write
from player.document.read import read_bytes
from player.library.folders import open_library
from player.library.opening import open_routine
from player.routine import dose as grammar
from player.routine.catalogue import Catalogue
from player.routine.dose_scanner import Issue
from player.routine.entries import KEYS, read_entries
from player.routine.model import When
from player.routine.reader import BLOCK_KEYS, ROUTINE_KEYS
from player.routine.step_reader import ITEM_KEYS
from player.routine.terms import SHIPPED, load_terms
from player.routine.vocabulary import (
    EQUIPMENT,
    PHASE_WORDS,
    Goal,
    Kind,
    Level,
    Position,
    Region,
    Sides,
    Variant,
)
from tests.authoring.editing import catalogues, objections, routines, schema_of, value_of
from tests.cases import cases
from tests.commands import run
from tests.cost import cost
from tests.habits import tries
from tests.program import PROGRAM, home_of
from tests.routine.reading import PLACE, errors, opened, shipped, with_steps
from tests.routine.test_properties import BLOCKS, DOSE_WORDS, FILES, mutated
from tests.session.test_written_played import ROWS
from tests.test_repository import ROOT

QUICK = settings(max_examples=tries(50), deadline=None, suppress_health_check=list(HealthCheck))
FORMAT_TESTS = [
    *sorted((ROOT / "tests" / "routine").glob("*.py")),
    *(ROOT / "tests" / "session" / f"test_{name}.py" for name in ("meaning", "written_played")),
    ROOT / "tests" / "document" / "test_trust.py",
]
EXERCISES = sorted((SHIPPED / "exercises").glob("*.yaml"))
BROKEN = sorted((ROOT / "tests" / "check" / "broken").glob("*.yaml"))


def check_and_schema_accept(text: str) -> bool:
    """Return whether `check` accepts a file. If it does, the schema must accept it too."""
    found = opened(text)
    if errors(found):
        return False
    assert objections(routines(), value_of(text)) == [], text
    return True


# The schema accepts what `check` accepts


@cases("name", FILES)
def test_every_shipped_routine_is_accepted(name: str) -> None:
    assert check_and_schema_accept(FILES[name])


@pytest.mark.parametrize("file", EXERCISES, ids=lambda file: file.stem)
def test_every_shipped_catalogue_is_accepted(file: Path) -> None:
    assert objections(catalogues(), value_of(file.read_bytes())) == []


@cases("written", [row[0] for row in ROWS])
def test_the_table_of_the_format_is_accepted(written: str) -> None:
    assert check_and_schema_accept(
        with_steps(*(step.strip().strip("`") for step in written.split("⏎")))
    )


def texts_of(file: Path) -> Iterator[str]:
    """Yield every text in the source of a test, without the mark for the place of a problem."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value.replace(PLACE, "")


def test_every_valid_text_in_the_tests_of_the_format_is_accepted() -> None:
    """Each text is tried as a whole file, as a step, and above the steps."""
    accepted = 0
    for text in dict.fromkeys(text for file in FORMAT_TESTS for text in texts_of(file)):
        accepted += check_and_schema_accept(text) + check_and_schema_accept(with_steps(text))
        if ":" in text:
            accepted += check_and_schema_accept(with_steps("A: 30s", above=f"{text}\n"))
    assert accepted > 100


VALUES = {
    "hold": ["30", "30s", "'30'", "1:30", "20-30s", "up to 40s", "[10s, 20]", "10s, 20s",
             "Up To 1M"],
    "roll": ["60", "1:00"],
    "passes": ["5", "5-10", "[5, 6]"],
    "reps": ["10", "8-12", "12, 10, 8", "[12, 10]", "010", "'3'"],
    "breaths": ["5", "5-6"],
    "phases": ["[{contract: 6, effort: 25%}, {stretch: 20s, say: Hm}]", "[{Own word: 1:00}]",
               "[{effort: 5s}]", "[{contract: 6s, effort: [25], pressure: 3-4}]"],
    "cycles": ["2", "2-3"],
    "sets": ["3", "2-3", "'2'", "100"],
    "side": ["each", "one", "Each Side", "per leg", "left then right", "[left]", "BOTH"],
    "first": ["right", "Left"],
    "rest": ["10", "10s", "[10s]", "1.5", "0", "5-10s"],
    "relax": ["3s", "0"], "switch": ["5s"], "ready": ["0s"],
    "tempo": ["3-1-3", "2s", "40/min", "self-paced", "Self Paced", "2 sec"],
    "breathe": ["4-6", "free", "Free", "4-4-4-4", "4–6"],
    "pressure": ["4", "3-4", "'4'", "0"], "effort": ["25", "25%", "20-30 %"],
    "dose": ["30s", "3 × 30s each side", "'10 reps'", "[10 reps]", "[12, 10, 8 reps]"],
    "load": ["12RM", "5", "yes", "~"], "variant": ["Easier", "harder"],
    "until": ["It is warm", "5", "true", "{en: Warm, pt-BR: 3}", "null"],
    "equipment": ["strap", "[strap, Wall, none]", "strap, wall", "rope", "[3]"],
    "note": ["Yes", "no", "{en: Hm}", "1:30"], "often": ["2/day", "Every 2 days", "daily"],
    "lasts": ["60", "60s", "1-2m"], "optional": ["true", "True", "tRUE", "'false'"],
    "reason": ["5"],
    "kind": ["static-stretch", "Static_Stretch", "ROLL"],
    "regions": ["calf", "[calf, Ham]", "calf, ham", "[]"],
    "position": ["supine", "[supine, half_kneel]", "Half-Kneel, chair"],
    "cues": ["{half: Hm}", "{15s: {say: Hm, when: First_Set}}", "{-5s: {en: Hm}, 50%: 3}",
             "{0s: {clip: a/b.wav}, Half: {say: {en: Hm}}}"],
    "avoid_if": ["pad", "[pad, dvt-risk]", "pad, heart", "[]"], "caution": ["dvt_risk"],
    "screening": ["skin", "[new_ache]", "new-ache, skin"],
}  # fmt: skip
EXERCISE = st.sampled_from(
    ["calf-wall-straight", "CALF_WALL straight", "Calf roll", "calf_roll", "calf--roll", "Mine"]
)
STEP_KEYS = st.lists(
    st.sampled_from([(name, value) for name, values in VALUES.items() for value in values]),
    max_size=4,
    unique_by=lambda pair: pair[0],
)
FIRST = st.one_of(
    st.builds("{}: {}".format, EXERCISE, st.sampled_from(["30s", "", "2 X 30 S  per leg", "''"])),
    st.builds("use: {}".format, EXERCISE),
    st.builds("name: {}".format, st.sampled_from(["Mine", "calf-roll", "{en: A, de: B}", "5"])),
)


@pytest.mark.soak
@settings(QUICK, max_examples=tries(120))
@given(FIRST, STEP_KEYS)
def test_any_valid_step_is_accepted(first: str, keys: list[tuple[str, str]]) -> None:
    check_and_schema_accept(
        with_steps("\n".join([first, *(f"{name}: {value}" for name, value in keys)]))
    )


def test_check_accepts_a_step_with_each_of_the_valid_keys() -> None:
    accepted = {
        name
        for name, values in VALUES.items()
        for value in values
        for first in ("Mine: 30s", "name: Mine")
        if check_and_schema_accept(with_steps(f"{first}\n{name}: {value}"))
        or check_and_schema_accept(with_steps(f"{first}\nphases: [a: 5s]\n{name}: {value}"))
    }
    assert accepted == VALUES.keys()


ABOVE = st.lists(
    st.sampled_from(
        ["format: 1", "format: '01'", "about: ~", "author: 5", "license: null", "language: no",
         "level: Gentle", "regions: [calf]", "goals: night_cramp, Relax", "tags: [1, yes, b]",
         "tags: a, b", "equipment: strap", "duration: 600", "duration: 5-20m", "often: 6-7/Week",
         "screening: cold", "avoid_if: [pad]", "caution: heart", "x-own: {a: [1]}", "x-b:",
         "sources: [{title: A, year: 2011}, B, 5]", "sources: A", "sources: {title: 3}",
         "defaults: {ready: 8, switch: [5s], rest: 10s, relax: 0, first: Right, breathe: free}",
         "defaults: {}",
         "exercises: {my-stretch: {name: Own, kind: roll, regions: calf, position: chair,"
         " sides: one, dose: [30s], x-note: 1, how: Do it}}",
         "exercises: {my_2: {name: {en: Own}, kind: static_stretch, regions: [calf], sides: both,"
         " position: Supine, dose: {hold: 30, until: Hm, cues: {half: A}}, figure: [1]}}"]
    ),
    max_size=5,
    unique_by=lambda line: line.split(":")[0],
)  # fmt: skip
ITEMS = st.lists(
    st.sampled_from(
        ["calf-roll", "Calf roll", "calf_roll:", "my-stretch", "my_stretch: 30s", "use: my-2",
         "rest: 20", "{say: Hm, rest: 5s}", "{wait: 5, say: Hm}", "say: {en: A}", "say: yes",
         "{block: 3, rounds: 2-3, between: 5, lasts: 60, note: Hm, steps: [my-stretch, A: 5s]}",
         "rounds: 2\nsteps:\n  - calf_roll\n  - Mine: 5 reps", "name: Mine\nhold: 5s"]
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


@pytest.mark.soak
@settings(QUICK, max_examples=tries(80))
@given(ABOVE, ITEMS)
def test_any_routine_of_valid_keys_that_check_accepts_is_accepted(
    above: list[str], items: list[str]
) -> None:
    check_and_schema_accept(with_steps(*items, above="".join(f"{line}\n" for line in above)))


@pytest.mark.soak
@settings(QUICK, max_examples=tries(25))
@given(st.lists(BLOCKS, min_size=1, max_size=5))
def test_any_routine_of_valid_blocks_that_check_accepts_is_accepted(steps: list[str]) -> None:
    check_and_schema_accept(with_steps(*steps))


@pytest.mark.soak
@settings(QUICK, max_examples=tries(60))
@given(mutated())
def test_a_shipped_file_with_typing_errors_that_check_accepts_is_accepted(text: str) -> None:
    check_and_schema_accept(text)


WORDS = st.sampled_from([*DOSE_WORDS.split(), "2m", "1h", "h", "sec", "/min", "day", "/week", "%"])
READERS: dict[str, tuple[Callable[[str], tuple[object, tuple[Issue, ...]]], str]] = {
    "dose": (grammar.parse_dose, patterns.DOSE),
    "times": (grammar.parse_times, patterns.TIMES),
    "holds": (grammar.parse_holds, patterns.HOLDS),
    "counts": (lambda text: grammar.parse_counts(text, 1_000), patterns.COUNTS),
    "side": (grammar.parse_side, patterns.SIDE),
    "tempo": (grammar.parse_tempo, patterns.TEMPO),
    "breathe": (grammar.parse_breathe, patterns.BREATHE),
    "scale": (lambda text: grammar.parse_scale(text, "effort", 100), patterns.SCALE),
    "cue": (grammar.parse_cue_point, patterns.CUE_POINT),
}


@pytest.mark.soak
@pytest.mark.parametrize("name", READERS)
@settings(QUICK, max_examples=tries(40))
@given(
    st.lists(WORDS, min_size=1, max_size=8),
    st.sampled_from([" ", "", "  ", ", "]),
    st.sampled_from([str, str.upper, str.title]),
)
def test_each_pattern_matches_every_text_that_its_reader_accepts(
    name: str, parts: list[str], between: str, case: Callable[[str], str]
) -> None:
    read, pattern = READERS[name]
    text = case(between.join(parts))
    _, issues = read(text)
    if all(issue.warning for issue in issues):
        assert re.search(pattern, text), text


HARD = (
    "30s " * 225, "1" * 999, "left " * 197 + "!", "3 x " * 247, "12, " * 247 + "x",
    "rest 1 s " * 100 + "!", " " * 999 + "x", "pressure 3  " * 75 + "!",
)  # fmt: skip


def test_no_pattern_backtracks_exponentially() -> None:
    """All patterns together cost some 30 yardsticks.

    A pattern with exponential backtracking would take years.
    """
    patterns_ = [pattern for _, pattern in READERS.values()]
    price = cost(lambda: [re.search(pattern, text) for text in HARD for pattern in patterns_])
    assert price.yardsticks < 200


# What the schema refuses, `check` refuses too


def test_what_the_schema_refuses_is_refused_by_check() -> None:
    for file in BROKEN:
        if objections(routines(), value_of(file.read_bytes())):
            assert errors(open_routine(file, shipped())), file.name


@cases(
    ("step", "message"),
    [
        ("calf-wal-straight: 30s", "no exercise and no key of this name"),
        ("calf-wal-straight", "no exercise and no key of this name"),
        ("use: calf-wal-straight", "no exercise and no key of this name"),
        ("calf-wall-straight: 30s\nhodl: 5s", "no exercise and no key of this name"),
        ("calf-wall-straight: 30", "seconds or reps?"),
        ("calf-wall-straight: thirty seconds", "Write a dose such as"),
        ("calf-wall-straight:\n  hold: 30s", "not more keys"),
        ("Mine: 30s\nkind: rol", "no such kind; one of: static-stretch"),
        ("Mine: 30s\nregions: [calf, clf]", "no such region"),
        ("Mine: 30s\navoid_if: [padd]", "no condition of this name"),
        ("Mine: 30s\noptional: yes", "`true` or `false`"),
        ("Mine: 30s\nnote: [a]", "Write a text, or texts by language"),
        ("Mine: 30s\nnote: {english: Hm}", "put quotes round"),
        ("Mine: 30s\nrest: soon", "Write a time such as"),
        ("Mine: 30s\ncues: {later: Hm}", "Write when"),
        ("name: Mine\nsets: 0\nhold: 5s", "less than the minimum of 1"),
        ("name: Mine\nsets: few\nhold: 5s", "Write a whole number"),
        ("name: Mine\ncycles: 2\nhold: 5s", "`cycles` goes with `phases`"),
        ("hold: 30s", "does not say which exercise"),
        ("rounds: 3\nMine: 30s", "to repeat one exercise write `sets`"),
        ("{block: A, round: 3, steps: [Mine: 5s]}", "A block has only the keys"),
        ("{steps: [calf-wal-straight: 30s]}", "no exercise and no key of this name"),
        ("[a]", "and no list"),
    ],
)
def test_mistakes_in_a_step_give_plain_messages(step: str, message: str) -> None:
    text = with_steps(step)
    assert errors(opened(text))
    messages = objections(routines(), value_of(text))
    assert any(message in line for line in messages), messages


@cases(
    ("text", "message"),
    [
        ("name: A\n", "A routine needs `steps:`."),
        ("steps: [A: 5s]\n", "A routine needs a `name:`."),
        ("name: A\nstep: [A: 5s]\n", "has no such key"),
        ("name: A\nsteps: A\n", "`steps` is a list"),
        ("name: A\nlevel: easy\nsteps: [A: 5s]\n", "no such level; one of: gentle"),
        ("name: A\nformat: 2\nsteps: [A: 5s]\n", "This is format 1"),
        ("name: A\ndefaults: {tempo: 2s}\nsteps: [A: 5s]\n", "`defaults` has only"),
        ("name: A\nsources: [{year: 3}]\nsteps: [A: 5s]\n", "no `title`"),
        ("name: A\nexercises: {my: {name: A}}\nsteps: [A: 5s]\n", "An exercise needs `kind:`."),
    ],
)
def test_mistakes_in_a_file_give_plain_messages(text: str, message: str) -> None:
    assert errors(opened(text))
    messages = objections(routines(), value_of(text))
    assert any(message in line for line in messages), messages


# The schema itself


def test_the_schema_is_valid_draft_07_and_small() -> None:
    for validator in (routines(), catalogues()):
        schema = validator.schema
        assert isinstance(schema, dict)
        Draft7Validator.check_schema(schema)
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        assert len(as_text(schema)) < 600_000


def test_the_schema_is_the_same_in_every_process(tmp_path: Path) -> None:
    """The schema does not depend on the hash seed of the process (PYTHONHASHSEED)."""
    other = subprocess.run(
        [*PROGRAM, "schema"], env=home_of(tmp_path, PYTHONHASHSEED="1"), capture_output=True,
        check=True,
    ).stdout  # fmt: skip
    assert other == schema_text(open_library([SHIPPED]), False, ("C",)).encode()


def properties(*path: str) -> Schema:
    found: object = routines().schema
    for part in (*path, "properties"):
        assert isinstance(found, dict)
        found = found[part]
    assert isinstance(found, dict)
    return found


def test_every_key_of_the_format_is_explained() -> None:
    ids = set(shipped().ids)
    for known, explained in (
        (ROUTINE_KEYS, properties()),
        (ITEM_KEYS | BLOCK_KEYS | ids, properties("definitions", "step")),
        (KEYS, properties("definitions", "entry")),
    ):
        assert explained.keys() == known
        assert all(isinstance(key, dict) and key["description"] for key in explained.values())


def test_every_word_of_the_format_is_explained() -> None:
    for known, explained in (
        (Kind, words.KINDS), (Region, words.REGIONS), (Position, words.POSITIONS),
        (Level, words.LEVELS), (Goal, words.GOALS), (Variant, words.VARIANTS),
        (Sides, words.SIDES), (When, words.WHENS), (EQUIPMENT, words.THINGS),
        (PHASE_WORDS, words.PHASES),
    ):  # fmt: skip
        assert set(explained) == set(known)


def test_an_exercise_has_a_card_and_its_usual_doses() -> None:
    step = properties("definitions", "step")
    card = step["calf-wall-straight"]
    assert isinstance(card, dict)
    for part in (
        "Wall calf stretch, knee straight", "static-stretch · calf · support",
        "2 x 30s each side rest 10s", "1. Face a wall", "*Feel:* A steady pull",
        "*Avoid:* heel lifting", "*Needs:* wall", "a knee that has been giving way",
    ):  # fmt: skip
        assert part in card["markdownDescription"]
    assert [snippet["body"] for snippet in card["defaultSnippets"]] == [
        "2 x 30s each side rest 10s", "30s each side", "3 x 30s each side rest 10s",
        "2 x 15s each side rest 10s",
    ]  # fmt: skip


@cases("id_", shipped().ids)
def test_every_offered_dose_passes_check_without_problems(id_: str) -> None:
    entry = shipped().find(id_)
    assert entry
    for dose, _ in usual_doses(entry):
        assert opened(with_steps(f"{id_}: {dose}")).problems == [], dose
    own = own_dose(entry)
    if own:
        with_own = opened(with_steps(f"{id_}: {own}")).routine
        alone = opened(with_steps(id_)).routine
        assert with_own and alone
        assert with_own.steps[0].dose == alone.steps[0].dose
    else:
        assert "phases" in entry.shape.keys


MINE = """\
my-stretch:
  name: {en: Mine *and* yours, de: Meins}
  regions: [calf]
  kind: static-stretch
  position: stand
  sides: one
  dose: 40s each side
"""


def own_catalogue() -> Catalogue:
    document = read_bytes(MINE.encode(), "mine.yaml")
    entries = read_entries(document.root, shipped(), document.problems)
    return Catalogue(load_terms()).joined([*shipped().shelf, *entries])


def test_ids_from_a_coachs_own_catalogue_are_accepted() -> None:
    text = with_steps("my-stretch: 30s", "my_stretch", "use: my-stretch")
    assert len(objections(routines(), value_of(text))) == 3
    schema = schema_of(own_catalogue())
    assert objections(Draft7Validator(schema), value_of(text)) == []
    assert "Mine \\\\*and\\\\* yours" in as_text(schema)


def test_a_file_may_use_the_ids_of_its_own_exercises() -> None:
    own = "exercises:\n  " + MINE.replace("\n", "\n  ").rstrip() + "\n"
    assert check_and_schema_accept(with_steps("my-stretch", "use: my_stretch", above=own))


def test_the_command_reads_the_search_path_and_writes_whole_files(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "exercises").mkdir(parents=True)
    (own / "exercises" / "mine.yaml").write_text(MINE)
    env = home_of(tmp_path, SUPPLE_PATH=str(own))
    file = tmp_path / "my schema.json"
    file.write_text("old")
    done = run("schema", "-o", str(file), env=env)
    assert b"# yaml-language-server: $schema=my%20schema.json" in done.stderr
    schema = json.loads(file.read_text("utf-8"))
    assert "my-stretch" in schema["definitions"]["step"]["properties"]
    assert not list(tmp_path.glob(".*.part"))
    for wrong in ("routine.yaml", "nowhere/x.json"):
        assert len(run("schema", "-o", wrong, env=env, code=1).stderr.splitlines()) == 1


def test_if_writing_fails_the_old_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write("\ud800", file)
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
