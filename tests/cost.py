"""Measures the cost of some work, independent of how busy or fast the machine is.

A cost is processor time. A budget is a multiple of a yardstick, which is a fixed piece of work
that is measured just before and just after.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


def thread_seconds(work: Callable[[], _T]) -> tuple[float, _T]:
    """Do `work`. Returns the processor time of this thread in seconds, and the result."""
    start = time.thread_time()
    result = work()
    return time.thread_time() - start, result


def processor_seconds() -> float:
    """Return the processor time of this process so far, including its ended children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _fixed_work() -> int:
    """Do the mix of dictionary, string and call operations of an ordinary program."""
    found: dict[str, list[int]] = {}
    for number in range(30_000):
        found.setdefault(f"k{number % 997}", []).append(number)
    return sum(len(key) + max(numbers) for key, numbers in sorted(found.items()))


def yardstick() -> float:
    """Return the processor time of the fixed work in seconds, about 0.01 on a fast machine."""
    return min(thread_seconds(_fixed_work)[0] for _ in range(3))


@dataclass(frozen=True, slots=True)
class Cost(Generic[_T]):
    """The cost of some work in yardsticks, and its result."""

    yardsticks: float
    result: _T


def cost(work: Callable[[], _T]) -> Cost[_T]:
    """Do `work` once and compare it with the slower of the yardsticks around it."""
    before = yardstick()
    seconds, result = thread_seconds(work)
    return Cost(seconds / max(before, yardstick()), result)
