"""An injury whose questions were left half way, by `q` or by a kill."""

from pathlib import Path

from player.history.people import person_named, profile_of, save_profile
from player.history.store import open_store
from player.safety.prompts import Reply
from tests.cases import cases
from tests.safety.making import FULL_PROFILE, mark
from tests.safety.test_marked_rows import WALL, Start

DAY_MS = 86_400_000
IS_SO, SLIP = "k", "y"


def started(folder: Path) -> Start:
    start = Start(folder)
    with open_store(folder / "h.db") as store:
        save_profile(store, person_named(store, "Ana", WALL), FULL_PROFILE)
    return start


def open_injuries(start: Start) -> list[tuple[str, float | None]]:
    with open_store(start.folder / "h.db") as store:
        found = profile_of(store, person_named(store, "Ana", WALL)).findings
    return [(f.question, f.since) for f in found if f.key == "injury_unseen"]


OLD: list[list[Reply]] = [["4"], ["4", "h"], ["7", "h", "l"], ["7", "h", "l", "no", "no"]]
FRESH: list[list[Reply]] = [[], ["0"], ["2", "h", "l"], ["u", "h", "l", "no"]]


@cases("replies", FRESH)
def test_before_it_is_known_to_be_older_it_is_a_red_flag(
    replies: list[Reply], tmp_path: Path
) -> None:
    start = started(tmp_path / str(len(replies)))
    start.answers(mark("5"), *replies)
    assert start.red == "injury_bad"


@cases("replies", OLD)
def test_an_older_one_is_kept_and_is_no_red_flag(replies: list[Reply], tmp_path: Path) -> None:
    start = started(tmp_path / "".join(map(str, replies)))
    start.answers(mark("5"), *replies)
    assert start.red is None and start.kept == {"injury_unseen"}
    ((question, since),) = open_injuries(start)
    assert question == "G5?" and since is not None and since < WALL / 1_000
    start.clock.pass_by(DAY_MS)
    asked = start.answers(mark("0"))
    assert asked.prompt and asked.prompt.id == "G5.slip"
    assert asked.prompt.lines[0].startswith("You marked: a hurt place of ")
    on = asked.answer(IS_SO)
    assert on.prompt and on.prompt.id == "I1", "its questions are asked now"
    assert start.finishes({"G5.slip": IS_SO, "I1": "h", "I1.side": "l"}) == {"strain_healing"}
    assert not open_injuries(start)


def test_a_slip_is_gone(tmp_path: Path) -> None:
    start = started(tmp_path)
    start.answers(mark("5"), "7")
    assert start.finishes({"G5.slip": SLIP}) == set()
    assert start.kept == set()


def test_marked_again_it_is_asked_out_once(tmp_path: Path) -> None:
    start = started(tmp_path)
    start.answers(mark("5"), "7")
    start.clock.pass_by(DAY_MS)
    keys = start.finishes({"today": mark("5"), "G5.when": "7", "I1": "h", "I1.side": "l"})
    assert keys == {"strain_healing"} and not open_injuries(start)


def test_left_twice_it_is_asked_about_once(tmp_path: Path) -> None:
    start = started(tmp_path)
    start.answers(mark("5"), "7")
    start.clock.pass_by(DAY_MS)
    start.answers(mark("5"), "4", "h")
    start.clock.pass_by(DAY_MS)
    asked = start.answers(mark("y"), SLIP)
    assert asked.prompt and asked.prompt.id == "S1"
    assert start.finishes({"G5.slip": SLIP}) == set()


def test_going_back_from_an_older_one_to_its_day_is_a_red_flag_again(tmp_path: Path) -> None:
    start = started(tmp_path)
    back = start.answers(mark("5"), "7", None)
    assert back.prompt and back.prompt.id == "G5.when"
    assert start.red == "injury_bad" and not open_injuries(start)
