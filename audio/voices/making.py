"""Words to speech, before a session: made, trimmed, as loud as all speech, and kept."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from audio.frames import frame_of
from audio.loudness import gain_to
from audio.mixer import LOUDEST, SPEECH_LUFS, Speech
from audio.pcm import at_rate, trimmed
from audio.samples import Samples
from audio.voices.allowed import sentences
from audio.voices.engines import Engine, Pcm, engines
from audio.voices.kept import Kept

Wanted = tuple[str, str]
"""A language and a text."""

_Sentence = tuple[Engine, str, str]
"""Who says it, its language, and a sentence: what is made and kept."""

_PAUSE = frame_of(160)
"""Between two sentences of one text."""

_AT_ONCE = 2
_RECIPE = "1"
"""Another recipe makes other speech of the same words, so it is made anew."""


def make_speech(
    wanted: Iterable[Wanted],
    folder: Path,
    told: Callable[[float], None] = lambda share: None,
    voices: Sequence[Engine] | None = None,
    goes_on: Callable[[], bool] = lambda: True,
) -> Speech:
    """The speech of all texts that a voice here can say; what it can't say is left out.

    `told` hears the share that is done. It ends early, with what there is, where it no longer
    `goes_on`. Never raises for a voice.
    """
    kept = Kept(folder)
    here = engines() if voices is None else voices
    texts = {
        one: [(engine, one[0], sentence) for sentence in sentences(one[1])]
        for one in dict.fromkeys(wanted)
        if (engine := next((e for e in here if one[0] in e.voices), None)) is not None
    }
    parts: dict[_Sentence, Samples | None] = {}
    todo: list[_Sentence] = []
    for part in dict.fromkeys(part for its in texts.values() for part in its):
        parts[part] = kept.get(_key(part))
        if parts[part] is None:
            todo.append(part)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        made = threads.map(lambda part: _made(part) if goes_on() else None, todo)
        for done, (part, samples) in enumerate(zip(todo, made, strict=True), 1):
            if samples is not None:
                parts[part] = samples
                kept.put(_key(part), samples)
            told((len(parts) - len(todo) + done) / len(parts))
    if todo:
        kept.tidy()
    told(1.0)
    whole = {one: _joined([parts[part] for part in its]) for one, its in texts.items()}
    return {one: samples for one, samples in whole.items() if samples is not None}


def length_of(speech: Speech) -> Callable[[str, str], int]:
    """How long a text lasts in a language, in ms; 0 where it is not said."""
    lengths = {key: -(-len(samples) * 1_000 // frame_of(1_000)) for key, samples in speech.items()}
    return lambda text, language: lengths.get((language, text), 0)


def _made(part: _Sentence) -> Samples | None:
    """A sentence, trimmed and as loud as speech is here."""
    engine, language, sentence = part
    pcm = engine.say(sentence, engine.voices[language])
    said = _shaped(pcm) if pcm is not None else np.zeros(0, np.float32)
    if not len(said):
        return None
    loudest = float(np.abs(said).max()) or 1.0
    gain = min(gain_to(said, SPEECH_LUFS), LOUDEST / loudest)
    made: Samples = (said * np.float32(gain)).astype(np.float32)
    return made


def _joined(parts: Sequence[Samples | None]) -> Samples | None:
    """Sentences with a pause between; None where one of them could not be made."""
    said = [part for part in parts if part is not None]
    if not parts or len(said) < len(parts):
        return None
    pause = np.zeros(_PAUSE, np.float32)
    whole: Samples = np.concatenate([piece for part in said for piece in (pause, part)][1:])
    whole.flags.writeable = False
    return whole


def _shaped(pcm: Pcm) -> Samples:
    samples = np.frombuffer(pcm.data, "<i2").astype(np.float32) / np.float32(1 << 15)
    return trimmed(at_rate(samples, pcm.rate))


def _key(part: _Sentence) -> str:
    engine, language, sentence = part
    return "\n".join((_RECIPE, engine.name, engine.voices[language], language, sentence))
