"""Decides what the voice says and when. Speech never overlaps, and the countdown is never late.

The order of priority: the coach's own words, the countdown, what comes next, then halfway and ten
seconds left. Speech that does not fit is shortened, then delayed, then left out. Its cue is still
shown, and its chime still sounds.
"""

from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from audio.cue import Cue, CueKind, CueSheet, Spoken
from player.routine.model import Text
from player.routine.pieces import SegmentKind
from player.session.cues import COUNT_FROM
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
    taken = _Taken((c.at, c.at + clips[c.clip]) for c in sheet.cues if c.clip and c.clip in clips)
    spoken: dict[int, Spoken] = {}
    wishes = sorted(_wishes(sheet, timeline, languages), key=_in_order)
    for wish in wishes:
        if sheet.cues[wish.place].clip in clips:
            continue
        for text, language in wish.ways:
            length = length_of(text, language)
            if not length:
                continue
            at = taken.free(wish.at, length)
            if at - wish.at <= wish.late and at + length <= wish.until:
                taken.add(at, at + length)
                spoken[wish.place] = Spoken(text, language, length, at - sheet.cues[wish.place].at)
                break
    return CueSheet(
        tuple(
            cue._replace(spoken=spoken[place]) if place in spoken else cue
            for place, cue in enumerate(sheet.cues)
        )
    )


def _in_order(wish: _Wish) -> tuple[int, int]:
    return wish.rank, wish.at


_PAGE_MS = 30_000


class _Taken:
    """The times at which somebody speaks, in pages of 30 s, so that a search reads few of them."""

    def __init__(self, recordings: Iterable[tuple[int, int]]) -> None:
        self._pages: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        whole: tuple[int, int] | None = None
        for begin, end in sorted(recordings):  # a coach's recordings may overlap
            if whole is not None and begin > whole[1]:
                self.add(*whole)
                whole = None
            whole = (begin, end) if whole is None else (whole[0], max(whole[1], end))
        if whole is not None:
            self.add(*whole)

    def add(self, begin: int, end: int) -> None:
        """Reserve the time from `begin` to `end`, which must be free."""
        for page in range(begin // _PAGE_MS, end // _PAGE_MS + 1):
            insort(self._pages[page], (begin, end))

    def free(self, at: int, length: int) -> int:
        """Return the first time, not before `at`, from which nobody speaks for `length` ms."""
        page = (at - BREATH_MS) // _PAGE_MS
        while page * _PAGE_MS < at + length + BREATH_MS:
            for begin, end in self._pages.get(page, ()):
                if end + BREATH_MS <= at:
                    continue
                if begin - BREATH_MS >= at + length:
                    return at
                at = end + BREATH_MS
            page += 1
        return at


_RANK = {CueKind.SAY: 0, CueKind.COUNT: 1, CueKind.NEXT: 2, CueKind.SWITCH: 2, CueKind.WAIT: 0}
_LAST = 3


def _wishes(sheet: CueSheet, timeline: Timeline, languages: Sequence[str]) -> list[_Wish]:
    around = _surroundings(timeline)
    language = language_for(languages)
    found = []
    for place, cue in enumerate(sheet.cues):
        here = around[timeline.at(cue.at)]
        ways = tuple(way for way in _ways(cue, timeline, here, languages, language) if way[0])
        if ways:
            found.append(_wish(place, cue, here.segment, ways))
    return found


class _Place(NamedTuple):
    """A segment, or the last one before it that was not removed, and the work around that."""

    segment: Segment
    before: Segment | None
    coming: Segment | None
    """The segment itself if it is work."""


def _surroundings(timeline: Timeline) -> list[_Place]:
    """Return the place of each segment."""
    segments = timeline.segments
    coming: list[Segment | None] = [None] * len(segments)
    ahead: Segment | None = None
    for index in range(len(segments) - 1, -1, -1):
        if segments[index].kind is SegmentKind.WORK and segments[index].length:
            ahead = segments[index]
        coming[index] = ahead
    found: list[_Place] = []
    before: Segment | None = None
    for index, segment in enumerate(segments):
        if segment.length or not found:
            found.append(_Place(segment, before, coming[index]))
        else:
            found.append(found[-1])
        if segment.kind is SegmentKind.WORK and segment.length:
            before = segment
    return found


def _wish(place: int, cue: Cue, segment: Segment, ways: tuple[SpokenText, ...]) -> _Wish:
    """Return a cue's texts with their limits: how late they may start, and when they must end."""
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
    cue: Cue, timeline: Timeline, here: _Place, languages: Sequence[str], language: str
) -> Iterator[SpokenText]:
    say = phrases(language)
    if cue.kind in {CueKind.SAY, CueKind.WAIT}:
        own = language_for([cue.language] if cue.language else languages)
        yield in_words(cue.text, own), own
    elif cue.kind is CueKind.COUNT:
        seconds = (here.segment.end - cue.at) // 1_000
        yield number(seconds, language).capitalize(), language
    elif cue.kind is CueKind.HALF:
        yield say.halfway, language
    elif cue.kind is CueKind.LEFT_OVER and cue.at == here.segment.end - 10_000:
        yield say.ten_seconds, language
    elif cue.kind is CueKind.END:
        yield say.finished, language
    elif cue.kind in {CueKind.NEXT, CueKind.SWITCH}:
        yield from _coming(cue, timeline, here, languages, language)


def _coming(
    cue: Cue, timeline: Timeline, here: _Place, languages: Sequence[str], language: str
) -> Iterator[SpokenText]:
    """Yield the ways to announce what follows a gap: everything, name and side, side, name."""
    gap, before, coming = here
    say = phrases(language)
    head = {SegmentKind.REST: say.rest, SegmentKind.RELAX: say.relax}.get(gap.kind, "")
    if cue.kind is CueKind.SWITCH:
        head = say.switch
    if coming is None:
        yield head, language
        return
    step = timeline.steps.get(coming.step)
    name = step.title if step else None
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


def _sentences(*parts: str) -> str:
    """Return each part as a sentence."""
    return " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in parts if part)
