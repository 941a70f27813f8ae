"""Compares two sides in alternating pairs, by the median of all pairs.

If the machine is slow for a moment, it slows both sides of a pair equally. A pair of which it slows
one side only does not change the median.
"""

import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

PAIRS = 15
"""The smallest number of pairs."""


def ratio(one: Callable[[], float], other: Callable[[], float], pairs: int = PAIRS) -> float:
    """Return the median of the cost of `one` divided by the cost of `other`.

    A first pair is not counted: it reads files into memory and fills caches.
    """
    one(), other()
    return statistics.median(one() / other() for _ in range(pairs))


def processor_seconds(work: Callable[[], object]) -> float:
    """Return the processor time that this process and its threads spend on `work`."""
    start = time.process_time()
    work()
    return time.process_time() - start


def processor_seconds_of(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Return the processor time of a process from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command, env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a command without its output. It must succeed."""
    subprocess.run(
        command, env=env, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
