"""The voice in a session: speech never overlaps, and the countdown is on time."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.cue import Cue, CueKind, CueSheet
from player.library.folders import open_library
from player.routine.model import CyclePhase, Hold, Range, Reps
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Unit
from player.session.cues import cue_sheet
from player.session.phrases import amount, in_words, language_for, number, time
from player.session.speech import (
    ANNOUNCED_WITHIN_MS,
    BREATH_MS,
    MOMENT_WITHIN_MS,
    texts_to_speak,
    with_speech,
)
from tests.cases import cases
from tests.habits import tries
from tests.routine.reading import opened, with_steps

LIBRARY = open_library([SHIPPED])


def usual(text: str, language: str) -> int:
    """Return about as many ms as a voice takes to say a text."""
    return 250 + 62 * len(text)


def spoken_cues(*steps: str, languages: tuple[str, ...] = ("en",), above: str = "") -> list[Cue]:
    found = opened(with_steps(*steps, above=above))
    assert found.timeline, found.report()
    sheet = cue_sheet(found.timeline, languages)
    return [c for c in with_speech(sheet, found.timeline, languages, usual).cues if c.spoken]


def spoken(sheet: CueSheet) -> list[tuple[int, int, Cue]]:
    found = [
        (cue.at + cue.spoken.after, cue.at + cue.spoken.after + cue.spoken.length, cue)
        for cue in sheet.cues
        if cue.spoken
    ]
    return sorted(found, key=lambda row: row[:2])


def test_the_next_exercise_is_announced_with_side_and_dose_while_the_person_gets_ready() -> None:
    first = spoken_cues("calf-wall-bent: 30s each side")[0]
    assert first.spoken
    assert first.spoken.text == "Next: Wall calf stretch, knee bent. Left side. Thirty seconds."
    assert (first.at, first.spoken.after) == (0, 0)


def test_a_change_of_side_is_announced_without_repeating_the_exercise() -> None:
    (switch,) = [
        c
        for c in spoken_cues("calf-wall-bent: 30s each side switch 8s")
        if c.kind is CueKind.SWITCH
    ]
    assert switch.spoken
    assert switch.spoken.text == "Switch sides. Right side. Thirty seconds."


@pytest.mark.parametrize(
    ("steps", "at"),
    [
        (["Calf: 20s left", "Calf: 20s right switch 0s"], 30_000),
        (["Calf: 20s left", "wait: Turn over.", "Calf: 20s right ready 0s"], 30_000),
        (["Calf: 20s left", "Calf: 20s one side switch 8s"], 30_000),
    ],
)
def test_a_change_of_side_is_spoken_even_without_a_gap_of_its_own(
    steps: list[str], at: int
) -> None:
    (switch,) = [c for c in spoken_cues(*steps) if c.kind is CueKind.SWITCH]
    assert switch.at == at
    assert switch.spoken
    assert switch.spoken.text.startswith("Switch sides. ")


def test_in_a_short_gap_the_voice_says_the_side_and_not_the_name() -> None:
    cues = spoken_cues("calf-wall-straight: 30s left", "calf-wall-bent: 30s right ready 5s")
    gap = next(c for c in cues if c.at == 40_000 and c.kind is not CueKind.COUNT)
    assert gap.spoken
    assert gap.spoken.text == "Right side."


def test_halfway_ten_seconds_and_the_countdown_are_spoken_on_time() -> None:
    cues = spoken_cues("calf-wall-bent: 40s left")
    texts = {c.spoken.text: c.at + c.spoken.after for c in cues if c.spoken and c.at >= 10_000}
    assert texts["Halfway."] == 30_000 and texts["Ten seconds."] == 40_000
    assert [texts[word] for word in ("Three", "Two", "One")] == [47_000, 48_000, 49_000]
    assert texts["Finished."] == 51_200


def test_the_coachs_words_are_spoken_first_and_then_the_next_exercise() -> None:
    cues = spoken_cues("say: Sit down on the mat.", "calf-wall-bent: 30s left ready 20s")
    own, following = [c for c in cues if c.at == 0]
    assert own.spoken and own.spoken.text == "Sit down on the mat."
    assert following.spoken and following.spoken.after == own.spoken.length + BREATH_MS


def test_numbers_in_a_coachs_text_are_spoken_as_words() -> None:
    (own,) = [
        c
        for c in spoken_cues("say: Rest 90 seconds.", "calf-wall-bent: 30s left")
        if c.text[:4] == "Rest"
    ]
    assert own.spoken and own.spoken.text == "Rest ninety seconds."


def test_the_voice_speaks_the_persons_language_and_a_coachs_text_in_its_own() -> None:
    cues = spoken_cues(
        "say: {en: Slowly., es: Despacio.}", "calf-wall-bent: 30s left", languages=("es",)
    )
    assert {c.spoken.language for c in cues if c.spoken} == {"es"}
    assert "Lado izquierdo." in "".join(c.spoken.text for c in cues if c.spoken)
    cues = spoken_cues("say: Slowly.", "calf-wall-bent: 30s left", languages=("es",))
    assert next(c for c in cues if c.text == "Slowly.").spoken == (
        "Slowly.",
        "en",
        usual("Slowly.", "en"),
        0,
    )


@cases("name", LIBRARY.ids)
@cases("language", ["en", "es"])
def test_in_every_shipped_routine_speech_never_overlaps_and_the_countdown_is_on_time(
    name: str, language: str
) -> None:
    from player.library.opening import open_routine

    file = LIBRARY.find(name)
    assert file
    found = open_routine(file, LIBRARY.catalogue)
    assert found.timeline
    before = cue_sheet(found.timeline, (language,))
    sheet = with_speech(before, found.timeline, (language,), usual)
    assert [c._replace(spoken=None) for c in sheet.cues] == list(before.cues)
    assert_no_overlap(sheet)
    begins = [
        s for s in found.timeline.segments if s.kind in {"ready", "switch"} and s.length >= 5_000
    ]
    announced = {cue.at for cue in sheet.cues if cue.spoken}
    assert all(segment.start in announced for segment in begins), "each side is announced"


def assert_no_overlap(sheet: CueSheet) -> None:
    rows = spoken(sheet)
    for (_, end, cue), (begin, _, later) in pairwise(rows):
        assert begin >= end, (cue, later)
    for begin, end, cue in rows:
        assert cue.spoken
        if cue.kind is CueKind.COUNT:
            assert begin == cue.at and end <= cue.at + 1_000
        elif cue.kind in {CueKind.HALF, CueKind.LEFT_OVER}:
            assert begin - cue.at <= MOMENT_WITHIN_MS
        else:
            assert begin - cue.at <= ANNOUNCED_WITHIN_MS + 1_200


STEPS = st.lists(
    st.sampled_from(
        [
            "calf-wall-bent: 30s each side",
            "calf-wall-straight: 2 x 10s each side switch 3s rest 4s",
            "say: A long sentence that a coach wanted to have said before anything else begins.",
            "say: Now.",
            "march-in-place: 1:00",
            "rest: 12s",
            "ankle-pumps: 8 reps tempo 2s",
            "{name: Mine, kind: static-stretch, regions: [calf], position: chair, hold: 25s}",
            "wait: Swap places",
        ]
    ),
    min_size=1,
    max_size=7,
)


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS, st.sampled_from([20, 62, 140, 400]), st.sampled_from(["en", "es"]))
def test_in_any_routine_with_any_voice_speech_never_overlaps_and_the_countdown_is_on_time(
    steps: list[str], pace: int, language: str
) -> None:
    found = opened(with_steps("calf-wall-bent: 20s left", *steps))
    if found.timeline is None:
        return
    sheet = cue_sheet(found.timeline, (language,))
    result = with_speech(sheet, found.timeline, (language,), lambda text, _: 200 + pace * len(text))
    assert_no_overlap(result)
    asked = texts_to_speak(sheet, found.timeline, (language,))
    assert {(c.spoken.text, c.spoken.language) for c in result.cues if c.spoken} <= set(asked)


def test_without_a_voice_no_cue_is_spoken() -> None:
    found = opened(with_steps("calf-wall-bent: 30s left"))
    assert found.timeline
    sheet = cue_sheet(found.timeline, ("en",))
    assert with_speech(sheet, found.timeline, ("en",), lambda *_: 0) == sheet


@cases(
    ("count", "english", "spanish"),
    [(0, "zero", "cero"), (15, "fifteen", "quince"), (21, "twenty one", "veintiuno"),
     (42, "forty two", "cuarenta y dos"), (100, "one hundred", "cien"),
     (131, "one hundred thirty one", "ciento treinta y uno"),
     (500, "five hundred", "quinientos"), (1_000, "1000", "1000")],
)  # fmt: skip
def test_numbers_are_spoken_as_words(count: int, english: str, spanish: str) -> None:
    assert (number(count, "en"), number(count, "es")) == (english, spanish)


def test_times_and_doses_are_spoken_as_words() -> None:
    assert time(90_000, "en") == "one minute thirty seconds"
    assert time(61_000, "es") == "un minuto un segundo"
    assert amount(Reps(Range(8, 12), Unit.REPS), 24_000, "en") == "eight to twelve times"
    assert amount(Reps(Range(5, 5), Unit.BREATHS), 50_000, "es") == "cinco respiraciones"
    assert amount(Hold(Range(20_000, 30_000)), 30_000, "es") == "treinta segundos"
    assert amount(CyclePhase("part 2", Range(6_000, 6_000)), 6_000, "en") == "six seconds"
    assert in_words("2 x 30", "en") == "two x thirty"


def test_a_language_without_phrases_becomes_english() -> None:
    assert language_for(["fr", "de"]) == "en" and language_for(["es-MX"]) == "es"
