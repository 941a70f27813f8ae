"""Handles signals and the loss of the terminal for the full-screen programs.

Textual alone has three gaps. It does not restore the terminal on SIGTERM and SIGHUP. It sets the
terminal up twice on a SIGCONT without an earlier SIGTSTP. It uses a whole core after the terminal
is gone.
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
"""The exit code after the loss of the terminal, the same as for SIGHUP."""

LONGEST_GOODBYE_S = 2.0
"""The program exits after this time even if its terminal no longer accepts output."""


class Terminal:
    """Watches the terminal of one app. Calls `on_gone` when the terminal is lost."""

    def __init__(self, app: App[None], on_gone: Callable[[], None]) -> None:
        self.ended_by = 0
        """128 plus the number of the signal that ended the app; 0 if no signal did."""
        self._app = app
        self._on_gone = on_gone
        self._is_restored = False

    def handle_signals(self) -> None:
        """Let SIGTERM and SIGHUP end the app in order. Call this before the app starts drawing."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._end, 128 + number)

    def watch(self) -> None:
        """Handle stop, resume and loss of the terminal. Call this once the app draws."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTSTP, self._stop)
        loop.add_signal_handler(signal.SIGCONT, self._resume)
        threading.Thread(target=self._wait_for_loss, args=(loop,), daemon=True).start()

    def _end(self, code: int) -> None:
        self.ended_by = code
        if _is_gone(0):
            self._on_gone()
        last = threading.Timer(LONGEST_GOODBYE_S, os._exit, (code,))
        last.daemon = True
        last.start()
        self._app.exit(return_code=code)

    def _stop(self) -> None:
        driver = self._app._driver  # Textual's public way to suspend waits for a key
        if driver is not None:
            driver.suspend_application_mode()
            self._is_restored = True
            os.kill(os.getpid(), signal.SIGSTOP)
            driver.resume_application_mode()

    def _resume(self) -> None:
        driver = self._app._driver
        if driver is not None and not self._is_restored:  # SIGSTOP can't be caught
            driver.suspend_application_mode()
            driver.resume_application_mode()
        self._is_restored = False

    def _wait_for_loss(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run in a thread of its own, because Textual's input thread spins after a loss."""
        _is_gone(None)
        from textual.drivers.linux_driver import LinuxDriver  # does not exist on Windows

        driver = self._app._driver
        if isinstance(driver, LinuxDriver):
            driver.exit_event.set()
        with suppress(RuntimeError):  # the app may have ended already
            loop.call_soon_threadsafe(self._on_gone)
            for _ in range(100):
                if isinstance(driver, LinuxDriver):
                    _drop_unwritten_output(driver)
                threading.Event().wait(LONGEST_GOODBYE_S / 200)
            os._exit(GONE)  # the app hangs while it writes to the lost terminal


def _drop_unwritten_output(driver: "LinuxDriver") -> None:
    """Empty the queue of the writer thread. Otherwise the app would wait forever for room in it."""
    writer = driver._writer_thread
    if writer is not None:
        with suppress(Empty):
            while True:
                writer._queue.get_nowait()


def _is_gone(within_ms: int | None) -> bool:
    """Return whether the terminal hangs up within some time. None waits without a limit."""
    poll = select.poll()
    poll.register(sys.__stdin__.fileno() if sys.__stdin__ else 0, 0)
    return bool(poll.poll(within_ms))


@contextmanager
def painting_on_stdout() -> Iterator[None]:
    """Paint on stdout, and keep everything that is written to stderr off the screen.

    By default Textual paints on stderr. But stderr may be redirected to a file, and C libraries
    for sound write to it.
    """
    before = sys.__stderr__
    with (
        os.fdopen(os.dup(1), "w", encoding="utf-8", errors="replace") as painted,
        ExitStack() as after,
    ):
        sys.__stderr__ = painted  # type: ignore[misc]  # the only way to redirect Textual
        after.callback(setattr, sys, "__stderr__", before)
        if before is not None and before.isatty():
            original, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
            for descriptor in (original, nowhere):
                after.callback(os.close, descriptor)
            os.dup2(nowhere, 2)
            after.callback(os.dup2, original, 2)
        yield
