"""The terminal under the screens: signals, being stopped, being taken away.

Textual leaves a terminal as it is when SIGTERM or SIGHUP comes, takes it a second time at a
SIGCONT that no SIGTSTP preceded, and uses a whole core when it is gone.
"""

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty
from typing import TYPE_CHECKING

from textual.app import App

if TYPE_CHECKING:
    from textual.drivers.linux_driver import LinuxDriver

GONE = 129
"""Exit code where the terminal was taken away; as for SIGHUP."""

LONGEST_GOODBYE_S = 2.0
"""After this time the program ends even if its terminal no longer takes anything."""


class Terminal:
    """Watches over the terminal of one app. `gone` is called where there is none any more."""

    def __init__(self, app: App[None], gone: Callable[[], None]) -> None:
        self.ended_by = 0
        """128 and the number of the signal that ended the app; 0 where none did."""
        self._app = app
        self._gone = gone
        self._given_back = False

    def obey(self) -> None:
        """SIGTERM and SIGHUP end the app in order; to be said before it takes the terminal."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, 128 + number)

    def watch(self) -> None:
        """Be stopped and come back, and notice a loss; once the app has taken the terminal."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._come_back)
        threading.Thread(target=self._wait_for_loss, args=(loop,), daemon=True).start()

    def _end(self, code: int) -> None:
        self.ended_by = code
        if _is_gone(0):
            self._gone()
        last = threading.Timer(LONGEST_GOODBYE_S, os._exit, (code,))
        last.daemon = True
        last.start()
        self._app.exit(return_code=code)

    def _stop(self) -> None:
        driver = self._app._driver  # the public way asks for a key to be pressed
        if driver is not None:
            driver.suspend_application_mode()
            self._given_back = True
            os.kill(os.getpid(), signal.SIGSTOP)
            driver.resume_application_mode()

    def _come_back(self) -> None:
        driver = self._app._driver
        if driver is not None and not self._given_back:  # SIGSTOP can't be obeyed
            driver.suspend_application_mode()
            driver.resume_application_mode()
        self._given_back = False

    def _wait_for_loss(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread of its own, because Textual's input spins as soon as there is no input."""
        _is_gone(None)
        from textual.drivers.linux_driver import LinuxDriver  # there is none on Windows

        driver = self._app._driver
        if isinstance(driver, LinuxDriver):
            driver.exit_event.set()
        with suppress(RuntimeError):  # the app has ended by itself
            loop.call_soon_threadsafe(self._gone)
            for _ in range(100):
                if isinstance(driver, LinuxDriver):
                    _forget_what_is_unwritten(driver)
                threading.Event().wait(LONGEST_GOODBYE_S / 200)
            os._exit(GONE)  # it hangs in writing to what is no longer there


def _forget_what_is_unwritten(driver: "LinuxDriver") -> None:
    """Nobody takes it any more, and the app waits for room to write in, which ends nothing."""
    writer = driver._writer_thread
    if writer is not None:
        with suppress(Empty):
            while True:
                writer._queue.get_nowait()


def _is_gone(within_ms: int | None) -> bool:
    """Whether the terminal hangs up within some time; None waits as long as it takes."""
    poll = select.poll()
    poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
    return bool(poll.poll(within_ms))


@contextmanager
def painted_apart() -> Iterator[None]:
    """Paint on the terminal of stdout, and keep what others write to stderr off the screen.

    Textual paints on stderr, where somebody may want the errors in a file, and where sound
    libraries write from C.
    """
    before = sys.__stderr__
    with (
        os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace") as painted,
        ExitStack() as after,
    ):
        sys.__stderr__ = painted  # type: ignore[misc]  # the one way to tell Textual where
        after.callback(setattr, sys, "__stderr__", before)
        if before is not None and before.isatty():
            kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
            for descriptor in (kept, nowhere):
                after.callback(os.close, descriptor)
            os.dup2(nowhere, 2)
            after.callback(os.dup2, kept, 2)
        yield
