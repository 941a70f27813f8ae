"""How two sides of a ratio are compared: in pairs, in turn, by the median of all pairs.

A machine that becomes slow for a moment slows both sides of a pair alike, and a pair that it
slows on one side only does not move the median.
"""

import resource
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence

PAIRS = 15
"""Never fewer."""


def ratio(one: Callable[[], float], other: Callable[[], float], pairs: int = PAIRS) -> float:
    """The median of what `one` costs as a multiple of what `other` costs.

    A first pair, which reads files into memory and fills caches, is not counted.
    """
    one(), other()
    return statistics.median(one() / other() for _ in range(pairs))


def processor_seconds(work: Callable[[], object]) -> float:
    """The processor time that this process spends on `work`, with all its threads."""
    start = time.process_time()
    work()
    return time.process_time() - start


def processor_seconds_of(command: Sequence[str], env: Mapping[str, str]) -> float:
    """The processor time of a whole process, from its start to its end."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(command, env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(command: Sequence[str], env: Mapping[str, str]) -> None:
    """Run a command that has to succeed; nothing that it prints is shown."""
    subprocess.run(
        command, env=env, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
    )
