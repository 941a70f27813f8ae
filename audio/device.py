"""Plays sound on a device through miniaudio."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Protocol

from audio.frames import RATE

PERIOD_MS = 100
"""The length of one request. With a shorter one, painting the screen interrupts the sound."""

_HEARD_NOWHERE = "Null"
"""miniaudio's name for the silent device that it uses if there is no sound system."""

Pull = Callable[[int], bytes]
"""Returns this many frames as bytes. It returns at once and never raises."""


class SoundError(Exception):
    """There is no sound. The message says why in one plain sentence."""


class Device(Protocol):
    """A device that requests frames on its own thread until it is closed."""

    def close(self) -> None: ...


def open_device(pull: Pull, *, null: bool = False) -> Device:
    """Open and start the default device, or a silent one if `null`.

    Raises SoundError. Messages that the system's sound libraries print do not reach the screen.
    """
    import miniaudio

    device: Device | None = None
    with _nothing_on_stderr():
        try:
            device = opened = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=2,
                sample_rate=RATE,
                buffersize_msec=PERIOD_MS,
                backends=[miniaudio.Backend.NULL] if null else None,
                app_name="supple",
            )
            if null or opened.backend != _HEARD_NOWHERE:
                opened.start(_turns(pull))
                return device
            why = "there is no sound system"
        except miniaudio.MiniaudioError as error:
            why = f"miniaudio: {', '.join(str(part) for part in error.args)}"
        if device is not None:
            device.close()
    raise SoundError(f"No sound device could be opened here ({why}).")


def _turns(pull: Pull) -> Generator[bytes, int, None]:
    """Return a started generator, to which miniaudio sends numbers of frames."""
    turns = _endless(pull)
    next(turns)
    return turns


def _endless(pull: Pull) -> Generator[bytes, int, None]:
    count = yield b""
    while True:
        count = yield pull(count)


@contextmanager
def _nothing_on_stderr() -> Iterator[None]:
    """Discard what ALSA, JACK and PulseAudio write directly to file descriptor 2."""
    with ExitStack() as after:
        with suppress(OSError):  # if it is closed already, nothing can appear on it
            saved = os.dup(2)
            after.callback(os.close, saved)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            after.callback(os.close, nowhere)
            os.dup2(nowhere, 2)
            after.callback(os.dup2, saved, 2)
        yield
