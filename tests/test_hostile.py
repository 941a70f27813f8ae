"""Attacks by a hostile file on a person who lists, shows, checks or plays it."""

import json
from pathlib import Path

import pytest

from tests.cases import cases
from tests.cli.test_commands import typed
from tests.commands import run
from tests.program import home_of

MARKUP = "[@click=app.quit]x[/] [/oops] [left side] {0} %s $(id) `id` <b> &amp;"
WIDE = "膝の裏 👩‍👩‍👧".replace("\u200d", "") + " e\u0301 " + "\u0300" * 20 + " ﷽"


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return home_of(tmp_path)


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def hostile_file(folder: Path, name: str = "hostile.yaml") -> Path:
    file = folder / name
    text = (
        f"name: {quoted(MARKUP)}\nabout: {quoted(WIDE)}\nsteps:\n"
        f"  - say: {quoted(MARKUP)}\n"
        f"  - name: {quoted(MARKUP)}\n    hold: 20s\n    note: {quoted(WIDE)}\n"
        f"    cues: {{5s: {quoted(MARKUP)}}}\n"
        f"  - wait: {quoted(WIDE)}\n  - A: 10s\n"
    )
    file.write_text(text, "utf-8")
    return file


def test_markup_and_odd_letters_are_shown_literally(home: dict[str, str], tmp_path: Path) -> None:
    file = hostile_file(tmp_path)
    shown = run("show", str(file), env=home).stdout.decode()
    assert MARKUP in shown
    listed = run("list", env={**home, "SUPPLE_PATH": str(tmp_path)}).stdout.decode()
    assert MARKUP in listed
    assert MARKUP[:20] in run("check", str(file), env=home).stdout.decode()


def test_a_file_name_can_not_control_the_terminal(home: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "lib"
    folder.mkdir()
    for number, bad in enumerate(("\x1b]0;pwned\x07", "\x9b31m", "\u202e", "\udcff")):
        hostile_file(folder, f"{number}{bad}.yaml")
        (folder / f"broken{number}{bad}.yaml").write_text("name: [\n")
    env = {**home, "SUPPLE_PATH": str(folder)}
    for words in (["list"], ["list", "--json"], ["check", str(folder)], ["show", "\x1b[31mx"]):
        run(*words, env=env, code=1 if words[0] in {"check", "show"} else 0)
    typed("list", env=env)
    rows = json.loads(run("list", "--json", env=env).stdout)
    assert any("\u202e" in row["path"] for row in rows)


BOMB = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
HOSTILE = {
    "escape.yaml": b"name: \x1b[31mred\nsteps:\n  - A: 30s\n",
    "escaped.yaml": b'name: "\\e]0;pwned\\a"\nsteps:\n  - A: 30s\n',
    "c1.yaml": b'name: "\\x9b31m"\nsteps:\n  - A: 30s\n',
    "bidi.yaml": "name: a\u202eb\nsteps:\n  - A: 30s\n".encode(),
    "zero.yaml": "name: a\u200bb\nsteps:\n  - A: 30s\n".encode(),
    "brackets.yaml": b"[" * 50_000,
    "braces.yaml": b"name: " + b"{a: " * 50_000,
    "bomb.yaml": BOMB.encode(),
    "merge.yaml": b"a: &a {x: 1}\nb: {<<: *a}\n",
    "large.yaml": b"name: x\n" + b"# padding\n" * 1_100_000,
    "latin.yaml": "name: Mühe\n".encode("latin-1"),
    "utf16.yaml": "name: x\n".encode("utf-16"),
    "nul.yaml": b"name: a\0b\n",
    "tag.yaml": b"name: !!python/object/apply:os.system [id]\nsteps:\n  - A: 30s\n",
    "second.yaml": b"name: x\nsteps:\n  - A: 30s\n---\nname: y\n",
    "enormous.yaml": b"name: x\nsteps:\n  - A: 99999999999999999999 x 99999999999h\n",
    "nested.yaml": b"name: x\nsteps:\n" + b"".join(
        b"  " * n + b"  - rounds: 100\n" + b"  " * n + b"    steps:\n" for n in range(4)
    ) + b"          - A: 100 x 1000 x 1s each side\n",
    "clip.yaml": b"name: x\nsteps:\n  - A: 30s\n    cues: {5s: {clip: ../../etc/passwd.wav}}\n",
    "absolute.yaml": b"name: x\nsteps:\n  - A: 30s\n    cues: {5s: {clip: /dev/zero.wav}}\n",
    "digits.yaml": "name: x\nsteps:\n  - A: ３０s\n".encode(),
    "not-a-map.yaml": b"- 1\n- 2\n",
    "empty.yaml": b"",
    "keys.yaml": b"? {a: b}\n: c\n",
}  # fmt: skip


@cases("name", HOSTILE)
def test_hostile_files_are_refused_with_a_message(
    home: dict[str, str], tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(HOSTILE[name])
    done = run("check", str(file), env=home, code=1)
    assert b"error[E" in done.stdout
    assert len(done.stdout) < 100_000
    error = run("show", str(file), env=home, code=1).stderr
    assert b"neither shown nor played" in error


def test_paths_that_are_no_regular_files_are_refused_with_a_message(
    home: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for path in (tmp_path / "folder.yaml", tmp_path / "missing.yaml", Path("/dev/null.yaml")):
        run("show", str(path), env=home, code=1)
    run("show", "a/b/c", env=home, code=1)


@cases(
    "answers",
    [b"", b"[" * 100_000, b"nul", b'{"yes": 1}', b'{"yes": ["x\x1b[31m"]}', b'{"soreness": NaN}',
     b'{"soreness": 11}', b'{"soreness": true}', b'{"age": -1}', b'{"yes": [], "yes": []}',
     b'{"ye": []}', b"\xff\xfe", b'{"age": 1e400}', b'{"soreness": ' + b"9" * 5_000 + b"}"],
)  # fmt: skip
def test_hostile_answers_are_refused_in_a_sentence(
    home: dict[str, str], tmp_path: Path, answers: bytes
) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(answers)
    done = run("screen", "calf-stretch", "--answers", str(file), env=home, code=1)
    assert done.stdout == b""
    assert len(done.stderr.splitlines()) == 1
