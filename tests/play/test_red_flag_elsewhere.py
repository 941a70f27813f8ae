"""A red flag that is told in one window ends the session in every other window."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from player.history.people import person_named, red_flag_of, save_red_flag
from player.history.volume import Loudness, save_loudness
from player.play.pain import Advice
from player.play.requests import AskAll
from player.play.running import LiveEffect, ToldElsewhere
from player.safety.matrix import Rank, load_matrix
from player.safety.profile import RedFlag
from player.safety.prompts import Reply
from player.safety.stop_list import Feeling, load_stop_list
from player.session.state import Do, Phase, Transport
from tests.grade import grade
from tests.play.test_flow import STRAINED
from tests.play.windows import Meanwhile, Windows, windows_in
from tests.safety.making import NOW, RED, mark
from tests.tui.stage import WALL

WITHIN_MS = 2_000
CHEST_PAIN: dict[str, Reply] = {"today": mark("1")}
HURT: dict[str, Reply] = {"today": mark("5"), "G5.when": "0"}


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    with windows_in(tmp_path) as windows:
        yield windows


def feeling(id_: str) -> Feeling:
    return next(line for line in load_stop_list() if line.id == id_)


def advice_in(effects: list[LiveEffect]) -> Advice:
    """Return the advice that a window shows."""
    (after,) = [effect.after for effect in effects if isinstance(effect, ToldElsewhere)]
    return Advice(after, "112")


def tell_in_the_questions(windows: Windows) -> None:
    windows.open(CHEST_PAIN, picks=("q",))


def tell_with_x(windows: Windows) -> None:
    other = windows.open()
    other.live.do(Do.HURTS)
    other.live.report_pain(feeling("heart"))


@pytest.mark.parametrize("tell", [tell_in_the_questions, tell_with_x])
@pytest.mark.parametrize("stop", [Do.LOOK, Do.PAUSE, Do.HURTS])
def test_chest_pain_told_elsewhere_ends_the_session_with_the_advice(
    windows: Windows, stop: Do, tell: Callable[[Windows], None]
) -> None:
    first = windows.open()
    first.pass_by(20_000)
    first.live.do(stop)
    tell(windows)
    effects = first.pass_by(WITHIN_MS)
    assert first.live.is_over
    assert any(isinstance(e, Transport) and e.phase is Phase.LEFT for e in effects)
    advice = advice_in(effects)
    assert advice.heading == "EMERGENCY. Stop. Sit or lie down. Call your emergency number now."
    assert advice.lines[0] == "Your emergency number: 112"
    assert advice.lines[1].startswith("You told of this in another window: chest pain, ")
    assert advice.after.over
    assert windows.states[0] == "partial", "it is not offered again"
    windows.clock.pass_by(3_600_000)
    assert "resume" not in windows.open({"R0": "l"}).asked


def test_an_injury_that_is_still_asked_about_ends_the_session_too(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    windows.open(HURT, leaves_at="I1")
    advice = advice_in(first.pass_by(WITHIN_MS))
    assert advice.heading == "URGENT. Stop. Do not test it. Get seen today."


def test_every_other_session_of_the_person_ends_and_no_other(windows: Windows) -> None:
    first, second, somebody_else = windows.open(), windows.open(), windows.open(person="Ben")
    tell_in_the_questions(windows)
    for _ in range(WITHIN_MS // 500):
        first.live.look()
        second.live.look()
        somebody_else.pass_by(500)
    assert (first.live.is_over, second.live.is_over) == (True, True)
    assert not somebody_else.live.is_over


@pytest.mark.parametrize("key", sorted(RED))
def test_each_red_flag_ends_the_session_with_its_class_and_what_to_do(
    windows: Windows, key: str
) -> None:
    first = windows.open()
    save_red_flag(windows.store, person_named(windows.store, "Ana", WALL), RedFlag(key, "G1", NOW))
    advice = advice_in(first.pass_by(WITHIN_MS))
    rank = load_matrix().conditions[key].rank
    assert advice.heading.startswith(f"{rank.name}. Stop. ")
    assert ("Your emergency number: 112" in advice.lines) == (rank is Rank.EMERGENCY)
    assert grade(advice.after.words) <= 7


def test_a_flag_that_this_program_does_not_know_ends_the_session_as_urgent(
    windows: Windows,
) -> None:
    first = windows.open()
    ana = person_named(windows.store, "Ana", WALL)
    save_red_flag(windows.store, ana, RedFlag("from_a_newer_version", "G1", NOW))
    advice = advice_in(first.pass_by(WITHIN_MS))
    assert advice.heading.startswith("URGENT. Stop. Get seen today")


def test_a_feeling_that_may_still_pass_does_not_end_its_own_session(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    first.live.do(Do.HURTS)
    first.live.report_pain(feeling("deep"))
    save_loudness(windows.store, person_named(windows.store, "Ana", WALL), Loudness())
    assert not any(isinstance(e, ToldElsewhere) for e in first.pass_by(WITHIN_MS))
    assert not first.live.is_over


def test_a_feeling_that_passes_takes_no_flag_of_another_window_with_it(windows: Windows) -> None:
    first = windows.open()
    first.pass_by(20_000)
    first.live.do(Do.HURTS)
    tell_in_the_questions(windows)
    first.live.report_pain(feeling("deep"))
    first.live.answer_check("y")
    red = red_flag_of(windows.store, person_named(windows.store, "Ana", WALL))
    assert red is not None and red.key == "pe_heart"
    assert advice_in(first.pass_by(WITHIN_MS)).heading.startswith("EMERGENCY.")


@pytest.mark.parametrize("replies", [{}, STRAINED], ids=["the routine", "one that is offered"])
def test_a_flag_from_before_the_session_does_not_end_it(
    windows: Windows, replies: Mapping[str, Reply]
) -> None:
    ana = person_named(windows.store, "Ana", WALL)
    earlier = RedFlag("dvt_signs", "G3", NOW - 25 * 3_600)
    save_red_flag(windows.store, ana, earlier)
    first = windows.open(replies, picks=("1", "enter") if replies else ("enter",))
    assert not first.pass_by(20_000) and not first.live.is_over
    assert red_flag_of(windows.store, ana) == earlier, "nobody has checked it"
    save_red_flag(windows.store, ana, RedFlag("dvt_signs", "G3", NOW))
    assert advice_in(first.pass_by(WITHIN_MS)) and first.live.is_over


def test_an_injury_that_turns_out_mild_takes_no_flag_of_another_window_with_it(
    windows: Windows,
) -> None:
    first = windows.open()
    first.pass_by(20_000)

    def tell() -> None:
        first.live.do(Do.HURTS)
        first.live.report_pain(feeling("heart"))

    second = windows.open(STRAINED, picks=("1", "enter"), meanwhile=Meanwhile(AskAll, tell))
    red = red_flag_of(windows.store, person_named(windows.store, "Ana", WALL))
    assert red is not None and red.key == "pe_heart"
    assert any("reported in another window" in words for words in second.words)
