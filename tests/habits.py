"""Sets how often a repeated test repeats: a few times as a rule, and many times in a soak.

A repeated test gets its number of repetitions from `tries` and its random seed from `seed`. Each
pass of `make soak` runs it with another seed.
"""

import os
from collections.abc import Sequence

import pytest

TIMES = "SUPPLE_TEST_TIMES"
SEED = "SUPPLE_TEST_SEED"


def tries(count: int) -> int:
    """Return `count`, multiplied in a soak by the factor that the soak sets."""
    return count * int(os.environ.get(TIMES, "1"))


def seed() -> int:
    """Return the seed of this run: 0, unless the soak sets another."""
    return int(os.environ.get(SEED, "0"))


def some_here_all_in_proof(cases: Sequence[object], every: int) -> list[object]:
    """Let `make test` run every `every`-th case of a long test, and `make proof` the rest."""
    return [
        case if place % every == 0 else pytest.param(case, marks=pytest.mark.proof)
        for place, case in enumerate(cases)
    ]
