"""The formats of exported files, and the encoder of each."""

from enum import StrEnum
from typing import NamedTuple


class Format(StrEnum):
    WAV = "wav"
    FLAC = "flac"
    MP3 = "mp3"
    OPUS = "opus"
    M4B = "m4b"


class Coding(NamedTuple):
    """The codec and container of a format, for PyAV and for the ffmpeg program."""

    codec: str
    container: str
    bits_a_second: int | None = None


CODINGS = {
    Format.FLAC: Coding("flac", "flac"),
    Format.MP3: Coding("libmp3lame", "mp3", 96_000),
    Format.OPUS: Coding("libopus", "ogg", 64_000),
    Format.M4B: Coding("aac", "ipod", 96_000),
}


def format_of(name: str) -> Format | None:
    """Return the format for the extension of a file name, or None if it is unknown."""
    ending = name.rpartition(".")[2].lower()
    return Format(ending) if ending in set(Format) else None
