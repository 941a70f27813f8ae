"""A dose in words reads back as the same dose."""

from hypothesis import example, given, settings
from hypothesis import strategies as some

from player.show.listing import dose_words
from player.show.picture import total_lines
from tests.routine.reading import first_step, timeline

TIMES = ("30s", "20-30s", "1:30", "0.5s", "up to 40s", "up to 1:00-1:30")
AMOUNTS = (
    *TIMES,
    "30s, 20s",
    "up to 30s, 20s",
    "12 reps",
    "8-12 reps",
    "1 breath",
    "5 breaths",
    "12, 10, 8 reps",
    "6 passes",
    *(f"{sets} x {time}" for sets in ("2", "2-3") for time in TIMES),
    *(f"{sets} x {reps} x {time}" for sets in ("1", "2") for reps in ("1", "3") for time in TIMES),
)
SIDES = (
    "", "each side", "left then right", "right then left", "alternating", "both", "left", "right",
    "one side",
)  # fmt: skip


@settings(deadline=None)
@given(some.sampled_from(AMOUNTS), some.sampled_from(SIDES))
@example("up to 30s", "left")
@example("1 x 3 x up to 40s", "each side")
def test_a_dose_in_words_reads_back_as_the_same_dose(amount: str, side: str) -> None:
    dose = first_step(f"A: {amount} {side}").dose
    again = first_step(f"A: {dose_words(dose)}").dose
    assert (again.work, again.sets, again.side) == (dose.work, dose.sets, dose.side)


def under(*steps: str) -> str:
    """Return the line about stretches with little work."""
    lines = total_lines(timeline(*steps), ["en"])
    return next((line for line in lines if line.startswith("Under")), "")


def test_a_stretch_of_one_side_counts_with_that_side() -> None:
    stretch = "{name: A, hold: HOLD, side: SIDE, kind: static-stretch, regions: [calf]}"
    for side in ("left", "right", "each", "both", "one"):
        short = stretch.replace("HOLD", "40s").replace("SIDE", side)
        assert under(short) == "Under 60 s on a side: A (40s)", side
        assert under(stretch.replace("HOLD", "60s").replace("SIDE", side)) == ""
    left, both = (stretch.replace("HOLD", "40s").replace("SIDE", side) for side in ("left", "both"))
    assert under(left, both) == "Under 60 s on a side: A (40s)", "the right side has less"
