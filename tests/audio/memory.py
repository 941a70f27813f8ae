"""Measures the memory of a Python program in a process that does nothing else."""

import subprocess
import sys

from tests.program import ROOT

_PEAKS = """
import resource as _resource, sys as _sys
for _who in (_resource.RUSAGE_SELF, _resource.RUSAGE_CHILDREN):
    _peak = _resource.getrusage(_who).ru_maxrss
    print(_peak // (1_000_000 if _sys.platform == "darwin" else 1_000))
"""


def peaks_of(source: str, *words: str) -> tuple[int, int, list[str]]:
    """Run a program. Returns its peak, the peak of its largest child, both in MB, and its output.

    A shell starts it, because Linux counts the peak of the process that starts another as the
    peak of that other too. The shell is small.
    """
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", source + _PEAKS, *words],
        cwd=ROOT, capture_output=True, check=True, text=True,
    )  # fmt: skip
    *lines, own, child = done.stdout.splitlines()
    print(f"{own} MB, its largest child {child} MB")
    return int(own), int(child), lines
