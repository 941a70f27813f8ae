"""How often a repeated test repeats: a few times in `make test` and `make proof`, many in a soak.

One function serves all of them. It asks `tries` for its count and `seed` for its chance, so that
`make soak` can run it again and again, each pass with another seed.
"""

import os
from collections.abc import Sequence

import pytest

TIMES = "SUPPLE_TEST_TIMES"
SEED = "SUPPLE_TEST_SEED"


def tries(count: int) -> int:
    """`count` where everybody waits for it; as many times that as the soak asks for."""
    return count * int(os.environ.get(TIMES, "1"))


def seed() -> int:
    """The seed of this run: 0, unless the soak sets another."""
    return int(os.environ.get(SEED, "0"))


def some_here_all_in_proof(cases: Sequence[object], every: int) -> list[object]:
    """Cases of a long test: each `every`-th is tried by `make test` too, the rest only as proof."""
    return [
        case if place % every == 0 else pytest.param(case, marks=pytest.mark.proof)
        for place, case in enumerate(cases)
    ]
