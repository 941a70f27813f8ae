"""Measures the drawing of a figure, which a session does ten times a second during a movement."""

from bench.pairs import processor_seconds, ratio
from bench.row import Row, at_most
from player.figures.raster import frame, picture
from player.figures.shapes import drawing
from player.figures.solve import solve
from player.library.folders import open_library
from player.routine.terms import SHIPPED

COLUMNS, ROWS = 36, 16
PICTURE = f"processor time of a figure of {COLUMNS}×{ROWS} cells, over all that ship"
PICTURE_MS = "the same in milliseconds"


def a_picture() -> list[Row]:
    """Compare the drawing of a solved pose with a loop that packs as many dots into cells.

    The loop is plain Python too, so a slow machine slows both equally.
    """
    scenes = [
        (solve(figure), figure, entry.exercise.stated_regions)
        for entry in open_library([SHIPPED]).catalogue.entries
        if (figure := entry.exercise.figure)
    ]
    placed = [
        (solved, figure, regions, frame([drawing(solved, figure.view, regions)], COLUMNS, ROWS))
        for solved, figure, regions in scenes
    ]
    seconds = []

    def draw() -> None:
        for solved, figure, regions, place in placed:
            picture(drawing(solved, figure.view, regions, figure.works), place)

    def pack() -> None:
        for _ in placed:
            _packed(ROWS * 4, COLUMNS * 2)

    def drawn() -> float:
        seconds.append(processor_seconds(draw))
        return seconds[-1]

    times = ratio(drawn, lambda: processor_seconds(pack))
    ms = sorted(seconds)[len(seconds) // 2] * 1_000 / len(placed)
    return [
        at_most(PICTURE, "packing as many dots into cells, one by one", times, 0.9),
        Row(PICTURE_MS, "nothing", f"{ms:.2f} ms"),
    ]


def _packed(height: int, width: int) -> list[str]:
    """Draw a disc as braille cells, dot by dot."""
    cells = [[0] * (width // 2) for _ in range(height // 4)]
    middle, radius = (height / 2, width / 2), height * height / 4
    for y in range(height):
        for x in range(width):
            if (y - middle[0]) ** 2 + (x - middle[1]) ** 2 < radius:
                cells[y // 4][x // 2] |= 1 << (y % 4 * 2 + x % 2)
    return ["".join(chr(0x2800 + cell) for cell in row) for row in cells]
