"""Configures the whole run: rarer garbage collection, and the option `--cost`."""

import gc
import statistics
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.cost import processor_seconds, yardstick

gc.set_threshold(50_000)  # the same value as in the command itself
YARDSTICK_EVERY_S = 5.0


class Price(NamedTuple):
    """The processor time of one process in seconds, and the yardsticks measured beside it."""

    seconds: float
    yardsticks: list[float]


class Meter:
    """Measures this process, and from time to time the yardstick."""

    def __init__(self) -> None:
        self.workers: list[Price] = []
        self._yardsticks: list[float] = []
        self._own = 0.0
        self._next = 0.0

    def look(self) -> None:
        """Measure the yardstick, unless it was measured very recently."""
        start = time.process_time()
        if start < self._next:
            return
        self._yardsticks.append(yardstick())
        self._next = time.process_time() + YARDSTICK_EVERY_S
        self._own += time.process_time() - start

    @property
    def price(self) -> Price:
        """Return the cost of this process and its children so far, without the xdist workers."""
        seconds = time.process_time() if self.workers else processor_seconds()
        return Price(seconds - self._own, self._yardsticks)

    def words(self) -> str:
        """Return the cost of the whole run in words, in seconds and in yardsticks."""
        prices = [self.price, *self.workers]
        stick = statistics.median([stick for price in prices for stick in price.yardsticks])
        seconds = sum(price.seconds for price in prices)
        return (
            f"processor time: {seconds:.1f} s, {seconds / stick:,.0f} yardsticks of "
            f"{stick * 1_000:.1f} ms"
        )


_METER = pytest.StashKey[Meter]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("supple")
    group.addoption("--cost", action="store_true", help="print the processor time of the run")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--cost"):
        config.stash[_METER] = Meter()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()  # imported and collected objects stay, so the garbage collector need not check them


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    if meter := item.config.stash.get(_METER, None):
        meter.look()
    return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    meter = session.config.stash.get(_METER, None)
    if meter and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["price"] = meter.price._asdict()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:  # xdist has no types
    """Add the cost of a worker that has ended."""
    meter = node.config.stash.get(_METER, None)
    if meter and (price := getattr(node, "workeroutput", {}).get("price")):
        meter.workers.append(Price(**price))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if meter := terminalreporter.config.stash.get(_METER, None):
        terminalreporter.write_line(meter.words())
