"""The program's own data is checked as strictly as a routine: path, line and column."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from player.check.data import check_data
from player.check.report import check_paths, is_data
from player.document.read import read_bytes
from player.library.folders import open_library
from player.routine.terms import SHIPPED
from tests.cases import cases
from tests.program import home_of
from tests.routine.reading import PLACE, marked, places, shipped

FILES = sorted([*(SHIPPED / "screening").glob("*.yaml"), *(SHIPPED / "learn").glob("*.yaml")])


def problems_of(file: Path, text: str) -> list[tuple[str, int, int]]:
    document = read_bytes(text.encode(), str(file))
    check_data(document, shipped(), file)
    return places(document.problems.in_order())


@cases("file", FILES)
def test_the_shipped_data_has_no_problem(file: Path) -> None:
    assert is_data(file)
    assert problems_of(file, file.read_text("utf-8")) == []


# File, a text in it, the wrong text instead; `▶` marks the place of the problem.
WRONG = [
    ("screening/conditions.yaml", "pe_heart: {class: emergency,", "pe_heart: {class: ▶urgnt,",
     "E501"),
    ("screening/conditions.yaml", "stroke: {class: emergency, says:",
     "▶stroke: {class: emergency, x-say:", "E102 or E101"),
    ("screening/conditions.yaml", "stroke: {class:", "stroke: {▶clas: x, class:", "E101"),
    ("screening/conditions.yaml", "  calf: [calf]", "  calf: [▶arm]", "E501"),
    ("screening/conditions.yaml", "clot_risk: [dvt_risk,", "clot_risk: [▶dvt_rsk,", "E501"),
    ("screening/today.yaml", "keys: [pe_heart]", "keys: [▶pe_hart]", "E302"),
    ("screening/today.yaml", "    at_once: true", "    ▶at_onc: true", "E101"),
    ("screening/today.yaml", "  - id: G1\n    ask:", "  - ▶id: G1\n    why:", "E008 or E102"),
    ("screening/profile.yaml", "say: Pregnant, keys", "say: Pregnant, ▶key", "E101"),
    ("screening/followups.yaml", "followups:", "▶folowups:", "E101 or E102"),
    ("screening/injury.yaml", 'unsafe: "yes"', "unsafe: ▶maybe", "E501"),
    ("screening/last_time.yaml", "keys: [dvt_signs]", "keys: [▶dvt]", "E302"),
    ("screening/deep_pressure.yaml", "stored: deep pressure is switched on", "▶stored:", "E104"),
    ("screening/stop.yaml", "    then: end", "    then: ▶stop", "E501"),
    ("screening/stop.yaml", "    class: emergency", "    ▶clas: emergency", "E101"),
    ("screening/swaps.yaml", "[march-seated, ankle-pumps]", "[▶march-seted, ankle-pumps]", "E301"),
    ("screening/swaps.yaml", "  quad-stand: [quad", "  ▶quad-stnd: [quad", "E301"),
    ("screening/places.yaml", "  never_press:", "  ▶nevr_press:", "E101 or E102"),
    ("learn/acl-tear.yaml", "keys: [acl,", "keys: [▶acll,", "E302"),
    ("learn/acl-tear.yaml", "brief:", "▶breif:", "E101"),
    ("learn/acl-tear.yaml", "about: cause", "about: ▶casue", "E501"),
    ("learn/acl-tear.yaml", "order: 8", "order: ▶eight", "E501"),
    ("learn/acl-tear.yaml", "here:\n  - ", "here:\n  ▶- Call {number}. ", "E501"),
    ("learn/why-behind-the-knee.yaml", 'top: "Chest pain or trouble breathing: call {number}',
     'top: ▶"Chest pain or trouble breathing: call your emergency number', "E501"),
    ("learn/why-behind-the-knee.yaml", 'top: "Chest pain or trouble breathing: call {number}',
     'top: ▶"Chest pain or trouble breathing: call {number} {or}', "E501"),
]  # fmt: skip


@cases(("name", "right", "wrong", "codes"), WRONG)
def test_a_mistake_is_reported_at_its_place(name: str, right: str, wrong: str, codes: str) -> None:
    file = SHIPPED / name
    whole = file.read_text("utf-8")
    assert right in whole
    text, line, col = marked(whole.replace(right, wrong, 1))
    assert PLACE not in text
    found = problems_of(file, text)
    assert found
    assert {code for code, _, _ in found} <= set(codes.split(" or "))
    assert (line, col) in {(row, column) for _, row, column in found} or "E102" in codes
    assert len(found) == len(set(found)) <= 2


def test_a_punctuation_mistake_is_reported_too() -> None:
    file = SHIPPED / "screening" / "stop.yaml"
    text = file.read_text("utf-8").replace("says: Stop. Sit", "says: Stop: sit", 1)
    assert [code for code, _, _ in problems_of(file, text)] == ["E005"]


def test_a_coachs_own_folder_with_the_same_name_is_not_special(tmp_path: Path) -> None:
    for name in ("screening", "learn"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stop.yaml").write_text("name: Mine\nsteps:\n  - hodl: 30s\n")
    reports = check_paths([tmp_path], open_library([SHIPPED]))
    assert [[p.code for p in report.problems] for report in reports] == [["E301"], ["E301"]]


def test_the_command_checks_the_data_of_the_program_that_runs(tmp_path: Path) -> None:
    for folder in ("player", "audio", "routines"):
        shutil.copytree(SHIPPED.parent / folder, tmp_path / folder)
    stop = tmp_path / "routines" / "screening" / "stop.yaml"
    stop.write_text(stop.read_text("utf-8").replace("    then: end", "    then: stop", 1), "utf-8")
    (tmp_path / "routines" / "learn" / "acl-tear.yaml").write_text("order: 8\n")
    done = subprocess.run(
        [sys.executable, "-m", "player", "check", "--format", "json", str(tmp_path / "routines")],
        env=home_of(tmp_path, PYTHONPATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    rows = json.loads(done.stdout)
    assert {Path(row["path"]).name for row in rows} == {"stop.yaml", "acl-tear.yaml"}
    assert next(row["line"] for row in rows if row["path"] == str(stop)) == 13


def test_a_broken_matrix_is_reported_once_and_breaks_no_other_check(tmp_path: Path) -> None:
    for folder in ("player", "audio", "routines"):
        shutil.copytree(SHIPPED.parent / folder, tmp_path / folder)
    matrix = tmp_path / "routines" / "screening" / "conditions.yaml"
    matrix.write_text(
        matrix.read_text("utf-8").replace("class: emergency", "class: bad", 1), "utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "player", "check", "--format", "json", str(matrix.parent)],
        env=home_of(tmp_path, PYTHONPATH=str(tmp_path)),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    rows = json.loads(done.stdout)
    assert [row["line"] for row in rows if row["path"] == str(matrix)] == [20]
