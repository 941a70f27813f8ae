"""Makes routine files for measurements. They differ from each other, as those of coaches do."""

import random
from pathlib import Path

IDS = (
    "calf-wall-straight", "calf-wall-bent", "quad-stand", "ham-strap-supine", "ham-chair-sit",
    "hipflexor-half-kneel", "calf-roll", "ankle-pumps", "march-in-place", "glute-knee-hug",
)  # fmt: skip
DOSES = (
    "30s each side", "2 x 30s each side rest 10s", "45s left then right", "1:00", "3 x 20-30s",
    "2 x 10 reps tempo 3-1-3 rest 30s", "5 breaths", "60s each side", "12, 10, 8 reps rest 1m",
)  # fmt: skip
NOTES = (
    "Keep the heel down and breathe out slowly.", "A mild pull is enough.", "Slide, do not force.",
)  # fmt: skip


def routine_text(number: int, lines: int = 60) -> str:
    """Return one valid routine of `lines` lines. The same number gives the same text."""
    chance = random.Random(number)
    out = [
        f"name: Routine number {number}",
        "about: For people who sit a lot, three times a week.",
        "level: beginner",
        "goals: [flexibility, relax]",
        "regions: [calf, ham]",
        "defaults: {ready: 8s, switch: 5s}",
        "steps:",
    ]
    while len(out) < lines - 6:
        kind = chance.randrange(4)
        if kind == 0:
            out += [
                f"  - Stretch {chance.randrange(1000)}: {chance.choice(DOSES)}",
                "    kind: static-stretch",
                "    regions: [calf]",
                "    position: stand",
            ]
        elif kind == 1:
            out += [
                f"  - use: {chance.choice(IDS)}",
                f"    hold: {chance.randrange(10, 60)}s",
                f"    note: {chance.choice(NOTES)}",
            ]
        elif kind == 2:
            out += [
                f"  - {chance.choice(IDS)}: {chance.choice(DOSES[:2])}",
                f"  - rest: {chance.randrange(5, 30)}s",
            ]
        else:
            out += [
                "  - rounds: 2",
                "    rest: 20s",
                "    steps:",
                f"      - {chance.choice(IDS)}: 30s each side",
                f"      - {chance.choice(IDS)}: 20s each side",
            ]
    while len(out) < lines:
        out.append(f"  - {chance.choice(IDS)}: {chance.randrange(10, 60)}s each side")
    return "\n".join(out) + "\n"


def write_files(folder: Path, count: int) -> list[Path]:
    """Write `count` routines and return their paths."""
    paths = []
    for number in range(count):
        path = folder / f"routine-{number:04}.yaml"
        path.write_text(routine_text(number), "utf-8")
        paths.append(path)
    return paths
