"""Keeps the display awake while a session runs, if the desktop allows it."""

from threading import Event, Thread


class Awake:
    """Asks the desktop not to turn the display off. The request never blocks and never fails."""

    def __init__(self) -> None:
        self._release: Event | None = None

    def hold(self) -> None:
        """Keep the display awake from now on."""
        if self._release is None:
            self._release = Event()
            Thread(target=_hold, args=(self._release,), daemon=True, name="awake").start()

    def release(self) -> None:
        """Let the display go dark again."""
        if self._release is not None:
            self._release.set()
            self._release = None


def _hold(release: Event) -> None:
    """Run in a thread of its own, because a desktop may answer slowly."""
    try:
        from wakepy import keep

        with keep.presenting(on_fail="pass"):
            release.wait()
    except Exception:  # the session matters more than the display
        return
