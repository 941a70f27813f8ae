"""Exported files of every format: their frames and chapters, or no file at all."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest

from audio.decode import ClipLimits, read
from audio.export.formats import Format, format_of
from audio.export.programme import Programme, ProgrammePart
from audio.export.refused import NotExported
from audio.export.wav import LARGEST
from audio.export.writing import encoder_of, export
from audio.frames import BYTES_A_FRAME, RATE, frame_of
from audio.output import DeviceOutput, Run
from tests.audio.export.programme import LENGTH, MIXER, PROGRAMME, TITLES
from tests.audio.fakes import PERIOD
from tests.habits import seed, tries
from tests.program import in_python

ROOT = Path(__file__).resolve().parents[3]
av_only = pytest.mark.skipif(encoder_of(Format.MP3) != "av", reason="needs the extra `export`")
every_format = pytest.mark.parametrize("form", Format)


def frames_of(file: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    with wave.open(str(file), "rb") as opened:
        assert (opened.getnchannels(), opened.getframerate()) == (2, RATE)
        return np.frombuffer(opened.readframes(opened.getnframes()), np.int16).reshape(-1, 2)


def chapters_of(file: Path) -> list[tuple[float, str]]:
    """Return the times and titles of the chapters, as another program reads them."""
    import av

    with av.open(str(file)) as opened:
        return [
            (float(found["start"] * (found["time_base"] or 0)), found["metadata"]["title"])
            for found in opened.chapters()
        ]


def test_a_wav_file_has_the_samples_that_a_device_gets(tmp_path: Path) -> None:
    """The bytes are equal, although the two use blocks of different lengths."""
    file = tmp_path / "a.wav"
    length = 8 * RATE
    export(Programme("", [ProgrammePart(MIXER, length)], []), file, Format.WAV)
    output, run = DeviceOutput(), Run(MIXER, 0, 0)
    turns = length // PERIOD
    heard = b"".join(output.give(run, True, turn * 100, PERIOD) for turn in range(turns))
    assert frames_of(file).tobytes() == heard
    assert np.frombuffer(heard, np.int16).any()


def test_parts_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    export(PROGRAMME, tmp_path / "a.wav", Format.WAV)
    frames = frames_of(tmp_path / "a.wav")
    assert len(frames) == LENGTH == PROGRAMME.frames
    assert frames[0].any() and not frames[RATE : RATE + frame_of(1_000)].any()
    assert frames[RATE + frame_of(1_000)].any()


@av_only
@every_format
def test_every_format_has_the_right_length_chapters_and_title(tmp_path: Path, form: Format) -> None:
    import av

    file = tmp_path / f"a.{form}"
    export(PROGRAMME, file, form)
    found = chapters_of(file)
    assert [title for _, title in found] == TITLES
    assert [start for start, _ in found] == pytest.approx([0, 1, 5], abs=0.001)
    with av.open(str(file)) as opened:
        assert (opened.duration or 0) / 1e6 == pytest.approx(LENGTH / RATE, abs=0.05)
        metadata = {**opened.metadata, **opened.streams[0].metadata}
    if form is not Format.WAV:
        assert metadata["title"] == PROGRAMME.title and metadata["comment"] == PROGRAMME.comment


@av_only
@pytest.mark.parametrize("form", [Format.FLAC, Format.MP3])
def test_after_decoding_the_first_chime_is_at_its_time(tmp_path: Path, form: Format) -> None:
    file = tmp_path / f"a.{form}"
    plain = Programme("", [ProgrammePart(MIXER, LENGTH)], [])
    export(plain, file, form)
    frames = read(file, ClipLimits(60, 20))
    onset = int(np.flatnonzero(np.abs(frames[:, 0]) > 1_000)[0])
    assert abs(onset - frame_of(1_000)) < frame_of(3 if form is Format.MP3 else 1)
    if form is Format.FLAC:
        assert (frames == np.concatenate(list(plain.blocks()))).all()


FAKE = in_python("""import sys
words = sys.argv[1:]
data = sys.stdin.buffer.read()
chapters = open(words[words.index("ffmetadata") + 2], encoding="utf-8").read()
out = words[-1].removeprefix("file:")
if {fails}:
    print("no such codec", file=sys.stderr); sys.exit(1)
open(out, "w", encoding="utf-8").write(f"{len(data)}\\n{' '.join(words)}\\n{chapters}")
""")


@pytest.fixture
def without_av(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without the extra `export`. Only programs in the returned folder can be found."""
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setenv("PATH", str(programs))
    return programs


def fake_ffmpeg(folder: Path, fails: bool = False) -> None:
    program = folder / "ffmpeg"
    program.write_text(FAKE.replace("{fails}", str(fails)))
    program.chmod(0o755)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
@pytest.mark.parametrize(
    ("form", "codec"), [(Format.MP3, "libmp3lame"), (Format.OPUS, "libopus"), (Format.M4B, "aac")]
)
def test_ffmpeg_gets_the_sound_through_a_pipe_and_a_list_of_chapters(
    tmp_path: Path, without_av: Path, form: Format, codec: str
) -> None:
    fake_ffmpeg(without_av)
    export(PROGRAMME, tmp_path / "-y; x.out", form)
    length, words, chapters = (tmp_path / "-y; x.out").read_text("utf-8").split("\n", 2)
    assert int(length) == LENGTH * BYTES_A_FRAME
    assert f"-c:a {codec}" in words and "-i pipe:0" in words and "-nostdin" in words
    assert chapters.startswith(";FFMETADATA1\ntitle=Calf \\= stretch\\; \\#1\n")
    assert "title=Calf\\; \\= \\# \\\\ 'é' \"x\"\n" in chapters
    assert f"START={5 * RATE}\nEND={LENGTH}\n" in chapters
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["-y; x.out"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in is a script")
def test_an_ffmpeg_that_fails_gives_a_plain_message_and_no_file(
    tmp_path: Path, without_av: Path
) -> None:
    fake_ffmpeg(without_av, fails=True)
    with pytest.raises(NotExported, match=r"^The program ffmpeg could not write it: no such codec"):
        export(PROGRAMME, tmp_path / "a.mp3", Format.MP3)
    assert list(tmp_path.iterdir()) == [without_av]


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg")
@pytest.mark.parametrize("form", [form for form in Format if form is not Format.WAV])
def test_a_real_ffmpeg_writes_every_format_with_its_chapters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "av", None)
        export(PROGRAMME, tmp_path / f"a.{form}", form)
    assert (tmp_path / f"a.{form}").stat().st_size > 10_000
    if encoder_of(form) == "av" and form is not Format.FLAC:
        assert [title for _, title in chapters_of(tmp_path / f"a.{form}")] == TITLES


def test_without_an_encoder_the_message_says_what_to_install(
    tmp_path: Path, without_av: Path
) -> None:
    assert encoder_of(Format.OPUS) == "" and encoder_of(Format.WAV) == "supple"
    with pytest.raises(NotExported) as refused:
        export(PROGRAMME, tmp_path / "a.opus", Format.OPUS)
    assert str(refused.value) == (
        "Nothing here can write OPUS. WAV always works; for the others install supple with its "
        "extra `export`, or the program ffmpeg."
    )
    assert list(tmp_path.iterdir()) == [without_av]


def test_a_wav_of_more_than_six_hours_is_refused_at_once(tmp_path: Path) -> None:
    long = Programme("", [ProgrammePart(MIXER, LARGEST // BYTES_A_FRAME + 1)], [])
    with pytest.raises(NotExported, match="six hours"):
        export(long, tmp_path / "a.wav", Format.WAV)
    assert not list(tmp_path.iterdir())


@every_format
def test_an_interrupted_export_leaves_the_old_file_or_none(tmp_path: Path, form: Format) -> None:
    if not encoder_of(form):
        pytest.skip("nothing here writes it")

    def stop(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    old = tmp_path / "old"
    old.write_text("old")
    for name in ("old", "new"):
        with pytest.raises(KeyboardInterrupt):
            export(PROGRAMME, tmp_path / name, form, stop)
    assert list(tmp_path.iterdir()) == [old] and old.read_text() == "old"


KILLED = """
import sys
from pathlib import Path
from audio.export.formats import Format
from audio.export.writing import export
from tests.audio.export.programme import PROGRAMME
def slowly(share):
    print(share, flush=True)
    sys.stdin.readline()
export(PROGRAMME, Path(sys.argv[1]), Format(sys.argv[2]), slowly)
"""


@pytest.mark.soak
@pytest.mark.parametrize("form", [Format.WAV, Format.MP3])  # one format for each writer
def test_a_killed_export_leaves_no_file_under_the_final_name(tmp_path: Path, form: Format) -> None:
    if not encoder_of(form):
        pytest.skip("nothing here writes it")
    chance = random.Random(seed())
    for _ in range(tries(1)):
        kill_after(chance.randrange(1, 16), tmp_path / f"a.{form}", form)
        (left,) = tmp_path.iterdir()
        assert left.name.startswith(f"a.{form}.") and left.name.endswith(".part")
        left.unlink()


def kill_after(blocks: int, file: Path, form: Format) -> None:
    """Start an export and kill it after this many blocks."""
    with subprocess.Popen(
        (sys.executable, "-c", KILLED, str(file), form),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as writing:
        assert writing.stdin and writing.stdout
        for _ in range(blocks):
            assert float(writing.stdout.readline()) < 1
            writing.stdin.write("\n")
            writing.stdin.flush()
        writing.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))


def test_an_export_reports_its_progress_up_to_the_end(tmp_path: Path) -> None:
    shares: list[float] = []
    export(PROGRAMME, tmp_path / "a.wav", Format.WAV, shares.append)
    assert shares == sorted(shares) and shares[-1] == 1 and len(shares) > 15


def test_a_long_file_needs_no_more_memory_than_a_short_one(tmp_path: Path) -> None:
    peaks = []
    for minutes in (1, 10):
        tracemalloc.start()
        export(
            Programme("", [ProgrammePart(MIXER, minutes * 60 * RATE)], []),
            tmp_path / "a.wav",
            Format.WAV,
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.1 < 4_000_000


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_an_exported_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    export(PROGRAMME, tmp_path / "a.wav", Format.WAV)
    (tmp_path / "b").touch()
    assert (tmp_path / "a.wav").stat().st_mode == (tmp_path / "b").stat().st_mode


def test_the_ending_of_a_file_name_gives_the_format() -> None:
    assert format_of("a.b.MP3") is Format.MP3
    assert format_of("wav") is Format.WAV or format_of("wav") is None
    assert format_of("a.txt") is None and format_of("a") is None and format_of("") is None
