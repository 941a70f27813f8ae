"""Decides how long to wait for voice engines, and when one is given up."""

import time
from collections import Counter
from collections.abc import Callable
from threading import Condition

FAILURES = 2
"""After so many failures in a row, an engine is not asked again."""

LOST_IN_ALL_S = 15.0
"""How long all engines together may be waited for in vain."""

_LOOKS_EVERY_S = 0.05


class Patience:
    """The patience with all engines while one set of speech is made.

    An engine that works may take as long as it needs for all sentences together: the person sees
    the progress, and can leave at any time. Several threads may use it at the same time.
    """

    def __init__(
        self, should_continue: Callable[[], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self.now = now
        """Returns the time in seconds."""
        self._should_continue = should_continue
        self._left_s = LOST_IN_ALL_S
        self._failures: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._has_changed = Condition()

    @property
    def left_s(self) -> float:
        """How many seconds may still be lost."""
        return self._left_s

    def allows(self, engine: str) -> bool:
        """Return whether to wait for this engine, named `engine`."""
        return self._should_continue() and self._failures[engine] < FAILURES and self._left_s > 0

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

    def count(self, engine: str, worked: bool, took_s: float) -> None:
        """Count an attempt that is over."""
        with self._has_changed:
            self._running[engine] -= 1
            if worked:
                self._failures[engine] = 0
            else:
                self._failures[engine] += 1
                self._left_s -= took_s
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
        most = min(self._deadline_s, self._patience.left_s)
        return self._patience.allows(self._engine) and self._took_s() < most

    def ended(self, worked: bool) -> None:
        """Count this attempt as a success or a failure."""
        self._patience.count(self._engine, worked, self._took_s())

    def _took_s(self) -> float:
        now = self._patience.now()
        if self._began is None:
            self._began = now
        return now - self._began
