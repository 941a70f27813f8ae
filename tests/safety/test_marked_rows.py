"""A row that was marked and confirmed does not get lost, whatever the person does next (B4)."""

from collections.abc import Mapping
from pathlib import Path

from player.history.people import person_named, profile_of, red_flag_of
from player.history.store import open_store
from player.play.screening import Screening
from player.routine.model import Routine
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.prompts import Reply
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    FULL_PROFILE,
    MATRIX,
    NOW,
    alone,
    answered_with,
    finish,
    harmless,
    keys_of,
    mark,
    new_interview,
    option,
    result,
)
from tests.virtual import Time

WALL = round(NOW * 1_000)
SLIP, IS_SO = "y", "k"

FIRST_MARKS = [
    ("5", {"injury_bad"}),
    ("6", {"cant_bear_weight"}),
    ("7", {"fever"}),
    ("57", {"injury_bad", "fever"}),
    ("8", set()),
]


class Start:
    """Somebody at the safety questions, with a history that is really written."""

    def __init__(self, folder: Path, wall: int = WALL) -> None:
        self.folder = folder
        self.clock = Time(wall=wall)
        self.routine: Routine = alone("calf-wall-straight")

    def answers(self, *replies: Reply | None) -> Interview:
        """Give these replies and leave; None goes back. Each is saved as a host does it."""
        with open_store(self.folder / "h.db") as store:
            ana = person_named(store, "Ana", self.clock.wall())
            screening = Screening(store, ana, self.routine, CATALOGUE, self.clock)
            interview = screening.interview()
            for reply in replies:
                interview = interview.back() if reply is None else interview.answer(reply)
                screening.save_unfinished(interview)
            return interview

    def finishes(self, replies: Mapping[str, Reply] | None = None) -> set[str]:
        """Answer everything, by prompt id or harmlessly, and return the keys of the result."""
        with open_store(self.folder / "h.db") as store:
            ana = person_named(store, "Ana", self.clock.wall())
            screening = Screening(store, ana, self.routine, CATALOGUE, self.clock)
            done = screening.result(finish(screening.interview(), replies))
            assert done is not None
            return set(done.clearance.keys)

    @property
    def kept(self) -> set[str]:
        """The keys that the history holds: a red flag and what stands in the profile."""
        with open_store(self.folder / "h.db") as store:
            ana = person_named(store, "Ana", self.clock.wall())
            red = red_flag_of(store, ana)
            return {f.key for f in profile_of(store, ana).findings} | ({red.key} if red else set())

    @property
    def red(self) -> str | None:
        with open_store(self.folder / "h.db") as store:
            red = red_flag_of(store, person_named(store, "Ana", self.clock.wall()))
            return red and red.key


@cases(("marks", "kept"), FIRST_MARKS)
def test_a_marked_row_is_kept_at_once_as_the_mildest_it_could_be(
    marks: str, kept: set[str], tmp_path: Path
) -> None:
    start = Start(tmp_path / marks)
    begun = start.answers(mark(*marks))
    assert begun.prompt is not None, "it asks on"
    assert start.kept == kept
    urgent = {key for key in kept if MATRIX.conditions[key].rank >= Rank.URGENT}
    assert {start.red} - {None} == urgent, "a cold is no red flag"


def test_after_it_is_asked_out_only_what_was_answered_is_kept(tmp_path: Path) -> None:
    start = Start(tmp_path)
    picked = mark(option("G7", "Both legs"))
    begun = start.answers(mark("7"), picked, "no")
    assert begun.prompt and begun.prompt.id == "S1"
    assert start.kept == set() and not begun.unfinished


@cases("marks", ["5", "6", "56", "57"])
def test_going_back_over_a_red_mark_asks_whether_it_was_a_slip(marks: str) -> None:
    begun = new_interview().answer(mark(*marks))
    asked = begun.back()
    assert asked.prompt and asked.prompt.id == "slip"
    assert asked.prompt.lines[0].startswith("You marked: ")
    assert asked.prompt.lowers == {SLIP}, "to take it back needs Enter too"
    assert asked.unfinished == begun.unfinished, "until then it is kept"
    assert asked.answer(IS_SO).prompt == begun.prompt
    assert asked.back().prompt == begun.prompt
    slip = asked.answer(SLIP)
    assert slip.prompt and slip.prompt.id == "today" and not slip.unfinished


@cases("marks", ["7", "8", "0"])
def test_going_back_over_any_other_mark_asks_nothing(marks: str) -> None:
    back = new_interview().answer(mark(*marks)).back()
    assert back.prompt and back.prompt.id == "today" and not back.unfinished


def test_a_slip_leaves_nothing_behind(tmp_path: Path) -> None:
    start = Start(tmp_path)
    start.answers(mark("6"), None, SLIP)
    assert start.kept == set() and start.red is None
    start.answers(mark("6"), None, IS_SO)
    assert start.red == "cant_bear_weight"


def test_going_back_inside_a_marked_row_asks_nothing() -> None:
    hurt = new_interview().answer(mark("5"))
    assert hurt.prompt
    further = hurt.answer(harmless(hurt.prompt))
    assert further.back().prompt == hurt.prompt


def test_a_cold_that_was_left_is_asked_again_and_then_gone(tmp_path: Path) -> None:
    start = Start(tmp_path)
    start.answers(mark("7"))
    assert start.kept == {"fever"} and start.red is None
    assert start.finishes() == set(), "today's rows were answered anew, and none was marked"
    assert start.kept == set()


def test_going_back_and_changing_an_answer_drops_what_hung_on_it() -> None:
    fever = mark(option("G7", "A fever"))
    ill = answered_with(new_interview(), mark("7"), fever)
    assert "fever" in keys_of(finish(ill))
    well = finish(ill.back().back().answer(mark("0")))
    assert result(well).rank is Rank.PLAY and not keys_of(well)
    sore = answered_with(new_interview(), mark("y"), 8, "c", "b", "s")
    assert result(finish(sore)).rank is Rank.STOP
    assert result(finish(sore.back().back().back().back().answer(0))).rank is Rank.PLAY


def test_an_urgent_row_ends_everything_but_keeps_the_milder_one(tmp_path: Path) -> None:
    start = Start(tmp_path)
    stuck = option("G6", "stuck")
    replies: dict[str, Reply] = {"today": mark("6", "7"), "G6.which": stuck}
    keys = start.finishes({**replies, "G7.which": mark("5")})
    assert "locked_knee" in keys and start.red == "locked_knee"


def test_the_profile_is_untouched_by_what_is_open() -> None:
    begun = new_interview(profile=FULL_PROFILE).answer(mark("7"))
    assert not begun.so_far.findings, "what is open stops nobody who answers on"
