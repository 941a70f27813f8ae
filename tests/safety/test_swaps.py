"""Compares the substitutes with a second evaluation, written from the words of section 2e."""

from itertools import combinations, pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.routine.model import Plan, Routine, Say, Step, steps_of
from player.routine.pieces import SegmentKind, run_ms
from player.routine.vocabulary import MASSAGE, Kind, Sides
from player.safety.cleared import TOO_LITTLE, Cleared, Refusal, admit
from player.safety.findings import Answers
from player.safety.swaps import WARM_UP_MS, cut_to, load_swaps
from player.session.timeline import compile
from tests.cases import cases
from tests.safety.making import (
    CATALOGUE,
    KEYS,
    NOW,
    QUICK,
    alone,
    clearance_for,
    plan_of,
    routine_of,
    shipped,
    substitutes,
)
from tests.safety.test_invariants import ROUTINES, answers, judged
from tests.safety.test_prose import CODES, HURT, derived, is_out

INSTEAD = {
    "march-in-place": "march-seated ankle-pumps",
    "leg-swing-front-back": "march-in-place march-seated",
    "straight-leg-walk": "march-in-place march-seated",
    "heel-to-seat-walk": "march-in-place march-seated",
    "belly-breathing-rest": "breathing-side-lying breathing-seated",
    "calf-wall-straight": "calf-strap-sit",
    "calf-strap-sit": "calf-wall-straight",
    "calf-step-drop-hold": "calf-wall-straight calf-strap-sit",
    "calf-pnf-strap": "calf-strap-sit calf-wall-straight",
    "heel-toe-rocks": "ankle-pumps",
    "quad-stand": "quad-side-lying",
    "quad-prone-strap": "quad-side-lying",
    "quad-wall-kneel": "quad-stand quad-side-lying",
    "quad-pnf-side": "quad-side-lying",
    "ham-strap-supine": "ham-chair-sit ham-step-stand",
    "ham-doorway": "ham-chair-sit ham-step-stand",
    "ham-active-extend": "ham-chair-sit ham-step-stand",
    "ham-pnf-strap": "ham-strap-supine ham-chair-sit ham-step-stand",
    "ham-chair-sit": "ham-step-stand",
    "ham-step-stand": "ham-chair-sit",
    "hipflexor-half-kneel": "hipflexor-stand-split",
    "hipflexor-bed-edge": "hipflexor-stand-split",
    "hipflexor-pnf-half-kneel": "hipflexor-half-kneel hipflexor-stand-split",
    "lunge-reach": "hipflexor-stand-split",
    "psoas-hand-press": "hipflexor-half-kneel hipflexor-stand-split breathing-seated",
    "psoas-tool-press": "hipflexor-half-kneel hipflexor-stand-split breathing-seated",
    "glute-figure-four": "glute-knee-hug",
    "adductor-rock-back": "adductor-butterfly",
    "early-raise-lying": "early-raise-chair",
}
WARM_UP = ("march-in-place", "march-seated", "ankle-pumps")
EVERY = {entry.exercise.id: alone(entry.exercise.id).steps[0] for entry in CATALOGUE.entries}


class Today(NamedTuple):
    """The expected plan: own steps by number, substitutes in order, and whether it is enough."""

    own: frozenset[int]
    others: tuple[str, ...]
    too_little: bool


def lasts(step: Step, work_only: bool = False) -> int:
    """Return the time from the first to the last work of a step played alone, or only its work."""
    plan = Plan(alone("ankle-pumps"), (step._replace(number=1),))
    work = [s for s in compile(plan).segments if s.kind is SegmentKind.WORK]
    return sum(s.length for s in work) if work_only else work[-1].end - work[0].start


def naive(routine: Routine, keys: tuple[str, ...]) -> Today:
    found = derived(frozenset(keys))

    def out(step: Step) -> bool:
        return any(is_out(key, step) for key in found) or is_out("", step, {"": lambda _: False})

    here = {step.exercise.id for step in routine.steps}
    if "cramp_now" in found and found & HURT:
        return Today(frozenset(), (), False)
    own, others, lost = set[int](), list[str](), 0
    first_stretch = next(
        (s.number for s in routine.steps if CODES[_kind(s)] in {"SS", "PNF"}), 10**6
    )
    warm = [s for s in routine.steps if s.number < first_stretch and _kind(s) in _WARMS]
    warm_out = 0
    stretches = False
    for step in routine.steps:
        if not out(step):
            own.add(step.number)
            stretches |= CODES[_kind(step)] in {"SS", "PNF"}
            continue
        for id_ in INSTEAD.get(step.exercise.id, "").split():
            if id_ in here or id_ in others or out(EVERY[id_]):
                continue
            others.append(id_)
            stretches |= CODES[_kind(EVERY[id_])] in {"SS", "PNF"}
            break
        else:
            lost += lasts(step, work_only=True)
            warm_out += step in warm
    if warm and warm_out == len(warm) and stretches:
        for id_ in WARM_UP:
            if id_ not in here and id_ not in others and not out(EVERY[id_]):
                others.insert(0, id_)
                lost -= min(sum(lasts(s, work_only=True) for s in warm), 180_000)
                break
    whole = sum(lasts(s, work_only=True) for s in routine.steps)
    return Today(frozenset(own), tuple(others), lost * 2 > whole)


_WARMS = {Kind.DYNAMIC, Kind.ROLL}


def _kind(step: Step) -> Kind:
    assert step.exercise.kind
    return step.exercise.kind


def engine(routine: Routine, *keys: str) -> Today:
    plan = plan_of(routine, clearance_for(*keys))
    numbers = {step.number for step in routine.steps}
    others = substitutes(plan)
    own = {s.number for s in steps_of(plan.items) if s.number not in others}
    # Steps that only fill the time after the stretch that replaces deep pressure.
    first = [s.exercise.id for s in steps_of(plan.items) if s.number in others.keys() & numbers]
    return Today(frozenset(own), tuple(first), plan.too_little and bool(plan.items))


def agree(routine: Routine, *keys: str) -> None:
    words = naive(routine, keys)
    if not clearance_for(*keys).plays:
        words = Today(frozenset(), (), False)
    assert engine(routine, *keys) == words._replace(
        too_little=words.too_little and bool(words.own or words.others)
    ), keys


def test_the_list_agrees_with_the_clinical_content() -> None:
    swaps = load_swaps()
    assert {key: " ".join(ids) for key, ids in swaps.instead.items()} == INSTEAD
    assert swaps.warm_up == WARM_UP
    assert set(swaps.afterwards.values()) == {"breathing-seated"}
    assert swaps.afterwards.keys() == {"psoas-hand-press", "psoas-tool-press"}
    for ids in (*swaps.instead.values(), swaps.warm_up, tuple(swaps.afterwards.values())):
        for id_ in ids:
            entry = CATALOGUE.find(id_)
            assert entry and entry.exercise.vetted and not entry.exercise.kinds & MASSAGE


@cases("routine", shipped)
def test_every_key_swaps_as_the_clinical_content_says(routine: Routine) -> None:
    agree(routine)
    for key in KEYS:
        agree(routine, key)


@pytest.mark.proof
@pytest.mark.parametrize("routine", shipped(), ids=lambda routine: routine.id)
def test_every_pair_of_keys_swaps_as_the_clinical_content_says(routine: Routine) -> None:
    for pair in combinations(KEYS, 2):
        agree(routine, *pair)


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_a_substitute_is_of_the_list_and_neither_blocked_nor_longer(
    before: Answers, routine: Routine
) -> None:
    clearance = judged(before)
    plan = plan_of(routine, clearance)
    own = {step.number: step for step in routine.steps}
    for number, step in substitutes(plan).items():
        swap = next(s for s in plan.swapped if s.by is step.exercise)
        allowed = INSTEAD.get(swap.step.exercise.id, "").split() + list(WARM_UP)
        assert step.exercise.id in [*allowed, "breathing-seated"]
        assert step.exercise.vetted and not step.exercise.is_massage
        assert step.exercise.id not in {s.exercise.id for s in routine.steps}
        again = plan_of(alone(step.exercise.id), clearance)
        assert steps_of(again.items) and not again.left_out, "it must be unblocked itself"
        if number in own and step.exercise.id not in WARM_UP:
            assert run_ms(step.dose) <= run_ms(own[number].dose)
    ids = [step.exercise.id for step in substitutes(plan).values()]
    assert len(ids) == len(set(ids))


@pytest.mark.soak
@QUICK
@given(st.sampled_from(sorted(EVERY)), st.integers(10, 400))
def test_a_cut_dose_is_never_longer_and_never_too_small(id_: str, seconds: int) -> None:
    dose = EVERY[id_].dose
    cut = cut_to(dose, seconds * 1_000)
    if run_ms(dose) <= seconds * 1_000:
        assert cut == dose
    if cut is not None:
        assert 0 < run_ms(cut) <= max(run_ms(dose), 0)
        assert cut.side is dose.side and cut.sets.low >= 1


def test_both_sides_are_kept_in_balance() -> None:
    routine = routine_of(
        "name: T\nsteps:\n  - march-in-place: 3:00\n  - quad-wall-kneel: 60s left\n"
    )
    plan = plan_of(routine, clearance_for("kneel_sore"))
    (step,) = substitutes(plan).values()
    assert step.exercise.id == "quad-stand" and step.dose.side is Sides.LEFT
    whole = routine_of("name: T\nsteps:\n  - march-in-place: 3:00\n  - quad-wall-kneel\n")
    (step,) = substitutes(plan_of(whole, clearance_for("kneel_sore"))).values()
    assert step.dose.side is Sides.EACH


def test_a_blocked_warm_up_is_replaced_in_front_for_the_same_time() -> None:
    routine = routine_of(
        "name: T\nsteps:\n  - calf-roll: 60s each side\n  - calf-wall-straight: 2 x 60s each side\n"
    )
    plan = plan_of(routine, clearance_for("anticoagulant"))
    first, *_ = steps_of(plan.items)
    assert first.exercise.id == "march-in-place"
    timeline = compile(plan)
    assert timeline.segments[1].length == 120_000
    long = routine_of(
        "name: T\nsteps:\n  - calf-roll: 3 x 100s each side\n"
        "  - calf-wall-straight: 10 x 60s each side\n"
    )
    plan = plan_of(long, clearance_for("anticoagulant"))
    assert compile(plan).segments[1].length == WARM_UP_MS
    assert not substitutes(plan_of(long, clearance_for()))


def test_the_text_before_a_step_is_not_spoken_before_its_substitute() -> None:
    routine = next(r for r in shipped() if r.id == "hip-flexors-after-sitting")
    plan = plan_of(routine, clearance_for("pregnant"))
    assert "belly-breathing-rest" not in {s.exercise.id for s in steps_of(plan.items)}
    says = [item.say.pick() for item in plan.items if isinstance(item, Say)]
    assert not [words for words in says if "on your back" in words]


def test_a_routine_with_less_than_half_its_work_is_not_played() -> None:
    def of(rolls: str) -> Routine:
        return routine_of(f"name: T\nsteps:\n  - ankle-pumps: 60s\n  - calf-roll: {rolls}\n")

    half, more = of("30s each side"), of("31s each side")
    for routine, enough in ((half, True), (more, False)):
        clearance = clearance_for("anticoagulant")
        plan = plan_of(routine, clearance)
        assert plan.too_little != enough and steps_of(plan.items)
        let_in = admit(plan, clearance, "Ana", NOW)
        assert isinstance(let_in, Cleared if enough else Refusal)
        if isinstance(let_in, Refusal):
            assert let_in.words == TOO_LITTLE and let_in.rank is clearance.rank


def test_a_step_in_easy_mode_does_not_count_as_lost() -> None:
    for routine in shipped():
        clearance = clearance_for(soreness=5)
        plan = plan_of(routine, clearance)
        gone = {change.step.number for change in plan.left_out}
        lost = sum(lasts(s, work_only=True) for s in routine.steps if s.number in gone)
        whole = sum(lasts(s, work_only=True) for s in routine.steps)
        assert plan.too_little == (2 * lost > whole)
        assert all(eased.reason for eased in plan.eased)


def test_every_change_has_a_description_and_a_reason() -> None:
    from player.safety.wording import change_lines

    for routine in shipped():
        for key in KEYS:
            clearance = clearance_for(key)
            if clearance.plays:
                plan = plan_of(routine, clearance)
                lines = list(change_lines(plan))
                assert len(lines) >= bool(plan.left_out) + bool(plan.swapped) + bool(plan.eased)
                assert all(line.endswith(").") and " (" in line for line in lines)
    plan = plan_of(next(r for r in shipped() if r.id == "psoas-massager"), clearance_for())
    assert [(change.step.exercise.id, change.by.id) for change in plan.swapped] == [
        ("psoas-hand-press", "hipflexor-half-kneel"),
        ("psoas-tool-press", "hipflexor-stand-split"),
    ]
    words = "Instead of Psoas tool press (two-point tool): Standing split-stance hip stretch"
    assert any(line.startswith(words) for line in change_lines(plan))


def test_only_added_steps_break_the_order_of_step_numbers() -> None:
    for routine in shipped():
        for key in KEYS:
            steps = steps_of(plan_of(routine, clearance_for(key)).items)
            own = [s.number for s in steps if s.number <= len(routine.steps)]
            assert all(a < b for a, b in pairwise(own[1:])), (routine.id, key)
            assert len({s.number for s in steps}) == len(steps)
