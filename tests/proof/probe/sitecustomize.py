"""Logs the output to the sound device. The program under test loads this module at its start.

The device is silent, unless `SOUND_PROBE_REAL` is set. Each line of the log holds CLOCK_MONOTONIC
in ns, the number of frames passed to the device, and their number up to the last sound.
"""

import os
import time

import audio.device
from audio.device import Device, Pull
from audio.frames import BYTES_A_FRAME

_open_device = audio.device.open_device
_log = os.open(os.environ["SOUND_PROBE"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def _probed(pull: Pull, *, null: bool = False) -> Device:
    def noted(count: int) -> bytes:
        at = time.monotonic_ns()
        data = pull(count)
        sounds = -(-len(data.rstrip(b"\0")) // BYTES_A_FRAME)
        os.write(_log, f"{at} {count} {sounds}\n".encode())
        return data

    return _open_device(noted, null=null or "SOUND_PROBE_REAL" not in os.environ)


audio.device.open_device = _probed
