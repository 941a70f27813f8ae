"""A second, deliberately simple evaluation, written from the tables 1a to 1d in words.

It does not use the machine form 1f. Where 1f decides what a cell leaves open, or says
otherwise, the line has a comment. Keys have no place, so they hold everywhere.
"""

from collections.abc import Callable
from itertools import combinations
from typing import NamedTuple

import pytest

from player.routine.model import Exercise, Routine, Step
from player.routine.vocabulary import Kind, Region
from player.safety.matrix import Rank
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    KEYS,
    MATRIX,
    alone,
    clearance_for,
    every_exercise,
    left,
    one_of_each,
    shipped,
)

CODES = {
    Kind.STATIC: "SS", Kind.DYNAMIC: "DS", Kind.CONTRACT_RELAX: "PNF", Kind.ROLL: "FR",
    Kind.PRESS: "PP", Kind.DEEP_PRESS: "DP", Kind.BREATHE: "BR", Kind.HEAT: "HT",
    Kind.COOL: "CO", Kind.EARLY_CARE: "EL", Kind.STRENGTHEN: "LD",
}  # fmt: skip
STR, MASS = {"SS", "DS", "PNF"}, {"FR", "PP", "DP"}
ALL = STR | MASS | {"HT", "CO", "EL", "LD"}
LEG = {region.value for region in Region} - {"belly", "lowback"}
EASY = {"PNF", "PP", "DP", "LD"}
"""The kinds that easy mode blocks."""


class Seen(NamedTuple):
    """A step with the properties that the prose uses."""

    id: str
    does: str
    on: frozenset[str]
    position: str
    tools: frozenset[str]

    @property
    def leg(self) -> bool:
        return bool(self.on & LEG)


def seen(step: Step) -> Seen:
    exercise = step.exercise
    assert exercise.kind
    (position,) = exercise.positions
    on = frozenset(region.value for region in exercise.regions)
    return Seen(exercise.id, CODES[exercise.kind], on, position.value, step.equipment)


def nothing(_: Seen) -> bool:
    return False


def everything(_: Seen) -> bool:
    return True


def belly_press(step: Seen) -> bool:
    return step.does == "DP"


def kneels(step: Seen) -> bool:
    return step.position in {"half-kneel", "all-fours"}


def carrying(step: Seen) -> bool:
    """Whether a step is blocked in pregnancy and after a birth."""
    # The prose says FR and PP on LEG; the machine form leaves the foot out of that list.
    massage = step.does in {"FR", "PP"} and bool(step.on & (LEG - {"foot"}))
    warm = step.does == "HT" and bool(step.on & {"belly", "lowback", "hipflexor", "glute"})
    return massage or warm or step.position == "prone"


PROSE: dict[str, Callable[[Seen], bool]] = {
    # 1b, the seed conditions
    "dvt_risk": nothing,
    "new_leg_ache": lambda s: s.leg and s.does in MASS | {"PNF", "HT"},
    "cramp_now": lambda s: s.id != "cramp-ease-calf",
    "bakers_cyst": lambda s: (
        (s.does in {"PP", "FR"} and bool(s.on & {"calf", "ham", "knee"}))
        or (s.does == "PNF" and "quad" in s.on)  # the end-range knee bend
    ),
    "lump_new": lambda s: (s.leg and s.does in MASS | {"HT"}) or s.does in STR | {"LD"},
    "oa": nothing,
    "kneecap_pain": lambda s: (
        (s.does == "LD" and bool(s.on & {"quad", "knee"}))
        or (s.does in {"FR", "PP"} and "knee" in s.on)
    ),
    "ham_strain": lambda s: "ham" in s.on and s.does in STR | MASS | {"HT", "LD"},
    "meniscus": lambda s: s.does in {"PP", "FR"} and "knee" in s.on,
    "meniscus_unseen": lambda s: (
        s.does in STR | MASS | {"LD"} and bool(s.on & {"knee", "quad", "ham", "calf"})
    ),
    "giving_way": lambda s: s.leg and s.does in ALL,
    "acl": lambda s: s.leg and s.does in ALL,
    "pcl": lambda s: s.does in {"PNF", "LD"} and "ham" in s.on,
    # 1c, other items that are not urgent
    "both_swollen_new": lambda s: (
        (s.leg and s.does in MASS | {"HT", "LD", "PNF"}) or "wrap" in s.tools
    ),
    "systemic": lambda s: s.does in MASS | {"HT", "LD", "PNF"} or s.does in {"SS", "DS"},
    # 1d, standing conditions
    "acute_strain": lambda s: (
        s.does in STR | MASS | {"HT", "LD"} or s.position in {"one-leg", "half-kneel"}
    ),
    "strain_healing": lambda s: s.does in {"PNF", "PP", "LD"} | EASY,
    "injury_unseen": lambda s: (
        s.does in STR | MASS | {"HT", "LD"} or s.position in {"one-leg", "half-kneel"}
    ),
    "bruise_deep": lambda s: s.does in MASS | {"HT", "SS", "PNF", "LD"},
    "varicose": lambda s: s.does in {"FR", "PP"},
    "anticoagulant": lambda s: (
        s.does in {"PP", "DP"}
        or (s.does == "FR" and s.id not in {"calf-hand-knead", "shin-hand-stroke"})
    ),
    "dvt_history": lambda s: s.leg and s.does in MASS | {"HT"},
    "dvt_recent": lambda s: s.leg and s.does in ALL,
    "osteoporosis": lambda s: (
        s.does in {"PP", "DP"}
        # with body weight: lying or sitting on the tool
        or (s.does == "FR" and s.position in {"floor-sit", "prone", "supine", "side-lying"})
    ),
    "pad": lambda s: s.leg and s.does in MASS | {"HT", "CO", "EL"},
    "neuropathy": lambda s: (s.leg and s.does in {"PP", "FR", "HT", "CO"}) or "wrap" in s.tools,
    "leg_nerve": lambda s: (
        (s.does == "PNF" and "ham" in s.on) or (s.does == "PP" and "glute" in s.on)
    ),
    "skin": lambda s: s.does in MASS | {"HT", "CO"} or bool(s.tools & {"strap", "wrap"}),
    "recent_surgery": lambda s: s.does in ALL,  # legs, belly and low back: everywhere
    "recent_surgery_other": lambda s: s.leg and s.does in MASS,
    "metal_leg": lambda s: s.does in {"PP", "FR", "HT"},
    # force into the bend of the hip
    "hip_replaced": lambda s: s.does == "PNF" and bool(s.on & {"glute", "adductor", "hipflexor"}),
    "knee_replaced": lambda s: kneels(s) or (s.does in {"PP", "FR"} and "knee" in s.on),
    "pregnant": lambda s: carrying(s) or s.does == "PNF" or s.position == "supine",
    "postpartum": carrying,
    "hernia": lambda s: s.does == "PNF" and bool(s.on & {"ham", "hipflexor", "quad"}),
    "aaa": belly_press,
    "belly_pulse": belly_press,
    "abdo_surgery": belly_press,
    "abdo_disease": belly_press,
    "iud": belly_press,
    "organ_stuff": belly_press,
    "dp_not_shown": belly_press,
    "heart": lambda s: s.does in {"PNF", "LD"},
    "dizzy": lambda s: s.position == "one-leg",
    "cancer": lambda s: (s.leg and s.does in MASS) or s.does in MASS | {"HT", "CO"},
    "lymph_or_both_swollen": lambda s: (s.leg and s.does in MASS | {"HT"}) or "wrap" in s.tools,
    "hypermobile": lambda s: s.does == "PNF",
    "tendon_drug": lambda s: s.does in {"PNF", "LD"} and "calf" in s.on,
    "achilles_pain": lambda s: s.does in {"PNF", "LD", "PP"} and "calf" in s.on,
    "kneel_sore": kneels,
    "cold_trouble": lambda s: s.does == "CO",
    "steroid_jab": lambda s: s.does in MASS | {"HT", "SS", "PNF", "LD"},
    "hip_pinch": lambda s: s.does == "PNF" and bool(s.on & {"glute", "adductor", "hipflexor"}),
    "back_ext_pain": lambda s: s.position == "prone",
    "child": lambda s: s.does in {"PP", "DP", "PNF"},
    "masking": lambda s: s.does in MASS | {"PNF", "HT", "CO"} | EASY,
    "rest_pain": lambda s: s.does in EASY,
}
CLEARED: dict[str, Callable[[Seen], bool]] = {
    # blocked even after a clinician's clearance
    "told_to_rest": nothing,
    "heart_unstable": PROSE["heart"],
    "aaa_known": lambda s: s.does in {"DP", "PNF", "LD"},
    "systemic": nothing,
    "lump_new": lambda s: s.does in MASS,
    "injury_unseen": lambda s: s.does in EASY,
    "bruise_deep": lambda s: s.does in MASS | {"HT"},
    "meniscus_unseen": lambda s: s.does in {"PP", "FR"} and "knee" in s.on,
    "giving_way": lambda s: (
        (s.leg and s.does == "LD")
        or (
            s.does in STR
            and s.position in {"stand", "support", "one-leg", "half-kneel", "all-fours"}
        )
    ),
    "acl": lambda s: s.does in {"PNF", "LD"} and bool(s.on & {"quad", "ham", "knee"}),
    "recent_surgery": lambda s: s.does in MASS,  # legs, belly and low back: everywhere
    "dvt_history": lambda s: s.does in {"PP", "DP"},
    "dvt_recent": PROSE["dvt_history"],
    # the wrap stays out: the machine form keeps `gear` whatever a clinician said
    "both_swollen_new": lambda s: (s.leg and s.does in MASS | {"HT"}) or "wrap" in s.tools,
}


def is_out(key: str, step: Step, table: dict[str, Callable[[Seen], bool]] = PROSE) -> bool:
    """Whether the prose blocks a step: by its table, by the entry itself, or as deep pressure."""
    row = table.get(key, everything)
    exercise: Exercise = step.exercise
    return row(seen(step)) or key in exercise.avoid_if or exercise.kind is Kind.DEEP_PRESS


HURT = frozenset({"acute_strain", "injury_unseen", "strain_healing"})
"""Without a day and a clinician's word an injury counts as new and as not seen (R2, R7)."""


def prose_left(keys: tuple[str, ...], routine: Routine) -> frozenset[int]:
    found = set(derived(frozenset(keys)))
    if "cramp_now" in found and found & HURT:  # R7
        return frozenset()
    return frozenset(
        step.number for step in routine.steps if not any(is_out(key, step) for key in found)
    )


def derived(keys: frozenset[str]) -> frozenset[str]:
    """R1, R2 and R8, for keys without places."""
    found = set(keys)
    clot = {
        "dvt_risk", "dvt_history", "dvt_recent", "cancer", "pregnant", "postpartum",
        "recent_surgery", "recent_surgery_other",
    }  # fmt: skip
    if found & {"new_leg_ache", "both_swollen_new"} and found & clot:
        found.add("dvt_signs")
    if {"anticoagulant", "new_leg_ache"} <= found:
        found.add("injury_bad")
    if "osteoporosis" in found and found & HURT:
        found.add("fracture_signs")
    return frozenset(found)


def prose_rank(keys: frozenset[str]) -> Rank:
    rank = max((MATRIX.conditions[key].rank for key in derived(keys)), default=Rank.PLAY)
    if "cramp_now" in keys and keys & HURT:
        return max(rank, Rank.STOP)
    return rank


def numbers(routine: Routine, *keys: str) -> frozenset[int]:
    return frozenset(number for number, _ in left(routine, clearance_for(*keys)))


def test_the_prose_covers_every_key_that_does_not_block_everything() -> None:
    whole = {
        key for key, row in MATRIX.conditions.items() if row.rank >= Rank.URGENT or row.session
    }
    assert set(PROSE) == set(KEYS) - whole
    assert set(CLEARED) == {key for key, row in MATRIX.conditions.items() if row.clears}


@cases("key", KEYS)
def test_the_engine_blocks_the_same_exercises_as_the_prose(key: str) -> None:
    for routine in every_exercise():
        assert numbers(routine, key) == prose_left((key,), routine), routine.steps[0].title.pick()


@cases("key", KEYS)
def test_the_engine_blocks_the_same_kinds_places_and_positions_as_the_prose(key: str) -> None:
    everything_there_is = one_of_each()
    assert numbers(everything_there_is, key) == prose_left((key,), everything_there_is)


@cases("key", sorted(CLEARED))
def test_after_a_clinicians_clearance_the_engine_blocks_the_same_as_the_prose(key: str) -> None:
    from player.safety.clearance import judge
    from player.safety.findings import AgeBand, Answers, Finding
    from tests.safety.making import NOW

    finding = Finding(key, at=NOW, cleared_at=NOW - 60)
    clearance = judge(Answers(NOW, (finding,), age=AgeBand.ADULT), MATRIX, NOW)
    assert clearance.rank is Rank.ADAPT
    for routine in (one_of_each(), *every_exercise()):
        expected = {s.number for s in routine.steps if not is_out(key, s, CLEARED)}
        assert {number for number, _ in left(routine, clearance)} == expected


def test_a_healthy_person_only_loses_deep_pressure() -> None:
    for routine in (*shipped(), *every_exercise()):
        deep = {s.number for s in routine.steps if s.exercise.kind is Kind.DEEP_PRESS}
        assert numbers(routine) == {s.number for s in routine.steps} - deep
    assert clearance_for().rank is Rank.PLAY


@cases("routine", shipped)
def test_every_key_blocks_the_same_in_every_shipped_routine(routine: Routine) -> None:
    for key in KEYS:
        assert numbers(routine, key) == prose_left((key,), routine), key
        assert clearance_for(key).rank is prose_rank(frozenset({key}))


@pytest.mark.proof
@pytest.mark.parametrize("routine", shipped(), ids=lambda routine: routine.id)
def test_every_pair_of_keys_blocks_the_same_in_every_shipped_routine(routine: Routine) -> None:
    for pair in combinations(KEYS, 2):
        assert clearance_for(*pair).rank is prose_rank(frozenset(pair)), pair
        got = numbers(routine, *pair)
        assert got == prose_left(pair, routine), pair
        assert got <= numbers(routine, pair[0]) & numbers(routine, pair[1]), pair


@pytest.mark.proof
def test_every_pair_of_keys_blocks_the_same_exercises() -> None:
    # All exercises are in one routine, which is faster than one routine for each.
    source = "".join(f"  - {entry.exercise.id}\n" for entry in CATALOGUE.entries)
    from tests.safety.making import routine_of

    whole = routine_of(f"name: T\nsteps:\n{source}")
    assert len(whole.steps) == len(CATALOGUE.entries)
    assert alone("calf-wall-straight").steps[0].exercise in [s.exercise for s in whole.steps]
    for pair in combinations(KEYS, 2):
        assert numbers(whole, *pair) == prose_left(pair, whole), pair
