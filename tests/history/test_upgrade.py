"""An older history is upgraded completely or not at all, and loses no data."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from player.history.interrupted import interrupted_session
from player.history.old_labels import key_of_label
from player.history.past import sessions
from player.history.people import find_person, profile_of, red_flag_of
from player.history.resuming import resume_position
from player.history.store import VERSION, HistoryError, open_store
from player.history.volume import Loudness, loudness_of
from player.history.whereabouts import AmountKey
from player.routine.model import CyclePhase, Hold, Pick, Plan, Range, Reps, exactly
from player.routine.pieces import PieceAmount
from player.routine.vocabulary import Side, Unit
from player.safety.findings import AgeBand, Finding
from player.safety.profile import RedFlag
from player.session.labels import label_of
from player.session.timeline import Choices, compile
from tests.cases import cases
from tests.history.old_history import INTERRUPTED, INTERRUPTED_5, write_version
from tests.routine.reading import opened, with_steps

LATER = 1_800_000_000_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "h.db"
    write_version(4, path)
    return path


def goes_on_at(path: Path, name: str, step: str, pick: Pick = Pick.LOW) -> int:
    """Return where the interrupted session of this person goes on, if the file has this step."""
    with open_store(path) as store:
        person = find_person(store, name)
        assert person is not None
        interrupted = interrupted_session(store, person.id, LATER)
    routine = opened(with_steps(step)).routine
    assert interrupted is not None and routine is not None
    timeline = compile(Plan.whole(routine), Choices(pick))
    return resume_position(timeline, routine, pick, interrupted)


def test_an_upgrade_preserves_sessions_and_answers(path: Path) -> None:
    with open_store(path) as store:
        found = sessions(store)
        assert [(s.person, s.state) for s in found] == [
            *((name, "running") for name, *_ in reversed(INTERRUPTED)),
            ("Ana", "complete"),
        ]
        assert (found[-1].work_ms, found[-1].position_ms) == (120_000, 150_000)
        ana = find_person(store, "Ana")
        assert ana is not None
        profile = profile_of(store, ana)
        assert profile.age is AgeBand.OLDER
        (finding,) = profile.findings
        assert (finding.key, finding.side) == ("acute_strain", Side.LEFT)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)


@cases(("name", "step", "pick", "position"), INTERRUPTED)
def test_an_interrupted_session_resumes_at_its_position_after_an_upgrade(
    path: Path, name: str, step: str, pick: Pick, position: int
) -> None:
    for _ in range(2):  # the first time it is brought up to date
        with open_store(path) as store:
            person = find_person(store, name)
            assert person is not None
            interrupted = interrupted_session(store, person.id, LATER)
    assert interrupted is not None and interrupted.place is not None
    assert (interrupted.position_ms, interrupted.choices) == (position, Choices(pick))
    assert goes_on_at(path, name, step, pick) == position


@cases(("name", "step", "position", "then"), INTERRUPTED_5)
def test_a_session_of_version_5_goes_on_where_it_was_or_in_doubt_later(
    tmp_path: Path, name: str, step: str, position: int, then: int
) -> None:
    path = tmp_path / f"{name}.db"
    write_version(5, path)
    with open_store(path) as store:
        assert {s.position_ms for s in sessions(store, name)} == {position}
    assert goes_on_at(path, name, step) == then


def test_a_history_of_version_6_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    write_version(6, path)
    with open_store(path) as store:
        ana, ben = find_person(store, "Ana"), find_person(store, "Ben")
        assert ana is not None and ben is not None
        assert [(s.person, s.state, s.work_ms) for s in sessions(store)] == [
            ("Ben", "running", 72_000),
            ("Ana", "partial", 30_000),
        ]
        strain, clot = profile_of(store, ana).findings
        assert strain == Finding(
            "acute_strain", "ham", Side.LEFT, "I6", 1_789_990_000, 1_789_900_000
        )
        assert (clot.cleared_at, clot.seen_at, clot.better_at) == (1_789_000_000, None, None)
        assert loudness_of(store, ana) == Loudness(70, 50, 10)
        assert red_flag_of(store, ben) == RedFlag("dvt_signs", "G3", 1_790_000_000)
    step = "calf-wall-straight: 2 x 30s each side rest 10s"
    assert goes_on_at(path, "Ben", step) == 97_000


@cases(
    ("name", "step", "position"),
    [
        ("Ana", "calf-wall-straight: 2 x 45s each side rest 10s", 127_000),  # set 2, 12 s into it
        ("Eli", "Raises: 8-10 reps", 17_000),
        ("Gus", "calf-wall-straight: 1:00-1:30 each side", 95_000),
    ],
)
def test_if_the_dose_has_changed_the_session_goes_on_in_the_same_set_and_side(
    path: Path, name: str, step: str, position: int
) -> None:
    assert goes_on_at(path, name, step) == position


def test_after_an_upgrade_only_words_of_a_coach_are_stored(path: Path) -> None:
    with open_store(path) as store:
        kept = store.execute("SELECT measure, low, high, phase FROM beat ORDER BY session")
        assert kept.fetchall() == [
            ("time", 30_000, 30_000, None),
            ("phase", 0, 0, "contract"),
            ("phase", 0, 0, "stretch"),
            ("phase", 0, 0, "squeeze the ball 2 times"),
            ("reps", 8, 12, None),
            ("reps", 10, 10, None),
            ("up-to", 60_000, 90_000, None),
            ("breaths", 1, 1, None),
            (None, 0, 0, None),
        ]


@pytest.mark.parametrize("label", ["x'00'", "7.5", "'a' || char(0)"])
def test_a_foreign_label_is_refused_and_the_file_is_not_changed(path: Path, label: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(f"UPDATE beat SET label = CAST({label} AS BLOB) WHERE session = 6")
        before = list(db.iterdump())
    with pytest.raises(HistoryError, match="supple did not write"), open_store(path):
        pass
    with closing(sqlite3.connect(path)) as db:
        assert list(db.iterdump()) == before
        assert db.execute("PRAGMA user_version").fetchone() == (4,)


@cases(
    "amount",
    [
        Hold(exactly(4_286)),
        Hold(exactly(500)),
        Hold(Range(20_000, 30_000)),
        Hold(Range(45_000, 75_000)),
        Hold(Range(1_500, 90_000), open=True),
        Hold(exactly(3_723_000)),
        Reps(exactly(1), Unit.PASSES),
        Reps(Range(2, 3), Unit.PASSES),
        Reps(exactly(1), Unit.BREATHS),
        Reps(exactly(120), Unit.REPS),
        CyclePhase("Stretch", exactly(6_000)),
        CyclePhase("up", exactly(6_000)),
        CyclePhase("up to the wall", exactly(6_000)),
        CyclePhase("suelta 3 veces", exactly(6_000)),
        None,
    ],
)
def test_an_old_label_is_read_as_the_amount_it_was_made_from(
    amount: PieceAmount | None,
) -> None:
    label = label_of(amount) if amount is not None else None
    assert key_of_label(label) == AmountKey.of(amount)
