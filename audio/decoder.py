"""Decodes one sound file in a process of its own: bytes in, frames out.

Decoders are large and old, and a damaged file can crash them. In a separate process a crash only
means that there are no frames. The command is `python -m audio.decoder SECONDS`; `answer` defines
what it reads and writes.

None of these decoders opens another file or the network because a file asks for it.
"""

import sys
from array import array
from collections.abc import Callable, Generator
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from audio.frames import BYTES_A_FRAME, RATE, frame_of

if TYPE_CHECKING:
    from miniaudio import SoundFileInfo

GOOD, BAD = b"+", b"-"
"""The first byte of an answer: frames follow (16 bits, two channels, 48 kHz), or an error text."""

DAMAGED = "is damaged or cut short"

_LOWEST_RATE, _HIGHEST_RATE = 8_000, 192_000
_MOST_CHANNELS = 2
_BLOCK = 16_384
_SHORT_BY_MS = 50
"""A file may be this much shorter than its header says. If it is even shorter, it was cut off."""
_SHORT_BY_BYTES = 4_096

_OWN_MEMORY = 128 << 20
"""For Python, the decoders and a file. A third of it is enough for short files."""

_COPIES = 4
"""How many copies of the frames must fit into the memory besides."""


class Refused(Exception):
    """A file does not play. The message continues a sentence that begins with its name."""


def answer(data: bytes, seconds: int) -> bytes:
    """Return the frames of a sound file, or the reason why it does not play."""
    try:
        return GOOD + decoded(data, seconds)
    except Refused as refused:
        return BAD + str(refused).encode()


def decoded(data: bytes, seconds: int) -> bytes:
    """Return all frames. Raises Refused.

    The length in the header is checked before and after decoding, since headers can lie.
    """
    try:
        import miniaudio
    except (ImportError, OSError):
        raise Refused("can't be read, since the package miniaudio is missing here") from None
    info_of = _sniffed(data)
    try:
        info = info_of(data)
    except (miniaudio.MiniaudioError, ArithmeticError, ValueError):
        raise Refused(DAMAGED) from None
    _check(info, seconds)
    try:
        stream = miniaudio.stream_memory(data, miniaudio.SampleFormat.SIGNED16, 2, RATE, _BLOCK)
        frames = _collected(stream, seconds)
    except miniaudio.MiniaudioError:
        raise Refused(DAMAGED) from None
    promised = info.num_frames * RATE // info.sample_rate
    if not frames or len(frames) < (promised - frame_of(_SHORT_BY_MS)) * BYTES_A_FRAME:
        raise Refused(DAMAGED)
    return frames


def _collected(stream: "Generator[array[int], int, None]", seconds: int) -> bytes:
    """Collect the blocks of a decoder, and refuse more than `seconds` of sound."""
    blocks: list[bytes] = []
    count = 0
    with closing(stream):
        for block in stream:
            blocks.append(block.tobytes())
            count += len(block) // 2
            if count > seconds * RATE:
                raise Refused(f"is longer than {_spoken(seconds)}, which its header hides")
    return b"".join(blocks)


def _check(info: "SoundFileInfo", seconds: int) -> None:
    if not 1 <= info.nchannels <= _MOST_CHANNELS:
        raise Refused(f"has {info.nchannels} channels, and {_MOST_CHANNELS} are the most")
    if not _LOWEST_RATE <= info.sample_rate <= _HIGHEST_RATE:
        raise Refused(f"has a sample rate of {info.sample_rate} Hz, which is not played")
    if info.num_frames > seconds * info.sample_rate:
        raise Refused(f"is longer than {_spoken(seconds)}")


def _sniffed(data: bytes) -> "Callable[[bytes], SoundFileInfo]":
    """Return the reader for the header of this file. Its first bytes count, not its name."""
    import miniaudio

    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        if not _is_whole_wav(data):
            raise Refused(DAMAGED)
        return miniaudio.wav_get_info
    if data[:4] == b"fLaC":
        return miniaudio.flac_get_info
    if data[:4] == b"OggS" and data[28:35] == b"\x01vorbis":
        if not _is_whole_ogg(data):
            raise Refused(DAMAGED)
        return miniaudio.vorbis_get_info
    if data[:3] == b"ID3" or _is_mp3_frame(data):
        if not _is_whole_mp3(data):
            raise Refused(DAMAGED)
        return miniaudio.mp3_get_info
    raise Refused("is no WAV, FLAC, MP3 or Ogg Vorbis file")


def _is_whole_wav(data: bytes) -> bool:
    """Return whether the file is as long as its header says. Piped output may state none."""
    length = int.from_bytes(data[4:8], "little")
    return length in {0, 0xFFFF_FFFF} or length <= len(data) + _SHORT_BY_BYTES


def _is_mp3_frame(data: bytes) -> bool:
    """Return whether these bytes begin a valid frame of layer III."""
    if len(data) < 4 or data[0] != 0xFF or data[1] & 0xE0 != 0xE0:
        return False
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    return version != 1 and layer == 1 and data[2] >> 4 != 15 and data[2] >> 2 & 3 != 3


def _is_whole_mp3(data: bytes) -> bool:
    """Return whether the file is as long as its first frame says; True if it gives none."""
    first = data[: 1 << 16] if data[:3] != b"ID3" else data[_id3_length(data) :][: 1 << 16]
    for word in (b"Xing", b"Info"):
        place = first.find(word)
        if 0 <= place <= 64 and len(first) >= place + 16:
            flags = int.from_bytes(first[place + 4 : place + 8], "big")
            if flags & 2:
                at = place + 8 + (4 if flags & 1 else 0)
                return int.from_bytes(first[at : at + 4], "big") <= len(data)
    return True


def _id3_length(data: bytes) -> int:
    length = 0
    for byte in data[6:10]:
        length = length << 7 | byte & 0x7F
    return length + 10


def _is_whole_ogg(data: bytes) -> bool:
    """Return whether the last page is marked as last, and is complete."""
    last = data.rfind(b"OggS")
    head = data[last : last + 27]
    if len(head) < 27 or not head[5] & 4:
        return False
    lengths = data[last + 27 : last + 27 + head[26]]
    return len(data) >= last + 27 + head[26] + sum(lengths)


def _spoken(seconds: int) -> str:
    return f"{seconds} seconds" if seconds <= 120 else f"{seconds // 60} minutes"


def _main() -> None:
    seconds = int(sys.argv[1])
    # miniaudio imports numpy if it can, for functions that are not used here. That import would
    # take half of the start-up time.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        for limit, most in (
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_AS, _OWN_MEMORY + _COPIES * seconds * RATE * BYTES_A_FRAME),
            (resource.RLIMIT_CPU, 2 + seconds // 60),  # a minute of sound takes a tenth of a second
        ):
            resource.setrlimit(limit, (most, most))
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read(), seconds))


if __name__ == "__main__":
    _main()
