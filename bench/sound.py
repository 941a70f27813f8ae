"""Measures the processor time of mixing and of exporting a session."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from audio.bed import Bed
from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.export.formats import Format
from audio.export.programme import BLOCK, Chapter, Programme, ProgrammePart
from audio.export.writing import encoder_of, export
from audio.frames import RATE, frame_of
from audio.mixer import Mixer
from audio.samples import SixteenBits, sixteen_bits
from bench.pairs import processor_seconds, ratio
from bench.row import NotMeasurable, Row, at_most

MIX_S, EXPORT_S = 300, 10
MIXING = f"processor time of mixing {MIX_S} s of speech, chimes and a background"
MIXING_SPEED = "the same against the time that they last"
MP3 = f"processor time of `export` of {EXPORT_S} s to MP3"

_SAYS = Spoken("words", "en", 2_000)


def mixing() -> list[Row]:
    """Compare the mixing of a session with plain numpy code that adds two tracks of its length.

    The duration of the session is no measure, since that ratio would depend on the machine.
    """
    programme = session(MIX_S)
    seconds = []

    def mix() -> None:
        for _ in programme.blocks():
            pass

    def mixed() -> float:
        seconds.append(processor_seconds(mix))
        return seconds[-1]

    figure = ratio(mixed, lambda: processor_seconds(lambda: _added(programme.frames)))
    speed = MIX_S / sorted(seconds)[len(seconds) // 2]
    return [
        at_most(MIXING, "plain numpy that adds two tracks", figure, 2.2),
        Row(MIXING_SPEED, "the clock", f"{speed:,.0f} x as fast"),
    ]


def _added(frames: int) -> None:
    """Add a 16-bit stereo track and a mono track of floats, and convert the sum to 16 bits."""
    track, speech = np.ones((BLOCK, 2), np.int16), np.full((BLOCK, 1), 0.1, np.float32)
    for _ in range(0, frames, BLOCK):
        mix = track.astype(np.float32)
        mix *= np.float32(1 / (1 << 15))
        mix += speech
        np.clip(mix, -1, 1, out=mix)
        sixteen_bits(mix)


def mp3_export() -> list[Row]:
    """Compare a whole export with the same encoder alone, which gets frames mixed beforehand."""
    if encoder_of(Format.MP3) != "av":
        raise NotMeasurable("supple's extra `export` is not installed")
    programme = session(EXPORT_S)
    made = [block.copy() for block in programme.blocks()]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.mp3"
        figure = ratio(
            lambda: processor_seconds(lambda: export(programme, file, Format.MP3)),
            lambda: processor_seconds(lambda: _encode(programme, made, file)),
        )
    return [at_most(MP3, "the same encoder fed with finished frames", figure, 1.3)]


def session(seconds: int) -> Programme:
    """Return a session with speech every 8 seconds and a chime every 4, over a background."""
    chance = np.random.default_rng(3)
    speech = (0.1 * chance.standard_normal(frame_of(2_000))).astype(np.float32)
    track = chance.integers(-4_000, 4_000, (60 * RATE, 2)).astype(np.int16)
    length = seconds * 1_000
    says = [Cue(at, CueKind.SAY, "", None, _SAYS) for at in range(0, length, 8_000)]
    rings = [Cue(at, CueKind.START, "") for at in range(4_000, length, 8_000)]
    sheet = CueSheet(tuple(sorted((*says, *rings), key=lambda cue: cue.at)))
    mixer = Mixer(sheet, {("en", "words"): speech}, Bed(track))
    return Programme("Bench", [ProgrammePart(mixer, frame_of(length))], [Chapter(0, "All")])


def _encode(programme: Programme, blocks: Iterable[SixteenBits], file: Path) -> None:
    from audio.export.with_av import AvWriter

    with AvWriter(file, programme, Format.MP3) as writer:
        for block in blocks:
            writer.write(block)
        writer.finish()
