"""Sentences from standard input to samples on standard output, with a voice of Piper's.

`python -m audio.voices.piper_voice MODEL.onnx`. By itself, since it is under another licence
(GPL), loads for half a second, and talks to standard error. `Talker` is at the other end.
"""

import sys
from collections.abc import Iterable

from audio.voices.allowed import allowed


def answer(rate: int, data: bytes) -> bytes:
    """What is written for one sentence."""
    return rate.to_bytes(4, "little") + len(data).to_bytes(4, "little") + data


def main() -> int:
    from piper import PiperVoice

    voice = PiperVoice.load(sys.argv[1])
    lines: Iterable[bytes] = sys.stdin.buffer
    for line in lines:
        chunks = list(voice.synthesize(allowed(line.decode("utf-8", "replace"))))
        rate = chunks[0].sample_rate if chunks else 0
        data = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        sys.stdout.buffer.write(answer(rate, data))
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
