"""What a piece of work costs, without the clock on the wall.

A busy or slow machine makes seconds on the wall say little. So a cost is processor time, and a
budget is a multiple of a fixed yardstick that is measured just before and just after it.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_T = TypeVar("_T")


def thread_seconds(work: Callable[[], _T]) -> tuple[float, _T]:
    """The processor time that this thread spends on `work`, in seconds, and its result."""
    start = time.thread_time()
    result = work()
    return time.thread_time() - start, result


def processor_seconds() -> float:
    """The processor time of this process so far, with the children it has waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _fixed_work() -> int:
    """Dictionaries, strings and calls in the mix of an ordinary program."""
    found: dict[str, list[int]] = {}
    for number in range(30_000):
        found.setdefault(f"k{number % 997}", []).append(number)
    return sum(len(key) + max(numbers) for key, numbers in sorted(found.items()))


def yardstick() -> float:
    """The processor time of one fixed piece of work, in seconds: about 0.01 on a quick machine."""
    return min(thread_seconds(_fixed_work)[0] for _ in range(3))


@dataclass(frozen=True, slots=True)
class Cost(Generic[_T]):
    """What some work cost, in yardsticks, and what it returned."""

    yardsticks: float
    result: _T


def cost(work: Callable[[], _T]) -> Cost[_T]:
    """Do `work` once and compare it with the slower of the yardsticks around it."""
    before = yardstick()
    seconds, result = thread_seconds(work)
    return Cost(seconds / max(before, yardstick()), result)
