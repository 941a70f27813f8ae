"""Reading sound files, also damaged and hostile ones."""

import os
import random
import sys
import wave
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from audio.decode import CLIP, ClipError, ClipLimits, read_inside
from audio.decoder import BAD, DAMAGED
from audio.decoder import GOOD as GOOD_ANSWER
from audio.frames import BYTES_A_FRAME, frame_of
from tests.audio.decoding import Given, answers
from tests.habits import seed, tries

CLIPS = Path(__file__).with_name("clips")
"""The same bell in four formats: it begins after 100 ms and ends after 500 ms."""

GOOD = sorted(CLIPS.iterdir())
NO_SOUND = "is no WAV, FLAC, MP3 or Ogg Vorbis file"
by_type = pytest.mark.parametrize("good", GOOD, ids=lambda path: path.suffix[1:])
unix = pytest.mark.skipif(os.name == "nt", reason="needs links or pipes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "routine"
    made.mkdir()
    return made


def refused(folder: Path, name: str, limits: ClipLimits = CLIP) -> str:
    """Return why a file is refused, and check that this is one plain sentence."""
    with pytest.raises(ClipError) as raised:
        read_inside(folder, name, limits)
    words = str(raised.value)
    assert words.startswith("The sound `") and words.endswith(".") and words.isprintable()
    assert words.count(". ") == 0 and len(words) < 200
    return words


def reasons(files: Sequence[bytes]) -> list[str]:
    """Return why the decoder refuses each file. Each reason is part of one plain sentence."""
    found = answers([Given(data) for data in files])
    words = [reply[1:].decode() for reply in found]
    assert all(reply[:1] == BAD for reply in found)
    assert all(why.isprintable() and ". " not in why and len(why) < 100 for why in words)
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
def test_a_good_file_is_decoded_by_its_content_and_not_by_its_name(
    good: Path, folder: Path
) -> None:
    (folder / "song.mp3").write_bytes(good.read_bytes())
    frames = read_inside(folder, "song.mp3")
    assert frames.dtype == np.int16 and frames.shape[1] == 2
    assert abs(len(frames) - frame_of(500)) < frame_of(30)
    onset = int(np.flatnonzero(np.abs(frames[:, 0]) > 1_000)[0])
    assert abs(onset - frame_of(100)) <= frame_of(1)
    assert np.abs(frames).max() == pytest.approx(16_000, rel=0.1)


LISTS = (
    "ffconcat version 1.0\nfile ../secret.wav\n",
    "#EXTM3U\n#EXTINF:10,\nhttp://localhost/secret.mp3\n",
    "[playlist]\nFile1=/etc/passwd\n",
    "<?xml version='1.0'?><playlist/>",
)
BARE = ("ID3", "OggS", "RIFF____WAVE", "fLaC", "\N{LATIN SMALL LETTER Y WITH DIAERESIS}")


def test_playlists_and_bare_format_names_are_refused(folder: Path) -> None:
    wav_of(folder.parent / "secret.wav")
    (folder / "song.mp3").write_text(LISTS[0], "latin-1")
    assert refused(folder, "song.mp3") == f"The sound `song.mp3` {NO_SOUND}."
    texts = [*LISTS, *BARE]
    for text, why in zip(texts, reasons([text.encode("latin-1") for text in texts]), strict=True):
        assert why in {NO_SOUND, DAMAGED}, text


def test_files_of_other_formats_are_refused() -> None:
    others = [b"OggS" + bytes(24) + b"OpusHead", b"MThd", b"\0\0\0\x20ftypM4A "]
    assert reasons([magic + bytes(500) for magic in others]) == [NO_SOUND] * 3


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../outside.wav", "a/../../outside.wav", "C:\\x.wav", "..\\x.wav", "a\0b.wav"],
)
def test_a_path_out_of_the_folder_is_refused(folder: Path, name: str) -> None:
    wav_of(folder.parent / "outside.wav")
    assert "not a path inside" in refused(folder, name) or os.name == "nt"


def test_a_missing_file_gives_a_plain_message(folder: Path) -> None:
    assert refused(folder, "bell.wav") == "The sound `bell.wav` is not there."
    assert refused(folder, "a\x1b[2J" + "b" * 300).endswith("is not there.")


@unix
def test_a_link_out_of_the_folder_is_refused(folder: Path) -> None:
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
def test_a_pipe_or_a_folder_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "pipe.wav")
    (folder / "folder.wav").mkdir()
    assert refused(folder, "pipe.wav").endswith("is no file.")
    assert refused(folder, "folder.wav").endswith("can't be read: is a directory.")


def test_an_empty_file_or_a_file_without_frames_is_refused(folder: Path) -> None:
    (folder / "empty.wav").write_bytes(b"")
    wav_of(folder / "none.wav", seconds=0)
    assert refused(folder, "empty.wav").endswith("is empty.")
    assert refused(folder, "none.wav").endswith("is damaged or cut short.")


def test_a_file_that_was_cut_off_is_refused() -> None:
    whole = [good.read_bytes() for good in GOOD]
    why = reasons([data[: int(len(data) * share)] for share in (0.7, 0.01) for data in whole])
    assert why[: len(GOOD)] == [DAMAGED] * len(GOOD)
    assert set(why[len(GOOD) :]) <= {DAMAGED, NO_SOUND}


def test_unusual_numbers_of_channels_and_rates_are_refused(folder: Path) -> None:
    wav_of(folder / "odd.wav")
    mono = (folder / "odd.wav").read_bytes()
    wav_of(folder / "many.wav", channels=32)
    rates = [patched(mono, 24, rate.to_bytes(4, "little")) for rate in (1, 384_000)]
    many, *others = reasons([(folder / "many.wav").read_bytes(), *rates])
    assert many == "has 32 channels, and 2 are the most"
    assert others == [f"has a sample rate of {hz} Hz, which is not played" for hz in (1, 384_000)]


def test_a_file_that_is_too_long_or_too_large_is_refused(folder: Path) -> None:
    wav_of(folder / "long.wav", seconds=3)
    assert refused(folder, "long.wav", ClipLimits(2, 20)).endswith("is longer than 2 seconds.")
    assert refused(folder, "long.wav", ClipLimits(60, 0)).endswith("is larger than 0 MB.")
    (folder / "large.wav").write_bytes(bytes(20_000_001))
    assert refused(folder, "large.wav").endswith("is larger than 20 MB.")


def silence_in_flac(seconds: int) -> bytes:
    """Return hours of silence in few bytes: each block of 65,535 frames is a constant."""
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


def test_a_small_file_with_two_hours_of_silence_is_refused() -> None:
    data = silence_in_flac(7_200)
    assert len(data) < 1_000_000
    lying = patched(data, 21, bytes([data[21] & 0xF0]) + (400_000).to_bytes(4, "big"))
    assert reasons([data, lying]) == [
        "is longer than 60 seconds",
        "is longer than 60 seconds, which its header hides",
    ]


def mutations(chance: random.Random, count: int) -> Iterator[tuple[str, bytes]]:
    """Yield good files with flipped bits, and with pieces removed, inserted or overwritten."""
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


@pytest.mark.soak
def test_a_damaged_file_is_played_or_refused_and_crashes_only_its_decoder(
    folder: Path,
) -> None:
    """All files go through one decoder. Those that crash it are read again in the usual way."""
    damaged = list(mutations(random.Random(seed()), tries(60)))
    found = answers([Given(data) for _, data in damaged])
    for (name, data), reply in zip(damaged, found, strict=True):
        assert (
            reply[:1] != GOOD_ANSWER or 1 < len(reply) <= 1 + CLIP.seconds * 48_000 * BYTES_A_FRAME
        )
        if not reply:
            (folder / name).write_bytes(data)
            assert refused(folder, name).endswith("is damaged or cut short.")
    assert sum(reply[:1] == GOOD_ANSWER for reply in found) > 1
    assert sum(reply[:1] == BAD for reply in found) > 1


def test_a_file_that_crashes_its_decoder_is_refused_and_prints_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What the decoder's C code prints to file descriptor 2 does not reach the screen either."""
    wav_of(folder / "bell.wav")
    script = folder.parent / "python"
    script.write_text("#!/bin/sh\necho noise >&2; kill -SEGV $$\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    assert refused(folder, "bell.wav") == "The sound `bell.wav` is damaged or cut short."
    assert capfd.readouterr() == ("", "")
