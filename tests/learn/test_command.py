"""The command `supple learn`."""

from pathlib import Path

import pytest

from player.learn.pages import load_pages
from tests.commands import run
from tests.program import home_of


def learn(tmp_path: Path, *words: str, code: int = 0, **more: str) -> tuple[str, str]:
    done = run("learn", *words, env=home_of(tmp_path, **more), code=code)
    return done.stdout.decode(), done.stderr.decode()


def test_learn_prints_when_to_call_first_and_then_all_pages(tmp_path: Path) -> None:
    out, _ = learn(tmp_path, LANG="en_GB.UTF-8", TZ="Europe/London")
    rows = out.splitlines()
    assert rows[0] == "Why does it hurt behind the knee?"
    assert rows[2] == "Call your emergency number now: 999"
    places = [out.index(words) for words in ("Get seen today", "not a diagnosis", "blood-clot")]
    assert places == sorted(places)
    for page in load_pages()[1:]:
        assert f"  {page.id} " in out and page.title in out
    assert learn(tmp_path, "why", LANG="en_GB.UTF-8", TZ="Europe/London")[0] == out


@pytest.mark.parametrize("words", [["dvt"], ["deep", "vein", "thrombosis"], ["Blood Clot"]])
def test_a_page_is_found_by_everyday_words(tmp_path: Path, words: list[str]) -> None:
    out, _ = learn(tmp_path, *words)
    assert out.startswith("Blood clot in a leg (deep vein thrombosis)\n")
    assert "Get seen today" in out and "nothing plays" in out


@pytest.mark.parametrize(("columns", "most"), [("40", 40), ("100", 100), ("", 80)])
def test_a_page_is_wrapped_to_the_width_of_the_terminal(
    tmp_path: Path, columns: str, most: int
) -> None:
    out, _ = learn(tmp_path, "dvt", COLUMNS=columns)
    longest = max(map(len, out.splitlines()))
    assert most - 12 < longest <= most


def test_an_unknown_topic_gives_an_error_with_a_suggestion(tmp_path: Path) -> None:
    out, error = learn(tmp_path, "bakers", "cist", code=1)
    assert out == ""
    assert error == "supple: There is no page `bakers cist`; did you mean `bakers cyst`?\n"
    _, error = learn(tmp_path, "\x1b]0;x\x07", code=1)
    assert "`supple learn` lists all pages." in error


def test_a_coachs_own_folder_named_learn_is_checked_as_routines(tmp_path: Path) -> None:
    own = tmp_path / "learn"
    own.mkdir()
    (own / "mine.yaml").write_text("name: Mine\nsteps: 3\n", "utf-8")
    done = run("check", "--strict", str(own), env=home_of(tmp_path), code=1)
    assert b"mine.yaml:2" in done.stdout


def test_control_codes_from_the_environment_are_not_printed(tmp_path: Path) -> None:
    out, _ = learn(tmp_path, "dvt", SUPPLE_EMERGENCY="9\x1b[2J9\x9b1m")
    assert "Call your emergency number now: 112, or the local emergency number" in out
    assert "[2J" not in out
