"""Each start asks about the time since a session that was cut off, until the next day."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.history.past import sessions
from player.history.store import open_store
from player.play.running import Live
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Side
from player.safety.prompts import Reply
from player.session.state import Do
from tests.habits import tries
from tests.play.hosts import Case
from tests.play.starts import CALF, DAY, HOUR, MINUTE, Home, Visitor


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    with open_store(tmp_path / "h.db") as store:
        yield Home(store, tmp_path)


LATER = [(5 * MINUTE, False), (DAY, True), (3 * DAY, True)]


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "terminal closed"])
@pytest.mark.parametrize(("later", "asks"), LATER, ids=["5 minutes", "a day", "3 days"])
@pytest.mark.parametrize("then", ["resumed", "anew", "another"])
def test_the_next_start_asks_how_it_was_since_a_session_that_was_cut_off(
    home: Home, killed: bool, later: int, asks: bool, then: str
) -> None:
    home.visit(plays_ms=25_000, killed=killed)
    cut = home.clock.wall()
    home.clock.pass_by(later)
    reply = "r" if then == "resumed" else "n"
    visitor = home.visit("Other" if then == "another" else "T", replies={"resume": reply})
    assert visitor.is_asked == asks
    if asks:
        assert "T" in visitor.about[0] and visitor.asked.index("A1") < visitor.asked.index("play")
    first, *_ = reversed(sessions(home.store))
    assert first.ended is not None and cut - 2_000 <= first.ended <= cut
    assert first.state == "partial"


@pytest.mark.parametrize("reply", ["r", "n"])
def test_worse_after_a_session_that_was_cut_off_rests_that_place_for_two_days(
    home: Home, reply: str
) -> None:
    home.visit(plays_ms=25_000)
    worse: dict[str, Reply] = {"A1": "w", "A1.where": "c", "A1.where.side": "l", "A1.night": "no"}
    for after in (DAY, DAY):
        home.clock.pass_by(after)
        visitor = home.visit(replies={"resume": reply, **worse})
        assert visitor.is_asked and visitor.result is not None
        left_out = visitor.result.result.plan.left_out
        assert {(change.step.exercise.id, change.side) for change in left_out} == {
            (CALF, Side.LEFT)
        }
        worse["A1"] = "s"
    home.clock.pass_by(DAY)
    visitor = home.visit(replies={"resume": reply})
    assert visitor.result is not None and not visitor.result.result.plan.left_out


def test_what_was_told_before_going_on_is_about_the_session_that_was_cut_off(home: Home) -> None:
    home.visit(plays_ms=25_000)
    home.clock.pass_by(DAY)
    visitor = home.visit(replies={"resume": "r", "A1": "b"})
    told = home.store.execute("SELECT session, told FROM after").fetchall()
    assert visitor.is_asked and told == [(1, "better")]
    home.clock.pass_by(DAY)
    assert home.visit().is_asked, "the resumed session is the last one now"


def test_a_session_that_slept_through_the_night_ended_in_the_evening(home: Home) -> None:
    class Sleeper(Visitor):
        def play(self, live: Live) -> None:
            for _ in range(50):
                self.clock.pass_by(500)
                live.look()
            self.clock.pass_by(10 * HOUR)
            live.do(Do.LOOK)
            self.clock.pass_by(MINUTE)
            live.do(Do.QUIT)

    home.start(Sleeper(Case("Ana"), home.clock))
    home.clock.pass_by(5 * MINUTE)
    assert home.visit().is_asked


# Lives of several visits


class Step(NamedTuple):
    """One visit, and the time since the one before."""

    after: int
    name: str
    plays_ms: int | None
    killed: bool
    resume: str
    how: str


VISITS = st.lists(
    st.builds(
        Step,
        st.sampled_from([5 * MINUTE, 50 * MINUTE, 2 * HOUR, 13 * HOUR, DAY, 3 * DAY]),
        st.sampled_from(["T", "Other"]),
        st.sampled_from([None, 400, 5_000, 25_000, 70_000]),
        st.booleans(),
        st.sampled_from(["r", "n"]),
        st.sampled_from(["b", "s"]),
    ),
    min_size=2,
    max_size=6,
)


@pytest.mark.soak
@settings(max_examples=tries(15), deadline=None)
@given(VISITS)
def test_every_session_with_work_is_asked_about_until_the_next_day(
    tmp_path_factory: pytest.TempPathFactory, visits: Sequence[Step]
) -> None:
    folder = tmp_path_factory.mktemp("life")
    with open_store(folder / "h.db") as store:
        home = Home(store, folder)
        last: int | None = None  # when the last work was done
        settled = False
        for visit in visits:
            home.clock.pass_by(visit.after)
            now = home.clock.wall()
            how = {"resume": visit.resume, "A1": visit.how}
            visitor = home.visit(visit.name, visit.plays_ms, how, killed=visit.killed)
            wanted = last is not None and now - last >= HOUR and not settled
            assert visitor.is_asked == wanted
            if wanted and last is not None and now - last >= 12 * HOUR:
                settled = True
            if visitor.live is not None and home.clock.wall() > now + 400:
                worked = visitor.live.state.credit_at(home.clock.now())
                segments = visitor.live.state.timeline.segments
                if (
                    sum(ms for at, ms in worked.items() if segments[at].kind is SegmentKind.WORK)
                    >= 2_000
                ):
                    last, settled = home.clock.wall(), False
        assert [s.state for s in sessions(store)].count("running") <= 1
