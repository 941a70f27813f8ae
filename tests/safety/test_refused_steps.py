"""A massage that is refused never plays and never sounds, however it is started.

`FORBIDDEN` files are refused as a whole. The steps of `DEEP` are deep pressure that nobody has
vetted: the screening leaves them out for everybody, and no recording may hold them.
"""

import ast
import json
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple

import pytest

from player.authoring.following import Followed
from player.cli.common import Stop
from player.cli.parser import run
from player.history.journal import Journal
from player.library.folders import open_library, search_path
from player.library.opening import open_routine
from player.play.options import PlayOptions
from player.play.recording import make_programme
from player.play.screening import Screening
from player.routine.model import Plan, Routine, steps_of
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Kind
from player.safety.adapt import adapt
from player.safety.blocks import as_screened
from player.safety.cleared import Cleared, admit
from player.safety.recorded import NotRecorded
from player.session.cues import cue_sheet
from player.session.timeline import compile
from player.tui.screens.library import LibraryScreen
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    KEYS,
    LIBRARY,
    NOW,
    clearance_for,
    opened,
    plan_of,
    routine_of,
    shipped,
)
from tests.safety.test_no_way_in import Home, home, line_by_line, on_the_screens, row_of_file, walk
from tests.tui.stage import LoopClock, Stage, play_scene, staged

__all__ = ["home"]

GOOD = "name: T\nsteps:\n  - march-in-place: 60s\n  - calf-wall-straight: 30s each side\n"
CARD = "kind: roll, regions: [calf], position: floor-sit, sides: one, dose: 30s pressure 3"
PRESSES = '"Roll slowly up to behind the knee."'

FORBIDDEN = {
    "in its own card": (
        f"name: T\nexercises:\n  mine: {{name: Mine, {CARD}, how: [{PRESSES}]}}\nsteps: [mine]\n"
    ),
    "in the words of a step": (
        f"name: T\nsteps:\n  - calf-roll: 30s each side\n    cues: {{5s: {PRESSES}}}\n"
    ),
    "in a note": f"name: T\nsteps:\n  - use: calf-roll\n    roll: 30s\n    note: {PRESSES}\n",
    "in words before it": f"name: T\nsteps:\n  - say: {PRESSES}\n  - calf-roll: 30s each side\n",
    "in a stretch": (
        "name: T\nsteps:\n  - Calf: 30s\n    kind: static-stretch\n"
        "    note: Put a ball under the calf and sink in.\n"
    ),
    "in a language without lists": (
        "name: T\nlanguage: de\nsteps:\n  - Wade auf der Rolle: 30s\n    kind: roll\n"
    ),
    "with a letter of another script": (
        "name: T\nsteps:\n  - Lower calf: 30s\n    kind: roll\n    note: Over the gr\u043ein\n"
    ),
    "in its name": "name: T\nsteps:\n  - Roll the back of the knee: 30s\n    kind: roll\n",
}
"""Files with a massage that presses a forbidden place."""

BELLY = "\n    regions: [belly]\n    position: supine"
DEEP = {
    "by its kind": f"Own thing: 30s\n    kind: deep-press{BELLY}",
    "elsewhere": "Own thing: 30s\n    kind: deep-press\n    regions: [calf]\n    position: prone",
    "a press on the belly": f"Own thing: 30s\n    kind: press{BELLY}",
    "by its tool": "Own thing: 30s\n    equipment: [psoas-tool]",
    "as a stretch": "Own thing: 30s\n    kind: static-stretch\n    equipment: [psoas-tool]",
    "ours with a tool": "calf-roll: 30s each side\n    equipment: [psoas-tool]",
    "by another name": "Psoas release: 60s",
    "face down on a ball": (
        "Front of the hip: 30s\n    kind: press\n    regions: [hipflexor]\n    position: prone\n"
        "    equipment: [ball]"
    ),
    "ours with a note": "calf-roll: 30s each side\n    cues: {5s: Then press into the tummy}",
    "in rounds": "rounds: 2\n    steps:\n      - {Own thing: 30s, kind: deep-press}",
}
"""Steps of deep pressure that nobody has vetted."""

forbidden = pytest.mark.parametrize("text", FORBIDDEN.values(), ids=FORBIDDEN)
deep = pytest.mark.parametrize("step", DEEP.values(), ids=DEEP)


def with_deep(step: str, *before: str) -> str:
    """Return a routine with this step in the middle, after the items `before`."""
    lines = ["march-in-place: 60s", *before, step, "calf-wall-straight: 30s each side"]
    return "name: T\nsteps:\n" + "".join(f"  - {line}\n" for line in lines)


def is_deep(steps: Sequence[object]) -> bool:
    return any(Kind.DEEP_PRESS in as_screened(step).kinds for step in steps)  # type: ignore[arg-type]


def cleared(routine: Routine) -> Cleared:
    clearance = clearance_for()
    found = admit(plan_of(routine, clearance), clearance, "Ana", NOW)
    assert isinstance(found, Cleared)
    return found


@pytest.fixture
def place(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A machine with a person, on which no command may begin a session by itself."""
    home.keep()
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home.folder / name))
    monkeypatch.chdir(home.folder)
    return home


class Ran(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def ran(name: str, at: Home, capsys: pytest.CaptureFixture[str]) -> Ran:
    """Run a command for the file of this machine, as the program does."""
    try:
        code = run(words_for(name, at.file, at.folder))
    except Stop as stop:
        code = 1
        print(stop, file=sys.stderr)
    return Ran(code, *capsys.readouterr())


def words_for(name: str, file: Path, folder: Path) -> list[str]:
    answers = folder / "answers.json"
    answers.write_text('{"yes": [], "unsure": [], "unanswered": [], "soreness": 0, "age": 40}')
    more = {
        "export": ["--no-voice", "-o", str(folder / "n.wav")],
        "screen": ["--answers", str(answers), "--json"],
    }
    return [name, str(file), *more.get(name, [])]


# A file that presses a forbidden place


@forbidden
@pytest.mark.parametrize("name", ["export", "show", "screen", "check", "preview"])
def test_no_command_opens_a_refused_file(
    place: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
) -> None:
    place.file.write_text(text, "utf-8")
    monkeypatch.setattr(Journal, "start", lambda *given: pytest.fail("it played"))
    code, out, err = ran(name, place, capsys)
    assert code == 1 and "E40" in out + err and "second by second" not in out.lower()
    assert not list(place.folder.glob("*.wav")) and place.begun == []


@forbidden
def test_neither_host_plays_a_refused_file(
    place: Home, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    place.file.write_text(text, "utf-8")
    line_by_line(place, monkeypatch)
    assert place.begun == [] and place.asked == []


@forbidden
def test_a_file_that_is_refused_since_it_was_cut_off_is_not_resumed(
    place: Home, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    place.interrupt()
    place.file.write_text(text, "utf-8")
    words = line_by_line(place, monkeypatch, LIBRARY.find("quiet-breathing"), resume="r")
    assert "can't be played any more" in words
    assert {begun.cleared.plan.routine.id for begun in place.begun} == {"quiet-breathing"}


def in_library(
    clock: LoopClock, at: Home, size: tuple[int, int] = (59, 24)
) -> AbstractAsyncContextManager[Stage]:
    """Open the library with only this file."""
    library = LIBRARY._replace(files=(at.file,))
    options = PlayOptions(person="Ana", mute=True)
    return staged(clock, at.folder, None, options=options, library=library, size=size)


@pytest.mark.parametrize(
    "text",
    [*FORBIDDEN.values(), "name: T\nsteps:\n  - calf-roll: 90s each side pressure 8\n"],
    ids=[*FORBIDDEN, "too hard"],
)
@pytest.mark.parametrize("first", ["good", "refused"])
def test_the_library_plays_what_is_in_the_file_when_it_is_chosen(
    place: Home, first: str, text: str
) -> None:
    """The file is edited while the library is open."""
    before, after = (GOOD, text) if first == "good" else (text, GOOD)
    place.file.write_text(before, "utf-8")

    async def scene(clock: LoopClock) -> None:
        async with in_library(clock, place) as stage:
            await stage.wait_for(LibraryScreen)
            await stage.wait(500)
            place.file.write_text(after, "utf-8")
            await walk(stage, place, {})

    play_scene(scene)
    good = [step.exercise.id for step in routine_of(GOOD).steps]
    played = [[s.exercise.id for s in steps_of(b.cleared.plan.items)] for b in place.begun]
    assert all(steps == good for steps in played)
    assert bool(played) == (first == "refused" and text not in FORBIDDEN.values())


@forbidden
def test_the_preview_keeps_to_the_version_before_a_refused_one(place: Home, text: str) -> None:
    followed = Followed(place.file, CATALOGUE)
    place.file.write_text(GOOD, "utf-8")
    assert followed.look() and followed.good is not None and not followed.is_broken
    before = followed.good
    place.file.write_text(text, "utf-8")
    followed.look()
    followed.look()
    assert followed.is_broken and followed.good is before
    fresh = Followed(place.file, CATALOGUE)
    assert fresh.look() and fresh.good is None


# Deep pressure that nobody has vetted


@deep
def test_it_is_left_out_for_everybody(step: str) -> None:
    routine = routine_of(with_deep(step))
    assert is_deep(routine.steps)
    for key in ("", *KEYS):
        plan = plan_of(routine, clearance_for(*[key] if key else []))
        assert not is_deep(steps_of(plan.items)), key
        assert not is_deep([*compile(plan).steps.values()]), key


@deep
def test_none_of_its_words_is_shown_or_said(step: str) -> None:
    own = "note: Sink in deep." if "rounds" not in step else ""
    before = ["say: Now the deep one.", "wait: Find the deep spot.", "{rest: 5s, say: Deep now.}"]
    text = with_deep(f"{step}\n    {own}".rstrip(), *before)
    plan = cleared(routine_of(text)).plan
    words = " ".join(cue.text for cue in cue_sheet(compile(plan)).cues)
    assert "deep" not in words.lower() and "Own thing" not in words
    assert plan.left_out and "deep pressure" in plan.left_out[0].reason


@deep
def test_no_recording_holds_it(place: Home, capsys: pytest.CaptureFixture[str], step: str) -> None:
    place.file.write_text(with_deep(step), "utf-8")
    code, _, words = ran("export", place, capsys)
    assert code == 1 and words.count("\n") == 1
    assert words.endswith("is deep pressure, which is never exported: it needs your answers.\n")
    assert not list(place.folder.glob("*.wav"))
    routine = routine_of(with_deep(step))
    with pytest.raises(NotRecorded):
        make_programme(routine, compile(Plan.whole(routine)), ("en",), lambda wanted: {})


@deep
def test_the_dry_run_and_the_picture_only_show(
    place: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    step: str,
) -> None:
    place.file.write_text(with_deep(step), "utf-8")
    monkeypatch.setattr(Journal, "start", lambda *given: pytest.fail("it played"))
    found = json.loads(ran("screen", place, capsys).out)
    assert [gone["number"] for gone in found["removed"]] == [2]
    for name in ("show", "preview"):
        assert ran(name, place, capsys).code == 0
    assert place.begun == [] and place.asked == []


@deep
def test_both_hosts_play_the_rest_without_it(
    place: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    place.file.write_text(with_deep(step), "utf-8")
    line_by_line(place, monkeypatch)
    on_the_screens(place, row_of_file(place.file))
    assert len(place.begun) == 2
    for begun in place.begun:
        assert not is_deep(steps_of(begun.cleared.plan.items))


@deep
def test_a_file_that_has_got_it_since_it_was_cut_off_goes_on_without_it(
    place: Home, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    place.file.write_text(GOOD, "utf-8")
    place.interrupt()
    place.file.write_text(with_deep(step), "utf-8")
    words = line_by_line(place, monkeypatch, resume="r")
    assert "go on with it" in words
    (begun,) = place.begun
    assert not is_deep(steps_of(begun.cleared.plan.items))


# A person's own cards


def cards(folder: Path, text: str) -> Path:
    """Write a folder of the search path with one file of own cards."""
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    (folder / "exercises" / "own.yaml").write_text(text, "utf-8")
    return folder


def names_of(id_: str) -> list[str]:
    """Return an id and the names of an entry, each in other letters too."""
    entry = CATALOGUE.find(id_)
    assert entry is not None
    name = entry.exercise.name.pick()
    spelt = [name, name.upper(), name.replace(" ", "-"), f"  {name}  ", name.replace(" ", "_")]
    return [*spelt, id_, id_.upper(), id_.replace("-", " "), id_.replace("-", "_")]


@pytest.mark.parametrize("id_", ["psoas-tool-press", "hipflexor-half-kneel", "march-in-place"])
def test_no_own_card_takes_the_place_of_one_of_ours(id_: str, tmp_path: Path) -> None:
    for name in names_of(id_):
        for key in {"mine", id_, id_.replace("-", "_")}:
            text = f"{key}: {{name: '{name}', {CARD}, how: [Sink in deep.]}}\n"
            library = open_library([SHIPPED, cards(tmp_path, text)])
            ours = library.catalogue.find(id_)
            assert ours is not None and ours.exercise == CATALOGUE.find(id_).exercise  # type: ignore[union-attr]
            assert ours.exercise.vetted and library.problems, (key, name)
            inline = opened(f"name: T\nexercises:\n  {text}steps: ['{key}']\n")
            assert inline.routine is None, (key, name)


@forbidden
def test_a_refused_card_on_the_search_path_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("SUPPLE_PATH", os.pathsep.join([str(tmp_path / "own"), str(SHIPPED)]))
    folder = cards(tmp_path / "own", f"mine: {{name: Mine, {CARD}, how: [{PRESSES}]}}\n")
    (folder / "mine.yaml").write_text("name: Mine\nsteps: [mine]\n", "utf-8")
    (folder / "calf-stretch.yaml").write_text(text, "utf-8")
    library = open_library()
    assert tmp_path / "own" in search_path() and library.catalogue.find("mine") is None
    assert [problem.code for _, problem in library.problems] == ["E401"]
    mine = library.find("mine")
    assert mine == folder / "mine.yaml"
    assert open_routine(mine, library.catalogue).routine is None
    ours = library.find("calf-stretch")
    assert ours is not None and ours.is_relative_to(SHIPPED)


@cases("key", ["", *KEYS])
def test_neither_a_swap_nor_an_offer_takes_a_card_of_somebody_else(
    key: str, tmp_path: Path
) -> None:
    """The own cards are for each kind and region, and easier than anything of ours."""
    text = "".join(
        f"mine-{kind}-{region}: {{name: Mine {kind} {region}, kind: {kind}, regions: [{region}],"
        " position: supine, sides: one, dose: 5s}\n"
        for kind in ("static-stretch", "dynamic-stretch", "breathe", "deep-press")
        for region in ("calf", "ham", "quad", "hipflexor", "belly")
    )
    library = open_library([SHIPPED, cards(tmp_path, text)])
    assert not library.problems and library.catalogue.find("mine-deep-press-belly")
    clearance = clearance_for(*[key] if key else [])
    for routine in shipped():
        plan = adapt(routine, clearance, library.catalogue)
        assert all(step.exercise.vetted for step in steps_of(plan.items)), routine.id


# Which code makes sound


SOUNDS = {
    "player.play.sound": {"tui/app.py", "tui/visit.py", "tui/screens/session.py"},
    "player.play.recording": {"cli/export.py"},
    "audio.sound": {"play/sound.py", "cli/doctor.py"},
    "audio.device": set[str](),
    "audio.output": set[str](),
    "audio.mixer": {"play/sound.py", "play/voice.py", "play/recording.py", "cli/export.py"},
    "audio.export.writing": {"cli/export.py"},
}
"""Each module that makes sound, and which files of the program use it. No other way makes sound."""


def test_only_a_session_and_an_export_make_sound() -> None:
    root = Path(__file__).parents[2] / "player"
    found: dict[str, set[str]] = {name: set() for name in SOUNDS}
    for file in root.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                if name in found:
                    found[name].add(file.relative_to(root).as_posix())
    assert found == SOUNDS, "say in SOUNDS why it may, and prove above that nothing refused sounds"
    assert Screening.start.__annotations__["cleared"] is Cleared
