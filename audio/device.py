"""The sound card, reached through miniaudio."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Protocol

from audio.frames import RATE

PERIOD_MS = 100
"""How much a device asks for at once. Shorter runs dry whenever the screen is being painted."""

_HEARD_NOWHERE = "Null"
"""What miniaudio calls the device that it takes where there is no sound system at all."""

Pull = Callable[[int], bytes]
"""Gives that many frames as bytes, at once and without ever raising."""


class SoundError(Exception):
    """No sound here; its words say why in one plain sentence."""


class Device(Protocol):
    """A device that pulls by itself, on its own thread, until it is closed."""

    def close(self) -> None: ...


def open_device(pull: Pull, *, null: bool = False) -> Device:
    """Open and start the default device, or with `null` one that is heard nowhere.

    Raises SoundError. What the system's sound libraries print from C is kept from the screen.
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
    """What miniaudio sends the number of frames to; it has to be under way already."""
    turns = _endless(pull)
    next(turns)
    return turns


def _endless(pull: Pull) -> Generator[bytes, int, None]:
    count = yield b""
    while True:
        count = yield pull(count)


@contextmanager
def _nothing_on_stderr() -> Iterator[None]:
    """ALSA, JACK and PulseAudio write to file descriptor 2 itself, past `sys.stderr`."""
    with ExitStack() as after:
        with suppress(OSError):  # it may be closed already; then there is nothing to guard
            kept = os.dup(2)
            after.callback(os.close, kept)
            nowhere = os.open(os.devnull, os.O_WRONLY)
            after.callback(os.close, nowhere)
            os.dup2(nowhere, 2)
            after.callback(os.dup2, kept, 2)
        yield
