"""The emergency number of a person: set once, kept with the person, shown at the questions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from player.history.past import forget_person
from player.history.people import emergency_of, person_named
from player.history.store import HistoryError, open_store
from player.play.options import PlayOptions
from player.play.requests import AskAll, ShowNote, ShowResult
from tests.cli.test_people import kept_in
from tests.commands import run
from tests.play import hosts
from tests.play.hosts import Case, Shown, line_by_line, on_the_screens
from tests.program import home_of
from tests.safety.making import mark

HOSTS = pytest.mark.parametrize("play", [line_by_line, on_the_screens], ids=["plain", "screens"])
Host = Callable[[Case, Path], Shown]
CHEST_PAIN = Case("chest pain", replies={"today": mark("1")}, picks=("q",))


@pytest.fixture(autouse=True)
def in_berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.delenv("SUPPLE_EMERGENCY", raising=False)


def subtitle_of_questions(shown: Shown) -> str:
    (asked,) = [request for request in shown.requests if isinstance(request, AskAll)]
    return asked.head.subtitle


@HOSTS
def test_berlin_under_en_us_shows_112_and_not_a_bare_911(play: Host, tmp_path: Path) -> None:
    shown = play(CHEST_PAIN, tmp_path)
    assert subtitle_of_questions(shown) == "For: Ana · SOS 112 or the local one"
    (result,) = [request for request in shown.requests if isinstance(request, ShowResult)]
    assert result.number_words == (
        "Your emergency number: 112, or the local emergency number (at home 911)"
    )


@HOSTS
def test_a_number_that_was_set_once_is_shown_at_the_questions_from_then_on(
    play: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    healthy = Case("healthy", session=(1_000, "q", 2_000, "y"))
    with monkeypatch.context() as once:
        once.setattr(hosts, "MUTE", PlayOptions(mute=True, emergency="+49 112"))
        assert subtitle_of_questions(play(healthy, tmp_path)) == "For: Ana · SOS +49 112"
    shown = play(CHEST_PAIN, tmp_path)
    assert subtitle_of_questions(shown) == "For: Ana · SOS +49 112"
    (result,) = [request for request in shown.requests if isinstance(request, ShowResult)]
    assert result.number_words == "Your emergency number: +49 112"


@HOSTS
def test_a_setting_that_is_no_number_is_refused_before_the_questions(
    play: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUPPLE_EMERGENCY", "call mum")
    shown = play(CHEST_PAIN, tmp_path)
    (note,) = [request for request in shown.requests if isinstance(request, ShowNote)]
    assert "`SUPPLE_EMERGENCY` is not used" in note.heading
    assert subtitle_of_questions(shown) == "For: Ana · SOS 112 or the local one"


def test_a_number_with_other_signs_is_refused_on_the_command_line(tmp_path: Path) -> None:
    done = run("play", "calf-stretch", "--emergency", "112;", env=home_of(tmp_path), code=2)
    assert b"write the number with digits, spaces and + only" in done.stderr
    assert not kept_in(home_of(tmp_path)).exists()


def test_a_number_in_the_history_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HistoryError), open_store(tmp_path / "h.db") as store:
        ana = person_named(store, "Ana", 1)
        store.execute("UPDATE person SET emergency = 'call mum'")
        emergency_of(store, ana)


def test_forgetting_a_person_erases_their_number(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        person_named(store, "Ana", 1)
        store.execute("UPDATE person SET emergency = '112'")
        forget_person(store, "Ana")
        assert emergency_of(store, person_named(store, "Ana", 2)) == ""
