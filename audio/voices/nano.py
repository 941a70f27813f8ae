"""One sentence from standard input to samples on standard output, with SVOX Pico.

`python -m audio.voices.nano VOICE`. By itself, since the engine obeys tags in what it reads,
holds the interpreter while it speaks, and gives up on some words with an exception.
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
