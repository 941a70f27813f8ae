"""An interrupted session goes on at the nearest place that was not done, whatever has changed."""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from player.history.interrupted import Interrupted, close_interrupted, interrupted_session
from player.history.journal import Journal
from player.history.people import person_named
from player.history.resuming import resume_position
from player.history.store import open_store
from player.routine.model import Block, Item, Pick, Plan, Routine, Step
from player.routine.pieces import Open, SegmentKind, run_of
from player.routine.vocabulary import Kind, Side
from player.safety.adapt import adapt
from player.safety.clearance import Clearance, judge
from player.safety.findings import AgeBand, Answers, Finding, Soreness
from player.session.state import Phase, State
from player.session.timeline import Choices, Segment, Timeline, compile
from tests.cases import cases
from tests.habits import tries
from tests.routine.reading import opened, with_steps
from tests.safety.making import CATALOGUE, MATRIX, NOW

WALL = 1_790_000_000_000
LATER = WALL + 60_000


def routine_of(*steps: str) -> Routine:
    found = opened(with_steps(*steps)).routine
    assert found, steps
    return found


def cut_off(
    store: sqlite3.Connection, plan: Plan, choices: Choices, position: int, waits: bool = False
) -> Interrupted:
    """Return a session of this plan that was cut off at `position`, as the next start finds it.

    If it `waits`, a segment ends at this position, and the session waits there for a key.
    """
    timeline = compile(plan, choices)
    person = person_named(store, "Ana", WALL)
    close_interrupted(store, person.id, LATER)
    journal = Journal.start(store, person.id, plan.routine, choices, timeline.total_ms, WALL)
    before = timeline.at(position) - 1 - waits
    state = State(timeline, position, None, Phase.PAUSED, 0, WALL, released=before)
    journal.beat(state, 0, WALL)
    found = interrupted_session(store, person.id, LATER)
    assert found is not None and found.position_ms == position
    return found


def goes_on_at(interrupted: Interrupted, plan: Plan, choices: Choices) -> int:
    return resume_position(compile(plan, choices), plan.routine, choices.pick, interrupted)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with open_store(tmp_path_factory.mktemp("history") / "h.db") as connection:
        yield connection


# Single cases


ROUNDS = "rounds: 3\nsteps:\n  - calf-wall-straight: 10s each side\n  - quad-stand: 10s each side"
FLAT = ("calf-wall-straight: 10s each side", "quad-stand: 10s each side")
HAM = "ham-chair-sit: 10s each side"
SIX_SETS = "calf-wall-straight: 6 x 10s each side"


class Spot(NamedTuple):
    """What the session does at a position."""

    exercise: str | None
    side: Side | None
    set: int
    kind: SegmentKind
    into_ms: int


def spot_at(timeline: Timeline, position: int) -> Spot | None:
    if position >= timeline.total_ms:
        return None
    segment = timeline.segments[timeline.at(position)]
    into = position - segment.start
    return Spot(segment.exercise, segment.side, segment.set, segment.kind, into)


def in_work(timeline: Timeline, exercise: str, side: Side, number: int, into: int = 4_000) -> int:
    """Return a position in the `number`-th piece of this exercise on this side."""
    works = [
        segment
        for segment in timeline.segments
        if (segment.kind, segment.exercise, segment.side) == (SegmentKind.WORK, exercise, side)
    ]
    return works[number - 1].start + into


WORK, READY, SWITCH = SegmentKind.WORK, SegmentKind.READY, SegmentKind.SWITCH
REST = SegmentKind.REST
CALF, QUAD = "calf-wall-straight", "quad-stand"
L, R = Side.LEFT, Side.RIGHT
HAM_NEXT = Spot("ham-chair-sit", L, 1, READY, 0)
CUT_IN_ROUND_3 = ((ROUNDS, HAM), CALF, 3)
CUT_IN_SET_5 = ((SIX_SETS, HAM), CALF, 5)
CUT_IN_STEP_2 = ((*FLAT, HAM), QUAD, 1)


@cases(
    ("was", "side", "today", "then"),
    [
        # the same file
        (CUT_IN_ROUND_3, R, (ROUNDS, HAM), Spot(CALF, R, 1, WORK, 4_000)),
        # round 3
        (CUT_IN_ROUND_3, R, (ROUNDS.replace("10s", "20s"), HAM), Spot(CALF, R, 1, WORK, 4_000)),
        (CUT_IN_ROUND_3, R, (HAM, ROUNDS), Spot(CALF, R, 1, WORK, 4_000)),
        (CUT_IN_ROUND_3, R, (ROUNDS.replace("3", "2"), HAM), HAM_NEXT),
        (CUT_IN_ROUND_3, R, (*FLAT, HAM), HAM_NEXT),
        # set 5
        (CUT_IN_SET_5, L, (SIX_SETS.replace("10s", "12s"),), Spot(CALF, L, 5, WORK, 4_000)),
        (CUT_IN_SET_5, L, (SIX_SETS.replace("10s", "4s"), HAM), Spot(CALF, R, 5, SWITCH, 0)),
        (CUT_IN_SET_5, L, (SIX_SETS.replace("6 x", "3 x"), HAM), HAM_NEXT),
        (CUT_IN_SET_5, L, (SIX_SETS.replace("each side", "right"),), Spot(CALF, R, 6, REST, 0)),
        # steps were added in front or removed, so the numbers have changed
        (CUT_IN_STEP_2, R, ("March: 10s", *FLAT), Spot(QUAD, R, 1, WORK, 4_000)),
        (CUT_IN_STEP_2, R, (FLAT[1], HAM), Spot(QUAD, R, 1, WORK, 4_000)),
        (CUT_IN_STEP_2, R, (FLAT[0], HAM), HAM_NEXT),
        (CUT_IN_STEP_2, R, ("March: 10s", "Walk: 10s", FLAT[0], HAM), HAM_NEXT),
        # a name was corrected: the same place, from the start of that set
        (CUT_IN_STEP_2, R, (FLAT[0], "Front: 10s each side", HAM), Spot("Front", R, 1, SWITCH, 0)),
        # nothing is left
        (CUT_IN_STEP_2, R, FLAT[:1], None),
    ],
)
def test_after_an_edit_it_goes_on_at_the_nearest_place_that_was_not_done(
    store: sqlite3.Connection,
    was: tuple[Sequence[str], str, int],
    side: Side,
    today: Sequence[str],
    then: Spot | None,
) -> None:
    steps, exercise, number = was
    old, new = Plan.whole(routine_of(*steps)), Plan.whole(routine_of(*today))
    position = in_work(compile(old), exercise, side, number)
    found = goes_on_at(cut_off(store, old, Choices(), position), new, Choices())
    assert spot_at(compile(new), found) == then


@cases(
    ("dose", "cut", "then"),
    [
        ("3 x 12s each side", (L, 2), (R, 2, 0)),
        ("3 x 12s each side", (R, 2), (R, 2, 4_000)),
        ("3 x 12s left then right", (L, 2), (R, 1, 0)),
        ("3 x 12s right then left", (L, 2), None),
        ("1 x 3 x 12s alternating", (L, 2), (R, 1, 0)),
        ("1 x 8 reps alternating tempo 2s", (Side.ALTERNATING, 1), None),
    ],
)
def test_if_the_left_side_is_out_today_the_right_side_does_not_come_twice(
    store: sqlite3.Connection, dose: str, cut: tuple[Side, int], then: tuple[Side, int, int] | None
) -> None:
    routine = routine_of(f"{CALF}: {dose}", "march-seated: 60s")
    old, position = Plan.whole(routine), in_work(compile(Plan.whole(routine)), CALF, *cut)
    sore = Answers(NOW, (), (Soreness(8, "calf", L),), age=AgeBand.ADULT)
    today = adapt(routine, judge(sore, MATRIX, NOW), CATALOGUE)
    assert {s.side for s in compile(today).segments if s.exercise == CALF} == {R}
    spot = spot_at(
        compile(today), goes_on_at(cut_off(store, old, Choices(), position), today, Choices())
    )
    assert spot is not None
    if then is None:
        assert (spot.exercise, spot.into_ms) == ("march-seated", 0)
    else:
        assert (spot.side, spot.set, spot.into_ms) == then


def test_reps_that_wait_for_the_person_still_wait(store: sqlite3.Connection) -> None:
    plan = Plan.whole(routine_of("Raises: 8 reps", HAM))
    reps = next(s for s in compile(plan).segments if s.open is Open.STAYS)
    cut = cut_off(store, plan, Choices(), reps.end, waits=True)
    assert goes_on_at(cut, plan, Choices()) == reps.end - 1


def test_rounds_within_rounds_are_not_done_twice_after_an_edit(store: sqlite3.Connection) -> None:
    """The session goes on after all rounds, because round 2 of their last step was done."""
    inner = "rounds: {}\nsteps:\n  - quad-stand: 10s left".format
    nested = f"rounds: 2\nsteps:\n  - {CALF}: 10s left\n  - {{}}".format
    twice, once = (nested(inner(n).replace("\n", "\n    ")) for n in (2, 1))
    old, new = Plan.whole(routine_of(twice, HAM)), Plan.whole(routine_of(once, HAM))
    cut = cut_off(store, old, Choices(), in_work(compile(old), CALF, L, 2))
    assert spot_at(compile(new), goes_on_at(cut, new, Choices())) == HAM_NEXT


WAITS = ("calf-wall-straight: 10s left", "wait: A", "rest: 8s", "wait: B", "quad-stand: 10s left")


@cases(
    ("today", "then"),
    [
        (WAITS, "same"),
        (WAITS[:1] + WAITS[4:], "quad"),
        (WAITS[:2] + WAITS[4:], "quad"),
        (WAITS[1:], "same"),
        (("March: 10s", *WAITS), "same"),
    ],
)
def test_a_session_at_a_wait_goes_on_there_or_at_the_next_step(
    store: sqlite3.Connection, today: Sequence[str], then: str
) -> None:
    old, new = Plan.whole(routine_of(*WAITS)), Plan.whole(routine_of(*today))
    waits = [s for s in compile(old).segments if s.kind is SegmentKind.WAIT]
    found = goes_on_at(cut_off(store, old, Choices(), waits[1].start + 3_000), new, Choices())
    after = compile(new)
    spot = spot_at(after, found)
    assert spot is not None
    if then == "quad":
        assert (spot.exercise, spot.into_ms) == ("quad-stand", 0)
    else:
        last = [s for s in after.segments if s.kind is SegmentKind.WAIT][-1]
        assert found == last.start + 3_000


@pytest.mark.parametrize("exercise", ["psoas-tool-press", "early-cold-pack", "warm-pack"])
def test_deep_pressure_cold_and_heat_that_had_begun_do_not_go_on(
    store: sqlite3.Connection, exercise: str
) -> None:
    step = f"{exercise}: 20s left then right"
    if exercise == "warm-pack":
        step = "{name: Warm pack, kind: heat, hold: 20s, side: left then right}"
    plan = Plan.whole(routine_of(step))
    timeline = compile(plan)
    gap, left, switch, _ = timeline.segments
    for position, then in (
        (gap.start + 3_000, gap.start + 3_000),
        (left.start, left.start),
        (left.start + 1_000, switch.start),
        (switch.start + 1_000, switch.start + 1_000),
    ):
        assert goes_on_at(cut_off(store, plan, Choices(), position), plan, Choices()) == then


# Random routines, interruptions, edits and screenings


class Line(NamedTuple):
    """A step of a random routine. `id` stays the same when the file is edited."""

    id: int
    name: str
    dose: str

    def lines(self) -> list[str]:
        return [f"- {self.name}: {self.dose}"]


class Pause(NamedTuple):
    text: str

    def lines(self) -> list[str]:
        return [f"- {self.text}"]


class Group(NamedTuple):
    rounds: str
    items: "tuple[Node, ...]"

    def lines(self) -> list[str]:
        inside = [f"    {line}" for node in self.items for line in node.lines()]
        return [f"- rounds: {self.rounds}", "  steps:", *inside]


Node = Line | Pause | Group

NAMES = (
    *(e.exercise.id for e in CATALOGUE.entries if e.exercise.kinds != {Kind.EARLY_CARE}),
    "Own way",
    "Sit and breathe",
)
DOSES = (
    "10s each side",
    "3 x 12s each side",
    "3 x 12s left then right",
    "2 x 15s right then left",
    "2 x 3 x 5s alternating",
    "2 x 8 reps alternating",
    "2 x 8 reps each side tempo 2s",
    "12 reps",
    "2 x 10s one side",
    "2-3 x 20-30s each side rest 5s",
    "up to 20s each side",
    "2 x 40s",
    "3 breaths",
    "{phases: [stretch: 10s, contract: 6s, stretch: 20s], cycles: 2, side: each}",
)
PAUSES = ("wait: Turn over", "wait: Get the chair", "rest: 7s")


@st.composite
def nodes(draw: st.DrawFn) -> tuple[Node, ...]:
    """Draw a routine. No exercise comes twice, so its name identifies a step in every edit."""
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 6))]
    lines: list[Node] = [
        Line(number, name, draw(st.sampled_from(DOSES))) for number, name in enumerate(names)
    ]
    for _ in range(draw(st.integers(0, 2))):
        lines.insert(draw(st.integers(0, len(lines))), Pause(draw(st.sampled_from(PAUSES))))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(lines) - 1))
        end = draw(st.integers(start + 1, len(lines)))
        if any(not isinstance(node, Pause) for node in lines[start:end]):
            rounds = draw(st.sampled_from(["2", "3", "1-2", "2-3"]))
            lines[start:end] = [Group(rounds, tuple(lines[start:end]))]
    return tuple(lines)


def ids_of(items: Sequence[Node]) -> list[int]:
    """Return the id of each step, in reading order."""
    found = []
    for node in items:
        if isinstance(node, Line):
            found.append(node.id)
        elif isinstance(node, Group):
            found += ids_of(node.items)
    return found


class Edit(NamedTuple):
    what: str
    chance: list[int]


EDITS = st.builds(
    Edit,
    st.sampled_from(["none", "none", "insert", "remove", "unwrap", "rounds", "dose", "pauses"]),
    st.lists(st.integers(0, 99), min_size=30, max_size=30),
)


def edited(items: Sequence[Node], edit: Edit) -> tuple[Node, ...]:
    chance = iter(edit.chance * 10)

    def often(percent: int) -> bool:
        return next(chance) < percent

    def change(node: Node) -> list[Node]:
        match edit.what, node:
            case "insert", Line() if often(50):
                return [Line(100 + node.id, f"New {node.id}", "10s each side"), node]
            case "remove", Line() if often(40):
                return []
            case "unwrap", Group() if often(60):
                return [found for item in node.items for found in change(item)]
            case "dose", Line() if often(50):
                return [node._replace(dose=DOSES[next(chance) % len(DOSES)])]
            case "pauses", Pause() if often(60):
                return []
            case _, Group():
                inside = tuple(found for item in node.items for found in change(item))
                rounds = ["1", "2", "4"][next(chance) % 3] if edit.what == "rounds" else node.rounds
                return [Group(rounds, inside)] if ids_of(inside) else []
        return [node]

    return tuple(found for node in items for found in change(node))


def finding(key: str, place: str | None, side: Side | None) -> Finding:
    return Finding(key, place, side, "x", NOW, NOW - 86_400)


FINDINGS = st.builds(
    finding,
    st.sampled_from(sorted(MATRIX.conditions)),
    st.sampled_from([None, "calf", "ham", "knee", "quad", "belly", "lowback", "hip"]),
    st.sampled_from([None, Side.LEFT, Side.RIGHT, Side.BOTH]),
)
CLEARANCES = st.one_of(st.just([]), st.lists(FINDINGS, max_size=3)).map(
    lambda found: judge(Answers(NOW, tuple(found), age=AgeBand.ADULT), MATRIX, NOW)
)


class Work(NamedTuple):
    """A piece of work that the person does."""

    id: int
    visit: int
    exercise: str
    side: Side
    set: int
    rep: int
    part: int


class Done(NamedTuple):
    work: Work
    segment: Segment


def plays_of(items: Sequence[Item], pick: Pick) -> list[Step]:
    """Return every step in the order of playing, with all rounds."""
    found: list[Step] = []
    for item in items:
        if isinstance(item, Step):
            found.append(item)
        elif isinstance(item, Block):
            found += plays_of(item.items, pick) * item.rounds.pick(pick)
    return found


def works_of(plan: Plan, choices: Choices, ids: Sequence[int]) -> list[Done]:
    """Return the work of a plan. A filler has a negative id, made from its step's id."""
    works: list[Work] = []
    id_ = 0
    visits: Counter[int] = Counter()
    for step in plays_of(plan.items, choices.pick):
        visits[step.number] += 1
        id_ = ids[step.number - 1] if step.number <= len(ids) else -1 - abs(id_)
        parts: Counter[tuple[Side, int, int]] = Counter()
        for piece in run_of(step.dose, choices.pick):
            side = piece.side
            if side is Side.ONE and choices.side is not None:
                side = choices.side
            key = (side, piece.set, piece.rep)
            works.append(Work(id_, visits[step.number], step.exercise.label, *key, parts[key]))
            parts[key] += 1
    segments = [s for s in compile(plan, choices).segments if s.kind is SegmentKind.WORK]
    return [Done(*pair) for pair in zip(works, segments, strict=True)]


def read(items: Sequence[Node]) -> Routine:
    text = "name: T\nsteps:\n" + "".join(f"  {line}\n" for n in items for line in n.lines())
    found = opened(text)
    assume(found.routine is not None)
    assert found.routine
    return found.routine


class Life(NamedTuple):
    """A session that was cut off, and the session of today."""

    nodes: tuple[Node, ...]
    share: float
    edit: Edit
    clearances: tuple[Clearance, Clearance]
    pick: Pick
    sides: tuple[Side, Side]


LIVES = st.builds(
    Life,
    nodes(),
    st.floats(0, 1, exclude_max=True),
    EDITS,
    st.tuples(CLEARANCES, CLEARANCES),
    st.sampled_from(Pick),
    st.tuples(st.sampled_from([L, R]), st.sampled_from([L, R])),
)


@pytest.mark.soak
@settings(max_examples=tries(150), deadline=None)
@given(LIVES)
def test_nothing_is_done_twice_and_it_goes_on_at_the_nearest_such_place(
    store: sqlite3.Connection, life: Life
) -> None:
    """Whatever was edited or is left out today, and wherever the session was cut off."""
    nodes_today = edited(life.nodes, life.edit)
    assume(ids_of(nodes_today))
    ids, ids_today = ids_of(life.nodes), ids_of(nodes_today)
    routine, routine_today = read(life.nodes), read(nodes_today)
    plan = adapt(routine, life.clearances[0], CATALOGUE)
    today = adapt(routine_today, life.clearances[1], CATALOGUE)
    assume(plan.items and today.items)
    choices = Choices(life.pick, life.sides[0])
    choices_today = Choices(life.pick, life.sides[1])
    timeline = compile(plan, choices)
    cut = int(life.share * timeline.total_ms)
    found = goes_on_at(cut_off(store, plan, choices, cut), today, choices_today)

    works = works_of(plan, choices, ids)
    works_today = works_of(today, choices_today, ids_today)
    later = [done for done in works_today if done.segment.end > found]

    # What was done is not done twice. If the sides of a step were put in another order, today's
    # order decides what of this step comes before.
    here = next((d.work for d in works if d.segment.end > cut), None)
    was = {done.work for done in works if done.segment.end <= cut}
    if here is not None and life.edit.what == "dose":
        was = {work for work in was if (work.id, work.visit) != (here.id, here.visit)}
    assert not [done.work for done in later if done.work in was]
    begun = [d for d in works if d.segment.start < cut < d.segment.end]
    for done in later:
        if begun and done.work == begun[0].work:
            into = cut - begun[0].segment.start
            if done.segment.open is Open.STAYS:
                into = min(into, done.segment.length - 1)
            assert found >= done.segment.start + into

    # What comes before it in the file is not done either, even if it was left out then.
    if here is None or not timeline.segments[timeline.at(cut)].step:
        return  # the cut is at a wait or a rest between two steps
    if here.id < 0 or stands_in_front(works) or stands_in_front(works_today):
        return  # a filler or a warm-up is not in the order of the file
    plays: Counter[int] = Counter()
    for step in plays_of(routine.items, life.pick):
        id_ = ids[step.number - 1]
        if (id_, plays[id_] + 1) == (here.id, here.visit):
            break
        plays[id_] += 1
    assert not [d.work for d in later if 0 < d.work.visit <= plays[d.work.id]]
    same = [d.work for d in later if (d.work.id, d.work.visit) == (here.id, here.visit)]
    assert not [w for w in same if w.side is here.side and w.set < here.set]

    # It is the nearest such place: nothing that remains is passed over.
    if life.edit.what in {"rounds", "unwrap"} and any(map(holds_group, life.nodes)):
        return  # with other rounds within rounds, a step may be both done and still to come
    passed = [d.work for d in works_today if d.segment.end <= found]
    whole = Counter(ids[step.number - 1] for step in plays_of(routine.items, life.pick))
    remains = [w for w in passed if plays[w.id] < w.visit <= whole[w.id]]
    assert {(w.id, w.visit) for w in remains} <= {(here.id, here.visit)}
    if life.edit.what == "dose" or any(w.exercise != here.exercise for w in (*same, *remains)):
        return
    dose = next(step.dose for step in routine.steps if ids[step.number - 1] == here.id)
    if all(step.exercise.label != here.exercise for step in routine.steps):
        return  # a substitute has a dose of its own
    order = [piece[2:5] for piece in run_of(dose, life.pick)]
    if here[3:6] not in order:
        return  # a side that the person chose
    at = order.index(here[3:6])
    assert all(order.index(w[3:6]) >= at for w in same if w[3:6] in order)
    assert all(order.index(w[3:6]) <= at for w in remains if w[3:6] in order)


def holds_group(node: Node) -> bool:
    return isinstance(node, Group) and any(isinstance(item, Group) for item in node.items)


def stands_in_front(works: Sequence[Done]) -> bool:
    """Return whether a warm-up was put in front of steps that come earlier in the file."""
    in_file = [done.work.id for done in works if done.work.id >= 0]
    return works[0].work.id != min(in_file)
