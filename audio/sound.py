"""Plays the sound of a session. Importing this module loads no numpy and no sound library.

A device requests 100 ms of frames at a time, about 160 ms before they are heard. So a pause is
heard about that much later.
"""

import atexit
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from threading import Lock, Thread
from typing import TYPE_CHECKING

from audio.cue import CueSheet
from audio.device import Device, Pull, SoundError, open_device
from audio.frames import BYTES_A_FRAME

if TYPE_CHECKING:
    from audio.mixer import Material, Mixer
    from audio.output import DeviceOutput, Run

__all__ = ["Sound", "SoundError", "open_sound"]

HEARTBEAT_WITHIN_MS = 2_500
"""If no heartbeat comes for longer than this, the host hangs and the sound stops."""

LOST_AFTER_MS = 3_000
"""A device that requests nothing for this long, while the host runs, is lost."""

TRIES_EVERY_MS = 5_000
"""After that, another device is tried this often."""

LOST = "The sound device takes no more sound. Was it unplugged? It is tried again every 5 seconds."

Opened = Callable[[Pull], Device]
"""Opens a device, which requests frames on a thread of its own."""


def _aside(work: Callable[[], None]) -> None:
    Thread(target=work, name="sound device", daemon=True).start()


class _Line:
    """The requests of one device. A lost device may still make requests; it gets silence."""

    def __init__(self, give: Callable[["DeviceOutput", int], bytes]) -> None:
        from audio.output import DeviceOutput

        self._output = DeviceOutput()
        self._give = give
        self.cut = False

    def pull(self, count: int) -> bytes:
        return bytes(count * BYTES_A_FRAME) if self.cut else self._give(self._output, count)


class Sound:
    """Plays a session on the default device. Once opened, it never raises.

    `now` returns the time in ms. Every `at` is a time of that clock. `opened` opens a device;
    its argument returns frames and is called on the device's thread. If the device is lost, the
    session goes on in silence, and `aside` runs the search for another one.
    """

    def __init__(
        self,
        now: Callable[[], int],
        opened: Opened,
        aside: Callable[[Callable[[], None]], None] = _aside,
    ) -> None:
        from audio.tones import chimes

        chimes()  # made in advance, since a session must not wait for them
        self._now = now
        self._opened = opened
        self._aside = aside
        self._sheet: CueSheet | None = None
        self._material: Material | None = None
        self._mixer: Mixer | None = None
        self._prepared: tuple[CueSheet, Material | None, Mixer] | None = None
        # Each of these values is replaced as a whole, so the device's thread needs no lock.
        self._run: Run | None = None
        self._stops = 0
        self._heartbeat_at = now()
        self._muted = False
        self._failure: str | None = None
        self._turns = 0
        self._last_turns = (0, self._heartbeat_at)
        self._lost = False
        self._closed = False
        # Only the host and the search for a device use these.
        self._changing = Lock()
        self._is_searching = False
        self._tried_at = self._heartbeat_at
        self._line = _Line(self._pull)
        self._device: Device | None = opened(self._line.pull)
        # The thread of an open device would prevent the interpreter from ending.
        atexit.register(self.close)

    def play(self, sheet: CueSheet, position: int, at: int) -> None:
        """Play from `position` (session ms), which belongs to the clock's time `at` (ms).

        A chime that has begun is heard to its end, and so are words unless the session jumps.
        A device takes frames in advance, so the sheet must end before a place where the session
        waits. This counts as a heartbeat.
        """
        try:
            from audio.output import Run

            self._heartbeat_at = self._now()  # not `at`, since a session may have begun long ago
            mixer, run = self._mixed(sheet), self._run
            if run and run.mixer is mixer and run.position - run.at == position - at:
                return  # this is playing already
            self._run = Run(mixer, position, at, self._stops)
        except Exception as error:
            self._fail(error)

    def prepare(self, sheet: CueSheet) -> None:
        """Mix a sheet on the thread of the caller, so that `play` need not do it."""
        try:
            from audio.mixer import Mixer

            material = self._material
            self._prepared = sheet, material, Mixer(sheet, *(material or ()))
        except Exception as error:
            self._fail(error)

    def use(self, material: "Material") -> None:
        """Use these sounds from now on: speech, clips, a background and their volumes.

        All of them are ready to play. A sound that has begun is not interrupted.
        """
        try:
            self._material, self._mixer = material, None
            sheet, run = self._sheet, self._run
            if sheet is not None and run is not None:
                self._run = replace(run, mixer=self._mixed(sheet))
        except Exception as error:
            self._fail(error)

    def silence(self) -> None:
        """Stop the sound, with a fade of 20 ms, because the session has stopped."""
        self._stops += 1
        self._run = None

    def heartbeat(self, at: int) -> None:
        """Record that the host is alive at `at`. The sound stops 2.5 s after the last call."""
        slept = at - self._heartbeat_at > HEARTBEAT_WITHIN_MS
        if slept:
            self.silence()
        turns, since = self._last_turns
        if slept or self._turns != turns:
            self._last_turns = (self._turns, at)
            self._lost = False
        else:
            self._lost = at - since > LOST_AFTER_MS
        self._heartbeat_at = at
        if self._lost and not self._is_searching and at - self._tried_at >= TRIES_EVERY_MS:
            self._tried_at = at
            self._is_searching = True
            self._aside(self._replace_device)

    @property
    def muted(self) -> bool:
        """Whether the sound is silent while the position goes on."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted

    @property
    def failed(self) -> str | None:
        """Why there is no more sound, in plain words; None if all is well."""
        return self._failure or (LOST if self._lost and not self._closed else None)

    def close(self) -> None:
        """Stop the sound and close the device for good. Later calls do nothing."""
        with self._changing:
            if self._closed:
                return
            self._closed = True
            device, self._device = self._device, None
        self._run = None
        atexit.unregister(self.close)
        self._end(device)

    def _replace_device(self) -> None:
        """Close the lost device and open the current default device."""
        try:
            self._line.cut = True
            with self._changing:
                device, self._device = self._device, None
            self._end(device)
            self._line = line = _Line(self._pull)
            found: Device | None = self._opened(line.pull)
            with self._changing:
                if not self._closed:
                    self._device, found = found, None
            self._end(found)
        except SoundError:
            pass  # there will be another try
        except Exception as error:
            self._fail(error)
        finally:
            self._is_searching = False

    def _end(self, device: Device | None) -> None:
        if device is not None:
            try:
                device.close()
            except Exception as error:
                self._fail(error)

    def _mixed(self, sheet: CueSheet) -> "Mixer":
        from audio.mixer import Mixer

        if self._mixer is None or self._sheet != sheet:
            prepared, material, mixer = self._prepared or (None, None, None)
            if mixer is None or material is not self._material or prepared != sheet:
                mixer = Mixer(sheet, *(self._material or ()))
            self._mixer, self._sheet = mixer, sheet
        return self._mixer

    def _pull(self, output: "DeviceOutput", count: int) -> bytes:
        """Return frames to the device. This catches everything, since an exception on the device's
        thread would be printed to the screen.
        """
        try:
            self._turns += 1
            if self._failure is None:
                now = self._now()
                run = self._run if now - self._heartbeat_at <= HEARTBEAT_WITHIN_MS else None
                return output.give(run, not self._muted, now, count)
        except Exception as error:
            self._fail(error)
        return bytes(count * BYTES_A_FRAME)

    def _fail(self, error: Exception) -> None:
        self._failure = f"The sound failed and stays off ({type(error).__name__})."


def open_sound(now: Callable[[], int]) -> Sound:
    """Open the default device. `now` returns ms of a clock that never goes back.

    Raises SoundError, with the reason, if there is no sound.
    """
    if why := _missing("numpy"):
        raise SoundError(why)
    why = _missing("miniaudio")
    if not why:
        return Sound(now, open_device)
    from audio.pipe import open_pipe

    try:
        return Sound(now, open_pipe)
    except SoundError:
        raise SoundError(why) from None


def _missing(name: str) -> str:
    """Return why there is no sound without this package; empty if the package can be imported."""
    try:
        import_module(name)
    except ModuleNotFoundError:
        return f"There is no sound, since the package {name} is not installed here."
    except (ImportError, OSError):  # built for another machine, or only half installed
        return f"There is no sound, since the package {name} can't be loaded here."
    return ""
