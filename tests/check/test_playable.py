"""Which files can't be played, and that finding out takes little work."""

import subprocess
import sys
from pathlib import Path

from player.check.lint.every_rule import lint
from player.check.lint.safety import SAFETY_RULES, safety_errors
from player.check.playable import open_to_play
from player.check.rules import RULES, SAFETY
from player.document.problem import ERROR
from player.library.opening import Opened
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.check.linting import WARM, codes, text_of
from tests.check.test_broken import FILES
from tests.check.test_rules import BROKEN, KEPT
from tests.cost import cost
from tests.routine.reading import marked, opened, shipped

ROUTINES = sorted(SHIPPED.glob("*.yaml"))
RULES_OF_PLAYING = {"safety", "care", "massage", "facts", "placing"}
"""The modules of `lint` that contain or support the safety rules."""


def refused_by_all_rules(file: Opened) -> set[tuple[str, int, int, str]]:
    """Return the errors of the safety rules among all findings of `check`."""
    problems = [p for p in lint(file, info=False) if p.is_error and p.code in SAFETY]
    return {(p.code, p.line, p.col, p.message) for p in problems}


def is_refused_for_the_same(file: Opened) -> None:
    alone = [(p.code, p.line, p.col, p.message) for p in safety_errors(file)]
    assert len(set(alone)) == len(alone)
    assert set(alone) == refused_by_all_rules(file)


@cases(("code", "level", "above", "steps"), BROKEN)
def test_playing_refuses_what_check_finds_unsafe(
    code: str, level: str, above: str, steps: list[str]
) -> None:
    text, _, _ = marked(text_of(WARM, *steps, above=above))
    is_refused_for_the_same(opened(text))
    if level == ERROR and code in SAFETY:
        assert code in codes(list(safety_errors(opened(text))))


@cases(("code", "above", "steps"), KEPT)
def test_playing_refuses_nothing_else(code: str, above: str, steps: list[str]) -> None:
    file = opened(text_of(WARM, *steps, above=above))
    is_refused_for_the_same(file)
    assert code not in codes(list(safety_errors(file)))


@cases("file", FILES)
def test_playing_refuses_a_broken_file_for_the_same_reasons_as_check(file: Path) -> None:
    is_refused_for_the_same(opened(file.read_bytes()))


@cases("file", ROUTINES)
def test_every_shipped_routine_may_be_played(file: Path) -> None:
    assert open_to_play(file, shipped()).routine is not None


def test_every_safety_rule_that_the_reader_does_not_check_is_in_the_table() -> None:
    found_by_reader = {code for code in SAFETY if RULES[code].reported_as}
    assert set(SAFETY_RULES) | found_by_reader == SAFETY
    assert found_by_reader == {"L24"}


def test_opening_a_file_to_play_runs_only_the_safety_rules() -> None:
    """The modules for reading grades, figures, wording and other doses are not imported."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "import player.plain.start, player.tui.visit, player.tui.screens.library\n"
        "from player.check.playable import open_to_play\n"
        "from player.library.folders import open_library\n"
        "from player.routine.terms import SHIPPED\n"
        "library = open_library([SHIPPED])\n"
        "assert all(open_to_play(file, library.catalogue).routine for file in library.files)\n"
        "print(*(name for name in sys.modules if name.startswith('player.check.')))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    read = set(run.stdout.split())
    rules = {name.rpartition(".")[2] for name in read if name.startswith("player.check.lint.")}
    assert rules == RULES_OF_PLAYING
    assert read - {f"player.check.lint.{name}" for name in rules} == {
        "player.check.lint", "player.check.playable",
    }  # fmt: skip


def test_the_safety_rules_take_less_than_half_the_time_of_all_rules() -> None:
    """It is about a third. Both have read the files before."""
    files = [opened(file.read_bytes()) for file in ROUTINES]

    def all_rules() -> None:
        for file in files:
            lint(file, info=False)

    def safety_alone() -> None:
        for file in files:
            safety_errors(file)

    all_rules()
    safety_alone()
    dear = min(cost(all_rules).yardsticks for _ in range(3))
    cheap = min(cost(safety_alone).yardsticks for _ in range(3))
    assert cheap < dear / 2, (cheap, dear)
