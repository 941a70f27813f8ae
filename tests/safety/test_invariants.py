"""The invariants of section 2e, by their numbers."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from player.check.dry_run import DryRun
from player.cli.parser import parser
from player.document.rows import read_rows
from player.history.past import forget_everything
from player.history.people import person_named, save_profile
from player.history.store import open_store
from player.plain.ask import PersonLeft, ask_prompt
from player.routine.model import Block, Cycles, Hold, Item, Routine, Step, steps_of
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Kind, Region, Side
from player.safety.clearance import ADVICE, FRESH_S, Clearance, judge
from player.safety.cleared import Cleared, Refusal, admit
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Prompt, Reply
from player.safety.shown import shown_today
from player.session.state import Do, Event, Notice, begin
from player.session.state import step as happens
from player.session.timeline import DEFAULT_CHOICES, compile
from tests.cases import cases
from tests.habits import tries
from tests.safety.making import (
    CATALOGUE,
    DAY,
    KEYS,
    MATRIX,
    NOW,
    QUESTIONS,
    QUICK,
    RED,
    alone,
    clearance_for,
    every_exercise,
    harmless,
    left,
    new_interview,
    opened,
    plan_of,
    reply_to,
    routine_of,
    rows_of,
    shipped,
    substitutes,
)
from tests.virtual import MemoryConsole, Time

HOUR = 3_600.0
HOSTILE = {
    "an unknown name": "name: T\nsteps:\n  - My Own Thing: 30s each side\n",
    "a name that says what it does": "name: T\nsteps:\n  - Calf massage: 60s each side\n",
    "a harmless claim": """
        name: T
        exercises:
          quiet-thing: {name: Quiet thing, kind: breathe, regions: [calf], position: chair,
            sides: one, equipment: [roller], dose: 60s}
          soft-thing: {name: Soft thing, kind: static-stretch, regions: [foot], position: chair,
            sides: both, equipment: [psoas-tool, ball], dose: 60s}
        steps:
          - quiet-thing
          - soft-thing
    """,
    "the belly by another name": """
        name: T
        exercises:
          tummy-ball: {name: Tummy ball, kind: press, regions: [belly], position: prone,
            sides: both, equipment: [ball], dose: 60s}
          tummy-roll: {name: Tummy roll, kind: roll, regions: [belly, hipflexor], position: prone,
            sides: both, dose: 60s}
        steps:
          - tummy-ball
          - tummy-roll
    """,
    "a cramp ease of its own": """
        name: T
        exercises:
          cramp-ease-calf-2: {name: Cramp ease, kind: static-stretch, regions: [calf],
            position: chair, sides: one, dose: 30s}
        steps:
          - cramp-ease-calf-2
    """,
    "every position": "name: T\nsteps:\n"
    "  - {name: A, kind: breathe, dose: 30s}\n"
    "  - {name: B, kind: cool, regions: [knee], dose: 60s left}\n"
    "  - {name: C, kind: strengthen, regions: [ham], position: stand, dose: 8 reps right}\n",
    "a both-sided exercise on one side": "name: T\nsteps:\n"
    "  - heel-toe-rocks: 10 reps each side tempo 4s\n"
    "  - adductor-butterfly: 30s left\n",
}


def hostile() -> list[Routine]:
    from textwrap import dedent

    return [routine_of(dedent(source).lstrip()) for source in HOSTILE.values()]


HOSTILE_ROUTINES = hostile()
EVERYTHING = routine_of(
    "name: T\nsteps:\n" + "".join(f"  - {entry.exercise.id}\n" for entry in CATALOGUE.entries)
)


def routines() -> list[Routine]:
    return [*shipped(), EVERYTHING, *HOSTILE_ROUTINES]


# Answers at random

places = st.none() | st.sampled_from(sorted(MATRIX.places))
sides = st.sampled_from([None, Side.LEFT, Side.RIGHT, Side.BOTH])
moments = st.none() | st.floats(NOW - 60 * DAY, NOW + 5 * DAY)
findings = st.builds(
    Finding,
    st.sampled_from(KEYS),
    places,
    sides,
    st.just("t"),
    st.just(NOW),
    moments,
    st.none() | st.just(NOW - DAY),
)
mild = st.builds(
    Finding,
    st.sampled_from(sorted(set(KEYS) - RED)),
    places,
    sides,
    st.just("t"),
    st.just(NOW),
    moments,
    st.none() | st.just(NOW - DAY),
)
sorenesses = st.builds(
    Soreness, st.integers(0, 10), places, sides, st.sampled_from([None, True, False])
)
answers = st.builds(
    Answers,
    st.just(NOW),
    st.lists(mild, max_size=4).map(tuple),
    st.lists(sorenesses, max_size=3).map(tuple),
    st.none() | st.sampled_from(AgeBand),
)
ROUTINES = st.sampled_from(routines())


def judged(given_: Answers) -> Clearance:
    return judge(given_, MATRIX, NOW)


# 1 and 2


@pytest.mark.parametrize("key", ["dvt_signs", "phlebitis"])
def test_invariant_1_with_a_clot_sign_nothing_plays_on_either_leg(key: str) -> None:
    for routine in (*routines(), *every_exercise()):
        plan = plan_of(routine, clearance_for(key))
        assert not plan.items and len(plan.left_out) == len(routine.steps)


@cases("key", sorted(RED))
def test_invariant_2_with_an_urgent_key_nothing_plays_and_admit_refuses(key: str) -> None:
    for extra in ((), ("cramp_now",), ("oa", "child")):
        clearance = clearance_for(key, *extra)
        assert clearance.rank >= Rank.URGENT and not clearance.plays
        for routine in routines():
            plan = plan_of(routine, clearance)
            assert not plan.items
            refusal = admit(plan, clearance, "Ana", NOW)
            assert isinstance(refusal, Refusal) and refusal.rank is clearance.rank


@pytest.mark.soak
@QUICK
@given(answers, st.sampled_from(sorted(RED)), st.floats(NOW - DAY, NOW), ROUTINES)
def test_invariant_2_no_clinicians_word_lowers_an_urgent_key(
    before: Answers, key: str, cleared_at: float, routine: Routine
) -> None:
    red = Finding(key, at=NOW, cleared_at=cleared_at)
    clearance = judged(replace(before, findings=(*before.findings, red)))
    assert clearance.rank >= Rank.URGENT
    assert not plan_of(routine, clearance).items


# 3


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_3_deep_pressure_never_plays(before: Answers, routine: Routine) -> None:
    for step in steps_of(plan_of(routine, judged(before)).items):
        assert Kind.DEEP_PRESS not in step.exercise.kinds
        assert not (step.exercise.is_massage and step.exercise.regions == {Region.BELLY})
        assert "psoas-tool" not in step.equipment


def test_invariant_3_deep_pressure_is_off_even_for_a_healthy_person() -> None:
    for id_ in ("psoas-hand-press", "psoas-tool-press"):
        assert not left(alone(id_), clearance_for())
    belly = HOSTILE_ROUTINES[list(HOSTILE).index("the belly by another name")]
    assert not left(belly, clearance_for())
    (quiet, soft) = HOSTILE_ROUTINES[list(HOSTILE).index("a harmless claim")].steps
    assert {n for n, _ in left(HOSTILE_ROUTINES[2], clearance_for())} == {quiet.number}
    assert "psoas-tool" in soft.equipment


# 4


PLACES = {
    "knee_back": "Roll behind the knee",
    "knee_outer_knob": "Press below the fibular head",
    "groin": "Ball into the groin",
    "belly_midline": "Press at the navel",
    "above_navel": "Press the upper belly",
    "pulse": "Press on the pulse",
    "ribs": "Roll the ribs",
    "flank": "Press the kidney",
    "kneecap": "Roll the kneecap",
    "joint_line": "Press the joint line",
    "shin_crest": "Roll the shinbone",
    "sitting_bone": "Ball at the sitting bone",
    "hip_point": "Roll the hip bone",
    "spine": "Roll the spine",
    "tailbone": "Ball under the tailbone",
    "achilles": "Roll the achilles",
    "ankle_knob": "Press the ankle bone",
    "neck": "Press the neck",
    "collarbone": "Roll the collarbone",
    "hip_crease": "Thumb into the hip crease",
    "inside_hip": "Press inside the hip bone",
}
SPANISH = {
    "knee_back": "Rueda detrás de la rodilla",
    "knee_outer_knob": "Presiona la cabeza del peroné",
    "groin": "Pelota en la ingle",
    "belly_midline": "Presiona el ombligo",
    "above_navel": "Presiona la boca del estómago",
    "pulse": "Presiona donde late",
    "ribs": "Rueda las costillas",
    "flank": "Presiona el riñón",
    "kneecap": "Rueda la rótula",
    "joint_line": "Presiona la línea articular",
    "shin_crest": "Rueda el borde de la espinilla",
    "sitting_bone": "Pelota en el isquion",
    "hip_point": "Rueda la cresta ilíaca",
    "spine": "Rueda la columna",
    "tailbone": "Pelota bajo la rabadilla",
    "achilles": "Rueda el tendón de Aquiles",
    "ankle_knob": "Presiona el hueso del tobillo",
    "neck": "Presiona el cuello",
    "collarbone": "Rueda la clavícula",
    "hip_crease": "Aprieta el pliegue de la cadera",
    "inside_hip": "Presiona por dentro del hueso de la cadera",
}


@cases("words", [*PLACES.values(), *SPANISH.values()])
def test_invariant_4_a_file_that_presses_a_forbidden_place_is_refused(words: str) -> None:
    for step in (
        f"{{name: {words}, kind: press, regions: [calf], dose: 30s}}",
        f"{{name: Ball, kind: press, regions: [calf], dose: 30s, cues: {{5s: {words}}}}}",
    ):
        what = opened(f"name: T\nsteps:\n  - {step}\n")
        assert what.routine is None, words
        assert "E401" in {problem.code for problem in what.problems}


@pytest.mark.parametrize(
    "words", ["Stop a hand below the knee crease", "Not on the kneecap", "No presiones la rótula"]
)
def test_invariant_4_a_text_that_avoids_the_place_is_accepted(words: str) -> None:
    assert opened(f"name: T\nsteps:\n  - {{name: {words}, kind: press, dose: 30s}}\n").routine


def test_invariant_4_both_languages_name_the_same_places() -> None:
    languages = read_rows(SHIPPED / "screening" / "places.yaml", "the places")
    assert list(languages) == ["en", "es"]
    for name in languages:
        language = languages.row(name, "a language")
        assert set(language.row("never_press", "places")) == set(PLACES) == set(SPANISH)
        assert list(language.row("warned", "places")) == ["deep_buttock", "it_band"]


# 5


def test_invariant_5_a_missing_profile_does_not_count_as_an_empty_one() -> None:
    interview = new_interview(EVERYTHING, profile=Profile())
    seen: list[str] = []
    while interview.prompt:
        seen.append(interview.prompt.id)
        if interview.prompt.id == "profile":
            seen += rows_of(interview.prompt).values()
            seen += ["age"] if interview.prompt.one_of else []
        with pytest.raises(ValueError):
            _ = interview.outcome
        interview = interview.answer(harmless(interview.prompt))
    assert {row.id for row in QUESTIONS.profile} | {"age"} <= set(seen)


def test_invariant_5_an_unanswered_question_does_not_count_as_no() -> None:
    for key in KEYS:
        clearance = clearance_for(unanswered=[key])
        if key in RED or key == "fever":
            assert clearance.rank is Rank.STOP and not clearance.plays
            assert "not answered" in clearance.whole_session[0]
        else:
            assert clearance.keys == clearance_for(key).keys
            assert clearance.rank is clearance_for(key).rank


# 6


def options_of(command: str) -> set[str]:
    """Return every option of a command."""
    (subparsers,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    actions = subparsers.choices[command]._actions
    return {word for action in actions for word in action.option_strings or [action.dest]}


TEMPTING = "yes force skip no-screen unsafe trust assume ignore answers answer clear cleared safe"


def test_invariant_6_no_option_of_play_changes_the_questions() -> None:
    options = options_of("play")
    assert options == {
        "routine", "--plain", "--mute", "--no-voice", "--background", "--bell", "--person",
        "--hands-free", "--pick", "--emergency", "-h", "--help",
    }  # fmt: skip
    assert not {name.lstrip("-") for name in options} & set(TEMPTING.split())


def test_invariant_6_the_environment_does_not_change_the_screening(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {key: clearance_for(key).rank for key in KEYS}
    for word in TEMPTING.replace("-", "_").upper().split():
        monkeypatch.setitem(os.environ, f"SUPPLE_{word}", "1")
    for key in KEYS:
        assert clearance_for(key).rank is before[key]
        assert left(EVERYTHING, clearance_for(key)) == left(EVERYTHING, clearance_for(key))
    source = Path(__file__).parents[2] / "player" / "safety"
    for file in source.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "environ" not in text.replace("environment", "") and "getenv" not in text, file.name


@cases(
    "key",
    ["safe", "vetted", "cleared", "class", "screening: none", "skip_screening", "kinds", "trusted"],
)
@cases("where", ["file", "step", "exercise"])
def test_invariant_6_no_field_of_a_file_lowers_anything(key: str, where: str) -> None:
    line = key if ":" in key else f"{key}: true"
    plain = "name: Massage, kind: press, regions: [calf], position: chair"
    file, step, entry = ("",) * 3
    if where == "file":
        file = f"{line}\n"
    elif where == "step":
        step = f", {line}"
    else:
        entry = f", {line}"
    what = opened(
        f"name: T\n{file}exercises:\n  mine: {{{plain}, sides: one, dose: 30s{entry}}}\n"
        f"steps:\n  - {{use: mine, sets: 1{step}}}\n"
    )
    if what.routine is not None:
        for blocking in ("dvt_history", "anticoagulant", "child", "fever"):
            assert not left(what.routine, clearance_for(blocking))


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_6_the_fields_of_a_file_only_remove_steps(
    before: Answers, routine: Routine
) -> None:
    clearance = judged(before)
    stricter = routine._replace(avoid_if=frozenset(KEYS), caution=frozenset(KEYS))
    assert left(stricter, clearance) <= left(routine, clearance)
    louder = routine._replace(caution=frozenset(KEYS), screening=frozenset({"skin"}))
    assert left(louder, clearance) == left(routine, clearance)


# 7


def test_invariant_7_an_undeclared_step_counts_as_pressing_anywhere() -> None:
    unknown = HOSTILE_ROUTINES[0].steps[0].exercise
    assert {Kind.STATIC, Kind.PRESS} <= unknown.kinds
    assert unknown.regions == set(Region) and len(unknown.positions) == 10
    for key in KEYS:
        row = MATRIX.conditions[key]
        takes = any(out.kinds & {Kind.STATIC, Kind.PRESS} for out in row.out)
        if takes or row.only or row.easy or row.easy_everywhere or not clearance_for(key).plays:
            assert not left(HOSTILE_ROUTINES[0], clearance_for(key)), key


def test_invariant_7_an_unknown_exercise_is_blocked_like_its_relatives() -> None:
    mine = routine_of(
        "name: T\nexercises:\n"
        "  mine: {name: Mine, kind: static-stretch, regions: [quad], position: support,"
        " sides: one, dose: 30s}\n"
        "  rub: {name: Rub, kind: roll, regions: [shin], position: chair, sides: one, dose: 30s,"
        " avoid_if: [oa]}\n"
        "steps:\n  - mine\n  - rub\n"
    )
    vetted = [entry.exercise for entry in CATALOGUE.entries]
    like_mine = [e for e in vetted if e.kind is Kind.STATIC and Region.QUAD in e.regions]
    like_rub = [e for e in vetted if e.is_massage]
    for key in KEYS:
        got = {number for number, _ in left(mine, clearance_for(key))}
        if any(key in e.avoid_if for e in like_mine):
            assert 1 not in got, key
        if any(key in e.avoid_if for e in like_rub):
            assert 2 not in got, key


def test_invariant_7_a_name_of_the_catalogue_can_not_be_reused() -> None:
    what = opened(
        "name: T\nexercises:\n  cramp-ease-calf: {name: Mine, kind: breathe, regions: [foot],"
        " position: chair, sides: both, dose: 60s}\nsteps:\n  - cramp-ease-calf\n"
    )
    assert what.routine is None
    impostor = HOSTILE_ROUTINES[list(HOSTILE).index("a cramp ease of its own")]
    assert not left(impostor, clearance_for("cramp_now"))
    assert left(alone("cramp-ease-calf"), clearance_for("cramp_now"))


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_7_an_unvetted_copy_never_plays_more(before: Answers, routine: Routine) -> None:
    def stripped(items: Sequence[Item]) -> tuple[Item, ...]:
        found: list[Item] = []
        for item in items:
            if isinstance(item, Step):
                stranger = item.exercise._replace(vetted=False, avoid_if=frozenset())
                found.append(item._replace(exercise=stranger, avoid_if=frozenset()))
            elif isinstance(item, Block):
                found.append(item._replace(items=stripped(item.items)))
            else:
                found.append(item)
        return tuple(found)

    copy = routine._replace(items=stripped(routine.items))
    clearance = judged(before)
    assert left(copy, clearance) <= left(routine, clearance)


# 8


@cases("key", sorted(RED))
@cases("hours", [0.1, 23.9, -5.0])
def test_invariant_8_within_a_day_the_advice_comes_before_anything(key: str, hours: float) -> None:
    red = RedFlag(key, "x", NOW - hours * HOUR)
    first = new_interview(last_red=red)
    assert first.prompt is not None and first.prompt.id == "R0"
    told_ = " ".join(first.prompt.lines)
    assert MATRIX.conditions[key].says in told_ and ADVICE[MATRIX.conditions[key].rank] in told_
    checked = first.answer("c").prompt
    assert checked is not None and checked.id == "today", "Today anew"
    alone_ = first.answer("w")
    assert alone_.prompt is not None and alone_.prompt.id.startswith("R0-")
    left_ = first.answer("l")
    assert left_.outcome.left and not judged(left_.outcome.answers).plays
    for reply in ("yes", "unsure"):
        still = alone_.answer(reply)
        assert still.prompt is None and not judged(still.outcome.answers).plays


@cases("do", [do for do in Do if do is not Do.QUIT])
def test_invariant_8_after_an_urgent_stop_nothing_continues_the_session(do: Do) -> None:
    clearance = clearance_for()
    routine = shipped()[0]
    cleared = admit(plan_of(routine, clearance), clearance, "Ana", NOW)
    assert isinstance(cleared, Cleared)
    state = begin(cleared, DEFAULT_CHOICES, 0, int(NOW * 1_000))
    for before in (Do.HURTS, Do.QUIT):
        state, _ = happens(state, Event(before, 1_000, int(NOW * 1_000) + 1_000))
    after, effects = happens(state, Event(do, 2_000, int(NOW * 1_000) + 2_000))
    assert after is state and all(isinstance(effect, Notice) for effect in effects)


# 9


@pytest.mark.soak
@QUICK
@given(answers, st.floats(-30 * DAY, 30 * DAY), ROUTINES)
def test_invariant_9_old_answers_and_those_from_the_future_play_nothing(
    before: Answers, apart: float, routine: Routine
) -> None:
    clearance = judge(before, MATRIX, NOW + apart)
    if not 0 <= NOW + apart - before.at <= FRESH_S:
        assert not clearance.plays and clearance.rank >= Rank.STOP
        assert not plan_of(routine, clearance).items
    fresh = judged(before)
    if fresh.plays and not 0 <= NOW + apart - NOW <= FRESH_S:
        refused = admit(plan_of(routine, fresh), fresh, "Ana", NOW + apart)
        assert isinstance(refused, Refusal)


def test_invariant_9_answers_are_valid_for_exactly_two_hours() -> None:
    answers_ = Answers(NOW, age=AgeBand.ADULT)
    assert judge(answers_, MATRIX, NOW + FRESH_S).plays
    assert not judge(answers_, MATRIX, NOW + FRESH_S + 0.001).plays
    assert not judge(answers_, MATRIX, NOW - 0.001).plays


# 10


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(answers, findings, ROUTINES)
def test_invariant_10_another_yes_never_adds_a_step(
    before: Answers, more: Finding, routine: Routine
) -> None:
    after = replace(before, findings=(*before.findings, more))
    lower, higher = judged(before), judged(after)
    if more.since is None or more.since + 72 * HOUR > NOW:
        assert higher.rank >= lower.rank
    assert left(routine, higher) <= left(routine, lower)
    assert set(lower.keys) <= set(higher.keys)


@pytest.mark.soak
@QUICK
@given(answers, sorenesses, ROUTINES)
def test_invariant_10_more_soreness_never_adds_a_step(
    before: Answers, sore: Soreness, routine: Routine
) -> None:
    after = replace(before, sorenesses=(*before.sorenesses, sore))
    assert left(routine, judged(after)) <= left(routine, judged(before))
    assert judged(after).rank >= judged(before).rank
    if sore.level < 10:
        worse = replace(
            before, sorenesses=(*before.sorenesses, sore._replace(level=sore.level + 1))
        )
        assert left(routine, judged(worse)) <= left(routine, judged(after))
        assert judged(worse).rank >= judged(after).rank


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_10_easy_mode_never_makes_a_dose_larger(
    before: Answers, routine: Routine
) -> None:
    first = {step.number: step.dose for step in routine.steps}
    plan = plan_of(routine, judged(before))
    for step in steps_of(plan.items):
        if step.number in substitutes(plan):
            continue
        was = first[step.number]
        for old, new in zip(was.work, step.dose.work, strict=True):
            if isinstance(old, Hold):
                assert isinstance(new, Hold) and new.time <= old.time
            else:
                assert not isinstance(new, Hold) and new.count <= old.count
            if isinstance(old, Cycles) and isinstance(new, Cycles):
                for a, b in zip(old.phases, new.phases, strict=True):
                    assert b.time <= a.time
        if was.pressure:
            assert step.dose.pressure and step.dose.pressure <= was.pressure


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_10_the_order_of_answers_does_not_matter(
    before: Answers, routine: Routine
) -> None:
    turned = replace(before, findings=before.findings[::-1], sorenesses=before.sorenesses[::-1])
    assert judged(turned).rank is judged(before).rank
    assert left(routine, judged(turned)) == left(routine, judged(before))


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_invariant_10_a_clinicians_word_raises_no_class_and_needs_a_past_date(
    before: Answers, routine: Routine
) -> None:
    bare = replace(before, findings=tuple(f._replace(cleared_at=None) for f in before.findings))
    assert judged(bare).rank >= judged(before).rank
    future = replace(
        before, findings=tuple(f._replace(cleared_at=NOW + 1) for f in before.findings)
    )
    assert left(routine, judged(future)) == left(routine, judged(bare))


@pytest.mark.soak
@QUICK
@given(answers, ROUTINES)
def test_every_step_is_played_or_left_out_with_a_reason(before: Answers, routine: Routine) -> None:
    clearance = judged(before)
    plan = plan_of(routine, clearance)
    kept = {step.number for step in steps_of(plan.items)}
    gone = {change.step.number for change in plan.left_out if change.side is None}
    half = {change.step.number for change in plan.left_out if change.side}
    added = substitutes(plan).keys() - {step.number for step in routine.steps}
    assert kept | gone == {step.number for step in routine.steps} | added and not kept & gone
    assert half <= kept
    assert all(change.reason for change in plan.left_out)
    assert (clearance.rank >= Rank.STOP) or clearance.plays


# 11


def sided(key: str, place: str, side: Side | None) -> Clearance:
    return judged(Answers(NOW, (Finding(key, place, side, at=NOW),), age=AgeBand.ADULT))


BOTH = {Side.LEFT, Side.RIGHT}


@pytest.mark.parametrize("key", ["acute_strain", "steroid_jab", "bruise_deep"])
def test_invariant_11_a_strain_with_a_side_blocks_that_side(key: str) -> None:
    step = alone("calf-wall-straight")
    assert left(step, sided(key, "calf", Side.LEFT)) == {(1, Side.RIGHT)}
    assert left(step, sided(key, "calf", Side.RIGHT)) == {(1, Side.LEFT)}
    for side in (None, Side.BOTH):
        assert not left(step, sided(key, "calf", side))
    assert left(step, sided(key, "ham", Side.LEFT)) == {(1, side) for side in BOTH}


@pytest.mark.parametrize("key", ["skin", "varicose", "metal_leg"])
def test_invariant_11_a_sore_spot_with_a_side_blocks_that_side(key: str) -> None:
    step = alone("calf-roll")
    assert left(step, sided(key, "calf", Side.LEFT)) <= {(1, Side.RIGHT)}
    for side in (None, Side.BOTH):
        assert not left(step, sided(key, "calf", side))


def test_invariant_11_a_skin_problem_blocks_a_strap_on_its_side_or_on_both() -> None:
    step = alone("ham-strap-supine")
    assert left(step, sided("skin", "ham", Side.LEFT)) == {(1, Side.RIGHT)}
    assert not left(step, sided("skin", "ham", Side.BOTH))
    assert not left(step, sided("skin", "ham", None))


def test_invariant_11_an_exercise_for_both_legs_is_blocked_as_a_whole() -> None:
    routine = HOSTILE_ROUTINES[list(HOSTILE).index("a both-sided exercise on one side")]
    assert not {n for n, _ in left(routine, sided("acute_strain", "calf", Side.LEFT))} & {1}
    assert not {n for n, _ in left(routine, sided("acute_strain", "adductor", Side.RIGHT))} & {2}


def test_invariant_11_a_strain_blocks_one_leg_positions_of_the_other_side_too() -> None:
    for id_ in ("quad-stand", "hipflexor-half-kneel"):
        assert not left(alone(id_), sided("acute_strain", "calf", Side.LEFT))


CLOT_NERVE_CIRCULATION = [
    "dvt_history",
    "dvt_recent",
    "new_leg_ache",
    "both_swollen_new",
    "lymph_or_both_swollen",
    "pad",
    "neuropathy",
    "leg_nerve",
    "recent_surgery",
    "pregnant",
    "postpartum",
    "anticoagulant",
]


@pytest.mark.soak
@QUICK
@given(st.sampled_from(CLOT_NERVE_CIRCULATION), places, sides, ROUTINES)
def test_invariant_11_clot_nerve_and_circulation_keys_cover_both_legs(
    key: str, place: str | None, side: Side | None, routine: Routine
) -> None:
    bare = judged(Answers(NOW, (Finding(key, at=NOW),), age=AgeBand.ADULT))
    there = judged(Answers(NOW, (Finding(key, place, side, at=NOW),), age=AgeBand.ADULT))
    assert left(routine, there) == left(routine, bare)


def test_invariant_11_one_remaining_side_does_not_get_the_time_of_the_other() -> None:
    step = alone("calf-wall-straight")
    whole = compile(plan_of(step, clearance_for())).total_ms
    half = compile(plan_of(step, sided("acute_strain", "calf", Side.LEFT))).total_ms
    assert half < whole * 0.6
    (change,) = plan_of(step, sided("acute_strain", "calf", Side.LEFT)).left_out
    assert change.side is Side.LEFT and change.keys == ("acute_strain",)


# 12


@cases("level", range(11))
def test_invariant_12_the_72_hours_start_at_the_injury_at_any_level_of_pain(level: int) -> None:
    step = alone("calf-wall-straight")
    for since in (NOW - 72 * HOUR + 1, NOW - 72 * HOUR, NOW - 21 * DAY + 1, NOW - 21 * DAY):
        strain = Finding("acute_strain", "calf", Side.LEFT, "I6", NOW - 80 * DAY, since)
        clearance = judged(
            Answers(NOW, (strain,), (Soreness(level, "foot", Side.LEFT, False),), AgeBand.ADULT)
        )
        if since + 72 * HOUR > NOW:
            assert "acute_strain" in clearance.keys
            assert (1, Side.LEFT) not in left(step, clearance)
        elif since + 21 * DAY > NOW:
            assert "strain_healing" in clearance.keys and "acute_strain" not in clearance.keys
            kept = steps_of(plan_of(step, clearance).items)
            assert len(kept) == 1
            assert ((1, Side.LEFT) in left(step, clearance)) == (level < 7)
            assert all(easy.dose.work != step.steps[0].dose.work for easy in kept)
        else:
            assert not {"strain_healing", "acute_strain"} & set(clearance.keys)


def test_invariant_12_an_injury_from_the_future_still_counts() -> None:
    strain = Finding("acute_strain", "calf", None, "I6", NOW, NOW + 3 * DAY)
    clearance = judged(Answers(NOW, (strain,), age=AgeBand.ADULT))
    assert not left(alone("calf-wall-straight"), clearance)


# 13


def printed_line_by_line(prompt: Prompt) -> str:
    console = MemoryConsole(Time(), ["q"])
    with pytest.raises(PersonLeft):
        ask_prompt(console, prompt)
    return " ".join(console.text.split())


def test_invariant_13_the_plain_mode_prints_every_question_in_full() -> None:
    seen = []
    interview = new_interview(alone("psoas-tool-press"), profile=Profile())
    while interview.prompt is not None:
        prompt = interview.prompt
        text = printed_line_by_line(prompt)
        for words in (prompt.ask, *prompt.lines, *(choice.say for choice in prompt.choices)):
            assert " ".join(words.split()) in text, words
        seen.append(prompt.id)
        everything: dict[str, Reply] = {row.id: "yes" for row in QUESTIONS.profile}
        interview = interview.answer(reply_to(prompt, everything | {"S1": 0}))
    assert len(seen) > 10


def test_invariant_13_no_setting_makes_the_questions_shorter() -> None:
    """The options of an interface that shorten its output do not reach the interview."""
    source = Path(__file__).parents[2] / "player" / "safety"
    for file in source.glob("*.py"):
        words = file.read_text(encoding="utf-8").lower()
        for wish in ("mute", "quiet", "no_color", "PlayOptions"):
            assert wish not in words, (file.name, wish)


@pytest.mark.parametrize("rank", Rank)
def test_invariant_13_the_class_is_shown_as_a_word(rank: Rank) -> None:
    key = {r: k for k, r in ((k, row.rank) for k, row in MATRIX.conditions.items())}.get(rank)
    clearance = clearance_for(*([key] if key else []))
    assert clearance.rank is rank
    plan = plan_of(shipped()[0], clearance)
    shown = shown_today(shipped()[0], clearance, CATALOGUE)
    run = DryRun(clearance, plan, compile(plan), shown)
    assert next(iter(run.lines())).startswith(f"{shown.rank.name}. ")
    assert run.as_json()["class"] == rank.word and run.as_json()["shown"] == shown.rank.word
    assert shown.rank is rank or rank < Rank.URGENT


# 15


def test_invariant_15_answers_stay_in_one_private_file(tmp_path: Path) -> None:
    path = tmp_path / "supple" / "history.db"
    with open_store(path) as store:
        ana = person_named(store, "Ana", 1)
        kept = Profile((Finding("cancer", at=NOW),), {"P3": NOW}, AgeBand.ADULT)
        save_profile(store, ana, kept)
        files = list(path.parent.iterdir())
        if os.name == "posix":
            assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
            assert path.parent.stat().st_mode & 0o077 == 0
    assert forget_everything(path) and not list(path.parent.iterdir())


def test_invariant_15_nothing_is_logged() -> None:
    root = Path(__file__).parents[2]
    for file in (*(root / "player").rglob("*.py"), *(root / "audio").rglob("*.py")):
        words = file.read_text(encoding="utf-8")
        assert "import logging" not in words and "self.log" not in words, file
        assert "textual import log" not in words, file
