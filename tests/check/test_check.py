"""The rules in `check`: options, catalogue files, duplicate findings, arbitrary files."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from player.check.lint.every_rule import lint, lint_entries
from player.check.lint.safety import safety_errors
from player.check.report import Asked, FileReport, check_paths, format_problems, raised
from player.check.rules import RULES, SAFETY
from player.cli.parser import run
from player.document.problem import ERROR, INFO, WARNING, Problem
from player.document.read import read_bytes
from player.library.folders import open_library
from player.routine.entries import read_entries
from player.routine.model import Pick, Plan
from player.routine.terms import SHIPPED
from player.session.timeline import Choices, compile
from tests.cases import cases
from tests.check.linting import SHORT, codes, found, in_steps, text_of
from tests.habits import tries
from tests.routine.reading import marked, opened, shipped
from tests.routine.test_properties import BLOCKS, QUICK, mutated

SLOW = "{name: A, sets: 9, hold: 60s, CALF}"
"""L05, an info; and L11, a warning."""


def check(tmp_path: Path, text: str, asked: Asked = Asked(), name: str = "a.yaml") -> FileReport:  # noqa: B008  # frozen
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    (report,) = check_paths([file], open_library([SHIPPED]), asked)
    return report


# Options


def test_an_info_is_reported_only_on_request(tmp_path: Path) -> None:
    text = text_of("march-seated: 3:00", SLOW)
    assert "L05" not in codes(list(check(tmp_path, text).problems))
    severities = {p.code: p.severity for p in check(tmp_path, text, Asked(info=True)).problems}
    assert severities["L05"] == INFO


def test_an_info_is_never_a_failure_but_a_raised_rule_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text_of("march-seated: 3:00", "calf-wall-straight: 29s each side"))
    assert run(["check", "--strict", str(file)]) == 0
    assert capsys.readouterr().out == ""
    assert run(["check", "--strict", "--info", str(file)]) == 0
    assert f"{file}:4:25: info[L04]: calf" in capsys.readouterr().out
    assert run(["check", "--raise", "l04", str(file)]) == 1
    out = capsys.readouterr().out
    assert f"{file}:4:25: error[L04]" in out and "info[" not in out


def test_a_rule_that_is_reported_under_another_code_can_be_raised(tmp_path: Path) -> None:
    text = text_of("march-seated: 3:00", above="duration: 9m\n")
    assert {p.code: p.severity for p in check(tmp_path, text).problems} == {"W107": WARNING}
    report = check(tmp_path, text, Asked(raised=raised(["L32"])))
    assert {p.code: p.severity for p in report.problems} == {"W107": ERROR}


def test_raising_hides_nothing_and_lowers_nothing(tmp_path: Path) -> None:
    text = text_of("{name: A, hold: 3s, CALF}", SLOW)
    plain = check(tmp_path, text).problems
    for code in RULES:
        if RULES[code].of_file:
            asked = check(tmp_path, text, Asked(raised=raised([code]))).problems
            assert {(p.code, p.line) for p in plain} <= {(p.code, p.line) for p in asked}
            assert all(p._replace(severity=ERROR) in asked or p in asked for p in plain)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("L99", "did you mean"), ("X", "L01 to L43"), ("L07", "no rule about a file"),
        ("l0\x1b5", "there is no rule"),
    ],
)  # fmt: skip
def test_raising_a_code_that_is_no_rule_of_a_file_is_an_error(code: str, words: str) -> None:
    with pytest.raises(ValueError, match="rule") as error:
        raised([code])
    assert words in str(error.value) and "\x1b" not in str(error.value)


def test_infos_are_in_every_output_format(tmp_path: Path) -> None:
    text = text_of("march-seated: 3:00", "calf-wall-straight: 29s each side")
    report = check(tmp_path, text, Asked(info=True))
    (row,) = json.loads(format_problems([report], "json"))
    assert (row["code"], row["severity"], row["line"], row["column"]) == ("L04", "info", 4, 25)
    assert format_problems([report], "github").startswith("::notice file=")
    assert "= help: 60 seconds on each side" in format_problems([report], "text")
    quiet = check(tmp_path, text)
    assert format_problems([quiet], "json") == "[]"


def test_a_file_with_errors_is_not_linted(tmp_path: Path) -> None:
    report = check(tmp_path, text_of("{name: A, hold: 3s, CALF}", "B: 30"))
    assert {"E202", "W301"} == codes(list(report.problems))


# Catalogue files


ENTRY = """\
my-own:
  name: My own
  regions: [{region}]
  kind: {kind}
  position: chair
  sides: one
  dose: {dose}
"""


def entry_problems(text: str) -> list[Problem]:
    document = read_bytes(text.encode(), "exercises/a.yaml")
    entries = read_entries(document.root, shipped(), document.problems)
    assert not document.problems.has_errors, document.problems.found
    return list(lint_entries(document, entries))


def entry(kind: str, dose: str, *more: str, region: str = "calf") -> str:
    return ENTRY.format(kind=kind, dose=dose, region=region) + "".join(f"  {m}\n" for m in more)


COLD = ("how: [In a cloth., At 5 minutes look at the skin.]", "keep_off: [outer knee]")


@cases(
    ("code", "text"),
    [
        ("L01", entry("static-stretch", "▶3s each side")),
        ("L03", entry("static-stretch", "{side: each, hold: ▶61s}")),
        ("L12", entry("dynamic-stretch", "▶30 reps each side tempo 2s")),
        ("L13", entry("static-stretch", "30s each side", "how: [Sit tall., ▶Bounce a little.]")),
        ("L17", entry("contract-relax", "{▶phases: [{contract: 6s}, {stretch: 10s}], cycles: 5}")
            .replace("▶", "").replace("cycles: 5", "cycles: ▶5")),
        ("L20", entry("roll", "▶4 x 30s each side")),
        ("L21", entry("roll", "▶30s each side pressure 6")),
        ("L23", entry("deep-press", "▶61s each side", region="belly")),
        ("L23", entry("deep-press", "30s each side", "often: ▶2/day", region="belly")),
        ("L30", entry("breathe", "1:00", "breathe: ▶1-2")),
        ("L31", entry("roll", "30s each side", "feel: ▶It cures you.")),
        ("L35", entry("roll", "30s each side", f"how: [Sit., ▶{'hold ' * 18}x]")),
        ("L35", entry("roll", "30s each side",
            "▶how: [Immediately discontinue this unsatisfactory musculoskeletal activity of it.]")),
        ("L34", entry("heat", "10m one side", "▶how: [Lay it on.]")),
        ("L36", entry("cool", "▶16m one side", *COLD)),
        ("L37", entry("cool", "10m one side", "▶how: [In a cloth.]", COLD[1]).replace("▶", "")
            .replace("  dose: ", "  dose: ").replace("my-own", "▶my-own")),
        ("L38", entry("cool", "10m one side", COLD[0]).replace("my-own", "▶my-own")),
        ("L40", entry("cool", "10m one side", *COLD, "often: ▶every 1 hours")),
        ("L41", entry("early-care", "2m one side", "equipment: [wrap]", "▶how: [Wind it.]")),
        ("L43", entry("roll", "30s each side", "how: [Sit., ▶Take the left leg.]")),
        ("L43", entry("roll", "30s each side", "easier: ▶The leg on the right rests.")),
    ],
)  # fmt: skip
def test_an_entry_is_checked_with_the_rules_for_entries(code: str, text: str) -> None:
    written, line, col = marked(text)
    problems = [p for p in entry_problems(written) if p.code == code]
    assert (line, col) in [(p.line, p.col) for p in problems], entry_problems(written)


def test_a_correct_entry_has_no_problem() -> None:
    assert entry_problems(entry("cool", "10m one side", *COLD)) == []
    assert entry_problems(entry("static-stretch", "30s each side", "how: [Do not bounce.]")) == []
    assert entry_problems(entry("roll", "30s each side", "mistakes: [bouncing]")) == []


def test_an_entry_of_a_catalogue_file_is_checked_and_can_be_raised(tmp_path: Path) -> None:
    text = entry("press", "10s each side")
    assert check(tmp_path, text, name="exercises/a.yaml").problems == ()
    report = check(tmp_path, text, Asked(raised=frozenset({"L22"})), name="exercises/a.yaml")
    assert [(p.code, p.severity) for p in report.problems] == [("L22", ERROR)]


def test_words_of_a_private_entry_are_reported_at_their_place() -> None:
    lines = entry("static-stretch", "30s each side", "how: [▶Bounce.]").splitlines()
    own = "exercises:\n" + "".join(f"  {line}\n" for line in lines)
    text, line, col = marked(text_of("my-own", above=own))
    assert ("L13", line, col) in [(p.code, p.line, p.col) for p in found(text)]


# Files that can't be played


@cases(
    ("code", "step"),
    [
        ("L21", "{name: A, roll: 60s, pressure: 6, ROLL}"),
        ("L21", "{name: A, hold: 60s, pressure: 6}"),
        ("L23", "{name: A, hold: 121s, DEEP}"),
        ("L34", "{name: A, hold: 10m, HEAT}"),
        ("L36", "{name: A, hold: 21m, CLOTH, COLD}"),
        ("L37", "{name: A, hold: 10m, COLD}"),
        ("L38", "{name: A, hold: 10m, note: In a cloth, CALFCOLD}"),
        ("L41", "{name: A wrap, hold: 2m, EARLY}"),
    ],
)
def test_a_file_that_breaks_a_safety_rule_is_refused_whatever_its_reason(
    code: str, step: str
) -> None:
    for written in (step, step.replace("}", ", REASON}")):
        refused = safety_errors(opened(text_of(written)))
        assert code in codes(list(refused))
        assert all(problem.is_error for problem in refused)


def test_an_unsafe_entry_of_another_catalogue_is_refused_where_it_is_used() -> None:
    lines = entry("cool", "10m one side", COLD[1]).splitlines()
    own = "exercises:\n" + "".join(f"  {line}\n" for line in lines)
    assert codes(list(safety_errors(opened(text_of("my-own", above=own))))) == {"L37"}


def test_a_file_with_only_warnings_is_not_refused() -> None:
    steps = ("{name: A, hold: 3s, CALF}", "{name: B, roll: 9m, ROLL}", "{name: C, hold: 61s, DEEP}")
    assert {"L01", "L18", "L23"} <= codes(in_steps(*steps))
    assert safety_errors(opened(text_of(*steps))) == ()
    assert safety_errors(opened("name: A\n")) == ()


# No duplicates, and the shipped files


def test_a_place_that_is_never_pressed_and_a_length_keep_their_own_codes() -> None:
    file = opened(text_of("{name: Ball on the piriformis, kind: press, hold: 30s}"))
    assert "W401" in codes(file.problems)
    assert "L24" not in codes(list(lint(file)))
    file = opened(text_of("march-seated: 3:00", above="duration: 9m\n"))
    assert codes(file.problems) == {"W107"}
    assert lint(file) == ()


@cases("file", sorted(SHIPPED.rglob("*.yaml")))
def test_shipped_files_have_no_problem_even_with_every_rule_raised(file: Path) -> None:
    if {"learn", "screening"} & set(file.parts):
        return
    every = frozenset(raised([code for code, rule in RULES.items() if rule.of_file]))
    (report,) = check_paths([file], open_library([SHIPPED]), Asked(info=True, raised=every))
    assert report.problems == ()


# Any file


def look_at(text: str) -> None:
    file = opened(text)
    problems = lint(file)
    if file.routine is None:
        assert problems == ()
        return
    least, most = file.bounds
    assert least <= file.longest_ms <= most
    high = compile(Plan.whole(file.routine), Choices(Pick.HIGH))
    assert file.longest_ms == high.total_ms
    assert set(lint(file, info=False)) == {p for p in problems if not p.is_info}
    assert set(safety_errors(file)) == {p for p in problems if p.is_error and p.code in SAFETY}
    for problem in problems:
        rule = RULES[problem.code]
        assert rule.of_file and not rule.reported_as
        assert 1 <= problem.line <= len(file.document.lines)
        assert 1 <= problem.col <= len(file.document.lines[problem.line - 1])
        assert file.document.render(problem)


KINDS = st.sampled_from([*(word for word in SHORT if "kind" in SHORT[word]), "note: Mine"])
DOSES = st.sampled_from([
    "hold: 3s", "hold: 4-300s", "roll: 10m", "reps: 3", "reps: 4-30, tempo: 0.5s", "breaths: 5",
    "reps: 7, hold: 9s", "sets: 1-9, hold: 31s", "passes: 9, tempo: 90/min", "hold: up to 40m",
    "phases: [{contract: 2-20s, effort: 90%}, {stretch: 5-40s}], cycles: 1-9",
    "phases: [{hold: 3s, pressure: 9, say: Bounce}]", "dose: '10s, 20s, 400s'",
])  # fmt: skip
EXTRAS = st.sampled_from([
    "side: left", "side: one", "side: alternating", "side: each", "ready: 0s", "pressure: 3-7",
    "often: 3/day", "often: every 1 hours", "REASON", "breathe: 1-9-9", "cues: {1s: Bounce now}",
    "note: In a cloth", "equipment: [wrap]", "rest: 5s", "avoid_if: [heart]", "x: y",
])  # fmt: skip
STEPS = st.one_of(
    st.builds("{{name: A, {}, {}, {}}}".format, DOSES, EXTRAS, KINDS),
    st.builds("{{name: B, {}, {}}}".format, DOSES, KINDS),
    st.sampled_from(sorted(shipped().ids)),
    st.sampled_from(["rest: 3s", "say: Push through", "wait: Lie down", "{say: Hm, rest: 4s}"]),
    st.builds(
        "{{rounds: {}, rest: 1s, steps: [{{name: C, {}, {}}}, {{rest: 2s}}]}}".format,
        st.sampled_from(["1", "2", "1-3"]), DOSES, KINDS,
    ),
)  # fmt: skip
ABOVE = st.sampled_from([
    "", "goals: [pre-sport]\n", "goals: [early-care]\n", "tags: [65+]\n", "tags: [long hold]\n",
    "often: 2/day\n", "defaults: {ready: 1s}\n",
])  # fmt: skip


@pytest.mark.soak
@settings(QUICK, max_examples=tries(80), suppress_health_check=list(HealthCheck))
@given(st.lists(STEPS, min_size=1, max_size=6), ABOVE)
def test_any_routine_of_valid_parts_is_checked(steps: list[str], above: str) -> None:
    look_at(text_of(*steps, above=above))


WAITS_LAST = "{rounds: 2, rest: 1s, steps: [{name: A, dose: 30s each side}, {wait: Go}]}"


@pytest.mark.soak
@settings(QUICK, max_examples=tries(25))
@given(st.lists(BLOCKS, min_size=1, max_size=5))
@example([WAITS_LAST])
def test_any_blocks_are_checked(steps: list[str]) -> None:
    look_at(text_of(*steps))


@pytest.mark.soak
@settings(QUICK, max_examples=tries(80))
@given(mutated())
def test_a_shipped_file_with_typing_errors_is_checked(text: str) -> None:
    look_at(text)
