"""The table "written, played" of the format, row by row."""

import pytest

from tests.routine.reading import played

TABLE = """
| `Calf: 30s each side` | ready 0–10 · L 10–40 · switch 40–45 · R 45–75 |
| `Calf: 2 x 30s each side rest 10s` | ready 0–10 · L 10–40 · switch 40–45 · R 45–75 · rest 75–85 · L 85–115 · switch 115–120 · R 120–150 |
| `Calf: 2 x 30s left then right rest 10s` | ready 0–10 · L 10–40 · rest 40–50 · L 50–80 · switch 80–85 · R 85–115 · rest 115–125 · R 125–155 |
| `Calf: 1 x 2 x 10s alternating relax 8s` | ready 0–10 · L 10–20 · switch 20–25 · R 25–35 · switch 35–40 · L 40–50 · switch 50–55 · R 55–65 |
| `Heel: 2 x 2 x 30s relax 20s rest 60s right` | ready 0–10 · R 10–40 · relax 40–60 · R 60–90 · rest 90–150 · R 150–180 · relax 180–200 · R 200–230 |
| `Lunge: 3 reps alternating tempo 2s` | ready 0–10 · L/R 10–22 |
| `Raise: 12, 10 reps rest 2m` | ready 0–10 · work 10–46 · rest 46–166 · work 166–196 ≈ |
| `{name: Ham, phases: [contract: 6s, stretch: 20s], cycles: 2, relax: 4s, side: left}` | ready 0–10 · L contract 10–16 · L stretch 16–36 · relax 36–40 · L contract 40–46 · L stretch 46–66 |
| `Box: 20s breathe 4-4-4-4` ⏎ `say: Good` ⏎ `Strokes: 5 passes tempo 70/min one side` | ready 0–10 · work 10–30 · ready 30–40 · one 40–44.286 |
| `A: 30s` ⏎ `rest: 20s` ⏎ `B: 2-3 x 20-30s` ⏎ `rest: 5s` | ready 0–10 · work 10–40 · rest 40–60 · work 60–80 · work 80–100 · rest 100–105 |
| `A: 30s left` ⏎ `B: 30s right ready 0s` | ready 0–10 · L 10–40 · switch 40–45 · R 45–75 |
| `{rounds: 2, rest: 30s, between: 15s, steps: [A: 45s, B: 45s]}` | ready 0–10 · work 10–55 · rest 55–70 · work 70–115 · rest 115–145 · work 145–190 · rest 190–205 · work 205–250 |
| `{rounds: 2, rest: 5s, steps: [A: 20s]}` | ready 0–10 · work 10–30 · rest 30–35 · work 35–55 |
| `A: 20s` ⏎ `wait: Swap places` ⏎ `A: 20s` | ready 0–10 · work 10–30 · wait 30–45 · ready 45–55 · work 55–75 ≈ |
"""  # noqa: E501

ROWS = [[cell.strip() for cell in row.strip("|").split("|")] for row in TABLE.strip().splitlines()]


@pytest.mark.parametrize(
    ("written", "what_plays"),
    [pytest.param(cells[0], " | ".join(cells[1:]), id=cells[0]) for cells in ROWS],
)
def test_each_written_dose_plays_as_the_table_says(written: str, what_plays: str) -> None:
    steps = [step.strip().strip("`") for step in written.split("⏎")]
    assert played(*steps) == what_plays
