"""Sound files of coaches, and of people who mean harm."""

import os
import random
import subprocess
import sys
import wave
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from audio.decode import CLIP, ClipError, Limits, read, read_inside
from audio.frames import frame_of

CLIPS = Path(__file__).with_name("clips")
"""The same bell in four ways: it begins after 100 ms and lasts until 500 ms."""

GOOD = sorted(CLIPS.iterdir())
by_type = pytest.mark.parametrize("good", GOOD, ids=lambda path: path.suffix[1:])
unix = pytest.mark.skipif(os.name == "nt", reason="needs links or pipes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "routine"
    made.mkdir()
    return made


def refused(folder: Path, name: str, limits: Limits = CLIP) -> str:
    """Why a file is not played, after it was seen to be one plain sentence."""
    with pytest.raises(ClipError) as raised:
        read_inside(folder, name, limits)
    words = str(raised.value)
    assert words.startswith("The sound `") and words.endswith(".") and words.isprintable()
    assert words.count(". ") == 0 and len(words) < 200
    return words


def wav_of(
    file: Path, seconds: float = 0.2, channels: int = 1, rate: int = 48_000, width: int = 2
) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(width)
        out.setframerate(rate)
        out.writeframes(bytes(round(seconds * rate) * channels * width))


def patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


@by_type
def test_a_good_file_begins_where_it_began(good: Path) -> None:
    frames = read(good, CLIP)
    assert frames.dtype == np.int16 and frames.shape[1] == 2
    assert abs(len(frames) - frame_of(500)) < frame_of(30)
    onset = int(np.flatnonzero(np.abs(frames[:, 0]) > 1_000)[0])
    assert abs(onset - frame_of(100)) <= frame_of(1)
    assert np.abs(frames).max() == pytest.approx(16_000, rel=0.1)


@by_type
def test_its_name_does_not_matter(good: Path, folder: Path) -> None:
    (folder / "song.mp3").write_bytes(good.read_bytes())
    assert (read_inside(folder, "song.mp3") == read(good, CLIP)).all()


@pytest.mark.parametrize(
    "text",
    [
        "ffconcat version 1.0\nfile ../secret.wav\n",
        "#EXTM3U\n#EXTINF:10,\nhttp://localhost/secret.mp3\n",
        "[playlist]\nFile1=/etc/passwd\n",
        "<?xml version='1.0'?><playlist/>",
        "ID3",
        "OggS",
        "RIFF____WAVE",
        "fLaC",
        "\N{LATIN SMALL LETTER Y WITH DIAERESIS}",
    ],
)
def test_a_list_of_files_or_a_bare_name_of_a_format_is_not_followed(
    folder: Path, text: str
) -> None:
    wav_of(folder.parent / "secret.wav")
    (folder / "song.mp3").write_text(text, "latin-1")
    words = refused(folder, "song.mp3")
    assert "no WAV, FLAC, MP3 or Ogg Vorbis file" in words or "damaged or cut short" in words


@pytest.mark.parametrize(
    "magic", [b"OggS" + bytes(24) + b"OpusHead", b"MThd", b"\0\0\0\x20ftypM4A "]
)
def test_other_formats_are_named_as_such(folder: Path, magic: bytes) -> None:
    (folder / "song.ogg").write_bytes(magic + bytes(500))
    assert refused(folder, "song.ogg").endswith("is no WAV, FLAC, MP3 or Ogg Vorbis file.")


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../outside.wav", "a/../../outside.wav", "C:\\x.wav", "..\\x.wav", "a\0b.wav"],
)
def test_a_path_stays_in_its_folder(folder: Path, name: str) -> None:
    wav_of(folder.parent / "outside.wav")
    assert "no path inside" in refused(folder, name) or os.name == "nt"


def test_what_is_not_there_is_said(folder: Path) -> None:
    assert refused(folder, "bell.wav") == "The sound `bell.wav` is not there."
    assert refused(folder, "a\x1b[2J" + "b" * 300).endswith("is not there.")


@unix
def test_a_link_leads_nowhere_outside(folder: Path) -> None:
    wav_of(folder.parent / "outside.wav")
    (folder / "link.wav").symlink_to(folder.parent / "outside.wav")
    (folder / "sounds").symlink_to(folder.parent)
    (folder / "round.wav").symlink_to(folder / "round.wav")
    assert "outside the folder" in refused(folder, "link.wav")
    assert "outside the folder" in refused(folder, "sounds/outside.wav")
    assert "is not there" in refused(folder, "round.wav")
    wav_of(folder / "real.wav")
    (folder / "same.wav").symlink_to(folder / "real.wav")
    assert len(read_inside(folder, "same.wav")) == frame_of(200)


@unix
def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.wav")
    (folder / "folder.wav").mkdir()
    assert refused(folder, "pipe.wav").endswith("is no file.")
    assert refused(folder, "folder.wav").endswith("can't be read: is a directory.")


def test_nothing_in_it(folder: Path) -> None:
    (folder / "empty.wav").write_bytes(b"")
    wav_of(folder / "none.wav", seconds=0)
    assert refused(folder, "empty.wav").endswith("is empty.")
    assert refused(folder, "none.wav").endswith("is damaged or cut short.")


@by_type
@pytest.mark.parametrize("share", [0.01, 0.7])
def test_cut_short(folder: Path, good: Path, share: float) -> None:
    data = good.read_bytes()
    (folder / good.name).write_bytes(data[: int(len(data) * share)])
    assert "damaged or cut short" in refused(folder, good.name) or share < 0.1


def test_too_many_channels(folder: Path) -> None:
    wav_of(folder / "many.wav", channels=32)
    assert refused(folder, "many.wav").endswith("has 32 channels, and 2 are the most.")


@pytest.mark.parametrize("rate", [1, 384_000])
def test_a_rate_that_nobody_uses(folder: Path, rate: int) -> None:
    wav_of(folder / "odd.wav", rate=48_000)
    data = (folder / "odd.wav").read_bytes()
    (folder / "odd.wav").write_bytes(patched(data, 24, rate.to_bytes(4, "little")))
    assert "sample rate" in refused(folder, "odd.wav")


def test_too_long_and_too_large(folder: Path) -> None:
    wav_of(folder / "long.wav", seconds=3)
    assert refused(folder, "long.wav", Limits(2, 20)).endswith("is longer than 2 seconds.")
    assert refused(folder, "long.wav", Limits(60, 0)).endswith("is larger than 0 MB.")
    (folder / "large.wav").write_bytes(bytes(20_000_001))
    assert refused(folder, "large.wav").endswith("is larger than 20 MB.")


def silence_in_flac(seconds: int) -> bytes:
    """Hours of silence in few bytes: each block of 65,535 frames is one constant."""
    block, rate = 65_535, 8_000
    count = seconds * rate // block
    head = bytearray(block.to_bytes(2, "big") * 2 + bytes(6))
    head += (rate << 44 | 0 << 41 | 15 << 36 | count * block).to_bytes(8, "big") + bytes(16)
    out = bytearray(b"fLaC\x80\0\0\x22" + head)
    for number in range(count):
        name = number if number < 0x80 else None
        coded = bytes([name]) if name is not None else chr(number).encode("utf-8", "surrogatepass")
        frame = bytes([0xFF, 0xF8, 0x74, 0x08]) + coded + (block - 1).to_bytes(2, "big")
        frame += bytes([_crc(frame, 8, 0x07)]) + b"\0\0\0"
        out += frame + _crc(frame, 16, 0x8005).to_bytes(2, "big")
    return bytes(out)


def _crc(data: bytes, bits: int, polynomial: int) -> int:
    value, top, mask = 0, 1 << (bits - 1), (1 << bits) - 1
    for byte in data:
        value ^= byte << (bits - 8)
        for _ in range(8):
            value = (value << 1 ^ polynomial if value & top else value << 1) & mask
    return value


def test_two_hours_of_silence_in_a_small_file(folder: Path) -> None:
    data = silence_in_flac(7_200)
    assert len(data) < 1_000_000
    (folder / "long.flac").write_bytes(data)
    assert refused(folder, "long.flac").endswith("is longer than 60 seconds.")
    lying = patched(data, 21, bytes([data[21] & 0xF0]) + (400_000).to_bytes(4, "big"))
    (folder / "long.flac").write_bytes(lying)
    assert refused(folder, "long.flac").endswith("longer than 60 seconds, which its header hides.")


def mutations(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Good files with bits flipped, pieces lost, doubled and put in; the same for a seed."""
    chance = random.Random(seed)
    for _ in range(count):
        good = chance.choice(GOOD)
        data = bytearray(good.read_bytes())
        for _ in range(chance.choice((1, 1, 2, 5, 30))):
            at = chance.randrange(min(len(data), chance.choice((64, 400, 1 << 20))))
            how = chance.randrange(4)
            if how == 0:
                data[at] ^= 1 << chance.randrange(8)
            elif how == 1:
                del data[at : min(at + chance.randrange(1, 200), len(data) - 1)]
            elif how == 2:
                data[at:at] = chance.randbytes(chance.randrange(1, 40))
            else:
                data[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff"))
        yield good.name, bytes(data)


def test_damaged_files_are_played_or_refused(folder: Path) -> None:
    assert played_or_refused(folder, mutations(seed=7, count=12)) > 1


def played_or_refused(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """How many are played; any other ending than these two is a failure."""
    played = 0
    for name, data in files:
        (folder / name).write_bytes(data)
        try:
            played += 0 < len(read_inside(folder, name)) <= CLIP.seconds * 48_000
        except ClipError as error:
            assert str(error).startswith("The sound `good.") and str(error).endswith(".")
    return played


ALL_IN_ONE = """
import sys
from pathlib import Path
from audio.decoder import answer
for file in sorted(Path(sys.argv[1]).iterdir())[int(sys.argv[2]):]:
    print(file.name, flush=True)
    assert answer(file.read_bytes(), 60)[:1] in (b"+", b"-")
"""


@pytest.mark.proof
def test_of_a_thousand_damaged_files_none_ends_more_than_its_decoder(
    folder: Path, tmp_path: Path
) -> None:
    """All through one decoder, as long as it lives; those that end it through the player."""
    damaged = list(mutations(seed=2, count=1_000))
    all_of_them = tmp_path / "all"
    all_of_them.mkdir()
    for number, (_, data) in enumerate(damaged):
        (all_of_them / f"{number:04}").write_bytes(data)
    deadly: list[int] = []
    while not deadly or deadly[-1] >= 0:
        after = deadly[-1] + 1 if deadly else 0
        command = (sys.executable, "-c", ALL_IN_ONE, str(all_of_them), str(after))
        done = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        deadly.append(int(done.stdout.split()[-1]) if done.returncode else -1)
    assert deadly.pop() == -1
    assert played_or_refused(folder, [damaged[number] for number in deadly]) == 0


def test_a_file_that_ends_its_decoder_ends_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wav_of(folder / "bell.wav")
    script = folder.parent / "python"
    script.write_text("#!/bin/sh\necho noise >&2; kill -SEGV $$\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    assert refused(folder, "bell.wav") == "The sound `bell.wav` is damaged or cut short."


def test_nothing_reaches_the_screen_from_c(folder: Path) -> None:
    """Not through file descriptor 2 either."""
    for number, (name, data) in enumerate(mutations(11, 12)):
        (folder / f"{number}{name}").write_bytes(data)
    script = (
        "import sys; from pathlib import Path; from audio.decode import *\n"
        "for file in Path(sys.argv[1]).iterdir():\n"
        "    try: read(file, CLIP)\n"
        "    except ClipError: pass\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
