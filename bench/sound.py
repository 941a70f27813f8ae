"""The mixer against the clock on the wall, and an export against its own encoder."""

import statistics
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from audio.bed import Bed
from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.export.formats import Format
from audio.export.programme import Chapter, Part, Programme
from audio.export.writing import encoder_of, export
from audio.frames import RATE, frame_of
from audio.mixer import Mixer
from audio.samples import SixteenBits
from bench.row import Row

MINUTES = 20
_SAYS = Spoken("words", "en", 2_000)


def session(minutes: int = MINUTES) -> Programme:
    """Something is said every 8 seconds and rung every 4, over a background."""
    chance = np.random.default_rng(3)
    said = (0.1 * chance.standard_normal(frame_of(2_000))).astype(np.float32)
    track = chance.integers(-4_000, 4_000, (60 * RATE, 2)).astype(np.int16)
    length = minutes * 60_000
    says = [Cue(at, CueKind.SAY, "", None, _SAYS) for at in range(0, length, 8_000)]
    rings = [Cue(at, CueKind.START, "") for at in range(4_000, length, 8_000)]
    sheet = CueSheet(tuple(sorted((*says, *rings), key=lambda cue: cue.at)))
    mixer = Mixer(sheet, {("en", "words"): said}, Bed(track))
    return Programme("Bench", [Part(mixer, frame_of(length))], [Chapter(0, "All")])


def mixing(rounds: int = 5) -> Row:
    """Every frame of a session, as a device or a file takes them."""
    programme = session()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in programme.blocks():
            pass
        times.append(time.perf_counter() - start)
    speed = MINUTES * 60 / statistics.median(times)
    return Row(
        f"mixing {MINUTES} minutes of speech, chimes and a background, 48 kHz stereo",
        "the time that they last",
        f"{speed:,.0f} x as fast",
        "≥ 1,000 x",
        speed >= 1_000,
    )


def mp3_export(rounds: int = 3, minutes: int = 3) -> list[Row]:
    """A whole export against the same encoder that is given the same frames, made before."""
    if encoder_of(Format.MP3) != "av":
        print("MP3 export was not measured: the extra `export` is not installed.")
        return []
    programme = session(minutes)
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.mp3"
        made = [block.copy() for block in programme.blocks()]
        for _ in range(rounds):
            start = time.perf_counter()
            _encode(programme, made, file)
            direct = time.perf_counter() - start
            start = time.perf_counter()
            export(programme, file, Format.MP3)
            ratios.append((time.perf_counter() - start) / direct)
    ratio = statistics.median(ratios)
    return [
        Row(
            "`export` to MP3",
            "the same encoder fed with finished frames",
            f"{ratio:.2f} x",
            "≤ 1.3 x",
            ratio <= 1.3,
        )
    ]


def _encode(programme: Programme, blocks: Iterable[SixteenBits], file: Path) -> None:
    from audio.export.with_av import AvWriter

    with AvWriter(file, programme, Format.MP3) as writer:
        for block in blocks:
            writer.write(block)
        writer.finish()
