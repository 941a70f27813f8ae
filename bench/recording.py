"""Starts a private PulseAudio without a sound card, and records what is played to it."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from audio.frames import RATE
from bench.row import NotMeasurable

Recorded = NDArray[np.int16]

NEEDED = ("pulseaudio", "pactl", "parec", "paplay")


def find_programs() -> None:
    """Raise NotMeasurable if a required program or library is not installed."""
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if find_spec("miniaudio") is None:
        absent.append("miniaudio")
    if absent:
        raise NotMeasurable(f"there is no {', '.join(absent)}")


class Server:
    """A daemon with its own folder and socket, default settings, and one silent output device.

    While it runs, this process plays to it.
    """

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="supple-bench-")
        socket = Path(self._folder) / "native"
        self._before = dict(os.environ)
        os.environ.update(
            PULSE_RUNTIME_PATH=self._folder,
            PULSE_STATE_PATH=self._folder,
            XDG_RUNTIME_DIR=self._folder,
            PULSE_SERVER=f"unix:{socket}",
        )
        modules = (
            f"module-native-protocol-unix socket={socket} auth-anonymous=1",
            f"module-null-sink sink_name=supple rate={RATE} channels=2 format=s16le",
        )
        self._daemon = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"]
            + ["--disallow-exit=no", "--log-level=error"]
            + [word for module in modules for word in ("-L", module)],
            env={**os.environ, "HOME": self._folder},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(100):
            time.sleep(0.1)
            if socket.exists() and _succeeds("pactl", "info"):
                return
        self.close()
        raise NotMeasurable("a PulseAudio of its own did not start")

    def __enter__(self) -> "Server":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._daemon.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._daemon.wait(5)
        self._daemon.kill()
        self._daemon.wait()
        os.environ.clear()
        os.environ.update(self._before)
        shutil.rmtree(self._folder, ignore_errors=True)


def _succeeds(*command: str) -> bool:
    done = subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0


_PAREC = f"--raw --device=supple.monitor --format=s16le --rate={RATE} --channels=1 --latency-msec=1"


class Recording:
    """The left channel of the device's sound, and the time at which each piece could be read."""

    def __init__(self) -> None:
        self._recorder = subprocess.Popen(
            ("parec", *_PAREC.split()),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._pieces: list[bytes] = []
        self._read_at: list[tuple[int, float]] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        time.sleep(2)
        if not self._read_at:
            raise NotMeasurable("the recording gets no sound")

    def _run(self) -> None:
        assert self._recorder.stdout is not None
        stream, total = self._recorder.stdout.fileno(), 0
        while data := os.read(stream, 1 << 16):
            now = time.monotonic()
            self._pieces.append(data)
            total += len(data)
            self._read_at.append((total // 2, now))

    def stop(self) -> Recorded:
        self._recorder.terminate()
        self._thread.join(5)
        self._recorder.wait(5)
        whole = b"".join(self._pieces)
        return np.frombuffer(whole[: len(whole) & ~1], np.int16)

    def clock(self, after: float) -> Callable[[float], float]:
        """Return a function from an index of the recording to seconds of the monotonic clock.

        A piece can be read late but never early. So the function is a line through the earliest
        piece of each second.
        """
        reads = np.array(self._read_at)
        count, at = reads[:, 0], reads[:, 1]
        later = at > max(after, at[0] + 1)
        count, at = count[later], at[later]
        lag = at - count / RATE
        second = (at - at[0]).astype(int)
        early = [np.flatnonzero(second == s)[np.argmin(lag[second == s])] for s in set(second)]
        slope, base = np.polyfit(count[early] / RATE, lag[early], 1)
        return lambda index: index / RATE * (1 + slope) + base
