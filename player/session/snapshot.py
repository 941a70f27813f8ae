"""Describes what a session shows at one moment. Every screen reads its facts from here."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from audio.cue import CueKind, CueSheet
from player.routine.model import CyclePhase, Hold
from player.routine.pieces import Open, SegmentKind
from player.routine.times import duration
from player.routine.vocabulary import Kind, Side
from player.session.cues import beats, segment_side_words, title_of, work_words
from player.session.labels import count_of, label_of
from player.session.state import Phase, State
from player.session.timeline import Segment, Timeline

_GAPS = {
    SegmentKind.READY: "Get ready",
    SegmentKind.SWITCH: "Switch sides",
    SegmentKind.RELAX: "Relax",
    SegmentKind.REST: "Rest",
    SegmentKind.WAIT: "Your turn",
}
_WORK = {
    Kind.ROLL: "Roll",
    Kind.PRESS: "Press",
    Kind.DEEP_PRESS: "Press",
    Kind.BREATHE: "Breathe",
    Kind.HEAT: "Warm",
    Kind.COOL: "Cool",
    Kind.EARLY_CARE: "Care",
}
_MOVING = frozenset({Kind.DYNAMIC, Kind.STRENGTHEN})


class Count(NamedTuple):
    """The position in a series: `number` of `of`. There is no series if `of` is 0."""

    number: int = 0
    of: int = 0


class Glance(NamedTuple):
    """Everything that a person may want to see at one moment. Times are in ms."""

    phase: Phase
    doing: str
    """The activity: `Get ready`, `Hold`, `Roll`, `Rest`, `Switch sides` …"""
    is_work: bool
    title: str
    side: Side | None
    side_words: str
    amount: str
    """The dose of this piece as the coach wrote it: `30s`, `8-12 reps`."""
    counted: str
    """The number of reps, such as `8-12`; empty if the piece has no reps."""
    left: int
    """Time until this piece ends; only an estimate if `own_pace`."""
    own_pace: bool
    """The person ends this piece when ready, so `left` is only an estimate."""
    waits: bool
    """The session has stopped at the end of this piece and waits for a key."""
    step: Count
    set: Count
    rep: Count
    step_share: float
    """The share of this step that is over, from 0 to 1."""
    position: int
    total: int
    exact: bool
    next: str
    """What follows this piece; only the side and the dose if the exercise stays the same."""
    coach_words: str
    """The coach's latest words on this piece."""
    step_number: int
    """The number of the step whose instructions are shown; 0 for none."""


def glance(state: State, now: int, sheet: CueSheet, languages: Sequence[str] = ()) -> Glance:
    """Describe a session at the time `now`."""
    index, position = state.index_at(now), state.position_at(now)
    found = glance_at(state.timeline, index, position, sheet, languages, state.hands_free)
    return found._replace(phase=state.phase, waits=state.waits_at(now))


def glance_at(
    timeline: Timeline,
    index: int,
    position: int,
    sheet: CueSheet,
    languages: Sequence[str] = (),
    hands_free: bool = False,
) -> Glance:
    """Describe one place of a timeline as it will look when it plays. No session is needed."""
    segment = timeline.segments[index]
    run = _run(timeline, index)
    share = (position - run[0].start) / max(run[-1].end - run[0].start, 1)
    stays = segment.open is Open.STAYS and not hands_free
    return Glance(
        phase=Phase.RUNNING,
        doing=_doing(timeline, segment),
        is_work=segment.kind is SegmentKind.WORK,
        title=_title(timeline, index, languages),
        side=segment.side if segment.step else None,
        side_words=segment_side_words(timeline, segment, languages),
        amount=_amount(segment),
        counted=count_of(segment.amount),
        left=segment.end - position,
        own_pace=stays,
        waits=False,
        step=_step_count(timeline, segment),
        set=_set_count(segment, run),
        rep=_rep_count(timeline, segment, run, position),
        step_share=min(max(share, 0.0), 1.0),
        position=position,
        total=timeline.total_ms,
        exact=timeline.exact or hands_free,
        next=_next(timeline, index, languages),
        coach_words=_coach_words(sheet, segment, position),
        step_number=segment.step,
    )


def _run(timeline: Timeline, index: int) -> Sequence[Segment]:
    """Return the segments of the step to which `index` belongs, in this round."""
    segments = timeline.segments
    here = (segments[index].step, segments[index].round)
    first = last = index
    while first > 0 and (segments[first - 1].step, segments[first - 1].round) == here:
        first -= 1
    while last + 1 < len(segments) and (segments[last + 1].step, segments[last + 1].round) == here:
        last += 1
    return segments[first : last + 1]


def _doing(timeline: Timeline, segment: Segment) -> str:
    if segment.kind is not SegmentKind.WORK:
        return _GAPS[segment.kind]
    if isinstance(segment.amount, CyclePhase):
        return segment.amount.word.capitalize()
    kind = timeline.steps[segment.step].exercise.kind
    if kind in _WORK:
        return _WORK[kind]
    return "Hold" if isinstance(segment.amount, Hold) and kind not in _MOVING else "Move"


def _amount(segment: Segment) -> str:
    """Return the dose; for a phase its duration, since `doing` already names the phase."""
    if isinstance(segment.amount, CyclePhase):
        return duration(segment.length)
    return label_of(segment.amount)


def _title(timeline: Timeline, index: int, languages: Sequence[str]) -> str:
    segment = timeline.segments[index]
    if segment.kind is SegmentKind.WAIT:
        return " ".join(text.pick(languages) for text in timeline.says.get(index, ()))
    return title_of(timeline, segment, languages) or "Rest"


def _step_count(timeline: Timeline, segment: Segment) -> Count:
    if not segment.step:
        return Count()
    numbers = sorted(timeline.steps)
    return Count(bisect_right(numbers, segment.step), len(numbers))


def _set_count(segment: Segment, run: Sequence[Segment]) -> Count:
    sets = max(piece.set for piece in run)
    return Count(segment.set, sets) if sets > 1 else Count()


def _rep_count(
    timeline: Timeline, segment: Segment, run: Sequence[Segment], position: int
) -> Count:
    if segment.kind is SegmentKind.WORK and (counted := beats(timeline, segment)):
        done = bisect_right(counted, position - segment.start)
        return Count(min(done + 1, len(counted)), len(counted))
    reps = max(piece.rep for piece in run if piece.set == segment.set)
    return Count(segment.rep, reps) if reps > 1 else Count()


def _next(timeline: Timeline, index: int, languages: Sequence[str]) -> str:
    """Return what follows the work that is under way or being prepared."""
    segments = timeline.segments
    while segments[index].step and segments[index].kind is not SegmentKind.WORK:
        index += 1
    here = segments[index]
    for coming in range(index + 1, len(segments)):
        segment = segments[coming]
        if not segment.length:
            continue
        if segment.kind is SegmentKind.WAIT:
            return _title(timeline, coming, languages)
        if segment.kind is SegmentKind.WORK:
            side = segment_side_words(timeline, segment, languages)
            if (segment.step, segment.round) == (here.step, here.round) and side:
                return ", ".join(word for word in (side, label_of(segment.amount)) if word)
            return work_words(timeline, segment, languages)
    return "the end"


def _coach_words(sheet: CueSheet, segment: Segment, position: int) -> str:
    texts = [
        cue.text for cue in sheet.between(segment.start - 1, position) if cue.kind is CueKind.SAY
    ]
    return texts[-1] if texts else ""
