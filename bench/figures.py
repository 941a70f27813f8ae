"""The price of a figure: a picture by itself, and a movement on the screen of a session."""

import statistics
import tempfile
import time
from pathlib import Path

from bench.begin import begin
from bench.row import Row
from bench.screens import STILL, SUPPLE
from bench.terminal import Seen
from player.figures.raster import frame, picture
from player.figures.shapes import drawing
from player.figures.solve import solve
from player.routine.library import open_library
from player.routine.terms import SHIPPED
from tests.program import home_of

COLUMNS, ROWS = 36, 16
BUDGET_MS = 0.5
MOVING = "name: Moving\nsteps:\n  - march-seated: 5m tempo 2s\n"


def a_picture(rounds: int = 7) -> Row:
    """From a solved pose to cells, over every figure that ships; the median of the rounds."""
    entries = open_library([SHIPPED]).catalogue.entries
    scenes = [
        (solve(figure), figure, entry.exercise.told_regions)
        for entry in entries
        if (figure := entry.exercise.figure)
    ]
    placed = [
        (solved, figure, regions, frame([drawing(solved, figure.view, regions)], COLUMNS, ROWS))
        for solved, figure, regions in scenes
    ]
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        for solved, figure, regions, place in placed:
            picture(drawing(solved, figure.view, regions, figure.works), place)
        times.append((time.perf_counter() - start) * 1_000 / len(placed))
    ms = statistics.median(times)
    return Row(
        f"a figure of {COLUMNS}×{ROWS} cells, each of {len(placed)}",
        "by itself",
        f"{ms:.2f} ms",
        f"≤ {BUDGET_MS} ms",
        ms <= BUDGET_MS,
    )


def a_movement(seconds: float = 30.0, rounds: int = 3) -> Row:
    """A session whose figure moves against one whose figure stands, in turn."""
    more = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            shares = []
            for name, text in (("moving", MOVING), ("still", STILL)):
                file = Path(folder) / f"{name}.yaml"
                file.write_text(text, "utf-8")
                home = Path(folder) / name  # each of them is asked for the first time
                home.mkdir()
                env = home_of(home)
                with Seen((*SUPPLE, "play", str(file), "--mute"), env) as supple:
                    begin(supple)
                    supple.pump(14)  # the first ten seconds get ready
                    before = supple.processor_seconds()
                    supple.pump(seconds)
                    shares.append((supple.processor_seconds() - before) / seconds)
            more.append((shares[0] - shares[1]) * 100)
    percent = statistics.median(more)
    return Row(
        "a moving figure in a session",
        "a session whose figure stands",
        f"+{percent:.1f} % of a core",
        "≤ +3 %",
        percent <= 3,
    )
