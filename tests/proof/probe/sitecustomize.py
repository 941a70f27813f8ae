"""Loaded by the program under test: what its sound device is given goes to a file, with the time.

The device is one that is heard nowhere, unless `SOUND_PROBE_REAL` says otherwise. Each line holds
CLOCK_MONOTONIC in ns, the frames that were handed out, and how many of them end with a sound.
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
