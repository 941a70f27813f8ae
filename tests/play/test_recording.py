"""A session as a sound file: its warnings, its contents, and the refusals."""

import os
import random
import re
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from audio.cue import CueKind, Spoken
from audio.frames import RATE, frame_of
from audio.mixer import Mixer, Speech
from audio.samples import sixteen_bits
from audio.tones import chimes
from audio.voices.making import make_speech
from player.check.lint.words import FORBIDDEN
from player.check.playable import open_to_play
from player.library.folders import open_library
from player.library.opening import open_routine
from player.play.recording import (
    WARNED_WITHIN_MS,
    Recording,
    chapter_marks,
    make_programme,
    warning_cues,
)
from player.routine.model import Plan, Routine
from player.safety.recorded import RECORDED, why_not_recorded
from player.session.cues import cue_sheet
from player.session.phrases import LANGUAGES as SPOKEN
from player.session.pressing import PRESS_ON_MUSCLE
from player.session.timeline import Timeline, compile
from tests.cases import cases
from tests.commands import run
from tests.grade import grade
from tests.habits import seed, some_here_all_in_proof, tries
from tests.program import PROGRAM, home_of
from tests.tui.stage import row_of

LIBRARY = open_library()
DEEP = {"psoas-massager"}
EXPORTED = sorted(set(LIBRARY.ids) - DEEP)
LANGUAGES = ("en",)
WARNINGS = RECORDED["en"].warnings

every_routine = cases("name", EXPORTED)


def routine_of(name: str) -> Routine:
    path = LIBRARY.find(name)
    assert path is not None
    routine = open_routine(path, LIBRARY.catalogue).routine
    assert routine is not None
    return routine


def timeline_of(routine: Routine) -> Timeline:
    return compile(Plan.whole(routine))


class Printed(NamedTuple):
    stdout: str
    stderr: str


class Speaker:
    """A voice that needs the same time for every text, and remembers the requested texts."""

    def __init__(self, ms: int) -> None:
        self.asked: list[Spoken] = []
        self._said = np.full(frame_of(ms), 0.1, np.float32)

    def __call__(self, wanted: Sequence[Spoken]) -> Speech:
        self.asked += wanted
        return {(spoken.language, spoken.text): self._said for spoken in wanted}


def nobody(wanted: Sequence[Spoken]) -> Speech:
    return {}


def made_of(name: str, voice: Speaker | None = None) -> Recording:
    routine = routine_of(name)
    return make_programme(routine, timeline_of(routine), LANGUAGES, voice or nobody)


# The warnings at the beginning


def test_the_warnings_are_easy_to_read_and_can_be_spoken_in_time() -> None:
    assert grade(" ".join(WARNINGS)) <= 7
    assert len(" ".join(WARNINGS).split()) <= 118  # at 170 words a minute 42 seconds
    assert not FORBIDDEN.search(" ".join(WARNINGS))


def test_the_file_begins_with_the_warnings() -> None:
    made = made_of("calf-stretch", Speaker(3_900))
    opening, session = made.programme.parts
    assert made.spoken_warnings == WARNINGS and made.unspoken_warnings == ()
    heard = opening.mixer.read(0, opening.frames)[:, 0]
    chime = chimes()[CueKind.START]
    assert (heard[: len(chime)] == chime).all()
    spoken = np.flatnonzero(heard == np.float32(0.1))
    assert spoken[0] == frame_of(1_500)
    assert len(spoken) == len(WARNINGS) * frame_of(3_900)
    assert spoken[-1] < frame_of(WARNED_WITHIN_MS)
    assert opening.frames - spoken[-1] == frame_of(1_500) + 1
    assert session.mixer.beginning(0, 1)


def test_warnings_that_would_end_after_45_seconds_are_reported_as_left_out() -> None:
    made = made_of("calf-stretch", Speaker(9_000))
    assert (made.spoken_warnings, made.unspoken_warnings) == (WARNINGS[:4], WARNINGS[4:])
    assert made.programme.parts[0].frames <= frame_of(WARNED_WITHIN_MS + 1_500)


def own_roll(language: str) -> Routine:
    """Return a routine with a massage that nobody has vetted."""
    step = "  - Own roll: 20s each side\n    kind: roll\n    regions: [calf]\n"
    return row_of(step, head=f"name: T\nlanguage: {language}").routine


@pytest.mark.parametrize("language", sorted(RECORDED))
@pytest.mark.parametrize("ms", [500, 9_000])
def test_a_massage_of_a_file_is_warned_of_last_and_never_left_out(language: str, ms: int) -> None:
    routine, voice = own_roll(language), Speaker(ms)
    timeline = timeline_of(routine)
    made = make_programme(routine, timeline, (language,), voice)
    assert made.spoken_warnings[-1] == PRESS_ON_MUSCLE[language]
    assert made.spoken_warnings[:-1] == RECORDED[language].warnings[: None if ms == 500 else 4]
    assert PRESS_ON_MUSCLE[language] in made.programme.comment
    opening, session = made.programme.parts
    spoken = np.flatnonzero(opening.mixer.read(0, opening.frames)[:, 0] == np.float32(0.1))
    assert len(spoken) == len(made.spoken_warnings) * frame_of(ms)
    assert opening.frames - spoken[-1] == frame_of(1_500) + 1
    assert session.frames >= frame_of(timeline.total_ms)
    silent = make_programme(routine, timeline, (language,), nobody)
    assert silent.unspoken_warnings[-1] == PRESS_ON_MUSCLE[language]


def test_without_a_voice_the_file_begins_with_a_chime() -> None:
    made = made_of("calf-stretch")
    opening = made.programme.parts[0]
    assert made.spoken_warnings == ()
    assert opening.frames == frame_of(3_000)
    assert opening.mixer.read(0, 100).any()


def test_the_voice_is_asked_for_the_warnings_before_anything_else() -> None:
    voice = Speaker(500)
    made_of("calf-stretch", voice)
    assert [spoken.text for spoken in voice.asked[: len(WARNINGS)]] == list(WARNINGS)
    assert {spoken.language for spoken in voice.asked[: len(WARNINGS)]} == {"en"}


def test_each_language_of_the_program_has_all_the_warnings() -> None:
    assert set(RECORDED) == set(SPOKEN)
    assert len({len(words.warnings) for words in RECORDED.values()}) == 1


@pytest.mark.parametrize("language", sorted(RECORDED))
def test_the_warnings_are_spoken_in_the_language_of_the_session(language: str) -> None:
    voice, words = Speaker(500), RECORDED[language]
    routine = row_of("  - rounds: 2\n    steps:\n      - {Calf: 20s, kind: strengthen}\n").routine
    made = make_programme(routine, timeline_of(routine), (language,), voice)
    assert made.spoken_warnings == words.warnings
    assert {asked.language for asked in voice.asked} == {language}
    titles = [chapter.title for chapter in made.programme.chapters]
    assert titles == [words.before, *(f"Calf{words.round.format(number)}" for number in (1, 2))]


@pytest.mark.skipif(find_spec("py_nanotts") is None, reason="needs py-nanotts")
@pytest.mark.parametrize("language", sorted(RECORDED))
def test_the_bundled_voice_speaks_all_warnings_in_time(language: str, tmp_path: Path) -> None:
    words = RECORDED[language]
    speech = make_speech([(language, text) for text in words.warnings], tmp_path)
    asked = [Spoken(text, language, 0) for text in words.warnings]
    _, length, warned = warning_cues(asked, speech, words.before)
    assert warned == words.warnings and length <= WARNED_WITHIN_MS + 1_500


# The session itself


@pytest.mark.parametrize("name", some_here_all_in_proof(sorted(set(LIBRARY.ids) - DEEP), 6))
def test_the_session_in_the_file_sounds_the_same_as_live(name: str) -> None:
    routine = routine_of(name)
    timeline = timeline_of(routine)
    made = made_of(name)
    first, total = made.programme.parts[0].frames, made.programme.frames
    live = Mixer(cue_sheet(timeline, LANGUAGES))
    at = 0
    for block in made.programme.blocks():
        begin = at - first
        if begin >= 0:
            assert (block == sixteen_bits(live.read(begin, len(block)))).all()
        at += len(block)
    assert at == total >= first + frame_of(timeline.total_ms)
    assert total - first - frame_of(timeline.total_ms) < 3 * RATE, "the last chime rings out"


@every_routine
def test_each_step_is_a_chapter_with_its_name(name: str) -> None:
    routine = routine_of(name)
    timeline = timeline_of(routine)
    programme = made_of(name).programme
    chapters = programme.chapters
    assert chapters[0] == (0, RECORDED["en"].before)
    titles = [re.sub(r", round \d+$", "", chapter.title) for chapter in chapters[1:]]
    assert list(dict.fromkeys(titles)) == list(
        dict.fromkeys(step.title.pick(LANGUAGES) for step in routine.steps)
    )
    begins = programme.parts[0].frames
    starts = {begins + frame_of(segment.start) for segment in timeline.segments}
    assert {chapter.first for chapter in chapters[1:]} <= starts
    assert sorted(chapter.first for chapter in chapters) == [c.first for c in chapters]


def test_a_step_in_rounds_has_a_chapter_in_each(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_text(
        "name: R\nsteps:\n  - march-in-place: 30s\n  - rounds: 2\n    rest: 20s\n    steps:\n"
        "      - calf-wall-straight: 20s left\n      - quad-stand: 20s left\n  - wait: Sit down\n"
    )
    routine = open_routine(file, LIBRARY.catalogue).routine
    assert routine is not None
    marks = chapter_marks(timeline_of(routine), LANGUAGES)
    calf, quad = "Wall calf stretch, knee straight", "Standing quad stretch"
    names = [mark.title for mark in marks]
    assert names[0].startswith("March")
    assert [name.rpartition(", ")[2] for name in names[1:]] == ["round 1"] * 2 + ["round 2"] * 2
    assert calf and quad and names[1] != names[2] and marks[0].at == 0


def test_a_step_that_waits_takes_its_estimated_time(tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    file.write_text(
        "name: W\nsteps:\n  - calf-wall-straight: 20s left\n  - wait: Fetch the strap\n"
        "  - ham-active-extend: 10 reps each side\n"
    )
    routine = open_routine(file, LIBRARY.catalogue).routine
    assert routine is not None
    timeline = timeline_of(routine)
    assert not timeline.exact
    made = make_programme(routine, timeline, LANGUAGES, nobody)
    session = made.programme.parts[1]
    end = frame_of(timeline.total_ms)
    assert end <= session.frames < end + 3 * RATE
    assert session.mixer.read(end, 100).any()


# What is refused


def export(*words: str, folder: Path, code: int = 0) -> Printed:
    done = run("export", *words, env=home_of(folder), cwd=folder, code=code)
    return Printed(done.stdout.decode(), done.stderr.decode())


def sounds_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.is_file())


@pytest.mark.parametrize("name", sorted(DEEP))
def test_exporting_deep_pressure_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    words = export(name, folder=tmp_path, code=1).stderr
    assert words == (
        "supple: `Gentle hand press beside the hip bone` is deep pressure, which is never "
        "exported: it needs your answers.\n"
    )
    assert sounds_in(tmp_path) == []


def test_every_other_shipped_routine_can_be_exported() -> None:
    assert [name for name in LIBRARY.ids if why_not_recorded(routine_of(name).steps)] == sorted(
        DEEP
    )


@pytest.mark.parametrize(
    "step",
    [
        "- psoas-tool-press: 30s each side",
        "- use: psoas-tool-press\n    hold: 30s",
        "- rounds: 2\n    steps:\n      - psoas-tool-press: 30s each side",
        "- Belly work: 30s\n    kind: deep-press\n    regions: [belly]\n    position: prone",
        "- Belly work: 30s\n    kind: press\n    regions: [belly]\n    position: prone",
        "- Front of the hip: 30s\n    kind: static-stretch\n    equipment: [psoas-tool]",
        "- Belly massage: 30s",  # the kind of the step is not stated
    ],
)
def test_deep_pressure_is_refused_wherever_it_hides(step: str, tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(f"name: T\nsteps:\n  - march-in-place: 30s\n  {step}\n")
    opened = open_to_play(file, LIBRARY.catalogue)
    assert opened.routine is None or "deep pressure" in why_not_recorded(opened.routine.steps)
    words = export(str(file), folder=tmp_path, code=1).stderr
    assert "deep pressure" in words or "errors" in words
    assert sounds_in(tmp_path) == ["t.yaml"]


@pytest.mark.parametrize("step", ["calf-roll: 90s each side pressure 8", "no-such-thing"])
def test_a_file_with_errors_is_refused(step: str, tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(f"name: T\nsteps:\n  - {step}\n")
    words = export("t.yaml", folder=tmp_path, code=1).stderr
    assert words.endswith("supple: This file has errors, so it is not exported.\n")
    assert sounds_in(tmp_path) == ["t.yaml"]


# The command


@pytest.fixture
def short(tmp_path: Path) -> Path:
    file = tmp_path / "t.yaml"
    file.write_text("name: T\nsteps:\n  - calf-wall-straight: 20s each side\n")
    return file


def test_export_writes_a_wav_and_prints_the_warnings_that_are_not_spoken(short: Path) -> None:
    out = export("t.yaml", "--no-voice", folder=short.parent).stdout
    said = " ".join(out.split())
    for words in WARNINGS:
        assert f"- {words}" in said
    assert "A recording can't ask the safety questions" in said
    assert re.search(r"Wrote t\.wav: 1:\d\d, 2 chapters\.", said)
    assert sounds_in(short.parent) == ["t.wav", "t.yaml"]
    with wave.open(str(short.parent / "t.wav")) as opened:
        assert opened.getnframes() > 50 * RATE


def test_the_ending_of_the_file_name_selects_the_format(short: Path) -> None:
    pytest.importorskip("av")
    short.write_text("name: T\nsteps:\n  - calf-wall-straight: 2s left ready 0s\n")
    export("t.yaml", "--no-voice", "-o", "x.MP3", folder=short.parent)
    assert (short.parent / "x.MP3").read_bytes()[:3] == b"ID3"
    export("t.yaml", "--no-voice", "-o", "y", "--format", "flac", folder=short.parent)
    assert (short.parent / "y").read_bytes()[:4] == b"fLaC"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["-o", "x.mp3", "--format", "wav"], 2, "ends in .mp3, not in .wav"),
        (["-o", "x.txt"], 2, "--format says which it is"),
        (["-o", "no/x.wav"], 1, "Can't write `no/x.wav`: no such file or directory."),
        (["--background", "t.yaml"], 1, "is no WAV, FLAC, MP3 or Ogg Vorbis file."),
        (["--background", "gone.mp3"], 1, "The sound `gone.mp3` can't be read"),
    ],
)
def test_an_impossible_export_is_refused_with_its_reason(
    short: Path, words: list[str], code: int, says: str
) -> None:
    assert says in export("t.yaml", "--no-voice", *words, folder=short.parent, code=code).stderr
    assert sounds_in(short.parent) == ["t.yaml"]


def test_an_existing_file_is_replaced_only_with_overwrite(short: Path) -> None:
    (short.parent / "t.wav").write_text("mine")
    words = export("t.yaml", folder=short.parent, code=1).stderr
    assert "is there already" in words and (short.parent / "t.wav").read_text() == "mine"
    export("t.yaml", "--no-voice", "--overwrite", folder=short.parent)
    assert (short.parent / "t.wav").read_bytes()[:4] == b"RIFF"


def test_a_coach_s_clip_is_in_the_file_and_a_hostile_one_is_named(short: Path) -> None:
    bell = Path(__file__).parents[1] / "audio" / "clips" / "good.ogg"
    (short.parent / "bell.ogg").write_bytes(bell.read_bytes())
    (short.parent / "list.mp3").write_text("ffconcat version 1.0\nfile bell.ogg\n")
    short.write_text(
        "name: T\nsteps:\n  - calf-wall-straight: 20s left\n"
        "    cues: {5s: {clip: bell.ogg}, 9s: {clip: list.mp3}}\n"
    )
    out = export("t.yaml", "--no-voice", folder=short.parent).stdout
    assert "The sound `list.mp3` is no WAV, FLAC, MP3 or Ogg Vorbis file." in out
    with wave.open(str(short.parent / "t.wav")) as opened:
        frames = np.frombuffer(opened.readframes(opened.getnframes()), np.int16)[::2]
    routine = open_routine(short, LIBRARY.catalogue).routine
    assert routine is not None
    sheet = cue_sheet(timeline_of(routine))
    at = next(cue.at for cue in sheet.cues if cue.clip == "bell.ogg")
    first = frame_of(3_000 + at)
    assert not frames[first - 480 : first].any() and frames[first : first + 480].any()


@pytest.fixture
def signals_count() -> Iterator[None]:
    """Handle these signals. Under nohup or in the background they are ignored, and a child
    process would inherit that.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGHUP, signal.SIGINT)}
    for number in before:
        signal.signal(number, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.usefixtures("signals_count")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGHUP", "SIGINT"])
def test_a_killed_export_leaves_no_file_with_the_requested_name(name: str, short: Path) -> None:
    lines = "  - calf-wall-straight: 5:00 left\n" * 12
    short.write_text(f"name: T\nsteps:\n{lines}")
    chance = random.Random(seed())
    for _ in range(tries(1)):
        export_and_signal(short, signal.Signals[name], chance.randrange(1_000_000, 20_000_000))
        assert not (short.parent / "t.wav").exists()
        left = list(short.parent.glob("t.wav.*.part"))
        assert len(left) == (name == "SIGKILL"), (
            "only a kill leaves a partial file, with another name"
        )
        for piece in left:
            piece.unlink()


def export_and_signal(routine: Path, number: signal.Signals, size: int) -> None:
    """Start an export, and send it a signal after it has written `size` bytes.

    The export can't finish before the signal. It blocks while it draws its progress on a terminal
    that nobody reads.
    """
    import pty

    master, slave = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, "export", routine.name, "--no-voice"],
        cwd=routine.parent,
        env=home_of(routine.parent),
        stdout=subprocess.DEVNULL,
        stderr=slave,
        start_new_session=True,  # so the terminal sends it no signal
    ) as exporting:
        os.close(slave)
        parts: list[Path] = []
        while not parts or parts[0].stat().st_size < size:
            assert exporting.poll() is None, "the export ended before the signal"
            parts = list(routine.parent.glob("*.part"))
            time.sleep(0.005)
        exporting.send_signal(number)
        with suppress(OSError):  # Linux raises OSError here once the other end is closed
            while os.read(master, 65_536):
                pass
    os.close(master)


def test_without_numpy_export_names_the_missing_package(short: Path) -> None:
    script = (
        "import sys; sys.modules['numpy'] = None\n"
        "from player.cli.parser import run\n"
        "from player.cli.common import Stop\n"
        "try: run(['export', 't.yaml'])\n"
        "except Stop as stop: print(stop)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=short.parent,
        env=home_of(short.parent),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "The package numpy is needed to export and missing here.\n"
