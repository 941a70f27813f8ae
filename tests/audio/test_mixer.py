"""Mixing a session: every cue sounds on its frame, whatever blocks are read."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.bed import Bed
from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.ducking import DUCKED_DB
from audio.frames import RATE, frame_of
from audio.loudness import gain_to, loudness
from audio.mixer import LOUDEST, SPEECH_LUFS, Mixer
from audio.samples import Samples
from audio.tones import chimes
from audio.volumes import Volumes
from tests.audio.fakes import sheet
from tests.cases import cases
from tests.habits import tries

SOUNDING = sorted(chimes())
SILENT = sorted(set(CueKind) - set(SOUNDING))

sheets = st.lists(
    st.tuples(st.integers(0, 4_000), st.sampled_from(sorted(CueKind))), max_size=12
).map(lambda cues: sheet(*cues))


@cases("kind", SOUNDING)
@cases("at", [0, 1, 333, 61_007, 3_599_999])
def test_a_chime_begins_at_its_frame(kind: CueKind, at: int) -> None:
    first = at * 48_000 // 1_000
    heard = Mixer(sheet((at, kind))).read(first - 100, 400)
    assert heard.shape == (400, 2)
    assert not heard[:100].any()
    assert (heard[100:, 0] == chimes()[kind][:300]).all()
    assert (heard[:, 0] == heard[:, 1]).all()


@pytest.mark.parametrize("kind", SILENT)
def test_other_cues_have_no_chime(kind: CueKind) -> None:
    mixer = Mixer(sheet((0, kind)))
    assert not mixer.read(0, 48_000).any()
    assert mixer.length == 0


@pytest.mark.soak
@settings(max_examples=tries(25), deadline=None)
@given(
    sheets, st.lists(st.integers(0, 9_000), min_size=1, max_size=30), st.integers(-2_000, 200_000)
)
def test_the_samples_do_not_depend_on_the_blocks_or_on_seeks(
    cues: CueSheet, counts: list[int], seek: int
) -> None:
    total = sum(counts)
    whole = Mixer(cues).read(seek, total)
    mixer, frame = Mixer(cues), seek
    for count in counts:
        block = mixer.read(frame, count)
        assert (block == whole[frame - seek : frame - seek + count]).all()
        frame += count


@pytest.mark.soak
@settings(max_examples=tries(20), deadline=None)
@given(sheets)
def test_no_sample_is_too_loud_and_there_is_sound_only_from_the_pieces(cues: CueSheet) -> None:
    mixer = Mixer(cues)
    whole = np.abs(mixer.read(0, frame_of(7_000))[:, 0])
    assert whole.max() <= LOUDEST
    pieces = mixer.beginning(0, len(whole))
    begins = {piece.first for piece in pieces}
    assert begins == {
        frame
        for frame in np.flatnonzero(whole)
        if any(piece.first == frame for piece in mixer.lasting(int(frame), int(frame) + 1))
    }
    for piece in pieces:
        whole[piece.first : piece.end] = 0
    assert not whole.any()


def test_many_chimes_at_once_stay_below_the_limit() -> None:
    heap = Mixer(sheet(*((at, CueKind.START) for at in range(0, 400, 17))))  # 17 ms: all in phase
    loudest = np.abs(heap.read(0, 48_000)).max()
    assert 0.8 < loudest <= LOUDEST
    assert 20 * np.log10(LOUDEST) <= -1


@pytest.mark.parametrize(
    ("together", "heard"),
    [
        ((CueKind.NEXT, CueKind.SWITCH), CueKind.SWITCH),
        ((CueKind.SAY, CueKind.START, CueKind.NEXT), CueKind.START),
        ((CueKind.SWITCH, CueKind.START), CueKind.SWITCH),
        ((CueKind.WAIT, CueKind.SWITCH), CueKind.WAIT),
        ((CueKind.COUNT, CueKind.END, CueKind.SAY), CueKind.END),
        ((CueKind.WAIT, CueKind.WAIT), CueKind.WAIT),
    ],
)
def test_of_cues_at_the_same_moment_only_one_sounds(
    together: tuple[CueKind, ...], heard: CueKind
) -> None:
    mixed = Mixer(sheet(*((500, kind) for kind in together))).read(24_000, 5_000)
    assert (mixed[:, 0] == chimes()[heard][:5_000]).all()


def test_a_sheet_without_cues_is_silence() -> None:
    mixer = Mixer(CueSheet(()))
    assert not mixer.read(0, 1_000).any()
    assert mixer.read(0, 0).shape == (0, 2)
    assert not mixer.beginning(0, 1 << 40)


def test_later_cues_do_not_change_earlier_ones() -> None:
    early = Cue(1_000, CueKind.START, "Go")
    late = Cue(3_600_000, CueKind.END, "Done.")
    alone, both = Mixer(CueSheet((early,))), Mixer(CueSheet((early, late)))
    assert (alone.read(0, 200_000) == both.read(0, 200_000)).all()


# Speech, clips and a background


def voice(ms: int, seed: int) -> Samples:
    """Return noise that rises and falls like speech, as loud as speech."""
    drawn = np.random.default_rng(seed).standard_normal(frame_of(ms)).astype(np.float32)
    drawn *= np.sin(np.arange(len(drawn)) / RATE * 12).astype(np.float32)
    drawn *= np.float32(gain_to(drawn, SPEECH_LUFS))
    drawn.flags.writeable = False
    return drawn


SPEECH = {("en", "one"): voice(900, 1), ("en", "two"): voice(1_500, 2), ("es", "one"): voice(70, 3)}
CLIPS = {"bell.wav": voice(700, 4)}
RAIN = Bed(np.random.default_rng(9).integers(-9_000, 9_000, (3 * RATE, 2)).astype(np.int16))


def says(at: int, text: str, kind: CueKind = CueKind.SAY, language: str = "en") -> Cue:
    return Cue(at, kind, text.title(), None, Spoken(text, language, 0))


cues = st.builds(
    Cue,
    st.integers(0, 4_000),
    st.sampled_from(sorted(CueKind)),
    st.just(""),
    st.sampled_from([None, None, "bell.wav", "none.wav"]),
    st.sampled_from([None, *(Spoken(text, language, 0) for language, text in SPEECH)]),
)
full_sheets = st.lists(cues, max_size=8).map(
    lambda found: CueSheet(tuple(sorted(found, key=lambda cue: cue.at)))
)
volumes = st.builds(Volumes, *[st.sampled_from([0.0, 0.3, 1.0])] * 3)


@pytest.mark.soak
@settings(max_examples=tries(20), deadline=None)
@given(
    full_sheets,
    volumes,
    st.booleans(),
    st.lists(st.integers(0, 40_000), min_size=1, max_size=12),
    st.integers(-2_000, 400_000),
)
def test_with_speech_and_a_background_the_samples_do_not_depend_on_the_blocks(
    sheet: CueSheet, volumes: Volumes, has_bed: bool, counts: list[int], seek: int
) -> None:
    mixer = Mixer(sheet, SPEECH, RAIN if has_bed else None, volumes, CLIPS)
    whole, frame = mixer.read(seek, sum(counts)), seek
    assert np.abs(whole).max(initial=0) <= LOUDEST
    for count in counts:
        assert (mixer.read(frame, count) == whole[frame - seek : frame - seek + count]).all()
        frame += count


@cases("kind", sorted(set(CueKind) - {CueKind.END}))
def test_a_spoken_cue_is_heard_as_speech_without_a_chime(kind: CueKind) -> None:
    heard = Mixer(CueSheet((says(500, "one", kind),)), SPEECH).read(0, 2 * RATE)[:, 0]
    first, speech = frame_of(500), SPEECH["en", "one"]
    assert not heard[:first].any() and not heard[first + len(speech) :].any()
    assert np.allclose(heard[first : first + len(speech)], speech, atol=0.1)  # compressed


def test_the_last_words_follow_the_last_chime() -> None:
    spoken = Spoken("one", "en", 500, 1_200)
    heard = Mixer(CueSheet((Cue(0, CueKind.END, "Done.", None, spoken),)), SPEECH)
    chime = Mixer(CueSheet((Cue(0, CueKind.END, "Done."),)))
    first = frame_of(1_200)
    assert (heard.read(0, first) == chime.read(0, first)).all()
    both = heard.read(first, len(SPEECH["en", "one"]))
    assert not (both == chime.read(first, len(both))).all()


@cases("kind", SOUNDING)
@cases("spoken", [Spoken("none", "en", 0), Spoken("two", "es", 0)])
def test_a_cue_whose_speech_is_missing_has_its_chime(kind: CueKind, spoken: Spoken) -> None:
    cue = Cue(500, kind, "Hi", None, spoken)
    alike = Mixer(sheet((500, kind))).read(0, 2 * RATE)
    assert (Mixer(CueSheet((cue,)), SPEECH).read(0, 2 * RATE) == alike).all()


def test_the_coachs_recording_replaces_speech() -> None:
    cue = Cue(0, CueKind.SAY, "One", "bell.wav", Spoken("one", "en", 0))
    with_clip = Mixer(CueSheet((cue,)), SPEECH, clips=CLIPS)
    assert with_clip.length == len(CLIPS["bell.wav"])
    assert Mixer(CueSheet((cue,)), SPEECH).length == len(SPEECH["en", "one"])


def test_each_volume_changes_only_its_own_part() -> None:
    cue_sheet = CueSheet((says(3_000, "one"), Cue(6_000, CueKind.START, "Go")))
    full = Mixer(cue_sheet, SPEECH, RAIN)

    def level(volumes: Volumes, first: int) -> float:
        mixed = Mixer(cue_sheet, SPEECH, RAIN, volumes).read(frame_of(first), frame_of(600))
        change = loudness(mixed) - loudness(full.read(frame_of(first), frame_of(600)))
        return max(change, -99.0)

    spoken, rung, alone = 3_000, 6_000, 9_000
    assert level(Volumes(voice=0.5), spoken) == pytest.approx(-6, abs=0.3)
    assert level(Volumes(voice=0.5), rung) == level(Volumes(voice=0.5), alone) == 0
    assert level(Volumes(chimes=0.5), rung) == pytest.approx(-5.5, abs=0.7)
    assert level(Volumes(chimes=0.5), spoken) == 0
    assert level(Volumes(bed=0.5), alone) == pytest.approx(-6, abs=0.1)
    assert level(Volumes(bed=0), alone) == -99
    assert not Mixer(cue_sheet, SPEECH, RAIN, Volumes(0, 0, 0)).read(0, 9 * RATE).any()


def test_the_background_is_quieter_only_while_somebody_speaks() -> None:
    cue_sheet = CueSheet((says(5_000, "two"), Cue(12_000, CueKind.START, "Go")))
    with_bed, without = Mixer(cue_sheet, SPEECH, RAIN), Mixer(cue_sheet, SPEECH)

    def bed_at(ms: int) -> float:
        span = frame_of(ms), frame_of(400)
        left: Samples = with_bed.read(*span) - without.read(*span)
        return loudness(left)

    aside = bed_at(3_000)
    assert bed_at(5_200) - aside == pytest.approx(DUCKED_DB, abs=1)  # less if compressed
    assert bed_at(8_000) == pytest.approx(aside, abs=0.3)
    assert bed_at(12_000) == pytest.approx(aside, abs=0.5)
    silent = Mixer(cue_sheet, SPEECH, RAIN, Volumes(voice=0)).read(frame_of(5_200), frame_of(400))
    assert loudness(silent) == pytest.approx(aside, abs=0.3)


def test_speech_has_the_loudness_of_all_speech() -> None:
    mixed = Mixer(CueSheet((says(1_000, "two"),)), SPEECH).read(frame_of(1_000), frame_of(1_500))
    assert loudness(mixed) == pytest.approx(SPEECH_LUFS, abs=1)


def test_the_length_lasts_until_every_sound_has_ended() -> None:
    end = Cue(10_000, CueKind.END, "Done.")
    bell = len(chimes()[CueKind.END])
    assert Mixer(CueSheet(())).length == 0
    assert Mixer(CueSheet((end,))).length == frame_of(10_000) + bell
    assert Mixer(CueSheet((end,)), bed=RAIN).length == frame_of(14_000)
    assert Mixer(sheet((0, CueKind.HALF)), bed=RAIN).length == len(chimes()[CueKind.HALF])
    after = Mixer(CueSheet((end,)), bed=RAIN)
    assert not after.read(after.length, RATE).any() and after.read(after.length - 480, 480).any()
