"""Builds the cue sheet: what is said, counted and shown during a session, and when.

A session has one cue sheet. The sound, the flashes and the lines of the plain mode all read it by
position, so they agree with the clock and with each other.
"""

from collections.abc import Iterator, Sequence

from audio.cue import Cue, CueKind, CueSheet
from player.routine.model import CuePoint, CyclePhase, Reps, Step, StepCue, Text, When
from player.routine.pieces import Open, SegmentKind, is_opposite
from player.routine.times import duration
from player.routine.vocabulary import Side, Sides, Unit
from player.session.labels import label_of
from player.session.phrases import language_for, phrases
from player.session.phrases import side as side_in
from player.session.timeline import Segment, Timeline

COUNT_FROM = 3
"""The countdown begins this many seconds before the end."""

SHORTEST_COUNTED_MS = 4_000
HALFWAY_FROM_MS = 20_000
"""Work of at least this length gets a cue at half its time."""

_STEP_OF_LEFT_OVER = ((60_000, 10_000), (180_000, 30_000))
"""Pairs of (longest work, interval) in ms for the cues that say how much time is left. Work longer
than the last pair gets one such cue a minute.
"""


def cue_sheet(timeline: Timeline, languages: Sequence[str] = ()) -> CueSheet:
    """Return every cue of a session in order of time."""
    cues = [*_cues(timeline, languages), *_own_cues(timeline, languages)]
    cues.sort(key=lambda cue: cue.at)
    return CueSheet(tuple(cues))


def _cues(timeline: Timeline, languages: Sequence[str]) -> Iterator[Cue]:
    segments = timeline.segments
    side_before: Side | None = None
    announced = False  # whether the coming change of side was announced
    for index, segment in enumerate(segments):
        for text in timeline.says.get(index, ()):
            kind = CueKind.WAIT if segment.kind is SegmentKind.WAIT else CueKind.SAY
            yield _coach_cue(segment.start, kind, text, languages)
        if not segment.length:
            continue  # it was removed during the session
        if segment.kind is SegmentKind.WORK:
            if is_opposite(side_before, segment.side) and not announced:
                yield _switch_cue(segment.start, timeline, segment, languages)
            yield Cue(segment.start, CueKind.START, start_words(timeline, segment, languages))
            side_before, announced = segment.side, False
            yield from _during(timeline, segment)
            continue
        coming = next_work(timeline, index)
        switches = coming is not None and is_opposite(side_before, coming.side)
        if segment.kind is not SegmentKind.WAIT:
            kind = CueKind.SWITCH if switches else CueKind.NEXT
            yield Cue(segment.start, kind, gap_words(timeline, segment, coming, languages))
            yield from _count(segment)
            announced = switches
        elif coming is not None and switches and coming.start == segment.end and not announced:
            yield _switch_cue(segment.start, timeline, coming, languages)
            announced = True
    end = timeline.total_ms
    for text in timeline.says.get(len(segments), ()):
        yield _coach_cue(end, CueKind.SAY, text, languages)
    yield Cue(end, CueKind.END, "Done.")


def _switch_cue(at: int, timeline: Timeline, coming: Segment, languages: Sequence[str]) -> Cue:
    """Announce a change of side that has no gap of its own."""
    return Cue(at, CueKind.SWITCH, f"Switch: {work_words(timeline, coming, languages)}.")


def _coach_cue(
    at: int, kind: CueKind, text: Text, languages: Sequence[str], clip: str | None = None
) -> Cue:
    """Return a cue with a coach's own text, in the person's language."""
    return Cue(at, kind, text.pick(languages), clip, language=text.language(languages))


def next_work(timeline: Timeline, index: int) -> Segment | None:
    """Return the first segment of work at or after `index`, or None."""
    segments = timeline.segments
    for at in range(index, len(segments)):  # a slice would copy all that follows
        if segments[at].kind is SegmentKind.WORK and segments[at].length:
            return segments[at]
    return None


def side_words(side: Side | None, language: str = "en") -> str:
    """Return a side in words, such as `left side`; an empty text for None.

    In a language that the program has no words for, they are English.
    """
    language = language_for([language])
    return phrases(language).both if side is Side.BOTH else side_in(side, language)


def segment_side_words(timeline: Timeline, segment: Segment, languages: Sequence[str] = ()) -> str:
    """Return the side of a segment in words, in the language of its title.

    They are empty if both sides always work at once.
    """
    step = timeline.steps.get(segment.step)
    if step is None or (segment.side is Side.BOTH and step.exercise.both_at_once):
        return ""
    return side_words(segment.side, step.title.language(languages))


def title_of(timeline: Timeline, segment: Segment, languages: Sequence[str] = ()) -> str:
    """Return the name of the segment's exercise in the person's language."""
    step = timeline.steps.get(segment.step)
    return step.title.pick(languages) if step else ""


def work_words(timeline: Timeline, segment: Segment, languages: Sequence[str]) -> str:
    """Describe a piece of work: `Wall calf stretch, left side, 30s`."""
    parts = [title_of(timeline, segment, languages)]
    parts.append(segment_side_words(timeline, segment, languages))
    parts.append(label_of(segment.amount))
    if isinstance(segment.amount, CyclePhase):
        parts.append(duration(segment.length))
    return ", ".join(part for part in parts if part)


def start_words(timeline: Timeline, segment: Segment, languages: Sequence[str]) -> str:
    return f"Go: {work_words(timeline, segment, languages)}."


def gap_words(
    timeline: Timeline, segment: Segment, coming: Segment | None, languages: Sequence[str]
) -> str:
    """Return the words for the start of a gap: its kind, its length and the work that follows."""
    length = duration(segment.length)
    if coming is None:
        return f"Rest, {length}."
    work = work_words(timeline, coming, languages)
    if segment.kind is SegmentKind.SWITCH:
        return f"Switch, {length}: {work}."
    if segment.kind is SegmentKind.RELAX:
        return f"Relax, {length}. Again: {work}."
    if segment.kind is SegmentKind.REST:
        return f"Rest, {length}. Next: {work}."
    return f"Get ready, {length}: {work}."


def _during(timeline: Timeline, segment: Segment) -> Iterator[Cue]:
    """Yield the cues within a piece of work: halfway, time left, counted reps and the countdown.

    Ten more seconds move only the cues about the time left. So nothing is said twice.
    """
    if segment.open is Open.STAYS:
        return
    planned = segment.planned
    if reps := beats(timeline, segment):
        for number, offset in enumerate(reps, 1):
            yield Cue(segment.start + offset, CueKind.REP, str(number))
        if segment.added:
            yield from _count(segment)
        return
    half = segment.start + planned // 2
    has_half = planned >= HALFWAY_FROM_MS
    if has_half:
        yield Cue(half, CueKind.HALF, "Halfway.")
    every = next((step for upto, step in _STEP_OF_LEFT_OVER if planned <= upto), 60_000)
    for left in range(every, segment.length, every):
        if segment.end - left != half or not has_half:
            yield Cue(segment.end - left, CueKind.LEFT_OVER, f"{duration(left)} left.")
    yield from _count(segment)


def _count(segment: Segment) -> Iterator[Cue]:
    if segment.length < SHORTEST_COUNTED_MS:
        return
    for number in range(COUNT_FROM, 0, -1):
        yield Cue(segment.end - number * 1_000, CueKind.COUNT, str(number))


def beats(timeline: Timeline, segment: Segment) -> list[int]:
    """Return when each rep of a paced set ends, in ms from the start of the segment."""
    tempo, amount = timeline.steps[segment.step].dose.tempo, segment.amount
    if tempo is None or tempo.self_paced:
        return []
    if not isinstance(amount, Reps) or amount.unit is Unit.BREATHS:
        return []
    found: list[int] = []
    while (offset := tempo.lasts(len(found) + 1)) <= segment.planned:
        found.append(offset)
    return found


def _own_cues(timeline: Timeline, languages: Sequence[str]) -> Iterator[Cue]:
    """Yield the coach's own cues. Their times count from the start of each set on each side."""
    last_set: dict[int, int] = {}
    for segment in timeline.segments:
        last_set[segment.step] = max(segment.set, last_set.get(segment.step, 0))
    for step, pieces in _sets(timeline):
        if not step.cues:
            continue
        start, end = pieces[0].start, pieces[-1].end
        planned = end - start - _added(timeline, start, end)
        waits = any(piece.open is Open.STAYS for piece in pieces)
        for cue in step.cues:
            if not _in_this_set(cue, pieces[0].set, last_set[step.number]):
                continue
            offset = _place(cue.at, planned, waits)
            if offset is None or not 0 <= offset < planned:
                continue
            at = start + offset
            if planned != end - start:
                at += _added_before(timeline, start, offset)
            if cue.say:
                yield _coach_cue(at, CueKind.SAY, cue.say, languages, cue.clip)
            else:
                yield Cue(at, CueKind.CLIP, "", cue.clip)


def _place(point: CuePoint, length: int, waits: bool) -> int | None:
    """Return the time of a cue in a set as it was planned, or None if it depends on the end of a
    set that waits for a key.
    """
    if point.percent is not None:
        return None if waits else length * point.percent // 100
    if point.from_end:
        return None if waits else length - point.ms
    return point.ms


def _added(timeline: Timeline, start: int, end: int) -> int:
    """Return the ms that the person has added between two positions."""
    inside = timeline.segments[timeline.at(start) : timeline.at(end - 1) + 1]
    return sum(segment.added for segment in inside)


def _added_before(timeline: Timeline, start: int, offset: int) -> int:
    """Return the ms added between `start` and the planned time `offset` ms after it."""
    added = 0
    for segment in timeline.segments[timeline.at(start) :]:
        if offset < segment.end - segment.added - start - added:
            break
        added += segment.added
    return added


def _in_this_set(cue: StepCue, number: int, sets: int) -> bool:
    if cue.when is When.FIRST:
        return number == 1
    return cue.when is not When.LAST or number == sets


def _sets(timeline: Timeline) -> Iterator[tuple[Step, list[Segment]]]:
    """Yield the work segments of each set, one side at a time. Alternating sides share one set."""
    pieces: list[Segment] = []
    for segment in timeline.segments:
        if segment.kind is not SegmentKind.WORK or not segment.length:
            continue
        if pieces and not _same_set(timeline, pieces[-1], segment):
            yield timeline.steps[pieces[0].step], pieces
            pieces = []
        pieces.append(segment)
    if pieces:
        yield timeline.steps[pieces[0].step], pieces


def _same_set(timeline: Timeline, before: Segment, segment: Segment) -> bool:
    if (before.step, before.round, before.set) != (segment.step, segment.round, segment.set):
        return False
    if timeline.steps[segment.step].dose.side is Sides.ALTERNATING:
        return segment.rep >= before.rep
    return before.side is segment.side and segment.rep >= before.rep
