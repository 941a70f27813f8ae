"""Compares the full screen with bare Textual apps: the first frame, and running sessions.

The first frame is measured by the clock, since a person waits for it. Running sessions are measured
in processor time, with both sides in the same seconds.
"""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.bare import FIRST
from bench.begin import begin
from bench.pairs import PAIRS, ratio
from bench.row import Row, at_most
from bench.terminal import MeasuredProgram, run_together
from tests.program import home_of

FIRST_FRAME = "first frame with a routine's name, and a key that works"
COST = "processor time of a session whose figure does not move"
MEMORY = "memory of that session, without sound"
MOVEMENT = "processor time of a session whose figure moves"
MOVEMENT_SHARE = "the same as a share of a core"

_ASKS, _NAME = "Type to find", "After running"
_STILL = "name: Still\nsteps:\n  - calf-wall-straight: 5m left\n"
_MOVING = "name: Moving\nsteps:\n  - march-seated: 5m tempo 2s\n"
_SUPPLE = (str(Path(sys.executable).with_name("supple")),)
_BARE = (sys.executable, "-m", "bench.bare")
_READY_S = 12
"""A step gets ready for ten seconds."""


def first_frame() -> list[Row]:
    """Compare the time to a routine's name and a working key with the first frame of a bare app.

    The key is pressed at the first frame. It works when the list shows only what matches it.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = home_of(Path(folder))

        def supple_s() -> float:
            with MeasuredProgram(_SUPPLE, env) as supple:
                supple.seconds_until_shown(_ASKS)
                supple.send("q")
                return max(supple.seconds_until_gone(_ASKS), supple.seconds_until_shown(_NAME))

        def bare_s() -> float:
            with MeasuredProgram(_BARE, env) as bare:
                return bare.seconds_until_shown(FIRST)

        figure = ratio(supple_s, bare_s)
    return [at_most(FIRST_FRAME, "first frame of a bare Textual app", figure, 1.65)]


def session_cost(seconds: float = 4.0) -> list[Row]:
    """Measure a session without sound whose figure does not move, beside two bare apps."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        still = stack.enter_context(_session(Path(folder), _STILL))
        begin(still)
        clock = stack.enter_context(MeasuredProgram((*_BARE, "ticking"), home_of(Path(folder))))
        bare = stack.enter_context(MeasuredProgram(_BARE, home_of(Path(folder))))
        run_together((still, clock, bare), lambda program: program.pump(_READY_S))
        used = _used((still, clock), seconds)
        memory = still.memory() / bare.memory()
    ratio = statistics.median(one / other for one, other in used)
    return [
        at_most(COST, "processor time of one `Digits` at 1 Hz", ratio, 2.0),
        at_most(MEMORY, "a bare Textual app", memory, 1.7),
    ]


def movement_cost(seconds: float = 2.0) -> list[Row]:
    """Compare a session with a moving figure with an app that shows as many prepared pictures.

    A session without movement costs so little that a multiple of it would mean nothing.
    """
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        moving = stack.enter_context(_session(Path(folder), _MOVING))
        begin(moving)
        film = stack.enter_context(MeasuredProgram((*_BARE, "moving"), home_of(Path(folder))))
        run_together((moving, film), lambda program: program.pump(_READY_S))
        used = _used((moving, film), seconds)
    ratio = statistics.median(one / other for one, other in used)
    share = statistics.median(one for one, _ in used) / seconds
    return [
        at_most(MOVEMENT, "processor time of ready-made pictures, as often", ratio, 1.6),
        Row(MOVEMENT_SHARE, "one core", f"{share:.1%}"),
    ]


def _used(programs: Sequence[MeasuredProgram], seconds: float) -> list[list[float]]:
    """Return the processor time of each program in the same seconds, once for each pair."""
    used = []
    for _ in range(PAIRS):
        before = [program.processor_seconds() for program in programs]
        run_together(programs, lambda program: program.pump(seconds))
        after = [program.processor_seconds() for program in programs]
        used.append([b - a for a, b in zip(before, after, strict=True)])
    return used


def _session(folder: Path, text: str) -> MeasuredProgram:
    """Start a session of a person who plays for the first time."""
    file = folder / "routine.yaml"
    file.write_text(text, "utf-8")
    return MeasuredProgram((*_SUPPLE, "play", str(file), "--mute"), home_of(folder))
