"""Measures the processor time of the commands `check`, `list` and `show`.

These commands wait for nothing, so processor time is their whole cost. A busy machine does not
increase it.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import yaml

from bench.files import write_files
from bench.pairs import PAIRS, processor_seconds, processor_seconds_of, ratio, run
from bench.row import Row, at_most
from player.check.report import check_paths
from player.library.folders import Library, open_library
from tests.program import home_of

FILES, FILES_A_PAIR = 1_000, 50
CHECK = f"processor time of `check` of {FILES:,} files of 60 lines"
COMMANDS = (("list",), ("show", "back-of-knee-ease"))
_SUPPLE = str(Path(sys.executable).with_name("supple"))


def check() -> list[Row]:
    """Compare `check` with libyaml, which only loads the same text.

    All files are checked once before the measurement. Then each pair uses the next files.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = write_files(Path(folder), FILES)
        library = open_library()
        _check(paths, library)
        ratios = []
        for first in range(0, FILES, FILES_A_PAIR):
            some = paths[first : first + FILES_A_PAIR]
            checked = processor_seconds(partial(_check, some, library))
            ratios.append(checked / processor_seconds(partial(_load, some)))
    figure = statistics.median(ratios)
    return [at_most(CHECK, "`yaml.load(CSafeLoader)` of the same text", figure, 2.0)]


def _check(paths: list[Path], library: Library) -> None:
    found = check_paths(paths, library)
    codes = {problem.code for report in found for problem in report.problems}
    assert not any(code.startswith("E") for code in codes)  # each file is checked in full


def _load(paths: list[Path]) -> None:
    for path in paths:
        yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def names(words: tuple[str, ...]) -> tuple[str, str]:
    """Return the first columns of a command's rows."""
    return f"processor time of `supple {' '.join(words)}`", "the same command by the clock"


def start_up(*words: str) -> list[Row]:
    """Compare a whole process with a program that only imports argparse and yaml and reads the same
    files.

    Every command that uses these files has to do at least that.
    """
    judged, by_the_clock = names(words)
    with tempfile.TemporaryDirectory() as folder:
        env = home_of(Path(folder))
        command = (_SUPPLE, *words)
        reading = (sys.executable, "-m", "bench.reading", *_opened_by(words, env))
        figure = ratio(
            lambda: processor_seconds_of(command, env),
            lambda: processor_seconds_of(reading, env),
        )
        nothing = (sys.executable, "-c", "pass")
        more = statistics.median(
            _seconds(command, env) - _seconds(nothing, env) for _ in range(PAIRS)
        )
    return [
        at_most(judged, "reading the same files (`bench/reading.py`)", figure, 3.0),
        Row(by_the_clock, "`python -c pass`", f"{more * 1_000:+.0f} ms"),
    ]


def _opened_by(words: tuple[str, ...], env: dict[str, str]) -> list[str]:
    """Return the files that a command reads, without Python code."""
    asked = (sys.executable, "-m", "bench.opened", *words)
    done = subprocess.run(asked, env=env, check=True, capture_output=True, text=True)
    files = [path for path in done.stderr.splitlines() if Path(path).is_file()]
    assert any(path.endswith(".yaml") for path in files)  # else the recording has failed
    return files


def _seconds(command: tuple[str, ...], env: dict[str, str]) -> float:
    start = time.perf_counter()
    run(command, env)
    return time.perf_counter() - start
