"""Words to speech, before a session: made, trimmed, as loud as all speech, and kept."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from audio.frames import frame_of
from audio.loudness import gain_to
from audio.mixer import LOUDEST, SPEECH_LUFS, Speech, bounded
from audio.pcm import at_rate, trimmed
from audio.samples import Samples
from audio.voices.allowed import sentences
from audio.voices.engines import Engine, engines
from audio.voices.kept import Kept
from audio.voices.running import Pcm

Wanted = tuple[str, str]
"""A language and a text."""

_Sentence = tuple[str, str]
"""A language and a sentence: what is made and kept."""

_PAUSE = frame_of(160)
"""Between two sentences of one text."""

_AT_ONCE = 2
_BENT_AT_MOST = 2.0
"""So far beyond the loudest sample a peak may be before it is bent back: 6 dB."""

_TURNS = 4
_TENTH = frame_of(100)

_RECIPE = "2"
"""Another recipe makes other speech of the same words, so it is made anew."""


def make_speech(
    wanted: Iterable[Wanted],
    folder: Path,
    told: Callable[[float], None] = lambda share: None,
    voices: Sequence[Engine] | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Speech:
    """The speech of all texts that a voice here can say; what it can't say is left out.

    A sentence that the best voice gives nothing for is left to the next one. `told` hears the
    share that is done. It ends early, with what there is, where it no longer `goes_on`. Never
    raises for a voice.
    """
    kept = Kept(folder)
    here = engines() if voices is None else voices
    texts = {
        one: [(one[0], sentence) for sentence in sentences(one[1])]
        for one in dict.fromkeys(wanted)
        if any(one[0] in engine.voices for engine in here)
    }
    parts: dict[_Sentence, Samples | None] = {}
    todo: list[_Sentence] = []
    for part in dict.fromkeys(part for its in texts.values() for part in its):
        best = next(engine for engine in here if part[0] in engine.voices)
        parts[part] = kept.get(_key(best, part))
        if parts[part] is None:
            todo.append(part)
    try:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            made = threads.map(lambda part: _made(here, part, kept) if goes_on() else None, todo)
            for done, (part, samples) in enumerate(zip(todo, made, strict=True), 1):
                parts[part] = samples
                told((len(parts) - len(todo) + done) / len(parts))
    finally:
        for engine in here:
            engine.close()
    if todo:
        kept.tidy()
    told(1.0)
    whole = {one: _joined([parts[part] for part in its]) for one, its in texts.items()}
    return {one: samples for one, samples in whole.items() if samples is not None}


def length_of(speech: Speech) -> Callable[[str, str], int]:
    """How long a text lasts in a language, in ms; 0 where it is not said."""
    lengths = {key: -(-len(samples) * 1_000 // frame_of(1_000)) for key, samples in speech.items()}
    return lambda text, language: lengths.get((language, text), 0)


def _made(here: Sequence[Engine], part: _Sentence, kept: Kept) -> Samples | None:
    """A sentence by the first voice that gives something for it, and kept."""
    language, sentence = part
    for engine in here:
        if language not in engine.voices:
            continue
        key = _key(engine, part)
        before = kept.get(key)
        if before is not None:
            return before
        pcm = engine.say(sentence, engine.voices[language])
        if pcm is not None and len(samples := _shaped(pcm)):
            kept.put(key, samples)
            return samples
    return None


def _joined(parts: Sequence[Samples | None]) -> Samples | None:
    """Sentences with a pause between; None where one of them could not be made."""
    said = [part for part in parts if part is not None]
    if not parts or len(said) < len(parts):
        return None
    pause = np.zeros(_PAUSE, np.float32)
    whole: Samples = np.concatenate([piece for part in said for piece in (pause, part)][1:])
    if len(said) > 1:
        whole = _levelled(whole)
    whole.flags.writeable = False
    return whole


def _shaped(pcm: Pcm) -> Samples:
    """What an engine gave, trimmed and as loud as speech is here; empty for silence."""
    samples = np.frombuffer(pcm.data, "<i2").astype(np.float32) / np.float32(1 << 15)
    said = trimmed(at_rate(samples, pcm.rate))
    return _levelled(said) if len(said) else said


def _levelled(said: Samples) -> Samples:
    """As loud as speech is here. A last tenth of a second counts whole if it is half filled."""
    most = _BENT_AT_MOST * LOUDEST / (float(np.abs(said).max()) or 1.0)
    gain, made, unfilled = 1.0, said, -len(said) % _TENTH
    for _ in range(_TURNS):  # what is bent is softer than it was to be
        heard = np.pad(made, (0, unfilled if unfilled < _TENTH // 2 else 0))
        gain = min(gain * gain_to(heard, SPEECH_LUFS), most)
        made = bounded((said * np.float32(gain)).astype(np.float32))
    return made


def _key(engine: Engine, part: _Sentence) -> str:
    language, sentence = part
    return "\n".join((_RECIPE, engine.name, engine.voices[language], language, sentence))
