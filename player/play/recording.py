"""Turns a session into a sound file, which begins with safety warnings. Each step is a chapter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from audio.cue import Cue, CueKind, CueSheet, Spoken
from player.routine.model import Routine
from player.safety.recorded import RECORDED, NotRecorded, why_not_recorded
from player.session.cues import cue_sheet
from player.session.phrases import language_for
from player.session.pressing import press_warning
from player.session.speech import texts_to_speak, with_speech
from player.session.timeline import Timeline

if TYPE_CHECKING:
    from audio.bed import Bed
    from audio.export.programme import Programme
    from audio.mixer import Speech

WARNED_WITHIN_MS = 45_000
"""The warnings end by this time, so that they do not annoy people who hear them every day.

Only the warning before a massage that nobody has vetted may come after it.
"""

_CHIME_MS = 1_500
_BETWEEN_MS = 250
_AFTER_WARNINGS_MS = 1_500

MakeRecordedSpeech = Callable[[Sequence[Spoken]], "Speech"]
"""Makes the speech for texts. A text that could not be spoken is missing from the result."""


class Mark(NamedTuple):
    """The beginning of a chapter, in ms from the start of the session."""

    at: int
    title: str


class Recording(NamedTuple):
    """The contents of the file, and what is missing from them."""

    programme: "Programme"
    spoken_warnings: tuple[str, ...]
    """The warnings that are spoken. Without a voice there are none."""
    unspoken_warnings: tuple[str, ...]
    """The warnings that are not spoken. Whoever shares the file must pass them on."""
    refused_clips: tuple[str, ...]
    """Why sounds of the coach can't be used."""


def make_programme(
    routine: Routine,
    timeline: Timeline,
    languages: Sequence[str],
    make_speech: MakeRecordedSpeech,
    bed: "Bed | None" = None,
) -> Recording:
    """Compose the contents of the file. A step without a fixed length takes its estimated time.

    Raises NotRecorded if the session contains deep pressure.
    """
    if refusal := why_not_recorded((*routine.steps, *timeline.steps.values())):
        raise NotRecorded(refusal)
    from audio.clips import load_clips
    from audio.export.programme import Chapter, Programme, ProgrammePart
    from audio.frames import frame_of
    from audio.mixer import Mixer

    sheet = cue_sheet(timeline, languages)
    language = language_for(languages)
    words = RECORDED[language]
    warnings = [Spoken(warning, language, 0) for warning in words.warnings]
    press = press_warning(timeline, routine, languages)
    last = [Spoken(press.words, press.language, 0)] if press else []
    texts = [Spoken(text, own, 0) for text, own in texts_to_speak(sheet, timeline, languages)]
    speech = make_speech([*warnings, *last, *texts])
    loaded = load_clips(sheet.cues, Path(routine.path).parent)
    if speech:
        from audio.voices.making import length_of

        lengths = {
            name: len(clip) * 1_000 // frame_of(1_000) for name, clip in loaded.clips.items()
        }
        sheet = with_speech(sheet, timeline, languages, length_of(speech), lengths)
    first, length, spoken_warnings = warning_cues(warnings, speech, words.before, last)
    session = Mixer(sheet, speech, bed, clips=loaded.clips)
    begins = frame_of(length)
    marks = chapter_marks(timeline, languages)
    chapters = (Chapter(begins + frame_of(at), title) for at, title in marks)
    programme = Programme(
        routine.name.pick(languages),
        (
            ProgrammePart(Mixer(first, speech), begins),
            ProgrammePart(session, max(session.length, frame_of(timeline.total_ms))),
        ),
        (Chapter(0, words.before), *chapters),
        " ".join(warning.text for warning in (*warnings, *last)),
    )
    unspoken_warnings = tuple(
        warning.text for warning in (*warnings, *last) if warning.text not in spoken_warnings
    )
    return Recording(programme, spoken_warnings, unspoken_warnings, loaded.refused)


def warning_cues(
    warnings: Iterable[Spoken], speech: "Speech", title: str, last: Iterable[Spoken] = ()
) -> tuple[CueSheet, int, tuple[str, ...]]:
    """Return the cues before the session, their length in ms, and the warnings that are spoken.

    First a chime sounds. The warnings follow, if there is speech for them. A warning that would
    end too late is left out, and so are all warnings after it, but never those in `last`.
    """
    from audio.frames import RATE

    cues = [Cue(0, CueKind.START, title)]
    at, warned = _CHIME_MS, []

    def length_of(spoken: Spoken) -> int:
        samples = speech.get((spoken.language, spoken.text))
        return -(-len(samples) * 1_000 // RATE) if samples is not None else 0

    def say(spoken: Spoken) -> None:
        nonlocal at
        cues.append(Cue(at, CueKind.SAY, spoken.text, None, spoken))
        warned.append(spoken.text)
        at += length_of(spoken) + _BETWEEN_MS

    for spoken in warnings:
        length = length_of(spoken)
        if not length or at + length > WARNED_WITHIN_MS:
            break
        say(spoken)
    for spoken in filter(length_of, last):
        say(spoken)
    return (
        CueSheet(tuple(cues)),
        at - _BETWEEN_MS * bool(warned) + _AFTER_WARNINGS_MS,
        tuple(warned),
    )


def chapter_marks(timeline: Timeline, languages: Sequence[str]) -> list[Mark]:
    """Return a chapter for each step in each round. It begins with the gap before the step."""
    return list(_marks(timeline, languages))


def _marks(timeline: Timeline, languages: Sequence[str]) -> Iterator[Mark]:
    now = (0, 0)
    words = RECORDED[language_for(languages)].round
    rounds = {segment.step: segment.round for segment in timeline.segments}
    for segment in timeline.segments:
        place = (segment.step, segment.round)
        if not segment.step or not segment.length or place == now:
            continue
        now = place
        title = timeline.steps[segment.step].title.pick(languages)
        if rounds[segment.step] > 1:
            title += words.format(segment.round)
        yield Mark(segment.start, title)
