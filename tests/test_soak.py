"""`make soak` runs passes with one seed after another, until one fails."""

from pathlib import Path

import pytest

from tools.soak import MORE_OFTEN, main

FAILS_AT_SEED_8 = """
import pytest
from tests.habits import seed, tries

@pytest.mark.soak
def test_of_a_soak():
    assert tries(2) == 2 * {more_often}
    assert seed() < 8

def test_of_another_kind():
    assert False
"""


def test_a_soak_stops_at_the_first_failing_seed_and_says_how_to_repeat_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "test_a_soak.py"
    file.write_text(FAILS_AT_SEED_8.format(more_often=MORE_OFTEN))
    # The passes are so short that the time lasts beyond seed 8.
    assert main(["10", "7", "-n0", str(file)]) == 1
    said = capsys.readouterr().out
    assert "SUPPLE_TEST_SEED=8 " in said and "--hypothesis-seed=8 " in said
    assert f"-n0 {file}\n" in said
    assert "test_of_another_kind" not in said
    (figures,) = [line for line in said.splitlines() if line.startswith("soak: ")]
    assert figures.startswith("soak: 2 passes, 2 tests, seeds 7 to 8, ")
    assert figures.endswith(" minutes, 1 failures")


def test_a_soak_without_any_time_makes_one_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "test_a_soak.py"
    file.write_text(FAILS_AT_SEED_8.format(more_often=MORE_OFTEN))
    assert main(["0", "1", "-n0", str(file)]) == 0
    assert "soak: 1 passes, 1 tests, seeds 1 to 1, " in capsys.readouterr().out
