"""An editor with the real yaml-language-server and supple's schema helps a coach to write."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from platformdirs import user_cache_dir

from player.authoring.schema.writing import how_to_use, schema_text, write
from player.library.folders import open_library
from player.routine.terms import SHIPPED
from tests.cost import yardstick
from tests.proof.editor import Answer, Editor
from tests.proof.machine import Stopwatch

pytestmark = pytest.mark.proof

VERSION = "1.25.0"  # the last version that runs on Node 20
MODELINE = how_to_use(Path("supple.schema.json")).rpartition(": # ")[2]
ABOVE = f"# {MODELINE}\nname: Mine\n"
STEPS = f"{ABOVE}steps:\n"
ROUTINES = sorted(SHIPPED.glob("*.yaml"))


def server() -> list[str]:
    """The command of the server. It is downloaded once, into a cache outside the repository."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("yaml-language-server needs Node; `node` or `npm` was not found")
    name = "yaml-language-server"
    home = Path(user_cache_dir("supple-tests", appauthor=False)) / f"{name}-{VERSION}"
    if not home.is_dir():
        _install(npm, home)
    return [node, str(home / "node_modules" / name / "bin" / name)]


def _install(npm: str, home: Path) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=home.parent) as folder:
        fresh = Path(folder) / "fresh"
        fresh.mkdir()
        what = f"yaml-language-server@{VERSION}"
        quiet = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts")
        try:
            done = subprocess.run(
                [npm, "install", *quiet, "--prefix", str(fresh), what],
                capture_output=True,
                text=True,
                timeout=200,
                check=False,
            )
            why = " ".join(done.stderr.split())[:200] if done.returncode else ""
        except subprocess.TimeoutExpired:
            why = "it took longer than 200 s"
        if why:
            pytest.skip(f"npm could not fetch {what}: {why}")
        try:
            fresh.rename(home)
        except OSError:
            assert home.is_dir()  # another process was faster


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    command = server()
    folder = tmp_path_factory.mktemp("coach")
    library = open_library([SHIPPED])
    write(schema_text(library, False, ("en",)), folder / "supple.schema.json")
    write(schema_text(library, True, ("en",)), folder / "exercises.json")
    with Editor(command, folder) as started:
        yield started


def text_of(item: Answer) -> str:
    """Return the text that a completion inserts."""
    return str(item.get("textEdit", item).get("newText", item.get("insertText")))


def words_of(item: Answer) -> str:
    shown = item.get("documentation", "")
    return str(shown["value"] if isinstance(shown, dict) else shown)


# Completion


@pytest.mark.parametrize("begun", ["- cal▮", "- ▮", "- calf-wall-straight: 30s\n  - cal▮"])
def test_ids_are_offered_with_their_cards(editor: Editor, begun: str) -> None:
    offered = editor.completions(f"{STEPS}  {begun}\n")
    card = offered["calf-wall-straight"]
    assert text_of(card) == "calf-wall-straight: "
    for part in ("Wall calf stretch, knee straight", "2 x 30s each side", "1. Face a wall"):
        assert part in words_of(card)
    assert "calf-roll" in offered
    assert text_of(offered["calf-pnf-strap"]) == "calf-pnf-strap"  # its dose has no short form


def test_doses_are_offered_after_an_id(editor: Editor) -> None:
    offered = editor.completions(f"{STEPS}  - calf-wall-straight: ▮\n")
    assert text_of(offered["2 x 30s each side rest 10s"]) == "2 x 30s each side rest 10s"
    assert words_of(offered["2 x 30s each side rest 10s"]) == "The catalogue's own dose."
    assert {"30s each side", "2 x 15s each side rest 10s"} < offered.keys()


def test_keys_of_a_step_are_offered_with_their_meaning(editor: Editor) -> None:
    offered = editor.completions(f"{STEPS}  - calf-wall-straight: 30s each side\n    ▮\n")
    for key in ("note", "rest", "side", "hold", "cues", "avoid_if"):
        assert text_of(offered[key]) == f"{key}: "
        assert words_of(offered[key])


def test_keys_of_the_file_are_offered(editor: Editor) -> None:
    offered = editor.completions(f"# {MODELINE}\nn▮\n")
    assert text_of(offered["name"]) == "name: "
    assert text_of(offered["steps"]) == "steps:\n  - "
    assert {"about", "level", "goals", "defaults", "duration"} < offered.keys()


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        (f"{STEPS}  - use: ▮\n", "ham-roll", "**Hamstring"),
        (f"{STEPS}  - name: A\n    kind: ▮\n", "roll", "Massage along the muscle"),
        (f"{STEPS}  - name: A\n    side: ▮\n", "each side", ""),
        (f"{STEPS}  - name: A\n    avoid_if: ▮\n", "pad", "calves that hurt when you walk"),
        (f"{STEPS}  - name: A\n    avoid_if: [dvt_risk, ▮]\n", "pad", "calves that hurt"),
        (f"{STEPS}  - name: A\n    screening: ▮\n", "skin", "Any cut, rash, bruise"),
        (f"{STEPS}  - name: A\n    optional: ▮\n", "true", ""),
        (f"{STEPS}  - name: A\n    cues:\n      ▮\n", "half", "Half-way"),
        (f"{STEPS}  - name: A\n    phases:\n      - ▮\n", "contract", "Press lightly"),
        (f"{ABOVE}level: ▮\n", "gentle", "For anybody"),
        (f"{ABOVE}goals: [▮]\n", "night-cramp", "Against cramps"),
        (f"{ABOVE}equipment:\n  - ▮\n", "strap", "A strap, belt"),
    ],
)
def test_values_are_offered_with_their_meaning(
    editor: Editor, text: str, label: str, words: str
) -> None:
    assert words in words_of(editor.completions(text)[label])


@pytest.mark.parametrize("key", ["note", "until", "load", "name"])
def test_nothing_is_offered_inside_a_text(editor: Editor, key: str) -> None:
    assert editor.completions(f"{STEPS}  - use: calf-roll\n    {key}: ▮\n") == {}


# Hover


@pytest.mark.parametrize(
    "step", ["calf-wall-▮straight: 30s", "calf-▮wall-straight", "use: ca▮lf-wall-straight"]
)
def test_an_id_shows_its_card(editor: Editor, step: str) -> None:
    shown = editor.hover(f"{STEPS}  - {step}\n")
    for part in ("Wall calf stretch, knee straight", "*Feel:* A steady pull", "*Needs:* wall"):
        assert part in shown
    assert "Calf hand massage" not in shown


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("re▮st: 10s", "between its sets"),
        ("note: H▮m", "Shown while it is done"),
        ("kind: ro▮ll", "Massage along the muscle"),
        ("avoid_if: [pa▮d, heart]", "calves that hurt when you walk"),
    ],
)
def test_keys_and_words_show_their_meaning(editor: Editor, lines: str, words: str) -> None:
    assert words in editor.hover(f"{STEPS}  - Mine: 30s\n    {lines}\n")


# Diagnostics


@pytest.mark.parametrize(
    ("lines", "place", "words"),
    [
        ("calf-wal-straight: 30s", (3, 4), "There is no exercise and no key of this name."),
        ("calf-wal-straight", (3, 4), "There is no exercise and no key of this name."),
        ("Mine: 30s\n    hodl: 5s", (4, 4), "There is no exercise and no key of this name."),
        ("Mine: 30s\n    kind: rol", (4, 10), "There is no such kind; one of: static-stretch"),
        ("Mine: 30s\n    regions: [calf, clf]", (4, 20), "There is no such region; one of: calf"),
        ("calf-roll: 30", (3, 15), "This has no unit: seconds or reps?"),
        ("Mine: thirty", (3, 10), "Write a dose such as `30s`"),
        ("calf-roll:\n      hold: 30s", (4, 6), "Here a dose stands, not more keys"),
        ("Mine: 30s\n    rest: soon", (4, 10), "Write a time such as `30s`"),
        ("Mine: 30s\n    optional: yes", (4, 14), "Write `true` or `false`."),
        ("Mine: 30s\n    cues: {later: Hm}", (4, 11), "Write when: `0s`, `15s`, `half`"),
        ("hold: 30s", (3, 4), "This step does not say which exercise it is"),
        ("rounds: 3\n    Mine: 5s", (3, 4), "to repeat one exercise write `sets`"),
        ("{block: A, round: 3, steps: [Mine: 5s]}", (3, 15), "A block has only the keys"),
        ("Mine: 30s\n    Mine: 30s", (4, 4), "must be unique"),
    ],
)
def test_a_mistake_is_reported_once_at_its_place(
    editor: Editor, lines: str, place: tuple[int, int], words: str
) -> None:
    (shown,) = editor.diagnostics(f"{STEPS}  - {lines}\n")
    start = shown["range"]["start"]
    assert (start["line"], start["character"]) == place
    assert words in shown["message"]


@pytest.mark.parametrize("file", ROUTINES, ids=lambda file: file.stem)
def test_the_shipped_files_have_no_diagnostics(editor: Editor, file: Path) -> None:
    assert editor.diagnostics(f"# {MODELINE}\n{file.read_text('utf-8')}") == []


def test_values_that_yaml_would_convert_are_accepted(editor: Editor) -> None:
    steps = "  - Mine: 1:30\n    note: no\n    rest: 10\n  - calf_roll:\n  - say: ~\n"
    assert (
        editor.diagnostics(f"{ABOVE}language: no\nformat: 01\n{STEPS[len(ABOVE) :]}{steps}") == []
    )


def test_catalogue_files_are_explained_too(editor: Editor) -> None:
    modeline = MODELINE.replace("supple.schema.json", "exercises.json")
    for file in sorted((SHIPPED / "exercises").glob("*.yaml")):
        assert editor.diagnostics(f"# {modeline}\n{file.read_text('utf-8')}") == []
    begun = f"# {modeline}\nmy-stretch:\n  name: Mine\n"
    assert "supine" in editor.completions(f"{begun}  position: ▮\n")
    shown = editor.diagnostics(f"{begun}  kind: rol\n  posture: stand\n")
    assert any("There is no such kind" in one["message"] for one in shown)
    assert any("has no such key" in one["message"] for one in shown)


def test_the_editor_answers_quickly(editor: Editor) -> None:
    text = ROUTINES[0].read_text("utf-8").rstrip() + "\n"
    begun = f"# {MODELINE}\n{text.replace('sources:', '  - cal▮' + chr(10) + 'sources:')}"
    watch = Stopwatch(editor.process.pid)
    offered = editor.completions(begun)
    work = watch.worked() / yardstick()
    print(f"{work:.0f} yardsticks")
    assert "calf-wall-straight" in offered
    assert work < 50
