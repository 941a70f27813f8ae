"""If a red flag may be lost, each start asks about a check-up until the person has answered."""

from collections.abc import Callable
from pathlib import Path

import pytest

from player.safety.profile import RedFlag
from player.safety.prompts import Reply
from tests.grade import grade
from tests.safety.making import FULL_PROFILE, NOW, mark, new_interview
from tests.safety.starting import Starts

DAY_MS = 24 * 3_600_000
LEAVE = {"R0": "l"}
HOT = RedFlag("hot_joint", "G7", NOW)


@pytest.fixture
def ana(tmp_path: Path) -> Starts:
    """Ana has told of a hot joint."""
    starts = Starts(tmp_path / "history.db", NOW)
    starts.keep(FULL_PROFILE)
    starts.flag(HOT)
    return starts


def beside(ana: Starts) -> Path:
    return ana.path.with_name("history.db.gates")


def damage_file(ana: Starts) -> None:
    beside(ana).write_bytes(beside(ana).read_bytes()[:-1])


def lose_file(ana: Starts) -> None:
    beside(ana).unlink()


def lose_history(ana: Starts) -> None:
    for end in ("", "-wal", "-shm"):
        ana.path.with_name(ana.path.name + end).unlink(missing_ok=True)


LOSSES = [damage_file, lose_file, lose_history]


@pytest.mark.parametrize("lose", LOSSES)
@pytest.mark.parametrize("days", [0, 1, 30])
def test_each_start_asks_until_it_was_answered(
    ana: Starts, lose: Callable[[Starts], None], days: int
) -> None:
    lose(ana)
    ana.time.pass_calendar(days * DAY_MS)
    for _ in range(2):
        assert ana.start(LEAVE) is None
        assert [prompt.id for prompt in ana.asked] == ["R0"]
        assert "damaged or gone" in " ".join(ana.asked[0].lines)
    ana.start({"R0": "c"}, begin=True)
    assert ana.ids[0] == "R0"
    ana.start(begin=True)
    assert "R0" not in ana.ids


def test_without_a_known_sign_the_person_can_say_that_there_was_none(ana: Starts) -> None:
    ana.start({"R0": "c"}, begin=True)
    damage_file(ana)
    ana.start({"R0": "s"}, begin=True)
    assert ana.ids == ["R0"]
    ana.start(begin=True)
    assert ana.ids == []


def test_a_known_sign_is_named_and_can_not_be_denied_without_its_question(ana: Starts) -> None:
    damage_file(ana)
    ana.start({"R0": "w", "R0-G7": "yes"})
    assert any("hot" in line for line in ana.asked[0].lines)
    assert "s" not in {choice.key for choice in ana.asked[0].choices}
    assert ana.ids == ["R0", "R0-G7"] and ana.red() is not None


def test_an_urgent_answer_does_not_end_the_doubt(ana: Starts) -> None:
    ana.start({"R0": "c"}, begin=True)
    damage_file(ana)
    told: dict[str, Reply] = {"R0": "s", "today": mark("3")}
    ana.start(told)
    ana.time.pass_calendar(2 * DAY_MS)
    ana.start(LEAVE)
    assert [prompt.id for prompt in ana.asked] == ["R0"]


def test_a_file_that_can_not_be_written_is_asked_about_each_time_and_then_it_plays(
    ana: Starts,
) -> None:
    beside(ana).unlink()
    beside(ana).mkdir()
    for _ in range(2):
        ana.start({"R0": "c"}, begin=True)
        assert ana.ids == ["R0"]


def test_damage_after_the_questions_keeps_the_session_from_starting(ana: Starts) -> None:
    ana.start({"R0": "c"}, begin=True)
    with pytest.raises(AssertionError, match="was damaged in the meantime"):
        ana.start(begin=True, meanwhile=lambda: damage_file(ana))


def test_the_question_is_in_plain_words_and_yes_takes_a_second_key() -> None:
    prompt = new_interview(may_have_lost_red=True).prompt
    assert prompt is not None and prompt.id == "R0"
    assert prompt.lowers == {"c", "s"}
    words = " ".join((*prompt.lines, prompt.ask, prompt.why))
    assert grade(words) <= 7
    assert "damaged" in words and "Get seen today" in words
