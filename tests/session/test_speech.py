"""The voice in a session: speech never overlaps, and the countdown is on time."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.cue import Cue, CueKind, CueSheet
from bench.planning import timeline_of
from player.library.folders import open_library
from player.routine.model import CyclePhase, Hold, Range, Reps
from player.routine.terms import SHIPPED
from player.routine.vocabulary import Unit
from player.session.cues import cue_sheet
from player.session.numbers import in_words
from player.session.phrases import Noun, amount, language_for, number, time
from player.session.speech import (
    ANNOUNCED_WITHIN_MS,
    BREATH_MS,
    CHIMED_MS,
    MOMENT_WITHIN_MS,
    texts_to_speak,
    with_speech,
)
from player.session.timeline import Timeline
from tests.cases import cases
from tests.cost import thread_seconds
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


RECORDED = st.lists(
    st.sampled_from(
        [
            "{use: calf-wall-bent, hold: 30s, side: each, cues: {1s: {say: A, clip: a.ogg}}}",
            "{use: quad-stand, hold: 40s, side: each, cues: {half: {clip: b.ogg}, 21s: Breathe.}}",
            "{use: ham-chair-sit, hold: 20s, side: left, cues:"
            " {2s: {clip: a.ogg}, 3s: {clip: b.ogg}, 4s: Slowly., 5s: {clip: c.ogg}}}",
            "say: Sit down.",
            "rest: 9s",
        ]
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.soak
@settings(max_examples=tries(30), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    RECORDED,
    st.tuples(*[st.sampled_from([300, 2_000, 9_000, 31_000, 70_000])] * 3),
    st.sampled_from([20, 62, 140]),
)
def test_words_wait_only_for_other_words_and_recordings_and_never_longer(
    steps: list[str], lengths: tuple[int, ...], pace: int
) -> None:
    found = opened(with_steps("calf-wall-bent: 20s left", *steps))
    assert found.timeline, found.report()
    clips = dict(zip(("a.ogg", "b.ogg", "c.ogg"), lengths, strict=True))
    before = cue_sheet(found.timeline, ("en",))
    sheet = with_speech(
        before, found.timeline, ("en",), lambda text, _: 200 + pace * len(text), clips
    )
    rows = spoken(sheet)
    recordings = [(cue.at, cue.at + clips[cue.clip]) for cue in sheet.cues if cue.clip]
    ends = {end for _, end in recordings} | {end for _, end, _ in rows}
    for begin, end, cue in rows:
        assert all(end <= start or begin >= over for start, over in recordings)
        wanted = cue.at + (CHIMED_MS if cue.kind is CueKind.END else 0)
        assert begin == wanted or begin - BREATH_MS in ends


@pytest.mark.parametrize("work", [cue_sheet, texts_to_speak, with_speech])
def test_the_cost_of_planning_grows_with_the_length_alone(work: Callable[..., object]) -> None:
    """A quadratic cost would be four times as high for each segment."""

    def cost_per_segment(timeline: Timeline) -> float:
        sheet = cue_sheet(timeline, ("en",))
        given = {
            cue_sheet: (timeline, ("en",)),
            texts_to_speak: (sheet, timeline, ("en",)),
            with_speech: (sheet, timeline, ("en",), usual),
        }[work]
        seconds = min(thread_seconds(lambda: work(*given))[0] for _ in range(5))
        return seconds / len(timeline.segments)

    assert cost_per_segment(timeline_of(12)) < 2 * cost_per_segment(timeline_of(3))


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


@cases(
    ("dose", "english", "spanish"),
    [(Reps(Range(1, 1), Unit.REPS), "once", "una vez"),
     (Reps(Range(1, 1), Unit.BREATHS), "one breath", "una respiración"),
     (Reps(Range(1, 1), Unit.PASSES), "one stroke", "una pasada"),
     (Reps(Range(1, 3), Unit.REPS), "one to three times", "una a tres veces"),
     (Reps(Range(21, 21), Unit.BREATHS), "twenty one breaths", "veintiuna respiraciones"),
     (Reps(Range(200, 200), Unit.PASSES), "two hundred strokes", "doscientas pasadas")],
)  # fmt: skip
def test_a_count_is_spoken_as_a_count(dose: Reps, english: str, spanish: str) -> None:
    assert (amount(dose, 3_000, "en"), amount(dose, 3_000, "es")) == (english, spanish)


def test_a_single_rep_is_announced_as_once() -> None:
    cues = spoken_cues("Raise: 1 rep tempo 8s", "Breath: 1 breath")
    texts = [cue.spoken.text for cue in cues if cue.spoken and cue.kind is CueKind.NEXT]
    assert texts == ["Next: Raise. Once.", "Next: Breath. One breath."]


@cases(
    ("count", "masculine", "feminine"),
    [(1, "un", "una"), (2, "dos", "dos"), (11, "once", "once"), (21, "veintiún", "veintiuna"),
     (31, "treinta y un", "treinta y una"), (101, "ciento un", "ciento una"),
     (121, "ciento veintiún", "ciento veintiuna"), (100, "cien", "cien"),
     (500, "quinientos", "quinientas"), (741, "setecientos cuarenta y un",
     "setecientas cuarenta y una")],
)  # fmt: skip
def test_a_spanish_number_agrees_with_its_noun(count: int, masculine: str, feminine: str) -> None:
    assert number(count, "es", Noun.MASCULINE) == masculine
    assert number(count, "es", Noun.FEMININE) == feminine


def test_spanish_times_are_spoken_as_they_stand_before_their_units() -> None:
    assert time(21_000, "es") == "veintiún segundos"
    assert time(31 * 60_000 + 1_000, "es") == "treinta y un minutos un segundo"


@cases(
    ("written", "spoken"),
    [("Hold 1.5 cm lower", "Hold one point five centimetres lower"),
     ("1 cm, 10 cm", "one centimetre, ten centimetres"),
     ("0.25", "zero point two five"),
     ("the 1st, 2nd, 3rd, 5th and 12th set", "the first, second, third, fifth and twelfth set"),
     ("the 20th, 21st and 100th", "the twentieth, twenty first and one hundredth"),
     ("for 4:10 now", "for four minutes ten seconds now"),
     ("1:00-1:30", "one minute to one minute thirty seconds"),
     ("at 7:30 am", "at 7:30 am"),
     ("8-12 reps", "eight to twelve reps"),
     ("8–12 reps", "eight to twelve reps"),
     ("0.5-1.5 kg", "zero point five to one point five kilograms"),
     ("500-1,000 times", "five hundred to 1000 times"),
     ("tempo 3-1-3, breathe 4-4-4-4", "tempo three one three, breathe four four four four"),
     ("a 90-90 stretch", "a ninety ninety stretch"),
     ("Effort 25%.", "Effort twenty five percent."),
     ("20-30 %", "twenty to thirty percent"),
     ("Bend it to 45°.", "Bend it to forty five degrees."),
     ("30s, 1 s, 20-30s", "thirty seconds, one second, twenty to thirty seconds"),
     ("2 min. 1h.", "two minutes. one hour."),
     ("1m30s", "one minute thirty seconds"),
     ("3x30s and 3 × 12", "three x thirty seconds and three x twelve"),
     ("12RM", "twelve RM"),
     ("a 30-second hold", "a thirty-second hold"),
     ("Rest 90 seconds.", "Rest ninety seconds."),
     ("level 2", "level two"),
     ("L5 and S1", "L5 and S1"),
     ("1/2, 24/7", "1/2, 24/7"),
     ("2024-05-06, 1.2.3, 1,2", "2024-05-06, 1.2.3, 1,2"),
     ("$5, 007", "$5, 007"),
     ("no number", "no number")],
)  # fmt: skip
def test_numbers_in_english_are_spoken_as_they_are_read(written: str, spoken: str) -> None:
    assert in_words(written, "en") == spoken


@cases(
    ("written", "spoken"),
    [("21 segundos", "veintiún segundos"),
     ("31 respiraciones", "treinta y una respiraciones"),
     ("101 veces", "ciento una veces"),
     ("1 vez, 1 paso, 1 mano, 1 día", "una vez, un paso, una mano, un día"),
     ("1-2 veces", "una a dos veces"),
     ("20-21 s", "veinte a veintiún segundos"),
     ("200 pasadas", "doscientas pasadas"),
     ("21. Y 1 y otra", "veintiuno. Y uno y otra"),
     ("Paso 1 respira", "Paso uno respira"),
     ("1,5 cm y 1.5 cm", "uno coma cinco centímetros y uno coma cinco centímetros"),
     ("1 cm, 1 h, 2 min", "un centímetro, una hora, dos minutos"),
     ("4:10", "cuatro minutos diez segundos"),
     ("8-12 veces", "ocho a doce veces"),
     ("21 % y 25%", "veintiuno por ciento y veinticinco por ciento"),
     ("el 1.º, la 2ª, el 3er intento", "el primero, la segunda, el tercer intento"),
     ("90º", "90º"),
     ("45°", "cuarenta y cinco grados"),
     ("1.000 pasos", "1000 pasos"),
     ("3x30s", "tres x treinta segundos")],
)  # fmt: skip
def test_numbers_in_spanish_are_spoken_as_they_are_read(written: str, spoken: str) -> None:
    assert in_words(written, "es") == spoken


FORMS = ["{}", "{}%", "{} s", "{}cm", "{}°", "{}-{} veces", "{}.{}", "{}:30", "{}x{}", "{}-{}-{}"]


@pytest.mark.soak
@settings(max_examples=tries(100), deadline=None)
@given(
    st.lists(st.sampled_from(FORMS), min_size=1, max_size=4),
    st.lists(st.integers(0, 99), min_size=12, max_size=12),
    st.sampled_from(["en", "es"]),
)
def test_no_digit_is_left_for_the_voice_and_no_word_is_lost(
    forms: list[str], numbers: list[int], language: str
) -> None:
    text = " hold ".join(forms).format(*numbers)
    said = in_words(text, language)
    assert not any(char.isdigit() for char in said)
    assert said.split().count("hold") == len(forms) - 1
    assert in_words(said, language) == said


@pytest.mark.soak
@settings(max_examples=tries(200), deadline=None)
@given(st.text(max_size=60), st.text(alphabet="0123456789.,:/-–x%°ºª smhcertnd", max_size=40))
def test_any_text_can_be_read_aloud(first: str, second: str) -> None:
    for language in ("en", "es"):
        if not set(first) & set("0123456789"):
            assert in_words(first, language) == first
        in_words(second, language)


def test_a_language_without_phrases_becomes_english() -> None:
    assert language_for(["fr", "de"]) == "en" and language_for(["es-MX"]) == "es"
