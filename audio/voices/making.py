"""Makes speech from texts before a session: spoken, trimmed, evenly loud, and saved."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock

import numpy as np

from audio.frames import frame_of
from audio.loudness import gain_to
from audio.mixer import LOUDEST, SPEECH_LUFS, Speech, bounded
from audio.pcm import at_rate, trimmed
from audio.samples import Samples
from audio.voices.allowed import sentences
from audio.voices.cache import SpeechCache
from audio.voices.engines import Engine, engines
from audio.voices.patience import Patience
from audio.voices.running import Pcm

Wanted = tuple[str, str]
"""A language and a text."""

_Sentence = tuple[str, str]
"""A language and a sentence. Sentences are made and saved one by one."""

_PAUSE = frame_of(160)
"""The pause between two sentences of one text."""

_AT_ONCE = 2
_BENT_AT_MOST = 2.0
"""A peak may exceed the loudest sample by this factor (6 dB) before it is compressed."""

_MOST_IN_ALL = frame_of(900_000)
"""The most speech that is made for one session, some 170 MB."""

_TURNS = 4
_TENTH = frame_of(100)

_RECIPE = "2"
"""Increase this when speech is made in another way, so that saved speech is made again."""


def make_speech(
    wanted: Iterable[Wanted],
    folder: Path,
    on_progress: Callable[[float], None] = lambda share: None,
    voices: Sequence[Engine] | None = None,
    should_continue: Callable[[], bool] = lambda: True,
    now: Callable[[], float] = time.monotonic,
) -> Speech:
    """Return the speech of all texts that a voice here can say; other texts are missing from it.

    If the best voice fails on a sentence, the next one says it. A voice that fails twice in a row
    is given up. All are given up after ten seconds of waiting in vain. A failure raises no error.
    `on_progress` is called with the share that is done. When `should_continue` returns False, the
    work ends at once, and the result holds what is ready. `now` returns the time in seconds.
    """
    ended, left, counting = False, _MOST_IN_ALL, Lock()
    patience = Patience(lambda: not ended and should_continue(), now)
    cache = SpeechCache(folder)
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
        saved = cache.get(_key(best, part)) if left > 0 else None
        parts[part] = saved
        left -= 0 if saved is None else len(saved)
        if saved is None:
            todo.append(part)

    def make(part: _Sentence) -> Samples | None:
        nonlocal left
        samples = _made(here, part, cache, patience) if left > 0 else None
        if samples is not None:
            with counting:
                left -= len(samples)
        return samples

    try:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            made = threads.map(make, todo)
            try:
                for done, (part, samples) in enumerate(zip(todo, made, strict=True), 1):
                    parts[part] = samples
                    on_progress((len(parts) - len(todo) + done) / len(parts))
            finally:  # after Ctrl+C the threads must end too
                ended = True
    finally:
        for engine in here:
            engine.close()
    if todo:
        cache.tidy()
    on_progress(1.0)
    whole = {one: _joined([parts[part] for part in its]) for one, its in texts.items()}
    return {one: samples for one, samples in whole.items() if samples is not None}


def length_of(speech: Speech) -> Callable[[str, str], int]:
    """Return a function for the length of a text in a language, in ms; 0 if no voice says it."""
    lengths = {key: -(-len(samples) * 1_000 // frame_of(1_000)) for key, samples in speech.items()}
    return lambda text, language: lengths.get((language, text), 0)


def _made(
    here: Sequence[Engine], part: _Sentence, cache: SpeechCache, patience: Patience
) -> Samples | None:
    """Return a sentence by the first voice that can say it, and save it."""
    language, sentence = part
    for engine in here:
        if language not in engine.voices:
            continue
        key = _key(engine, part)
        before = cache.get(key)
        if before is not None:
            return before
        attempt = patience.attempt(engine.name, engine.deadline_s)
        if attempt is None:
            continue
        try:
            pcm = engine.say(sentence, engine.voices[language], attempt.go_on)
        except OSError:  # for example no room for a file
            pcm = None
        samples = _shaped(pcm) if pcm is not None else None
        attempt.ended(worked=samples is not None and len(samples) > 0)
        if samples is not None and len(samples):
            samples.flags.writeable = False
            cache.put(key, samples)
            return samples
    return None


def _joined(parts: Sequence[Samples | None]) -> Samples | None:
    """Join sentences with a pause between them. Return None if one of them is missing."""
    spoken = [part for part in parts if part is not None]
    if not parts or len(spoken) < len(parts):
        return None
    if len(spoken) == 1:
        return spoken[0]
    pause = np.zeros(_PAUSE, np.float32)
    whole: Samples = np.concatenate([piece for part in spoken for piece in (pause, part)][1:])
    whole = _levelled(whole)
    whole.flags.writeable = False
    return whole


def _shaped(pcm: Pcm) -> Samples:
    """Trim the output of an engine and make it as loud as other speech; empty for silence."""
    samples = np.frombuffer(pcm.data, "<i2").astype(np.float32) / np.float32(1 << 15)
    speech = trimmed(at_rate(samples, pcm.rate))
    return _levelled(speech) if len(speech) else speech


def _levelled(speech: Samples) -> Samples:
    """Make speech as loud as all speech here. An incomplete tenth of a second at the end counts in
    full if it is at least half filled.
    """
    most = _BENT_AT_MOST * LOUDEST / (float(np.abs(speech).max()) or 1.0)
    gain, made, unfilled = 1.0, speech, -len(speech) % _TENTH
    for _ in range(_TURNS):  # compression makes it quieter again
        heard = np.pad(made, (0, unfilled if unfilled < _TENTH // 2 else 0))
        gain = min(gain * gain_to(heard, SPEECH_LUFS), most)
        made = bounded((speech * np.float32(gain)).astype(np.float32))
    return made


def _key(engine: Engine, part: _Sentence) -> str:
    language, sentence = part
    return "\n".join((_RECIPE, engine.name, engine.voices[language], language, sentence))
