"""Speaks one sentence from standard input with SVOX Pico, and writes samples to standard output.

`python -m audio.voices.nano VOICE`. It has its own process, since the engine obeys tags in its
text, blocks the interpreter while it speaks, and raises an exception on some words.
"""

import sys

from audio.voices.allowed import allowed


def main() -> int:
    import py_nanotts

    text = allowed(sys.stdin.buffer.read().decode("utf-8", "replace"))
    try:
        made = py_nanotts.NanoTTS().speak(text, voice=sys.argv[1], speed=0.95) if text else b""
    except (RuntimeError, ValueError):
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
