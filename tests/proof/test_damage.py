"""After a red flag, no damage to a file of the history lets a session begin without a question."""

import random
import shutil
from pathlib import Path

import pytest

from player.history.after import save_aftermath
from player.history.people import person_named, save_profile, save_red_flag
from player.history.store import HistoryError, open_store
from player.play.flow import flow
from player.play.options import PlayOptions
from player.play.requests import AskAll
from player.routine.vocabulary import Side
from player.safety.aftermath import After, AfterEvent
from player.safety.findings import AgeBand, Finding
from player.safety.profile import Profile, RedFlag
from tests.habits import seed, tries
from tests.play.windows import windows_in
from tests.safety.making import FULL_PROFILE, NOW
from tests.tui.stage import LIBRARY, WALL, row_of
from tests.virtual import Time

pytestmark = [pytest.mark.proof, pytest.mark.soak]

RED_FLAG = RedFlag("dvt_signs", "G3", NOW - 3_600)
FILES = ("h.db", "h.db-wal", "h.db-shm", "h.db.gates")
ROW = row_of("  - calf-wall-straight: 10s each side\n")
STEP = 16 if tries(1) == 1 else 1
"""The distance, in bytes, between two places where a file is cut off."""

Files = dict[str, bytes]


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """What is on the disk while Ben plays. Ana reported a red flag an hour ago.

    What Ben has done since is only in the write-ahead file.
    """
    folder = tmp_path / "before"
    with windows_in(folder) as windows:
        store = windows.store
        windows.open(person="Ben").pass_by(20_000)
        ana = person_named(store, "Ana", WALL)
        findings = (
            Finding("acute_strain", "ham", Side.LEFT, "I6", NOW - 9_000, NOW - 9_000),
            Finding("dvt_history", question="P3", at=NOW - 9_000, cleared_at=NOW - 8_000),
        )
        save_profile(store, ana, Profile(findings, FULL_PROFILE.answered, AgeBand.OLDER))
        (session,) = store.execute("SELECT min(id) FROM session").fetchone()
        store.execute("UPDATE session SET person = ? WHERE id = ?", (ana.id, session))
        store.execute("UPDATE session SET state = 'partial', ended = started")
        store.execute("DELETE FROM beat")
        save_aftermath(
            store, [AfterEvent(After.WORSE, session, "t", "calf", Side.LEFT, NOW - 9_000)]
        )
        save_red_flag(store, ana, RED_FLAG)
        windows.open(person="Ben").pass_by(4_000)
        return {name: (folder / name).read_bytes() for name in FILES}


def start(files: Files, folder: Path) -> str:
    """Start as Ana, and return what is reported, or the question that is asked first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    try:
        with open_store(folder / "h.db") as store:
            options = PlayOptions(mute=True, person="Ana")
            steps = flow(ROW, store, LIBRARY.catalogue, options, Time(wall=WALL))
            first = next(steps)
            steps.close()
    except HistoryError as error:
        words = str(error).replace(str(folder), "FOLDER")
        assert words.startswith("The history in FOLDER"), words
        assert words.count(". ") == 1 and words.endswith(".") and words.isprintable(), words
        return words
    assert isinstance(first, AskAll), first
    assert first.interview.prompt is not None
    return first.interview.prompt.id


def assert_closed(files: Files, folder: Path, what: str) -> str:
    said = start(files, folder)
    assert said == "R0" or said.startswith("The history in"), f"{what}: {said}"
    return said


def test_undamaged_files_lead_to_the_question(files: Files, tmp_path: Path) -> None:
    assert start(files, tmp_path / "now") == "R0"
    assert len(files["h.db-wal"]) > 4_096, "something is only in the write-ahead file"


def test_each_file_may_be_lost(files: Files, tmp_path: Path) -> None:
    for number in range(1, 2 ** len(FILES) - 1):
        gone = {name for place, name in enumerate(FILES) if number >> place & 1}
        if {"h.db", "h.db.gates"} <= gone:
            continue  # nothing is left to know it from
        left = {name: content for name, content in files.items() if name not in gone}
        assert assert_closed(left, tmp_path / "now", f"without {gone}") == "R0"


@pytest.mark.parametrize("name", ["h.db-wal", "h.db.gates"])
def test_a_file_may_be_cut_off_anywhere(files: Files, tmp_path: Path, name: str) -> None:
    for length in range(0, len(files[name]), STEP):
        cut = {**files, name: files[name][:length]}
        assert_closed(cut, tmp_path / "now", f"{name} cut off after {length} bytes")


@pytest.mark.parametrize("name", FILES)
def test_a_bit_of_a_file_may_be_flipped(files: Files, tmp_path: Path, name: str) -> None:
    """Every second one is a bit of a byte that is not 0, as most of a history is empty."""
    chance = random.Random(seed())
    content = files[name]
    written = [place for place, byte in enumerate(content) if byte]
    for number in range(tries(200)):
        place = chance.choice(written) if number % 2 else chance.randrange(len(content))
        bit = chance.randrange(8)
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        damaged = {**files, name: bytes(flipped)}
        assert_closed(damaged, tmp_path / "now", f"{name}, byte {place}, bit {bit}")
