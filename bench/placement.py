"""Measures when cues are heard: they go through a real device, and its output is recorded."""

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np

from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.device import Device, Pull, open_device
from audio.frames import RATE, frame_of
from audio.mixer import Material
from audio.pipe import open_pipe
from audio.samples import Samples
from audio.sound import Sound
from bench.crowded import unless_crowded
from bench.recording import Recorded, Recording, Server, find_programs
from bench.row import Row

SECONDS = 60
PIPED_SECONDS = 20
STALL_S = 0.04
STALLS_EVERY_S = 10

QUIET = f"cues of {SECONDS} s through PulseAudio"
LOADED = "the same beside a thread that never rests"
STALLED = f"the same with a stall of 40 ms every {STALLS_EVERY_S} s"
PIPED = f"cues of {PIPED_SECONDS} s by a pipe to paplay"
KEY = "from key to changed sound, the longest"
KEY_PIPED = "the same by a pipe"
WHATS = (QUIET, LOADED, STALLED, PIPED, KEY, KEY_PIPED)

_TICK = Spoken("tick", "en", 12)
_TONE = Spoken("tone", "en", 0)


Open = Callable[[Pull], Device]


class Heard(NamedTuple):
    """The differences between ticks and their planned times in ms, and other findings."""

    p99: float
    ppm: float
    steps: int
    """How often recording and session went out of step, by under-runs or their correction."""
    lost: int


def placement_rows() -> list[Row]:
    """Measure cues on a quiet machine, on a busy one and on one that stalls; then the delay of
    keys.

    These rows are judged in milliseconds. They are counted in frames of a device that plays in real
    time, so they show how supple schedules its sound and not how fast the machine is.
    """
    find_programs()
    with Server():
        quiet = unless_crowded(lambda: _with_drift(QUIET, placement()))
        with busy():
            loaded = unless_crowded(lambda: _cues(LOADED, placement()))
        return [
            quiet,
            loaded,
            unless_crowded(lambda: _cues(STALLED, placement(stalls=True))),
            unless_crowded(lambda: _cues(PIPED, placement(PIPED_SECONDS, device=open_pipe))),
            unless_crowded(lambda: _key(KEY, key_to_sound())),
            unless_crowded(lambda: _key(KEY_PIPED, key_to_sound(20, open_pipe))),
        ]


def _with_drift(what: str, heard: Heard) -> Row:
    row = _cues(what, heard)
    return row._replace(
        figure=f"{row.figure}, drift {heard.ppm:.2f} ppm",
        budget=f"{row.budget}, ≤ 1 ppm",
        held=row.held and abs(heard.ppm) <= 1,
    )


def _cues(what: str, heard: Heard) -> Row:
    figure = f"p99 {heard.p99:.2f} ms, {heard.steps} steps, {heard.lost} lost"
    held = heard.p99 <= 5 and not heard.lost
    return Row(what, "the session's clock", figure, "p99 ≤ 5 ms, 0 lost", held)


def _key(what: str, ms: float) -> Row:
    return Row(what, "the recording", f"{ms:.0f} ms", "≤ 200 ms", ms <= 200)


def now_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def placement(seconds: int = SECONDS, stalls: bool = False, device: Open = open_device) -> Heard:
    """Play ticks at irregular times with `Sound`, and find them in the recording."""
    chance = random.Random(20_240_229)
    dues = [1_000]
    while dues[-1] < seconds * 1_000:
        dues.append(dues[-1] + chance.randrange(400, 600))
    sheet = CueSheet(tuple(Cue(at, CueKind.SAY, "", None, _TICK) for at in dues))
    turns = np.arange(frame_of(12)) / RATE
    tick = np.cos(2 * np.pi * 1_000 * turns) * np.linspace(0.5, 0.2, len(turns))
    recording = Recording()
    sound = Sound(now_ms, _opened(stalls, device))
    sound.use(Material({("en", "tick"): tick.astype(np.float32)}))
    time.sleep(1)
    began = now_ms()
    sound.play(sheet, 0, began)
    _beat_for(sound, seconds + 1.5)
    sound.close()
    clock = recording.clock(began / 1_000)
    return _found(recording.stop(), clock, np.array(dues) + began)


def _found(
    recorded: Recorded,
    clock: Callable[[float], float],
    dues: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> Heard:
    loud = np.flatnonzero(np.abs(recorded.astype(np.int32)) > 3_277)
    onsets = loud[np.diff(loud, prepend=-RATE) > frame_of(50)]
    if len(onsets) != len(dues):
        return Heard(float("inf"), float("inf"), 0, len(dues) - len(onsets))
    late = np.array([clock(float(onset)) for onset in onsets]) * 1_000 - dues
    off = np.abs(late - np.median(late))
    ppm = np.polyfit(dues / 1_000, late, 1)[0] * 1_000
    placed = np.round((onsets - onsets[0]) / 48 - (dues - dues[0]), 1)
    steps = int((np.abs(np.diff(placed)) > 0.1).sum())
    return Heard(float(np.percentile(off, 99)), float(ppm), steps, 0)


def key_to_sound(changes: int = 40, device: Open = open_device) -> float:
    """Return the longest time in ms from muting or unmuting a tone until this can be heard."""
    chance = random.Random(3)
    level: Samples = np.full(RATE * 60, 0.3, np.float32)
    recording = Recording()
    sound = Sound(now_ms, device)
    sound.use(Material({("en", "tone"): level}))
    sound.play(CueSheet((Cue(0, CueKind.SAY, "", None, _TONE),)), 0, now_ms())
    _beat_for(sound, 2)
    asked = []
    for _ in range(changes):
        _beat_for(sound, chance.uniform(0.4, 0.6))
        sound.muted = not sound.muted
        asked.append(time.monotonic())
    _beat_for(sound, 1)
    sound.close()
    clock = recording.clock(asked[0] - 1)
    heard = recording.stop().astype(np.int32) > 0.15 * 32_767
    edges = np.array([clock(float(edge)) for edge in np.flatnonzero(np.diff(heard))])
    return max(float(edges[edges > at].min(initial=np.inf) - at) * 1_000 for at in asked)


def _beat_for(sound: Sound, seconds: float) -> None:
    """Let time pass while the host sends heartbeats."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        sound.heartbeat(now_ms())
        time.sleep(min(left, 0.25))


def _opened(stalls: bool, device: Open) -> Open:
    def opened(pull: Pull) -> Device:
        next_at = time.monotonic() + STALLS_EVERY_S

        def stalling(count: int) -> bytes:
            nonlocal next_at
            if stalls and time.monotonic() > next_at:
                next_at += STALLS_EVERY_S
                time.sleep(STALL_S)
            return pull(count)

        return device(stalling)

    return opened


@contextmanager
def busy() -> Iterator[None]:
    """Run a thread that always wants the interpreter, as painting a large screen does."""
    done = threading.Event()

    def work() -> None:
        number = 0
        while not done.is_set():
            for each in range(2_000):
                number += each * each % 7

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
