"""Frames by position: every cue on its frame, whatever blocks are asked for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.cue import Cue, CueKind, CueSheet
from audio.frames import frame_of
from audio.mixer import LOUDEST, NEVER, Mixer
from audio.tones import chimes
from tests.audio.told import sheet

SOUNDING = sorted(chimes())
SILENT = sorted(set(CueKind) - set(SOUNDING))

sheets = st.lists(
    st.tuples(st.integers(0, 4_000), st.sampled_from(sorted(CueKind))), max_size=12
).map(lambda cues: sheet(*cues))


@pytest.mark.parametrize("kind", SOUNDING)
@pytest.mark.parametrize("at", [0, 1, 333, 61_007, 3_599_999])
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
    assert mixer.silent_until(0) == NEVER


@settings(max_examples=60, deadline=None)
@given(
    sheets, st.lists(st.integers(0, 9_000), min_size=1, max_size=30), st.integers(-2_000, 200_000)
)
def test_any_split_and_any_seek_give_the_same_samples(
    cues: CueSheet, counts: list[int], seek: int
) -> None:
    total = sum(counts)
    whole = Mixer(cues).read(seek, total)
    mixer, frame = Mixer(cues), seek
    for count in counts:
        block = mixer.read(frame, count)
        assert (block == whole[frame - seek : frame - seek + count]).all()
        frame += count


@settings(max_examples=40, deadline=None)
@given(sheets)
def test_no_sample_is_too_loud_and_silence_is_known(cues: CueSheet) -> None:
    mixer = Mixer(cues)
    whole = np.abs(mixer.read(0, frame_of(7_000))[:, 0])
    assert whole.max() <= LOUDEST
    frame = 0
    while frame < len(whole):
        begin = min(mixer.silent_until(frame), len(whole))
        assert not whole[frame:begin].any()
        assert begin == len(whole) or whole[begin]
        frame = begin
        while frame < len(whole) and mixer.silent_until(frame) == frame:
            frame += 1_000


def test_a_heap_of_chimes_stays_below_the_limit() -> None:
    heap = Mixer(sheet(*((at, CueKind.START) for at in range(0, 400, 17))))  # 17 ms: in phase
    loudest = np.abs(heap.read(0, 48_000)).max()
    assert 0.8 < loudest <= LOUDEST
    assert 20 * np.log10(LOUDEST) <= -1


@pytest.mark.parametrize(
    ("together", "heard"),
    [
        ((CueKind.NEXT, CueKind.SWITCH), CueKind.SWITCH),
        ((CueKind.SAY, CueKind.START, CueKind.NEXT), CueKind.START),
        ((CueKind.COUNT, CueKind.END, CueKind.SAY), CueKind.END),
        ((CueKind.WAIT, CueKind.WAIT), CueKind.WAIT),
    ],
)
def test_of_cues_at_the_same_moment_one_sounds(
    together: tuple[CueKind, ...], heard: CueKind
) -> None:
    mixed = Mixer(sheet(*((500, kind) for kind in together))).read(24_000, 5_000)
    assert (mixed[:, 0] == chimes()[heard][:5_000]).all()


def test_a_sheet_without_cues_is_silence() -> None:
    mixer = Mixer(CueSheet(()))
    assert not mixer.read(0, 1_000).any()
    assert mixer.read(0, 0).shape == (0, 2)
    assert mixer.silent_until(7) == NEVER


def test_later_cues_do_not_matter_for_earlier_ones() -> None:
    early = Cue(1_000, CueKind.START, "Go")
    late = Cue(3_600_000, CueKind.END, "Done.")
    alone, both = Mixer(CueSheet((early,))), Mixer(CueSheet((early, late)))
    assert (alone.read(0, 200_000) == both.read(0, 200_000)).all()
