"""All speech of the shipped routines: equally loud, and understood by a speech recogniser."""

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from audio.frames import RATE
from audio.mixer import LOUDEST, SPEECH_LUFS
from audio.samples import Samples
from audio.voices.allowed import sentences
from audio.voices.making import make_speech
from player.library.folders import open_library
from player.library.opening import open_routine
from player.routine.terms import SHIPPED
from player.session.cues import cue_sheet
from player.session.speech import texts_to_speak

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(find_spec("py_nanotts") is None, reason="needs py-nanotts"),
]

UNDERSTOOD = 0.95
NEW_WORDS = {"flexor": "F L EH K S ER", "psoas": "S OW AE Z"}
"""Words that the recogniser's dictionary lacks."""


@cache
def texts(language: str) -> tuple[str, ...]:
    """Return every text that a shipped routine may speak."""
    library = open_library([SHIPPED])
    found: dict[str, None] = {}
    for file in library.files:
        timeline = open_routine(file, library.catalogue).timeline
        assert timeline
        texts_ = texts_to_speak(cue_sheet(timeline, (language,)), timeline, (language,))
        assert {of for _, of in texts_} <= {language}
        found.update(dict.fromkeys(text for text, _ in texts_))
    return tuple(found)


def phrases() -> tuple[str, ...]:
    """Return every English sentence in these texts."""
    return tuple(dict.fromkeys(part for text in texts("en") for part in sentences(text)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_pyloudnorm_measures_every_text_as_equally_loud(language: str, tmp_path: Path) -> None:
    """All speech of at least 0.4 s, as the meter needs, is within 1 LU of the target."""
    import pyloudnorm

    speech = make_speech([(language, text) for text in texts(language)], tmp_path)
    assert len(speech) == len(texts(language)) > 100
    meter = pyloudnorm.Meter(RATE)
    for (_, text), samples in speech.items():
        assert np.abs(samples).max() <= LOUDEST
        if len(samples) >= 0.4 * RATE:
            heard = meter.integrated_loudness(np.repeat(samples[:, np.newaxis], 2, axis=1))
            assert heard == pytest.approx(SPEECH_LUFS, abs=1.0), text


@pytest.mark.skipif(
    find_spec("pocketsphinx") is None, reason="needs pocketsphinx, an offline recogniser"
)
def test_at_least_95_of_100_phrases_are_understood(tmp_path: Path) -> None:
    from pocketsphinx import Config, Decoder

    speech = make_speech([("en", phrase) for phrase in phrases()], tmp_path)
    by_words = {words(phrase): phrase for phrase in phrases()}
    decoder = Decoder(Config(lm=None, loglevel="FATAL"))
    for word, sounds in NEW_WORDS.items():
        decoder.add_word(word, sounds, False)
    rule = " | ".join(f"( {words_} )" for words_ in by_words)
    decoder.add_jsgf_string("phrases", f"#JSGF V1.0;\ngrammar p;\npublic <p> = {rule};\n")
    decoder.activate_search("phrases")
    wrong = []
    for words_, phrase in by_words.items():
        decoder.start_utt()
        decoder.process_raw(at_16_khz(speech["en", phrase]), full_utt=True)
        decoder.end_utt()
        heard = decoder.hyp()
        if heard is None or heard.hypstr != words_:
            wrong.append((words_, heard.hypstr if heard else ""))
    assert len(wrong) <= (1 - UNDERSTOOD) * len(by_words), wrong


def words(phrase: str) -> str:
    return " ".join(re.findall(r"[a-z']+", phrase.lower()))


def at_16_khz(samples: Samples) -> bytes:
    """Return every third sample. Speech made at 16 kHz has no sound above 8 kHz."""
    padded = np.concatenate(
        [np.zeros(RATE // 4, np.float32), samples, np.zeros(RATE // 4, np.float32)]
    )
    return (padded[::3] * 32_767).astype("<i2").tobytes()
