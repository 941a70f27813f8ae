"""The full screen against bare Textual apps, both sides in turn in one run."""

import statistics
import sys
import tempfile
from pathlib import Path

from bench.bare import FIRST
from bench.begin import begin
from bench.row import Row
from bench.terminal import Seen
from tests.program import home_of

ROOT = Path(__file__).resolve().parent.parent
ASKS, NAME = "Type to find", "After running"
STILL = "name: Still\nsteps:\n  - calf-wall-straight: 5m left\n"
SUPPLE = (str(Path(sys.executable).with_name("supple")),)
BARE = (sys.executable, "-m", "bench.bare")


def first_frame(rounds: int = 9) -> Row:
    """A routine's name on the screen and a key that works, against a bare app's first frame.

    The key is pressed at the first frame; it works when the list holds what fits it.
    """
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        env = home_of(Path(folder), PYTHONPATH=str(ROOT))
        for _ in range(rounds + 1):
            with Seen(BARE, env) as bare:
                nothing = bare.shows(FIRST)
            with Seen(SUPPLE, env) as supple:
                supple.shows(ASKS)
                supple.send("q")
                ratios.append(max(supple.shows_no_more(ASKS), supple.shows(NAME)) / nothing)
    ratio = statistics.median(ratios[1:])  # the first one warms the disk
    return Row(
        "first frame with a routine's name, and a key that works",
        "first frame of a bare Textual app",
        f"{ratio:.2f} x",
        "≤ 1.65 x",
        ratio <= 1.65,
    )


def session_cost(seconds: float = 30.0, rounds: int = 3) -> list[Row]:
    """Processor time and memory of a running session, without sound; its figure stands.

    What a movement costs besides is a row of its own.
    """
    cpu, memory = [], []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            env = home_of(Path(folder), PYTHONPATH=str(ROOT))
            file = Path(folder) / "still.yaml"
            file.write_text(STILL, "utf-8")
            with (
                Seen((*BARE, "ticking"), env) as bare,
                Seen(BARE, env) as still,
                Seen((*SUPPLE, "play", str(file), "--mute"), env) as supple,
            ):
                bare.shows(FIRST)
                still.shows(FIRST)
                begin(supple)
                supple.pump(2)
                before = supple.processor_seconds(), bare.processor_seconds()
                supple.pump(seconds)
                bare.pump(0.1)
                after = supple.processor_seconds(), bare.processor_seconds()
                cpu.append((after[0] - before[0]) / (after[1] - before[1]))
                memory.append(supple.memory() / still.memory())
    return [
        _row("processor time of a session whose figure stands", "one Digits at 1 Hz", cpu, 2.0),
        _row("its memory, without sound", "a bare Textual app", memory, 1.7),
    ]


def _row(what: str, against: str, ratios: list[float], budget: float) -> Row:
    ratio = statistics.median(ratios)
    return Row(what, against, f"{ratio:.2f} x", f"≤ {budget} x", ratio <= budget)
