"""Voice engines that misbehave, as small scripts of the shell."""

import subprocess
from pathlib import Path

from audio.child import GoOn
from audio.voices.engines import Engine
from audio.voices.running import Pcm, pcm, run

FOR_EVER = "sleep 1000"
FLOODS = "exec head -c 1000000000 /dev/zero"
FLOODS_FOR_EVER = "exec cat /dev/zero"
KILLED = "kill -KILL $$"
NOTHING = ":"
SPEAKS = "head -c 16000 /dev/urandom"
HANGS_AT_ITS_END = "head -c 16000 /dev/urandom; exec >&-; sleep 1000"


class FakeEngine:
    """A script as a voice engine. It reports each start in a file."""

    def __init__(self, folder: Path, does: str, name: str = "fake") -> None:
        self.starts = folder / f"{name}.starts"
        self.starts.touch()
        script = folder / name
        script.write_text(f"#!/bin/sh\necho $$ >> '{self.starts}'\n{does}\n")
        script.chmod(0o755)

        def say(text: str, voice: str, go_on: GoOn) -> Pcm | None:
            return pcm(run([str(script)], text, go_on), 16_000)

        self.engine = Engine(name, {"en": "v"}, say)

    @property
    def pids(self) -> list[int]:
        """The processes that have begun."""
        return [int(pid) for pid in self.starts.read_text().split()]

    @property
    def started(self) -> int:
        """How many processes have begun."""
        return len(self.pids)


def is_alive(pid: int) -> bool:
    """Return whether a process works. One that has ended may still have its number."""
    told = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return told.stdout.strip()[:1] not in {"", "Z"}
