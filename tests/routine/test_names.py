"""Names and ids, private catalogues, never-press places and clips."""

from pathlib import Path

import pytest

from player.library.folders import open_library, own_folder, search_path
from player.routine.terms import SHIPPED, load_terms
from player.routine.vocabulary import Kind, Position, Region
from tests.cases import cases
from tests.routine.reading import errors, first_step, opened, shipped, warnings, with_steps

ENTRY = """\
{id}:
  name: {name}
  regions: [calf]
  kind: {kind}
  position: chair
  sides: one
  dose: 30s
"""


def entry(id: str, name: str, kind: str = "static-stretch") -> str:
    return ENTRY.format(id=id, name=name, kind=kind)


@pytest.mark.parametrize(
    "written", ["calf-roll", "calf_roll", "Calf roll", "CALF-ROLL", "Calf_Roll", " Calf  roll "]
)
def test_names_and_ids_find_the_same_exercise(written: str) -> None:
    assert first_step(f'"{written}": 30s').exercise.id == "calf-roll"
    assert first_step(f'use: "{written}"').exercise.id == "calf-roll"
    assert first_step(f'name: "{written}"\nhold: 30s').exercise.id == "calf-roll"


def test_every_entry_is_found_by_its_id_and_by_every_name() -> None:
    catalogue = shipped()
    for found in catalogue.entries:
        exercise = found.exercise
        for words in (exercise.id, exercise.id.replace("-", "_"), *exercise.name.words.values()):
            assert catalogue.find(words) is found
            assert catalogue.find(words.upper()) is found


def test_a_name_beside_use_only_changes_the_title() -> None:
    step = first_step("use: calf-roll\nname: My own roll")
    assert (step.exercise.id, step.title.pick()) == ("calf-roll", "My own roll")


def test_what_a_step_leaves_out_counts_as_the_worst_case() -> None:
    unknown = first_step("My stretch: 30s").exercise
    assert unknown.kinds == {Kind.STATIC, Kind.PRESS}
    assert unknown.regions == set(Region)
    assert unknown.positions == set(Position)
    complete = first_step(
        "{name: Mine, hold: 3s, kind: heat, regions: [calf, knee], position: half_kneel}"
    ).exercise
    assert complete.kind is Kind.HEAT
    assert complete.kinds == {Kind.HEAT}
    assert complete.regions == {Region.CALF, Region.KNEE}
    assert complete.positions == {Position.HALF_KNEEL}


def test_a_step_with_all_its_details_is_not_asked_for_them() -> None:
    step = "{name: Mine, hold: 3s, kind: heat, regions: [calf], position: chair}"
    (problem,) = opened(with_steps(step)).problems
    assert (problem.code, problem.help) == ("W301", "")
    assert "worst" not in problem.message


def test_a_capitalised_key_is_read_as_a_name_with_a_warning() -> None:
    (problem,) = opened(with_steps("Rest: 20s")).problems
    assert problem.code == "W301"
    assert "`rest` in small letters" in problem.help


def test_a_private_catalogue_is_searched_like_the_shipped_one_but_never_vetted() -> None:
    own = "exercises:\n  " + entry("my-own", "{en: My own, es: Mío}").replace("\n", "\n  ")
    for written in ("my-own", "my_own", "My own", "MÍO"):
        exercise = first_step(f'"{written}": 30s', above=own.rstrip() + "\n").exercise
        assert (exercise.id, exercise.vetted, exercise.known) == ("my-own", False, True)


def test_a_private_entry_can_not_replace_another() -> None:
    for id, name in (("calf_roll", "Mine"), ("mine", "Calf_roll"), ("mine", "{es: CALF ROLL}")):
        above = "exercises:\n  " + entry(id, name).replace("\n", "\n  ").rstrip() + "\n"
        found = opened(with_steps("calf-roll: 30s", above=above))
        assert [problem.code for problem in errors(found)] == ["E304"]


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    found = [SHIPPED, tmp_path / "own", tmp_path / "team"]
    for folder in found[1:]:
        (folder / "exercises").mkdir(parents=True)
    return found


def test_ids_are_unique_over_all_catalogues(folders: list[Path]) -> None:
    for folder, words in ((folders[1], "mine"), (folders[2], "MINE")):
        (folder / "exercises" / "a.yaml").write_text(entry("x-one".replace("x-", ""), words))
    (folders[2] / "exercises" / "b.yaml").write_text(entry("calf-roll", "Harmless"))
    library = open_library(folders)
    assert [problem.code for _, problem in library.problems] == ["E304", "E304"]
    roll = library.catalogue.find("calf-roll")
    assert roll is not None
    assert roll.exercise.vetted
    assert library.catalogue.find("Harmless") is None
    one = library.catalogue.find("one")
    assert one is not None
    assert not one.exercise.vetted


def test_the_shipped_routines_come_first_and_the_first_of_an_id_wins(folders: list[Path]) -> None:
    (folders[1] / "calf_stretch.yaml").write_text(with_steps("A: 3s"))
    (folders[1] / "mine.yml").write_text(with_steps("A: 3s"))
    (folders[2] / "mine.yaml").write_text(with_steps("A: 3s"))
    library = open_library(folders)
    assert library.find("Calf stretch") == SHIPPED / "calf-stretch.yaml"
    assert library.find("mine") == folders[1] / "mine.yml"
    assert library.find("nothing") is None
    assert not library.problems


def test_the_search_path_is_the_own_folder_and_those_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv(
        "SUPPLE_PATH", f"{tmp_path / 'a'}:: {tmp_path / 'missing'}".replace(": ", ":")
    )
    found = search_path()
    assert found == [SHIPPED, own_folder(), tmp_path / "a", tmp_path / "missing"]
    assert open_library(found).catalogue.find("calf-roll")


def never_press_phrases() -> list[tuple[str, str]]:
    """Return one phrase per never-press place, checked against the shipped lists."""
    return [
        ("knee_back", "behind the knee"),
        ("knee_outer_knob", "the outer knee"),
        ("groin", "the groin"),
        ("belly_midline", "the navel"),
        ("above_navel", "the upper belly"),
        ("pulse", "on the pulse"),
        ("ribs", "under the ribs"),
        ("flank", "the flank"),
        ("kneecap", "over the kneecap"),
        ("joint_line", "along the joint line"),
        ("shin_crest", "the shin bone"),
        ("sitting_bone", "the sitting bone"),
        ("hip_point", "the hip bone"),
        ("spine", "along the spine"),
        ("tailbone", "the tailbone"),
        ("achilles", "the Achilles"),
        ("ankle_knob", "the ankle bone"),
        ("neck", "the neck"),
        ("collarbone", "the collarbone"),
        ("hip_crease", "the hip crease"),
        ("inside_hip", "inside the hip bone"),
    ]


@cases(("place", "words"), never_press_phrases())
def test_a_massage_step_may_not_press_a_forbidden_place(place: str, words: str) -> None:
    assert load_terms().search.pressed(f"Press {words}.") == place
    for step in (
        f"{{name: Press {words}, kind: press, hold: 3s}}",
        f"{{name: A, kind: roll, roll: 3s, cues: {{1s: Roll {words}}}}}",
        f"{{name: Ball {words}, hold: 3s}}",
        f"{{name: A, hold: 3s, equipment: [ball], cues: {{1s: Onto {words}}}}}",
        f"{{name: A, phases: [{{rub: 3s, say: Onto {words}}}], pressure: 3}}",
        f"{{name: A, kind: press, hold: 3s, note: Press {words}}}",
        f"{{name: A, kind: press, hold: 3s, until: You press {words}}}",
        f"{{use: calf-roll, roll: 30s, note: Then roll {words}}}",
    ):
        assert [p.code for p in errors(opened(with_steps(step)))] == ["E401"], step
    for step in (
        f"{{name: A, kind: press, hold: 3s, cues: {{1s: Stay off {words}}}}}",
        f"{{name: Stretch {words}, kind: static-stretch, hold: 3s}}",
    ):
        assert not errors(opened(with_steps(step))), step


def test_every_place_of_the_shipped_lists_is_covered_here() -> None:
    assert load_terms().search.places == {place for place, _ in never_press_phrases()}
    found = opened(with_steps("{name: Ball on the IT-band, kind: roll, roll: 3s}"))
    assert [problem.code for problem in warnings(found)] == ["W401"]


NO_CLIPS = [
    "/etc/bell.wav", "../bell.wav", "a/../bell.wav", "./bell.wav", "a//bell.wav", "~/bell.wav",
    "~root/bell.wav", "C:/bell.wav", "C:bell.wav", "a\\\\bell.wav", "\\\\\\\\host\\\\bell.wav",
    "http://x.org/bell.wav", "file:bell.wav", "-bell.wav", "$HOME/bell.wav", "%TEMP%/bell.wav",
    "bell.wav?x", "bell|.wav", "*.wav", "<bell.wav", "a /bell.wav", "bell.exe", "bell", "bell.wav/",
    "bell.wav .", ".wav/..", "x" * 250 + ".wav", "bell.wav\\n", "bell.mp4", "bell.m3u",
]  # fmt: skip


@cases("path", NO_CLIPS)
def test_a_clip_must_be_a_sound_file_in_the_own_folder(path: str) -> None:
    found = opened(with_steps(f'{{name: A, hold: 3s, cues: {{1s: {{clip: "{path}"}}}}}}'))
    if path == "bell.wav\\n":  # a space or line end around a path is not part of it
        assert found.routine
    else:
        assert [problem.code for problem in errors(found)] == ["E403"], found.report()


@pytest.mark.parametrize("escape", ["\\0", "\\e[2J", "\\u202e", "\\x9b"])
def test_a_clip_path_with_an_unsafe_character_is_refused(escape: str) -> None:
    found = opened(with_steps(f'{{name: A, hold: 3s, cues: {{1s: {{clip: "a{escape}.wav"}}}}}}'))
    assert [problem.code for problem in errors(found)] == ["E004"]


@pytest.mark.parametrize("path", ["bell.wav", "sounds/Bell 1.ogg", "klänge/ton.flac", "b.MP3"])
def test_a_clip_inside_the_folder_is_accepted(path: str) -> None:
    step = first_step(f"{{name: A, hold: 3s, cues: {{1s: {{clip: {path}, when: last-set}}}}}}")
    assert step.cues[0].clip == path
