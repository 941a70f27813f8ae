"""How fast it is here: `make bench`. Both sides of each ratio are measured in one run, in turn.

Absolute times say more about the machine than about supple, so budgets are ratios, or
milliseconds above an empty interpreter. `--write` keeps the table in RESULTS.md.
"""

import compileall
import datetime
import gc
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from bench.figures import a_movement, a_picture
from bench.files import write_files
from bench.placement import placement_rows
from bench.row import Row
from bench.screens import first_frame, session_cost
from bench.sound import mixing, mp3_export
from player.check.report import check_paths
from player.routine.library import open_library

RESULTS = Path(__file__).with_name("RESULTS.md")
FILES = 1_000


def check_against_load(rounds: int = 5) -> Row:
    """`check` of 1,000 files of 60 lines against only loading the same text with libyaml."""
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(Path(folder), FILES)
        library = open_library()

        def check() -> None:
            found = check_paths(paths, library)
            codes = {problem.code for report in found for problem in report.problems}
            assert not any(code.startswith("E") for code in codes)  # each is looked through

        def load() -> None:
            for path in paths:
                yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)

        ratio = statistics.median(_seconds(check) / _seconds(load) for _ in range(rounds))
    return Row(
        f"`check` of {FILES:,} files of 60 lines",
        "`yaml.load(CSafeLoader)` of the same text",
        f"{ratio:.2f} x",
        "≤ 2.0 x",
        ratio <= 2.0,
    )


def start_up(*words: str, rounds: int = 15) -> Row:
    """A command as a whole process against an interpreter that does nothing."""
    supple = str(Path(sys.executable).with_name("supple"))
    above = []
    for _ in range(rounds + 1):
        with_words = _seconds(lambda: _run(supple, *words))
        nothing = _seconds(lambda: _run(sys.executable, "-c", "pass"))
        above.append((with_words - nothing) * 1_000)
    figure = statistics.median(above[1:])  # the first one warms the disk
    return Row(
        f"`supple {' '.join(words)}`",
        "`python -c pass`",
        f"+{figure:.0f} ms",
        "≤ +120 ms",
        figure <= 120,
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(rows: list[Row]) -> str:
    lines = ["| what | against | figure | budget | held |", "|---|---|---|---|---|"]
    lines += [
        f"| {r.what} | {r.against} | {r.figure} | {r.budget} | {'yes' if r.held else 'NO'} |"
        for r in rows
    ]
    return "\n".join(lines)


def main() -> int:
    gc.set_threshold(50_000)  # as the command itself does
    for package in ("player", "audio"):  # compiled, as an installed program is
        compileall.compile_dir(RESULTS.parent.parent / package, quiet=2)
    rows = [check_against_load(), start_up("list"), start_up("show", "back-of-knee-ease")]
    rows += [first_frame(), *session_cost(), a_picture(), a_movement()]
    rows += [mixing(), *mp3_export(), *placement_rows()]
    text = table(rows)
    print(text)
    if "--write" in sys.argv:
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        about = (
            f"{platform.python_implementation()} {platform.python_version()}, {platform.system()}"
        )
        how = f"{today}, {about}, two shared cores, medians; by `make bench ARGS=--write`."
        RESULTS.write_text(f"# Measured\n\n{how}\n\n{text}\n", "utf-8")
    return 0 if all(row.held for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
