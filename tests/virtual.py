"""Virtual time and a console in memory, so that an hour plays in a second."""

from collections import deque
from collections.abc import Iterable

from player.base.text import safe
from player.plain.output import TerminalGone


class Time:
    """A session clock and a calendar that advance only when a test advances them."""

    def __init__(self, now: int = 1_000_000, wall: int = 1_790_000_000_000) -> None:
        self._now = now
        self._wall = wall

    def now(self) -> int:
        return self._now

    def wall(self) -> int:
        return self._wall

    def pass_by(self, ms: int) -> None:
        self._now += ms
        self._wall += ms

    def pass_calendar(self, ms: int) -> None:
        """Advance only the calendar, as when the session clock stops while the machine sleeps."""
        self._wall += ms


class MemoryConsole:
    """A console that takes its keys from a script, and stores each line with its time.

    A key of the script is a character or a name. A number is a time to wait before the next key.
    The person reads each prompt for a second before a key, and waits half a second before Enter.
    A `hasty` person does neither, and neither does a script with its own times.
    """

    def __init__(
        self,
        time: Time,
        script: Iterable[str | int] = (),
        ends: bool = False,
        hasty: bool = False,
    ) -> None:
        self.time = time
        self.script: deque[str | int] = deque(script)
        self.ends = ends
        self.hasty = hasty
        self.lines: list[tuple[int, str]] = []
        self.open_line = ""
        self.bells: list[int] = []

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    def line(self, text: str = "") -> None:
        self.lines.append((self.time.now(), self.open_line + safe(text)))
        self.open_line = ""

    def write(self, text: str) -> None:
        self.open_line += text

    def bell(self) -> None:
        self.bells.append(self.time.now())

    def now(self) -> int:
        return self.time.now()

    def forget(self, spares: str = "") -> None:
        """Drop the waiting keys of a hasty person.

        Without haste, the keys of the script have not been typed yet.
        """
        while self.hasty and self.script and isinstance(self.script[0], str):
            self.script.popleft()
        self._think(1_000)

    def _think(self, ms: int) -> None:
        if not self.hasty and self.script and isinstance(self.script[0], str):
            self.script.appendleft(ms)

    def key(self, timeout_ms: int | None) -> str | None:
        while self.script and isinstance(self.script[0], int):
            wait = self.script[0]
            if timeout_ms is not None and wait > timeout_ms:
                self.script[0] = wait - timeout_ms
                self.time.pass_by(timeout_ms)
                return None
            self.script.popleft()
            self.time.pass_by(wait)
            if timeout_ms is not None:
                timeout_ms -= wait
        if self.script:
            key = str(self.script.popleft())
            if self.script and self.script[0] == "enter":
                self._think(500)
            return key
        if self.ends or timeout_ms is None:
            raise TerminalGone
        self.time.pass_by(timeout_ms)
        return None
