"""Sound files that want more memory or time than they may have, or are no sound files at all."""

import struct
from collections.abc import Iterator
from pathlib import Path

from tests.audio.test_decode import CLIPS, silence_in_flac, wav_of

GOOD = {path.suffix: path.read_bytes() for path in CLIPS.iterdir()}


class _Bits:
    """Collects numbers of some bits each, the lowest bit first, as Vorbis does."""

    def __init__(self) -> None:
        self._value = self._count = 0

    def put(self, value: int, count: int) -> None:
        self._value |= value << self._count
        self._count += count

    def data(self) -> bytes:
        return self._value.to_bytes(-(-self._count // 8), "little")


def codebooks_in_vorbis(count: int, size: int) -> bytes:
    """Return a file with `count` tables of 2 ** `size` entries, which take a few bytes each."""
    bits = _Bits()
    bits.put(count - 1, 8)
    for _ in range(count):
        bits.put(0x564342, 24)
        for value, width in ((1, 16), (1 << size, 24), (1, 1), (size - 1, 5)):
            bits.put(value, width)
        bits.put(1 << size, size + 1)
        bits.put(0, 4)
    head = b"\x01vorbis" + struct.pack("<IBIiii", 0, 1, 48_000, 0, 64_000, 0) + b"\xb8\x01"
    comment = b"\x03vorbis" + struct.pack("<II", 0, 0) + b"\x01"
    packets = (head, comment, b"\x05vorbis" + bits.data(), bytes(10))
    flags = (2, 0, 0, 4)
    return b"".join(_page(*it) for it in zip(packets, range(4), flags, strict=True))


def _page(packet: bytes, number: int, flags: int) -> bytes:
    laces = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    head = b"OggS\0" + bytes([flags]) + struct.pack("<qII", 0, 1, number)
    tail = bytes([len(laces)]) + laces + packet
    return head + struct.pack("<I", _crc(head + bytes(4) + tail)) + tail


def _crc(data: bytes) -> int:
    value = 0
    for byte in data:
        value ^= byte << 24
        for _ in range(8):
            value = (value << 1 ^ 0x104C11DB7) if value & 0x80000000 else value << 1
    return value


def _patched(data: bytes, at: int, new: bytes) -> bytes:
    return data[:at] + new + data[at + len(new) :]


def write_hostile_clips(folder: Path) -> Iterator[str]:
    """Write the files into `folder`, and yield their names."""
    wav_of(folder / "plain.wav")
    wav = (folder / "plain.wav").read_bytes()
    (folder / "plain.wav").unlink()
    hours = silence_in_flac(7_200)
    unknown_length = _patched(hours, 21, bytes([hours[21] & 0xF0]) + bytes(4))
    short_length = _patched(hours, 21, bytes([hours[21] & 0xF0]) + (400_000).to_bytes(4, "big"))
    mp3, ogg, flac = GOOD[".mp3"], GOOD[".ogg"], GOOD[".flac"]
    frames_of_8_kbit = (b"\xff\xe3\x18\xc0" + bytes(68)) * 250_000
    for name, data in {
        "nothing.wav": b"",
        "text.mp3": b"I am no song.\n" * 50,
        "noise.ogg": bytes(range(256)) * 40,
        "half.wav": wav[: len(wav) // 2],
        "half.mp3": mp3[: len(mp3) // 2],
        "half.ogg": ogg[: len(ogg) // 2],
        "half.flac": flac[: len(flac) // 2],
        "four-gigabytes.wav": _patched(wav, 4, b"\xf0\xff\xff\xff"),
        "two-gigabytes.wav": _patched(
            _patched(wav, 4, b"\xff" * 3 + b"\x7f"), 40, b"\xf0\xff\xff\x7f"
        ),
        "many-channels.wav": _patched(wav, 22, b"\xff\xff"),
        "no-channels.wav": _patched(wav, 22, b"\0\0"),
        "slow.wav": _patched(wav, 24, b"\1\0\0\0"),
        "fast.wav": _patched(wav, 24, b"\xff\xff\xff\x7f"),
        "two-hours.flac": hours,
        "two-hours-unsaid.flac": unknown_length,
        "two-hours-denied.flac": short_length,
        "long-picture.flac": flac[:4] + b"\x06\xff\xff\xff" + flac[4:],
        "long-tag.mp3": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + mp3,
        "hours.mp3": frames_of_8_kbit,
        "tables.ogg": codebooks_in_vorbis(200, 20),
        "fewer-tables.ogg": codebooks_in_vorbis(60, 20),
        "large-tables.ogg": codebooks_in_vorbis(200, 22),
        "one-table.ogg": codebooks_in_vorbis(1, 23),
        "large.wav": wav + bytes(25_000_000),
    }.items():
        (folder / name).write_bytes(data)
        yield name
