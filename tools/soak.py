"""Runs the tests marked `soak` again and again: `make soak MINUTES=10 SEED=1`.

Each pass uses the next seed and repeats every test more often than `make proof` does. After a
failed pass it stops and prints how to repeat this pass.
"""

import os
import re
import shlex
import subprocess
import sys
import time
from typing import NamedTuple

from tests.habits import SEED, TIMES

MORE_OFTEN = 3
"""In one pass each test repeats this many times as often as in `make proof`."""

WORKERS_A_CORE = 2
"""More than one, since most of these tests wait for a program."""


class Pass(NamedTuple):
    """The result of one pass."""

    tests: int
    failures: int
    output: str


def command(seed: int, words: list[str]) -> list[str]:
    """Return the command of one pass, with its environment, as a person can type it."""
    workers = WORKERS_A_CORE * (os.cpu_count() or 1)
    return [
        "env", f"{SEED}={seed}", f"{TIMES}={MORE_OFTEN}",
        sys.executable, "-m", "pytest", "-q", "-m", "soak", f"--hypothesis-seed={seed}",
        f"-n{workers}", "--dist=worksteal", *words,
    ]  # fmt: skip


def run(seed: int, words: list[str]) -> Pass:
    """Run one pass."""
    done = subprocess.run(command(seed, words), stdout=subprocess.PIPE, text=True, check=False)
    counts = {
        what: int(count) for count, what in re.findall(r"(\d+) (\w+)", last_line(done.stdout))
    }
    failures = counts.get("failed", 0) + counts.get("error", 0) + counts.get("errors", 0)
    return Pass(counts.get("passed", 0) + failures, failures or done.returncode, done.stdout)


def last_line(output: str) -> str:
    return (output.strip().splitlines() or [""])[-1]


def main(words: list[str]) -> int:
    """Run passes for some minutes, from the first seed on. Further words go to pytest."""
    minutes, first, *more = words
    began = time.monotonic()
    end = began + float(minutes) * 60
    passes: list[Pass] = []
    seed = int(first)
    while not passes or (not passes[-1].failures and time.monotonic() < end):
        passes.append(run(seed + len(passes), more))
        last = seed + len(passes) - 1
        print(f"seed {last}: {last_line(passes[-1].output).strip('= ')}", flush=True)
    if failures := passes[-1].failures:
        print(passes[-1].output)
        print(f"To repeat it:\n  {shlex.join(command(last, more))}")
    tests = sum(one.tests for one in passes)
    took = (time.monotonic() - began) / 60
    print(
        f"soak: {len(passes)} passes, {tests} tests, seeds {first} to {last}, "
        f"{took:.1f} minutes, {failures} failures"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
