"""Draws docs/player.svg, the picture in the README: `.venv/bin/python -m tools.picture`."""

import re
import tempfile
from pathlib import Path

from player.play.options import PlayOptions
from tests.tui.stage import LoopClock, play_scene, shipped_rows, staged

PICTURE = Path(__file__).parent.parent / "docs" / "player.svg"


async def scene(clock: LoopClock) -> None:
    row = next(row for row in shipped_rows() if row.routine.id == "back-of-knee-ease")
    options = PlayOptions(person="Ana", mute=True)
    with tempfile.TemporaryDirectory() as folder:
        async with staged(clock, Path(folder), row, size=(100, 30), options=options) as stage:
            screen = await stage.to_session()
            while screen.live.state.segment_at(clock.now()).step != 3:
                await stage.press("n")
            await stage.press("n")
            await stage.wait(18_000)
            svg = stage.app.export_screenshot(title="supple")
    fonts_from_afar = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
    svg = fonts_from_afar.sub("", svg).replace("Fira Code, monospace", "monospace")
    PICTURE.write_text(svg, "utf-8")


if __name__ == "__main__":
    play_scene(scene)
