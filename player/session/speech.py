"""Decides what the voice says and when. Speech never overlaps, and the countdown is never late.

The order of priority: the coach's own words, the countdown, what comes next, then halfway and ten
seconds left. Speech that does not fit is shortened, then delayed, then left out. Its cue is still
shown, and its chime still sounds.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from audio.cue import Cue, CueKind, CueSheet, Spoken
from player.routine.model import Text
from player.routine.pieces import SegmentKind
from player.session.cues import COUNT_FROM, next_work
from player.session.numbers import in_words
from player.session.phrases import amount, language_for, number, phrases, side
from player.session.timeline import Segment, Timeline

BREATH_MS = 150
"""The pause between two texts that are spoken."""

ANNOUNCED_WITHIN_MS = 6_000
"""The announcement of what comes next may start this late in a gap, after the coach's own words."""

MOMENT_WITHIN_MS = 700
"""Words that name a moment, such as halfway, may come at most this late, or they would mislead."""

CHIMED_MS = 1_200
"""The last chime sounds for this long before the last words begin."""

LengthOf = Callable[[str, str], int]
"""Returns how long a voice takes for (text, language), in ms; 0 if no voice says it."""

SpokenText = tuple[str, str]
"""A text and its language."""


class _Wish(NamedTuple):
    """The texts that a cue may speak, the longest first, and the limits of its time."""

    place: int
    at: int
    rank: int
    ways: tuple[SpokenText, ...]
    late: int
    until: int
    """The speech must end before this time."""


def texts_to_speak(
    sheet: CueSheet, timeline: Timeline, languages: Sequence[str]
) -> list[SpokenText]:
    """Return every text that the session may speak, each once, as (text, language)."""
    wishes = _wishes(sheet, timeline, languages)
    return list(dict.fromkeys(way for wish in wishes for way in wish.ways))


def with_speech(
    sheet: CueSheet,
    timeline: Timeline,
    languages: Sequence[str],
    length_of: LengthOf,
    clips: Mapping[str, int] = MappingProxyType({}),
) -> CueSheet:
    """Return the sheet with the speech of each cue. The cues do not change their times or texts.

    `clips` holds the length of each of the coach's recordings, in ms. No voice speaks while one
    plays.
    """
    taken = sorted((c.at, c.at + clips[c.clip]) for c in sheet.cues if c.clip and c.clip in clips)
    spoken: dict[int, Spoken] = {}
    wishes = sorted(_wishes(sheet, timeline, languages), key=lambda wish: (wish.rank, wish.at))
    for wish in wishes:
        if sheet.cues[wish.place].clip in clips:
            continue
        for text, language in wish.ways:
            length = length_of(text, language)
            if not length:
                continue
            at = _free(taken, wish.at, length)
            if at - wish.at <= wish.late and at + length <= wish.until:
                place = bisect_right(taken, (at, at))
                taken.insert(place, (at, at + length))
                spoken[wish.place] = Spoken(text, language, length, at - sheet.cues[wish.place].at)
                break
    return CueSheet(
        tuple(cue._replace(spoken=spoken.get(place)) for place, cue in enumerate(sheet.cues))
    )


def _free(taken: Sequence[tuple[int, int]], at: int, length: int) -> int:
    """Return the first time, not before `at`, from which nobody speaks for `length` ms."""
    for begin, end in taken:
        if end + BREATH_MS <= at:
            continue
        if begin - BREATH_MS >= at + length:
            break
        at = end + BREATH_MS
    return at


_RANK = {CueKind.SAY: 0, CueKind.COUNT: 1, CueKind.NEXT: 2, CueKind.SWITCH: 2, CueKind.WAIT: 0}
_LAST = 3


def _wishes(sheet: CueSheet, timeline: Timeline, languages: Sequence[str]) -> list[_Wish]:
    begins = [segment.start for segment in timeline.segments]
    found = []
    for place, cue in enumerate(sheet.cues):
        index = max(bisect_right(begins, cue.at) - 1, 0)
        while index > 0 and not timeline.segments[index].length:
            index -= 1
        ways = tuple(way for way in _ways(cue, timeline, index, languages) if way[0])
        if ways:
            found.append(_wish(place, cue, timeline, index, ways))
    return found


def _wish(
    place: int, cue: Cue, timeline: Timeline, index: int, ways: tuple[SpokenText, ...]
) -> _Wish:
    """Return a cue's texts with their limits: how late they may start, and when they must end."""
    segment = timeline.segments[index]
    at, late, until = cue.at, MOMENT_WITHIN_MS, segment.end
    if cue.kind in {CueKind.SAY, CueKind.WAIT}:
        late, until = ANNOUNCED_WITHIN_MS, cue.at + _EVER_MS  # the coach's words are always said
    elif cue.kind in {CueKind.NEXT, CueKind.SWITCH}:
        late, until = ANNOUNCED_WITHIN_MS, segment.end - COUNT_FROM * 1_000 - BREATH_MS
    elif cue.kind is CueKind.COUNT:
        late, until = 0, cue.at + 1_000
    elif cue.kind is CueKind.END:
        at, late, until = cue.at + CHIMED_MS, ANNOUNCED_WITHIN_MS, cue.at + _EVER_MS
    return _Wish(place, at, _RANK.get(cue.kind, _LAST), ways, late, until)


_EVER_MS = 60_000


def _ways(
    cue: Cue, timeline: Timeline, index: int, languages: Sequence[str]
) -> Iterator[SpokenText]:
    language = language_for(languages)
    say = phrases(language)
    if cue.kind in {CueKind.SAY, CueKind.WAIT}:
        own = language_for([cue.language] if cue.language else languages)
        yield in_words(cue.text, own), own
    elif cue.kind is CueKind.COUNT:
        seconds = (timeline.segments[index].end - cue.at) // 1_000
        yield number(seconds, language).capitalize(), language
    elif cue.kind is CueKind.HALF:
        yield say.halfway, language
    elif cue.kind is CueKind.LEFT_OVER and cue.at == timeline.segments[index].end - 10_000:
        yield say.ten_seconds, language
    elif cue.kind is CueKind.END:
        yield say.finished, language
    elif cue.kind in {CueKind.NEXT, CueKind.SWITCH}:
        yield from _coming(cue, timeline, index, languages, language)


def _coming(
    cue: Cue, timeline: Timeline, index: int, languages: Sequence[str], language: str
) -> Iterator[SpokenText]:
    """Yield the ways to announce what follows a gap: everything, name and side, side, name."""
    gap, coming = timeline.segments[index], next_work(timeline, index)
    say = phrases(language)
    head = {SegmentKind.REST: say.rest, SegmentKind.RELAX: say.relax}.get(gap.kind, "")
    if cue.kind is CueKind.SWITCH:
        head = say.switch
    if coming is None:
        yield head, language
        return
    step = timeline.steps.get(coming.step)
    name = step.title if step else None
    before = _before(timeline, index)
    again = before is not None and before.step == coming.step
    which = side(coming.side, language)
    dose = amount(coming.amount, coming.length, language)
    if again or name is None:
        yield _sentences(head, which, dose), language
        yield _sentences(head, which), language
        yield _sentences(which or head), language
        return
    title, own = _picked(name, languages, language)
    named = say.next.format(in_words(title.rstrip("."), own))
    if own == language:
        yield _sentences(head, named, which, dose), language
        yield _sentences(named, which), language
        yield named, language
    yield _sentences(which or (title if own == language else head)), language


def _picked(name: Text, languages: Sequence[str], language: str) -> tuple[str, str]:
    """Return a name and the language to read it in: English if its own language has no phrases."""
    wanted = (language, *languages)
    return name.pick(wanted), language_for([name.language(wanted)])


def _before(timeline: Timeline, index: int) -> Segment | None:
    for segment in reversed(timeline.segments[:index]):
        if segment.kind is SegmentKind.WORK and segment.length:
            return segment
    return None


def _sentences(*parts: str) -> str:
    """Return each part as a sentence."""
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)
