"""Random routines with many sides, gaps, cues, rounds and waits, as a coach would write them."""

from hypothesis import strategies as st

from player.library.opening import Opened
from player.routine.vocabulary import Side, Sides
from tests.routine.reading import opened, with_steps

AMOUNTS = st.sampled_from(
    ["3s", "25s", "70s", "2 x 4s", "1-3 x 2-4 x 3-5s", "3 reps tempo 2s", "2 x 2 reps tempo 3-1-3",
     "2 reps", "2-3 breaths", "12, 10 passes tempo 70/min", "up to 21s"]
)  # fmt: skip
SIDES = st.sampled_from([side.value for side in Sides])
GAPS = st.sampled_from(
    ["", "ready 0s", "ready 0s switch 0s", "ready 0s switch 3s", "switch 12s", "ready 0s rest 6s",
     "ready 0s relax 4s rest 4s"]
)  # fmt: skip
CUES = st.sampled_from(
    ["{0s: First, 2s: Early, half: Middle, 90%: Late, -1s: Last}",
     "{1s: {say: Begin, when: first-set}, -2s: {say: End, when: last-set}}",
     "{}"]
)  # fmt: skip
STEPS = st.one_of(
    st.builds(
        "{{name: {}, dose: '{} {} {}', cues: {}}}".format,
        st.sampled_from(["A", "B"]), AMOUNTS, SIDES, GAPS, CUES,
    ),
    st.builds("{{name: C, phases: [up: 1s, down: 2-3s], cycles: 1-3, side: {}}}".format, SIDES),
    st.builds("{{name: A, dose: 4s {} ready 0s}}".format, SIDES),
    st.sampled_from(["{rest: 2s}", "{rest: 13s}", "{say: Hm}", "{wait: Go}", "calf-roll: 5s"]),
)  # fmt: skip
ROUNDS = st.sampled_from(["1", "2", "1-3", "3"])
BLOCKS = st.recursive(
    STEPS,
    lambda inner: st.builds(
        "{{rounds: {}, rest: {}s, between: {}s, steps: [{}]}}".format,
        ROUNDS,
        st.sampled_from([0, 4, 11]),
        st.sampled_from([0, 4, 11]),
        st.lists(inner, min_size=1, max_size=3).map(", ".join),
    ),
    max_leaves=6,
)


def _opened(steps: list[str]) -> Opened:
    return opened(with_steps(*steps))


ROUTINES = (
    st.lists(BLOCKS, min_size=1, max_size=5)
    .map(_opened)
    .filter(lambda found: found.routine is not None)
)
"""Files that are read without an error."""

CHOSEN = st.sampled_from([None, Side.LEFT, Side.RIGHT])
"""The side for `one side`, if the person chose one."""
