"""Decides how long to wait for voice engines, and when one is given up."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from threading import Condition
from typing import NamedTuple

FAILURES = 2
"""After so many failures in a row, an engine is not asked again."""

LOST_IN_ALL_S = 10.0
"""How long supple may wait in vain for all engines together.

Bad sounds of a coach may take 5 seconds more, so at most 15 seconds are lost in all.
"""

_LOOKS_EVERY_S = 0.05


class WaitSpan(NamedTuple):
    """When somebody began to wait, and when the wait ended, in seconds."""

    start: float
    end: float


def length_in_all(waits: Iterable[WaitSpan]) -> float:
    """Return how long the waits last in all, in seconds. Where they overlap, time counts once."""
    length, upto = 0.0, float("-inf")
    for start, end in sorted(waits):
        length += max(end - max(start, upto), 0.0)
        upto = max(upto, end)
    return length


class Patience:
    """Limits the wait for all engines while one set of speech is made.

    An engine that works may take as long as it needs for all sentences together: the person sees
    the progress, and can leave at any time. Several threads may use it at the same time.
    """

    def __init__(
        self, should_continue: Callable[[], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self.now = now
        """Returns the time in seconds."""
        self._should_continue = should_continue
        self._lost: list[WaitSpan] = []
        self._failures: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._has_changed = Condition()

    def lasts(self, *more: WaitSpan) -> bool:
        """Return whether any time to wait is left if `more` is lost too."""
        return length_in_all([*self._lost, *more]) < LOST_IN_ALL_S

    def allows(self, engine: str) -> bool:
        """Return whether to wait for the engine of this name."""
        return self._should_continue() and self._failures[engine] < FAILURES and self.lasts()

    def attempt(self, engine: str, deadline_s: float) -> "Attempt | None":
        """Begin to wait for one sentence of an engine, which may take up to `deadline_s`.

        After a failure this first waits for the sentences that the engine is working on, because
        it may be given up after them. Returns None if the engine is not asked any more.
        """
        with self._has_changed:
            while self.allows(engine):
                failures = self._failures[engine]
                if not failures or failures + self._running[engine] < FAILURES:
                    self._running[engine] += 1
                    return Attempt(self, engine, deadline_s)
                self._has_changed.wait(_LOOKS_EVERY_S)
        return None

    def count(self, engine: str, worked: bool, took: WaitSpan) -> None:
        """Count an attempt that is over."""
        with self._has_changed:
            self._running[engine] -= 1
            if worked:
                self._failures[engine] = 0
            else:
                self._failures[engine] += 1
                self._lost = [*self._lost, took]
            self._has_changed.notify_all()


class Attempt:
    """One sentence of one engine. Its time counts from the first call of `go_on`.

    So it does not count while the engine is still busy with another sentence.
    """

    def __init__(self, patience: Patience, engine: str, deadline_s: float) -> None:
        self._patience = patience
        self._engine = engine
        self._deadline_s = deadline_s
        self._began: float | None = None

    def go_on(self) -> bool:
        """Return whether to wait longer."""
        took = self._took()
        return (
            took.end - took.start < self._deadline_s
            and self._patience.allows(self._engine)
            and self._patience.lasts(took)
        )

    def ended(self, worked: bool) -> None:
        """Count this attempt as a success or a failure."""
        self._patience.count(self._engine, worked, self._took())

    def _took(self) -> WaitSpan:
        now = self._patience.now()
        if self._began is None:
            self._began = now
        return WaitSpan(self._began, now)
