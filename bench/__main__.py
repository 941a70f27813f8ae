"""Measures how fast supple is: `make bench`, some ten minutes. `ARGS=--write` saves RESULTS.md.

The judged figures are ratios, and both sides of a ratio are measured in the same run. So a row has
the same result on a slow and on a fast machine. Seconds are printed but not judged. Only the sound
is judged in milliseconds, because it plays in real time on every machine.
"""

import compileall
import datetime
import gc
import os
import platform
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import commands, figures, placement, planning, screens, sound
from bench.pairs import PAIRS
from bench.row import NotMeasurable, Row, failed, not_measured

RESULTS = Path(__file__).with_name("RESULTS.md")


class Measure(NamedTuple):
    """A function that measures some rows, and the first columns of these rows."""

    whats: Sequence[str]
    measure: Callable[[], list[Row]]

    def rows(self) -> list[Row]:
        """Return the measured rows. If that fails, each row says why, and the bench goes on."""
        print(f"measuring: {self.whats[0]}", file=sys.stderr, flush=True)
        try:
            return self.measure()
        except NotMeasurable as reason:
            return [not_measured(what, str(reason)) for what in self.whats]
        except Exception as error:
            print(error, file=sys.stderr)
            why = f"{type(error).__name__}, see above"
            return [failed(what, why) for what in self.whats]


MEASURES = (
    Measure((commands.CHECK,), commands.check),
    *(Measure(commands.names(w), partial(commands.start_up, *w)) for w in commands.COMMANDS),
    Measure((screens.FIRST_FRAME,), screens.first_frame),
    Measure((screens.COST, screens.MEMORY), screens.session_cost),
    Measure((screens.MOVEMENT, screens.MOVEMENT_SHARE), screens.movement_cost),
    Measure((figures.PICTURE, figures.PICTURE_MS), figures.a_picture),
    Measure((planning.PLANNING,), planning.planning),
    Measure((sound.MIXING, sound.MIXING_SPEED), sound.mixing),
    Measure((sound.MP3,), sound.mp3_export),
    Measure(placement.WHATS, placement.placement_rows),
)


def table(rows: list[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | against | figure | budget | held |", "|---|---|---|---|---|"]
    lines += [f"| {r.what} | {r.against} | {r.figure} | {r.budget} | {r.verdict} |" for r in rows]
    return "\n".join(lines)


def main() -> int:
    """Measure everything, print the table, and return 1 if a row exceeds its budget."""
    gc.set_threshold(50_000)  # as the command `supple` does
    for package in ("player", "audio", "bench"):  # an installed program is compiled too
        compileall.compile_dir(RESULTS.parent.parent / package, quiet=2)
    rows = [row for measure in MEASURES for row in measure.rows()]
    text = table(rows)
    print(text)
    if "--write" in sys.argv:
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        python = f"{platform.python_implementation()} {platform.python_version()}"
        where = f"{python}, {platform.system()}, {os.cpu_count()} shared cores"
        how = f"medians of at least {PAIRS} pairs; by `make bench ARGS=--write`"
        RESULTS.write_text(f"# Measured\n\n{today}, {where}, {how}.\n\n{text}\n", "utf-8")
    return 0 if all(row.held is not False for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
