"""Speaks sentences from standard input with a Piper voice, and writes samples to standard output.

`python -m audio.voices.piper_voice MODEL.onnx`. It has its own process, since Piper has another
licence (GPL), takes half a second to load, and prints to standard error. `Talker` starts it.
"""

import sys
from collections.abc import Iterable

from audio.voices.allowed import allowed


def answer(rate: int, data: bytes) -> bytes:
    """Return the bytes to write for one sentence."""
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
