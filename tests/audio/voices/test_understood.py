"""All that may be said in what ships: as loud as it should be, and understood by a recogniser."""

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
"""What the recogniser's dictionary does not have."""


@cache
def texts(language: str) -> tuple[str, ...]:
    """Every text that may be said in a shipped routine."""
    library = open_library([SHIPPED])
    found: dict[str, None] = {}
    for file in library.files:
        timeline = open_routine(file, library.catalogue).timeline
        assert timeline
        said = texts_to_speak(cue_sheet(timeline, (language,)), timeline, (language,))
        assert {of for _, of in said} <= {language}
        found.update(dict.fromkeys(text for text, _ in said))
    return tuple(found)


def phrases() -> tuple[str, ...]:
    """Every sentence of them, in English."""
    return tuple(dict.fromkeys(part for text in texts("en") for part in sentences(text)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_second_opinion_hears_every_text_as_loud(language: str, tmp_path: Path) -> None:
    """All that lasts 0.4 s, which is what the meter needs, within 1 LU of the target."""
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
    rule = " | ".join(f"( {told} )" for told in by_words)
    decoder.add_jsgf_string("phrases", f"#JSGF V1.0;\ngrammar p;\npublic <p> = {rule};\n")
    decoder.activate_search("phrases")
    wrong = []
    for told, phrase in by_words.items():
        decoder.start_utt()
        decoder.process_raw(at_16_khz(speech["en", phrase]), full_utt=True)
        decoder.end_utt()
        heard = decoder.hyp()
        if heard is None or heard.hypstr != told:
            wrong.append((told, heard.hypstr if heard else ""))
    assert len(wrong) <= (1 - UNDERSTOOD) * len(by_words), wrong


def words(phrase: str) -> str:
    return " ".join(re.findall(r"[a-z']+", phrase.lower()))


def at_16_khz(samples: Samples) -> bytes:
    """Every third sample of 48 kHz; what was made at 16 kHz has nothing above 8."""
    padded = np.concatenate(
        [np.zeros(RATE // 4, np.float32), samples, np.zeros(RATE // 4, np.float32)]
    )
    return (padded[::3] * 32_767).astype("<i2").tobytes()
