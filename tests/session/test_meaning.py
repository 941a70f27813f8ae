"""The twelve rules of "What it means, exactly", each tested by the segments that it gives."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.cue import CueKind
from player.library.opening import Opened
from player.routine.model import Hold, Pick, Plan, Range, Reps, exactly
from player.routine.pieces import Open, SegmentKind, run_of
from player.routine.vocabulary import Side, Unit
from player.session.cues import cue_sheet
from player.session.timeline import Choices, compile, length_ms
from tests.cases import cases
from tests.habits import tries
from tests.routine.reading import (
    as_text,
    first_step,
    opened,
    played,
    timeline,
    warnings,
    with_steps,
)
from tests.session.written import CHOSEN, ROUTINES

PLAYED = {
    "1 each side, right first": (
        ["{name: A, dose: 2 x 10s each side rest 5s, first: right}"],
        "ready 0–10 · R 10–20 · switch 20–25 · L 25–35 · rest 35–40"
        " · R 40–50 · switch 50–55 · L 55–65",
    ),
    "1 left then right, right first": (
        ["{name: A, dose: 2 x 10s left then right rest 5s switch 0s, first: right}"],
        "ready 0–10 · R 10–20 · rest 20–25 · R 25–35 · L 35–45 · rest 45–50 · L 50–60",
    ),
    "1 right then left": (
        ["A: 2 x 10s right then left"],
        "ready 0–10 · R 10–20 · R 20–30 · switch 30–35 · L 35–45 · L 45–55",
    ),
    "1 alternating holds, right first": (
        ["{name: A, dose: 1 x 2 x 10s alternating switch 0s, first: right}"],
        "ready 0–10 · R 10–20 · L 20–30 · R 30–40 · L 40–50",
    ),
    "1 alternating cycles swap whole cycles": (
        ["{name: A, phases: [up: 1s, down: 2s], cycles: 2, side: alternating, switch: 1s}"],
        "ready 0–10 · L up 10–11 · L down 11–13 · switch 13–14 · R up 14–15 · R down 15–17"
        " · switch 17–18 · L up 18–19 · L down 19–21 · switch 21–22 · R up 22–23 · R down 23–25",
    ),
    "1 alternating with nothing to repeat is each side": (
        ["A: 2 x 10s alternating"],
        "ready 0–10 · L 10–20 · switch 20–25 · R 25–35 · switch 35–40 · L 40–50"
        " · switch 50–55 · R 55–65",
    ),
    "1 one rep alternating is each side": (
        ["A: 1 rep alternating tempo 4s"],
        "ready 0–10 · L 10–14 · switch 14–19 · R 19–23",
    ),
    "1 both is at once, one side is the person's": (
        ["A: 10s both", "A: 10s one side"],
        "ready 0–10 · work 10–20 · one 20–30",
    ),
    "1 an exercise of one leg is each side by itself": (
        ["{use: calf-roll, roll: 10s}"],
        "ready 0–10 · L 10–20 · switch 20–25 · R 25–35",
    ),
    "2 switch also lies between exercises, the longest gap wins": (
        ["A: 10s left", "B: 10s right switch 12s"],
        "ready 0–10 · L 10–20 · switch 20–32 · R 32–42",
    ),
    "2 on a tie rest, then ready, then switch": (
        ["A: 10s left", "rest: 10s", "B: 10s right switch 10s", "C: 10s left switch 10s"],
        "ready 0–10 · L 10–20 · rest 20–30 · R 30–40 · ready 40–50 · L 50–60",
    ),
    "2 one side may be the other side": (
        ["A: 10s left", "A: 10s one side", "A: 10s one side", "A: 10s right"],
        "ready 0–10 · L 10–20 · switch 20–25 · one 25–35 · one 35–45 · switch 45–50 · R 50–60",
    ),
    "2 one side is no change after both or in turn": (
        ["A: 10s both", "A: 10s one side", "A: 2 reps alternating tempo 1s"],
        "ready 0–10 · work 10–20 · one 20–30 · L/R 30–34",
    ),
    "2 the same exercise again has no ready of its own": (
        ["A: 10s", "{name: a, hold: 10s}", "A: 10s ready 4s"],
        "ready 0–10 · work 10–20 · work 20–30 · ready 30–34 · work 34–44",
    ),
    "2 relax also lies between sets, as the longest": (
        ["A: 2 x 10s right relax 8s rest 3s"],
        "ready 0–10 · R 10–20 · relax 20–28 · R 28–38",
    ),
    "2 no relax after reps": (
        ["A: 2 x 2 reps tempo 1s relax 8s rest 3s"],
        "ready 0–10 · work 10–12 · rest 12–15 · work 15–17",
    ),
    "2 no rest from the last set of one side to the first of the other": (
        ["A: 2 x 10s left then right rest 30s switch 1s"],
        "ready 0–10 · L 10–20 · rest 20–50 · L 50–60 · switch 60–61 · R 61–71 · rest 71–101"
        " · R 101–111",
    ),
    "2 the gap between rounds of blocks in blocks": (
        [
            "{rounds: 2, rest: 20s, steps: [{rounds: 2, rest: 5s, steps: [A: 10s]}, B: 10s]}",
        ],
        "ready 0–10 · work 10–20 · rest 20–25 · work 25–35 · ready 35–45 · work 45–55"
        " · rest 55–75 · work 75–85 · rest 85–90 · work 90–100 · ready 100–110 · work 110–120",
    ),
    "2 between also over a round's end, and for a single step": (
        ["{rounds: 2, between: 12s, steps: [A: 10s]}"],
        "ready 0–10 · work 10–20 · rest 20–32 · work 32–42",
    ),
    "2 between does not count steps without work": (
        ["{rounds: 1, between: 12s, steps: [say: Now, A: 10s, say: Then, A: 10s]}"],
        "ready 0–10 · work 10–20 · rest 20–32 · work 32–42",
    ),
    "2 phases of a cycle follow without a gap": (
        ["{name: A, phases: [up: 1s, hold: 2s, down: 3s], sets: 2, rest: 4s}"],
        "ready 0–10 · up 10–11 · hold 11–13 · down 13–16 · rest 16–20"
        " · up 20–21 · hold 21–23 · down 23–26",
    ),
    "3 of rests in a row the longest, honoured at the end": (
        ["A: 10s", "rest: 3s", "rest: 7s", "rest: 5s"],
        "ready 0–10 · work 10–20 · rest 20–27",
    ),
    "3 nothing implied follows the last work": (
        ["{rounds: 2, rest: 9s, between: 9s, steps: [A: 2 x 10s rest 4s]}"],
        "ready 0–10 · work 10–20 · rest 20–24 · work 24–34 · rest 34–43 · work 43–53"
        " · rest 53–57 · work 57–67",
    ),
    "3 a short rest step before a longer ready": (
        ["A: 10s", "rest: 3s", "B: 10s"],
        "ready 0–10 · work 10–20 · ready 20–30 · work 30–40",
    ),
    "4 before a wait only rest steps count, after it ready and rest steps": (
        ["A: 10s left", "rest: 3s", "wait: Turn", "rest: 12s", "B: 10s right switch 20s"],
        "ready 0–10 · L 10–20 · rest 20–23 · wait 23–38 · rest 38–50 · R 50–60 ≈",
    ),
    "4 a wait stands in for the block's gaps": (
        ["{rounds: 2, rest: 9s, between: 30s, steps: [A: 10s, wait: Go on]}"],
        "ready 0–10 · work 10–20 · wait 20–35 · ready 35–45 · work 45–55 · wait 55–70 ≈",
    ),
    "5 a tempo beside a time only paces": (
        ["A: 60s tempo 3-1-3", "A: 5m breathe 4-4-4-4"],
        "ready 0–10 · work 10–70 · work 70–370",
    ),
    "5 a rep of 3-1-3 is seven seconds": (["A: 3 reps tempo 3-1-3"], "ready 0–10 · work 10–31"),
    "5 forty a minute": (["A: 5 reps tempo 40/min"], "ready 0–10 · work 10–17.5"),
    "5 seventy a minute, rounded": (["A: 1 rep tempo 70/min"], "ready 0–10 · work 10–10.857"),
    "5 halves go up": (["A: 1 rep tempo 96/min"], "ready 0–10 · work 10–10.625"),
    "5 untimed reps": (["A: 4 reps", "A: 5 passes"], "ready 0–10 · work 10–22 · work 22–37 ≈"),
    "5 breaths": (
        ["A: 3 breaths", "A: 3 breaths breathe free", "A: 2 breaths breathe 4-7-8"],
        "ready 0–10 · work 10–40 · work 40–70 · work 70–108",
    ),
    "5 reps that are held": (
        ["{name: A, reps: [1, 2], hold: 5s, relax: 1s}"],
        "ready 0–10 · work 10–15 · relax 15–16 · work 16–21 · relax 21–22 · work 22–27",
    ),
    "8 defaults, and the step before them": (
        ["A: 2 x 10s each side", "B: 10s left switch 1s ready 2s"],
        "ready 0–8 · L 8–18 · switch 18–21 · R 21–31 · switch 31–34 · L 34–44 · switch 44–47"
        " · R 47–57 · ready 57–59 · L 59–69",
    ),
}


@cases("rule", PLAYED)
def test_each_rule_of_the_format_gives_these_segments(rule: str) -> None:
    steps, what_plays = PLAYED[rule]
    above = "defaults: {ready: 8s, switch: 3s, rest: 2s}\n" if rule.startswith("8") else ""
    assert played(*steps, above=above) == what_plays


def test_the_default_rest_also_applies_between_rounds() -> None:
    above = "defaults: {rest: 6s}\n"
    block = "{rounds: 2, steps: [A: 10s]}"
    assert played(block, above=above) == "ready 0–10 · work 10–20 · rest 20–26 · work 26–36"
    own = "{rounds: 2, rest: 0s, steps: [A: 10s]}"
    assert played(own, above=above) == "ready 0–10 · work 10–20 · work 20–30"


def test_a_half_millisecond_is_rounded_up() -> None:
    beats = [timeline(f"A: {n} reps tempo 288/min").segments[-1] for n in (1, 3)]
    assert [beat.length for beat in beats] == [208, 625]
    assert timeline("A: 1 rep tempo 64/min").segments[-1].length == 938  # 937.5


def test_a_say_step_is_spoken_at_the_start_of_the_next_segment() -> None:
    found = timeline(
        "say: First", "A: 10s", "say: Then", "{rest: 20s, say: Rest}", "B: 10s",
        "{wait: Press, say: Now}", "A: 10s", "say: Done",
    )  # fmt: skip
    kinds = [segment.kind for segment in found.segments]
    said = {index: [text.pick() for text in texts] for index, texts in found.says.items()}
    assert said == {
        0: ["First"],
        kinds.index(SegmentKind.REST): ["Then", "Rest"],
        kinds.index(SegmentKind.WAIT): ["Press", "Now"],
        len(kinds): ["Done"],
    }


@pytest.mark.parametrize(
    ("pick", "what_plays"),
    [
        (Pick.LOW, "ready 0–1 · work 1–11 · rest 11–14 · work 14–24"),
        (Pick.MIDDLE, "ready 0–1.5 · work 1.5–16.75 · rest 16.75–20.75 · work 20.75–36"),
        (
            Pick.HIGH,
            "ready 0–2 · work 2–22.5 · rest 22.5–27.5 · work 27.5–48 · rest 48–53 · work 53–73.5",
        ),
    ],
)
def test_a_range_plays_low_middle_or_high_and_a_half_rep_is_rounded_down(
    pick: Pick, what_plays: str
) -> None:
    assert played("A: 2-3 x 10s-20.5s rest 3-5s ready 1-2s", pick=pick) == what_plays


def test_the_middle_of_a_range_of_times_is_rounded_down_to_a_millisecond() -> None:
    segments = timeline("A: 0.001s-0.004s ready 0s", pick=Pick.MIDDLE).segments
    assert [segment.length for segment in segments] == [2]
    reps = timeline("A: 2-5 reps tempo 1s", pick=Pick.MIDDLE).segments[-1]
    assert (reps.length, reps.amount) == (3000, Reps(Range(2, 5), Unit.REPS))


def test_paced_reps_never_wait_for_a_key() -> None:
    assert timeline("A: 3 reps tempo 2s", "B: up to 9s", "C: 4 breaths").exact
    assert not timeline("A: 3 reps").exact
    assert not timeline("A: 3s", "wait: Ready?").exact


def test_steps_with_up_to_or_until_can_end_early() -> None:
    found = timeline(
        "A: up to 9s", "{name: B, hold: 5s, until: it feels warm}", "C: 3 reps", "D: 3s"
    )
    work = [s.open for s in found.segments if s.kind is SegmentKind.WORK]
    assert work == [Open.EARLY, Open.EARLY, Open.STAYS, Open.CLOSED]


def test_a_gap_names_the_work_after_it_and_sets_are_counted_from_1_on_each_side() -> None:
    found = timeline("Calf: 2 x 2 x 9s left then right rest 4s relax 2s")
    rows = [(s.kind.value, s.side, s.set, s.rep, s.exercise) for s in found.segments]
    numbers = [row[2:4] for row in rows if row[0] == "work"]
    assert numbers == [(1, 1), (1, 2), (2, 1), (2, 2)] * 2
    for gap, coming in pairwise(rows):
        if gap[0] != "work":
            assert gap[1:] == coming[1:]
    assert [s.amount for s in found.segments[:2]] == [None, Hold(exactly(9_000))]


def test_an_amount_replaces_the_sets_and_amount_of_the_catalogue_and_nothing_else() -> None:
    whole = first_step("calf-wall-straight").dose
    assert (whole.sets, whole.rest) == ((2, 2), (10_000, 10_000))
    amount = first_step("calf-wall-straight: 20s").dose
    assert (amount.sets, amount.rest, amount.side) == ((1, 1), (10_000, 10_000), whole.side)
    sets = first_step("{use: calf-wall-straight, sets: 3}").dose
    assert (sets.sets, sets.work) == ((3, 3), whole.work)
    side = first_step("calf-wall-straight: left then right rest 4s").dose
    assert (side.sets, side.work, side.rest) == ((2, 2), whole.work, (4_000, 4_000))
    above = "defaults: {rest: 3s}\n"
    assert first_step("calf-wall-straight", above=above).dose.rest == (3_000, 3_000)


def test_notes_and_cues_of_a_step_add_to_those_of_the_catalogue() -> None:
    catalogue = first_step("early-cold-pack").cues
    assert len(catalogue) == 1
    own = first_step("{use: early-cold-pack, avoid_if: [oa], caution: [heart], cues: {1s: Now}}")
    assert own.cues[:1] == catalogue
    assert len(own.cues) == 2
    assert sorted(own.avoid_if | own.caution) == ["heart", "oa"]
    assert own.exercise.avoid_if


def test_a_phase_takes_its_own_effort_and_any_word() -> None:
    phase = "{contract: 6s, effort: 20-30%, pressure: 3, say: Push, note: gently}"
    dose = first_step(f"{{name: A, phases: [{phase}, {{effort: 10, hum: 2s}}], cycles: 2}}").dose
    assert [p.word for p in dose.work[0].phases] == ["contract", "hum"]  # type: ignore[union-attr]
    assert dose.work[0].phases[0].effort == (20, 30)  # type: ignore[union-attr]


CUES = [
    ("30s", "0s", True),
    ("30s", "29.999s", True),
    ("30s", "30s", False),
    ("30s", "-30s", True),
    ("30s", "-31s", False),
    ("30s", "-0s", False),
    ("30s", "half", True),
    ("30s", "100%", False),
    ("30s each side", "31s", False),
    ("2 x 30s rest 60s", "31s", False),
    ("1 x 2 x 30s relax 5s", "64s", True),
    ("1 x 2 x 30s relax 5s", "65s", False),
    ("1 x 2 x 10s alternating", "54s", True),
    ("1 x 2 x 10s alternating", "55s", False),
    ("10s, 20s", "15s", True),
]


@cases(("dose", "at", "heard"), CUES)
def test_a_cue_outside_its_set_gives_a_warning(dose: str, at: str, heard: bool) -> None:
    found = opened(with_steps(f'{{name: A, dose: "{dose}", cues: {{{at}: Breathe}}}}'))
    assert found.routine, found.report()
    late = [problem.code for problem in warnings(found) if problem.code == "W109"]
    assert late == ([] if heard else ["W109"])


def test_a_cue_is_judged_late_by_the_sets_in_which_it_plays() -> None:
    cue = "{say: Hm, when: first-set}"
    found = opened(with_steps(f'{{name: A, dose: "10s, 20s", cues: {{15s: {cue}}}}}'))
    assert [problem.code for problem in warnings(found)] == ["W109"]


@pytest.mark.parametrize(
    ("lasts", "fits"),
    [("25s", True), ("26s", True), ("24s", True), ("26.001s", False), ("23s", False)],
)
def test_lasts_is_compared_with_the_time_from_first_to_last_work_to_within_a_second(
    lasts: str, fits: bool
) -> None:
    for step in (
        f"{{name: A, dose: 2 x 10s rest 5s, lasts: {lasts}}}",
        f"{{block: B, steps: [A: 2 x 10s rest 5s], lasts: {lasts}}}",
    ):
        codes = [problem.code for problem in warnings(opened(with_steps(step)))]
        assert codes == ([] if fits else ["W108"])


def test_a_range_in_lasts_fits_if_it_overlaps_the_range_of_the_step() -> None:
    assert not warnings(opened(with_steps("{name: A, hold: 10-20s, lasts: 21-30s}")))
    assert warnings(opened(with_steps("{name: A, hold: 10-20s, lasts: 22-30s}")))


@pytest.mark.parametrize(
    ("duration", "fits"),
    [("100s", True), ("110s", True), ("91s", True), ("112s", False), ("90s", False)],
)
def test_duration_is_compared_with_the_total_to_within_a_tenth(duration: str, fits: bool) -> None:
    found = opened(with_steps("A: 90s", above=f"duration: {duration}\n"))
    assert [problem.code for problem in warnings(found)] == ([] if fits else ["W107"])
    assert played("A: 90s", above=f"duration: {duration}\n") == "ready 0–10 · work 10–100"


def test_format_1_is_accepted_and_a_newer_format_gives_only_that_error() -> None:
    assert opened(with_steps("A: 3s", above="format: 1\n")).routine
    for number in ("2", "12", "9" * 40):
        found = opened(with_steps("A: 3", "hodl: 3s", above=f"format: {number}\nnonsense: 1\n"))
        assert [problem.code for problem in found.problems] == ["E014"]
    broken = opened(with_steps("A: 3", above="format: one\n"))
    assert {problem.code for problem in broken.problems if problem.is_error} == {"E104", "E202"}


ROUNDS = {
    "a plain block": (["{rounds: 3, steps: [A: 5s]}"], Pick.LOW, [1, 2, 3]),
    "a range that plays once": (["{rounds: 1-3, steps: [A: 5s]}"], Pick.LOW, [1]),
    "blocks in blocks": (
        ["{rounds: 3, steps: [{rounds: 2, steps: [A: 5s]}]}"], Pick.LOW, [1, 2, 3, 4, 5, 6],
    ),
    "an inner range that plays once": (
        ["{rounds: 3, steps: [{rounds: 1-3, steps: [A: 5s]}]}"], Pick.LOW, [1, 2, 3],
    ),
    "the same range at its high end": (
        ["{rounds: 2, steps: [{rounds: 1-3, steps: [A: 5s]}]}"], Pick.HIGH, [1, 2, 3, 4, 5, 6],
    ),
    "a group that is not repeated": (
        ["{rounds: 2, steps: [{block: B, steps: [A: 5s]}]}"], Pick.LOW, [1, 2],
    ),
    "no block": (["A: 5s"], Pick.LOW, [0]),
}  # fmt: skip


@cases("blocks", ROUNDS)
def test_each_pass_through_a_step_has_its_own_round_number(blocks: str) -> None:
    steps, pick, rounds = ROUNDS[blocks]
    found = timeline(*steps, pick=pick)
    assert [s.round for s in found.segments if s.kind is SegmentKind.WORK] == rounds


def test_the_cue_of_a_set_comes_in_each_pass_of_nested_rounds() -> None:
    cues = "{0s: {say: Begin, when: first-set}, -1s: {say: End, when: last-set}}"
    step = f"{{name: A, dose: 5s, cues: {cues}}}"
    found = timeline(f"{{rounds: 3, steps: [{{rounds: 1-3, steps: [{step}]}}]}}")
    said = [cue.text for cue in cue_sheet(found).cues if cue.kind is CueKind.SAY]
    assert said == ["Begin", "End"] * 3


@pytest.mark.soak
@settings(max_examples=tries(100), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROUTINES, st.sampled_from(Pick))
def test_each_pass_through_a_step_plays_its_whole_dose_once(found: Opened, pick: Pick) -> None:
    assert found.routine
    laid_out = compile(Plan.whole(found.routine), Choices(pick))
    passes = Counter(
        (segment.step, segment.round)
        for segment in laid_out.segments
        if segment.kind is SegmentKind.WORK
    )
    for (number, _), pieces in passes.items():
        assert pieces == len(run_of(laid_out.steps[number].dose, pick))
    for number, count in Counter(number for number, _ in passes).items():
        rounds = sorted(round for step, round in passes if step == number)
        assert rounds in (list(range(1, count + 1)), [0])


MAY_DIFFER = {Side.LEFT, Side.RIGHT, Side.ONE}


@pytest.mark.parametrize(
    ("chosen", "what_plays"),
    [
        (Side.LEFT, "ready 0–10 · R 10–20 · switch 20–25 · L 25–35 · L 35–45"),
        (Side.RIGHT, "ready 0–10 · R 10–20 · R 20–30 · switch 30–35 · L 35–45"),
        (None, "ready 0–10 · R 10–20 · switch 20–25 · one 25–35 · switch 35–40 · L 40–50"),
    ],
)
def test_one_side_is_changed_to_like_the_side_that_was_chosen(
    chosen: Side | None, what_plays: str
) -> None:
    found = opened(with_steps("A: 10s right", "A: 10s one side", "A: 10s left"))
    assert found.routine
    plan, choices = Plan.whole(found.routine), Choices(side=chosen)
    assert as_text(compile(plan, choices)) == what_plays
    assert length_ms(plan, choices) == compile(plan, choices).total_ms


@pytest.mark.soak
@settings(max_examples=tries(150), deadline=None, suppress_health_check=list(HealthCheck))
@given(ROUTINES, CHOSEN, st.sampled_from(Pick))
def test_every_change_of_side_has_its_time_and_is_announced(
    found: Opened, chosen: Side | None, pick: Pick
) -> None:
    assert found.routine
    plan, choices = Plan.whole(found.routine), Choices(pick, chosen)
    laid_out = compile(plan, choices)
    assert length_ms(plan, choices) == laid_out.total_ms
    switches = {cue.at for cue in cue_sheet(laid_out).cues if cue.kind is CueKind.SWITCH}
    work = [segment for segment in laid_out.segments if segment.kind is SegmentKind.WORK]
    if chosen:
        assert all(segment.side is not Side.ONE for segment in work)
    for before, coming in pairwise(work):
        announced = [at for at in switches if before.end <= at <= coming.start]
        if before.side is coming.side or not {before.side, coming.side} <= MAY_DIFFER:
            assert not announced
            continue
        between = [s for s in laid_out.segments if before.end <= s.start < coming.start]
        waits = any(segment.kind is SegmentKind.WAIT for segment in between)  # until a key
        switch = laid_out.steps[coming.step].dose.switch.pick(pick)
        assert waits or coming.start - before.end >= switch
        assert announced
