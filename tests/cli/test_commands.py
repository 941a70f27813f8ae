"""The commands as people type them. Some tests need a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import Done, run
from tests.program import PROGRAM, home_of, raw_controls

ROUTINES = Path(__file__).resolve().parents[2] / "routines"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


def typed(*words: str, env: dict[str, str], code: int = 0) -> Done:
    """Run one command in a process of its own, with the same checks as `tests.commands.run`."""
    done = subprocess.run(
        [*PROGRAM, *words],
        stdin=subprocess.DEVNULL, capture_output=True, env=env, cwd=env["HOME"], timeout=60,
        check=False,
    )  # fmt: skip
    assert done.returncode == code, (done.stdout, done.stderr)
    assert b"Traceback" not in done.stderr
    assert raw_controls(done.stdout) == raw_controls(done.stderr) == set()
    return Done(done.returncode, done.stdout, done.stderr)


def test_a_command_behaves_the_same_in_a_process_and_in_this_one(
    home: dict[str, str], tmp_path: Path
) -> None:
    """All other tests of the command line rely on this."""
    (tmp_path / "broken.yaml").write_text("name: B\nsteps:\n  - calf-wal-straight: 30s\n")
    for words, code in (([], 0), (["check", "broken.yaml"], 1), (["show"], 2)):
        assert typed(*words, env=home, code=code) == run(*words, env=home, code=code)


def test_without_a_terminal_it_prints_the_library_and_how_to_play(home: dict[str, str]) -> None:
    out = run(env=home).stdout.decode()
    assert "back-of-knee-ease" in out
    assert "supple play NAME" in out


def test_list_has_every_shipped_routine_with_its_exact_length(home: dict[str, str]) -> None:
    rows = json.loads(run("list", "--json", env=home).stdout)
    assert {row["id"] for row in rows} == {path.stem for path in ROUTINES.glob("*.yaml")}
    keys = "id name path total_ms exact regions kinds equipment level language"
    for row in rows:
        assert set(row) == set(keys.split())
        assert 3 * 60_000 <= row["total_ms"] <= 25 * 60_000
    assert {"calf", "quad", "ham", "hipflexor"} <= {r for row in rows for r in row["regions"]}


def test_show_agrees_with_list_and_has_no_gaps(home: dict[str, str]) -> None:
    rows = {row["id"]: row for row in json.loads(run("list", "--json", env=home).stdout)}
    for name in ("back-of-knee-ease", "calf-roller"):
        shown = json.loads(run("show", name, "--json", env=home).stdout)
        assert shown["total_ms"] == rows[name]["total_ms"]
        ends = [0] + [segment["end_ms"] for segment in shown["segments"]]
        assert [segment["start_ms"] for segment in shown["segments"]] == ends[:-1]
        assert ends[-1] == shown["total_ms"]
        keys = "start_ms end_ms kind exercise side set rep label"
        assert all(set(segment) == set(keys.split()) for segment in shown["segments"])


def test_show_prints_times_to_the_millisecond(home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "strokes.yaml"
    file.write_text("name: Strokes\nsteps:\n  - Strokes: 5 passes tempo 70/min\n")
    out = run("show", str(file), env=home).stdout.decode()
    assert "0:10  0:14.286" in " ".join(out.split()).replace(" 0:14", "  0:14")


def test_show_prints_a_picture_and_then_every_segment(home: dict[str, str]) -> None:
    wide = {**home, "COLUMNS": "60"}
    out = run("show", "back-of-knee-ease", env=wide).stdout.decode()
    picture, exact = out.split("Second by second")
    for words in ("Length: 12:50", "Needs: chair, wall", "left  ·▓", "Calf, static stretch: left"):
        assert words in picture, words
    assert max(map(len, picture.splitlines())) <= 60
    assert [line.split()[:3] for line in exact.splitlines()][2] == ["0:00", "0:10", "ready"]
    plain = {**wide, "LANG": "C", "PYTHONIOENCODING": "ascii"}
    drawn = typed("show", "back-of-knee-ease", env=plain).stdout.decode("ascii")
    assert "left  .BBB" in drawn and "L left side, R right side" in drawn
    shown = json.loads(run("show", "back-of-knee-ease", "--json", env=home).stdout)
    work = [s["end_ms"] - s["start_ms"] for s in shown["segments"] if s["kind"] == "work"]
    assert shown["work_ms"] == sum(work)
    assert {
        "region": "calf", "kind": "static-stretch", "left_ms": 100_000, "right_ms": 100_000,
        "both_ms": 0, "one_ms": 0,
    } in shown["regions"]  # fmt: skip


NEW = ("new", "Evening calves", "--regions", "calf", "ham", "--equipment", "chair", "wall")


def test_a_routine_from_new_passes_check(home: dict[str, str], tmp_path: Path) -> None:
    out = run(*NEW, "--minutes", "12", env=home).stdout.decode()
    file = Path(home["HOME"]) / "evening-calves.yaml"
    assert "Wrote evening-calves.yaml: 12:00." in out
    assert run("check", "--strict", str(file), env=home).stdout == b""
    assert "Length: 12:00" in run("show", str(file), env=home).stdout.decode()
    text = file.read_bytes()
    error = run(*NEW, env=home, code=1).stderr.decode()
    assert error == (
        "supple: evening-calves.yaml is there already and was left as it is; "
        "name another file with -o.\n"
    )
    assert file.read_bytes() == text
    run(*NEW, "-o", str(tmp_path / "other.yaml"), env=home)
    assert b"something is missing" in run("new", "Q", "--regions", "quad", env=home, code=1).stderr
    for words in (
        ["new"], ["new", "Q"], ["new", "Q", "--regions", "clf"], [*NEW, "--minutes", "ten"],
        [*NEW, "--kind", "deep"], [*NEW, "--equipment", "sofa"],
    ):  # fmt: skip
        error = run(*words, env=home, code=2).stderr.decode()
        assert len(error.splitlines()) == 1 and "<" not in error


def test_preview_without_a_terminal_prints_once(home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("name: W\nsteps:\n  - My own stretch: 30s\n")
    done = run("preview", str(file), env=home)
    assert b"My own stretch, 30s: both sides 30s" in done.stdout
    assert b"w.yaml:3:5: warning[W301]" in done.stderr
    file.write_text("name: W\nsteps:\n  - My own stretch: thirty\n")
    done = run("preview", str(file), env=home, code=1)
    assert done.stdout == b"" and b"w.yaml:3:" in done.stderr
    assert b"no such file" in run("preview", "no.yaml", env=home, code=1).stderr


def test_the_six_lines_of_the_guide_play_as_it_promises(
    home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "evening.yaml"
    file.write_text(
        "name: Evening calves and psoas\nsteps:\n  - Calf stretch at the wall: 30s each side\n"
        "  - hipflexor-half-kneel: 2 x 30s each side\n  - rest: 20s\n"
        "  - Seated hamstring fold: 1:00\n"
    )
    shown = json.loads(run("show", str(file), "--json", env=home).stdout)
    work = [s for s in shown["segments"] if s["kind"] == "work"]
    assert [(s["side"], s["end_ms"] - s["start_ms"]) for s in work] == [
        ("left", 30_000), ("right", 30_000), ("left", 30_000), ("right", 30_000),
        ("left", 30_000), ("right", 30_000), ("both", 60_000),
    ]  # fmt: skip


def test_the_shipped_routines_pass_check_without_output(home: dict[str, str]) -> None:
    done = run("check", "--strict", str(ROUTINES), env=home)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_check_shows_every_problem_in_each_format(home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("name: B\nsteps:\n  - calf-wal-straight: 30s\n  - hold: 30s\n  - A: 30\n")
    text = run("check", str(file), env=home, code=1).stdout.decode()
    assert f"{file}:3:5: error[E301]" in text
    assert "did you mean `calf-wall-straight`?" in text
    rows = json.loads(run("check", "--format", "json", str(file), env=home, code=1).stdout)
    assert [(row["line"], row["severity"]) for row in rows if row["severity"] == "error"] == [
        (3, "error"), (4, "error"), (5, "error"),
    ]  # fmt: skip
    github = run("check", "--format", "github", str(file), env=home, code=1).stdout.decode()
    assert f"::error file={file},line=3,col=5,title=E301::" in github


def test_warnings_fail_only_when_strict(home: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text("name: W\nsteps:\n  - My own stretch: 30s\n")
    assert b"warning[W301]" in run("check", str(file), env=home).stdout
    run("check", "--strict", str(file), env=home, code=1)


def test_many_files_are_checked_in_one_pass(home: dict[str, str], tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text("name: X\n")
    out = run("check", str(tmp_path), env=home, code=1).stdout.decode()
    assert out.count("error[") == 3


def test_wrong_use_prints_one_sentence_and_exits_with_2(home: dict[str, str]) -> None:
    for words in (["check"], ["show"], ["--nope"], ["nope"], ["show", "x", "--pick", "mean"]):
        done = run(*words, env=home, code=2)
        assert done.stdout == b"" and done.stderr.startswith(b"supple: ")
        assert len(done.stderr.splitlines()) <= 2


def test_an_unknown_routine_is_reported_with_a_suggestion(home: dict[str, str]) -> None:
    error = run("show", "calf-strech", env=home, code=1).stderr.decode()
    assert error == "supple: There is no routine `calf-strech`; did you mean `calf-stretch`?\n"


@pytest.mark.parametrize("title", ["Short calf stretch", "estiramiento breve de pantorrillas"])
def test_a_routine_is_found_by_its_title_too(home: dict[str, str], title: str) -> None:
    out = run("show", title, env=home).stdout.decode()
    assert out == run("show", "calf-stretch-short", env=home).stdout.decode()


def test_a_file_with_errors_is_neither_shown_nor_screened(
    home: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "b.yaml"
    file.write_text("name: B\nsteps:\n  - Roll behind the knee: 30s\n    kind: roll\n")
    answers = tmp_path / "a.json"
    answers.write_text("{}")
    for words in (["show", str(file)], ["screen", str(file), "--answers", str(answers)]):
        assert b"error[E401]" in run(*words, env=home, code=1).stderr


@pytest.mark.parametrize(
    ("answers", "rank", "total"),
    [
        ({}, "play", 620_000),
        ({"yes": ["dvt_signs"]}, "urgent", 0),
        ({"unsure": ["pe_heart"]}, "emergency", 0),
        ({"unanswered": ["dvt_signs"]}, "stop", 0),
        ({"unanswered": ["fever"]}, "stop", 0),
        ({"soreness": 8}, "stop", 0),
        ({"yes": ["dvt_history", "new_leg_ache"]}, "urgent", 0),
    ],
)
def test_the_dry_run_prints_the_rank_and_the_length(
    home: dict[str, str], tmp_path: Path, answers: dict[str, object], rank: str, total: int
) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(answers))
    out = run("screen", "calf-roller", "--answers", str(file), "--json", env=home).stdout
    result = json.loads(out)
    assert (result["class"], result["total_ms"]) == (rank, total)
    assert set(result) == {
        "class", "shown", "keys", "removed", "swapped", "total_ms", "playable",
    }  # fmt: skip
    assert all(change["step"] and change["reason"] for change in result["removed"])
    words = run("screen", "calf-roller", "--answers", str(file), env=home).stdout.decode()
    assert words.startswith(result["shown"].upper())


def test_no_option_of_play_touches_the_questions(home: dict[str, str]) -> None:
    out = run("play", "--help", env=home).stdout.decode()
    options = {word.strip(",") for word in out.split() if word.startswith("--")}
    assert options == {
        "--plain", "--mute", "--no-voice", "--background", "--bell", "--person", "--hands-free",
        "--pick", "--emergency", "--help",
    }  # fmt: skip


def test_a_missing_background_file_is_reported_before_any_question(
    home: dict[str, str],
) -> None:
    error = run("play", "calf-stretch", "--background", "no.mp3", env=home, code=1).stderr.decode()
    assert error == "supple: There is no sound file `no.mp3`.\n"


def test_a_broken_file_in_the_persons_folder_hides_no_other(
    home: dict[str, str], tmp_path: Path
) -> None:
    own = tmp_path / "own"
    (own / "exercises").mkdir(parents=True)
    (own / "mine.yaml").write_text("name: Mine\nsteps:\n  - my-stretch\n")
    (own / "broken.yaml").write_text("name: Broken\nsteps: 3\n")
    (own / "exercises" / "more.yaml").write_text(
        "my-stretch:\n  name: My stretch\n  regions: [calf]\n  kind: static-stretch\n"
        "  position: stand\n  sides: one\n  dose: 30s each side\n"
    )
    done = run("list", env={**home, "SUPPLE_PATH": str(own)})
    assert "mine" in done.stdout.decode() and "back-of-knee-ease" in done.stdout.decode()
    assert "broken.yaml:2" in done.stderr.decode()


LIGHT = (
    ["list"],
    ["show", "calf-stretch"],
    ["check", str(ROUTINES / "calf-stretch.yaml")],
    ["preview", "calf-stretch"],
    ["new", "N", "--regions", "calf", "--equipment", "wall"],
    ["learn"],
    ["learn", "dvt"],
    ["schema"],
    ["--version"],
)


def alone(script: str, env: dict[str, str]) -> list[str]:
    """Run a script in a process of its own, and return the lines that it prints to stderr."""
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=env, cwd=env["HOME"], capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stderr.splitlines()


def test_the_light_commands_load_neither_screens_nor_sound(home: dict[str, str]) -> None:
    """The commands run one after another, so that a failure names the first heavy one."""
    script = (
        "import sys\nfrom player.cli.parser import run\n"
        "heavy = {'textual', 'rich', 'numpy', 'pydub', 'miniaudio', 'sqlite3', 'asyncio', "
        "'jsonschema'}\n"
        f"for words in {LIGHT}:\n"
        "    assert run(words) == 0\n"
        "    print('loaded', words, sorted(heavy & sys.modules.keys()), file=sys.stderr)\n"
    )
    loaded = [line for line in alone(script, home) if line.startswith("loaded")]
    assert loaded == [f"loaded {words} []" for words in LIGHT]


def test_every_room_can_be_imported_alone_and_none_is_heavy(home: dict[str, str]) -> None:
    rooms = (
        "base.clock base.text document.read routine.reader learn.words safety.adapt "
        "session.timeline session.cues session.state history.journal"
    )
    script = (
        "import sys, importlib\n"
        f"for room in {rooms.split()}:\n"
        "    for name in [m for m in sys.modules if m.partition('.')[0] in ('player', 'audio')]:\n"
        "        del sys.modules[name]\n"
        "    importlib.import_module(f'player.{room}')\n"
        "    heavy = [m for m in ('textual', 'numpy', 'rich', 'pydub') if m in sys.modules]\n"
        "    print(room, heavy, file=sys.stderr)\n"
    )
    assert alone(script, home) == [f"{room} []" for room in rooms.split()]


def test_a_closed_output_pipe_ends_the_command_quietly(home: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [*PROGRAM, "list"], env=home, stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert b"Traceback" not in done.stderr and b"Exception" not in done.stderr


def test_a_terminal_without_unicode_still_gets_readable_text(home: dict[str, str]) -> None:
    env = {**home, "LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    typed("show", "calf-stretch", env=env)
    typed("list", env=env)


def test_history_and_forget_report_an_empty_history(home: dict[str, str]) -> None:
    assert run("history", env=home).stdout == b"Nothing was played yet.\n"
    assert json.loads(run("history", "--json", env=home).stdout) == []
    assert b"Nothing was erased" in run("forget", env=home, code=1).stderr
    assert run("forget", "--yes", env=home).stdout == b"Nothing was kept.\n"
    assert not list(Path(home["HOME"]).rglob("*.db"))


def test_show_prints_an_exercise_card_and_list_prints_the_conditions(home: dict[str, str]) -> None:
    card = run("show", "calf-wall-straight", env=home).stdout.decode()
    assert card.startswith("calf-wall-straight: Wall calf stretch, knee straight\n")
    assert "2 x 30s each side" in card and "Face a wall" in card
    assert "Figure: From the side: standing, leaning forward 14 degrees." in card
    assert "Left out or swapped for `giving_way`: a knee that has been giving way" in card
    words = run("list", "--conditions", env=home).stdout.decode()
    assert "dvt_signs " in words and "urgent: one leg newly swollen" in words
    assert "new-ache " in words


def test_the_catalogue_and_the_conditions_are_listed_as_json_too(home: dict[str, str]) -> None:
    lines = run("list", "--exercises", env=home).stdout.decode().splitlines()
    rows = json.loads(run("list", "--exercises", "--json", env=home).stdout)
    assert [row["id"] for row in rows] == [line.split()[0] for line in lines]
    keys = "id name kind regions positions equipment dose how avoid_if caution"
    assert all(set(row) == set(keys.split()) for row in rows)
    shown = json.loads(run("show", "calf-wall-straight", "--json", env=home).stdout)
    assert shown in rows and shown["dose"] == "2 x 30s each side"
    words = run("list", "--conditions", env=home).stdout.decode()
    told = json.loads(run("list", "--conditions", "--json", env=home).stdout)
    for row in told["conditions"]:
        assert f"  {row['id']} " in words and f"{row['class']}: {row['says']}" in words
    assert {row["id"] for row in told["screening"]} >= {"new-ache", "skin"}
    assert all(row["asks"] in words for row in told["screening"])


def test_a_wrong_file_of_exercises_is_reported_beside_the_others(
    home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "wrong.yaml").write_text("my-own: 3\n")
    found = {**home, "SUPPLE_PATH": str(tmp_path)}
    done = run("list", "--exercises", env=found)
    assert b"calf-wall-straight" in done.stdout and b"wrong.yaml:1" in done.stderr
