"""The sound that comes out of a sound card with a buffer."""

import numpy as np
import pytest

from audio.bed import Bed
from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.frames import RATE, frame_of
from audio.mixer import LOUDEST, Mixer
from audio.output import FADE_FRAMES, DeviceOutput, Run
from audio.samples import Samples
from audio.tones import chimes
from tests.audio.fakes import PERIOD, Card, Clock, amplitudes, loudest, sheet

TICKS = sheet(*((at, CueKind.COUNT) for at in range(1_000, 60_000, 1_000)))
LONG_START = Mixer(sheet((0, CueKind.START)))

SPEECH = {
    ("en", "words"): (0.2 * np.sin(2 * np.pi * 300 * np.arange(frame_of(500)) / RATE)).astype(
        np.float32
    )
}
_WORDS = Spoken("words", "en", 500)
SPOKEN = Mixer(CueSheet((Cue(0, CueKind.NEXT, "", None, _WORDS),)), SPEECH)
COUNTED = Mixer(CueSheet((Cue(0, CueKind.COUNT, "", None, _WORDS),)), SPEECH)

HUM_HZ = 217  # lost frames never hold whole periods, so a loss can be heard
HUM = Bed(
    np.repeat(
        (9_000 * np.sin(2 * np.pi * HUM_HZ * np.arange(4 * RATE) / RATE)).astype(np.int16)[:, None],
        2,
        axis=1,
    )
)
HUM_STEEPEST = 2 * np.pi * HUM_HZ / RATE * float(np.abs(HUM.read(0, RATE)).max())


class Heard:
    """An output that plays on a card. Tests set the session."""

    def __init__(self, cues: CueSheet = TICKS, ppm: int = 0) -> None:
        self.clock = Clock()
        self.output = DeviceOutput()
        self.mixer = Mixer(cues)
        self.session: Run | None = None
        self.audible = True
        self.card = Card(self.clock, self._give, ppm)

    def play(self, position: int) -> None:
        self.session = Run(self.mixer, position, self.clock.now())

    def _give(self, count: int) -> bytes:
        return self.output.give(self.session, self.audible, self.clock.now(), count)


def assert_close(heard: list[float], wanted: list[int], within: float = 1.0) -> None:
    assert len(heard) == len(wanted)
    assert all(0 <= time - due + 0.05 <= within for time, due in zip(heard, wanted, strict=True))


def test_chimes_are_heard_at_their_times_in_the_session() -> None:
    heard = Heard()
    heard.card.run(1_234)
    heard.play(0)
    heard.card.run(6_000)
    assert_close(heard.card.onsets(), [1_234 + at for at in range(1_000, 6_000, 1_000)])


def test_chimes_are_on_time_if_the_session_starts_with_the_device() -> None:
    heard = Heard()
    heard.play(10_500)
    heard.card.run(3_000)
    assert_close(heard.card.onsets(), [500, 1_500, 2_500])


def test_a_chime_at_the_very_start_is_late_but_complete_and_the_next_is_on_time() -> None:
    heard = Heard(sheet((0, CueKind.COUNT), (1_000, CueKind.COUNT), (2_000, CueKind.COUNT)))
    heard.card.run(1_000)
    heard.play(0)
    heard.card.run(3_000)
    first, *others = heard.card.onsets()
    assert 1_000 <= first < 1_270
    assert_close(others, [2_000, 3_000])
    begin = int(np.flatnonzero(heard.card.heard())[0])
    tick = chimes()[CueKind.COUNT]
    assert loudest(heard.card.heard()[begin : begin + len(tick)] - tick) < 1e-3


def test_after_a_late_answer_the_sound_is_on_time_again_within_two_seconds() -> None:
    heard = Heard()
    heard.play(0)
    heard.card.run(2_300)
    heard.card.run(210, answers=False)
    heard.card.run(7_490)
    onsets = heard.card.onsets()
    assert_close(onsets[3:], list(range(4_000, 10_000, 1_000)))


def test_after_a_long_stop_of_the_device_the_next_chime_is_on_time() -> None:
    heard = Heard()
    heard.play(0)
    heard.card.run(2_300)
    heard.card.run(3_100, answers=False)
    heard.card.run(2_700)
    assert_close(heard.card.onsets(), [1_000, 2_000, 6_000, 7_000, 8_000])


@pytest.mark.parametrize("ppm", [1_000, -1_000])
def test_on_a_device_with_a_wrong_clock_no_chime_is_off_by_more_than_4_5_ms(ppm: int) -> None:
    heard = Heard(ppm=ppm)
    heard.play(0)
    heard.card.run(30_500)  # as wrong as five minutes at 100 ppm
    wanted = range(1_000, 30_001, 1_000)
    off = [time - due for time, due in zip(heard.card.onsets(), wanted, strict=True)]
    assert max(abs(each) for each in off) < 4.5


def test_chimes_are_on_time_after_a_pause_and_after_a_seek() -> None:
    heard = Heard()
    heard.play(0)
    heard.card.run(1_500)
    heard.session = None
    heard.card.run(2_000)
    heard.play(40_500)
    heard.card.run(2_000)
    heard.play(20_300)
    heard.card.run(2_000)
    assert_close(heard.card.onsets(), [1_000, 4_000, 5_000, 6_200, 7_200])


def test_a_pause_fades_the_sound_within_20_ms_without_a_click() -> None:
    output, run = DeviceOutput(), Run(LONG_START, 0, 0)
    before = amplitudes(output.give(run, True, 0, PERIOD))
    after = amplitudes(output.give(None, True, 100, PERIOD))
    assert loudest(before) > 0.2
    assert loudest(after[:FADE_FRAMES]) > 0.05
    assert not after[FADE_FRAMES:].any()
    assert steepest(np.concatenate((before, after))) < STEEPEST
    assert not any(output.give(None, True, 200, PERIOD))


def test_a_seek_lets_a_chime_ring_out() -> None:
    output, cues = DeviceOutput(), Mixer(sheet((0, CueKind.START), (60_000, CueKind.NEXT)))
    runs = [Run(cues, 0, 0), *[Run(cues, 30_000, 100)] * 19]
    given = [output.give(run, True, turn * 100, PERIOD) for turn, run in enumerate(runs)]
    heard = np.concatenate([amplitudes(turn) for turn in given])
    chime = chimes()[CueKind.START]
    assert loudest(heard[: len(chime)] - chime) < 1e-3
    assert not heard[len(chime) :].any()


def test_a_seek_fades_the_words_before_it() -> None:
    output = DeviceOutput()
    given = [
        output.give(Run(SPOKEN, 0, 0), True, 0, PERIOD),
        output.give(Run(SPOKEN, 30_000, 100), True, 100, PERIOD),
    ]
    heard = np.concatenate([amplitudes(turn) for turn in given])
    assert loudest(heard[PERIOD:]) > 0.05
    assert not heard[PERIOD + FADE_FRAMES :].any()
    assert steepest(heard) < STEEPEST


def test_a_fade_continues_over_short_turns() -> None:
    whole, split = DeviceOutput(), DeviceOutput()
    run = Run(LONG_START, 0, 0)
    for output in (whole, split):
        output.give(run, True, 0, PERIOD)
    pieces = b"".join(split.give(None, True, 100, 100) for _ in range(20))
    assert loudest(amplitudes(pieces) - amplitudes(whole.give(None, True, 100, 2_000))) < 1e-4


def test_muting_fades_words_and_their_position_goes_on() -> None:
    turns, open_ = _muted(SPOKEN), _not_muted(SPOKEN)
    assert not turns[2][FADE_FRAMES:].any() and not turns[3].any()
    assert (turns[4][FADE_FRAMES:] == open_[4][FADE_FRAMES:]).all()
    assert (turns[5] == open_[5]).all()
    assert steepest(np.concatenate(turns)) < STEEPEST


def test_muting_ends_a_chime_and_no_chime_that_began_meanwhile_is_heard() -> None:
    cues = Mixer(sheet((0, CueKind.START), (300, CueKind.COUNT), (500, CueKind.NEXT)))
    turns, open_ = _muted(cues), _not_muted(cues)
    assert (turns[1] == open_[1]).all()
    assert not turns[2][FADE_FRAMES:].any() and not turns[3].any() and not turns[4].any()
    assert loudest(turns[5] - chimes()[CueKind.NEXT][:PERIOD]) < 1e-3
    assert steepest(np.concatenate(turns)) < STEEPEST


def _muted(mixer: Mixer) -> list[Samples]:
    output, run = DeviceOutput(), Run(mixer, 0, 0)
    given = [output.give(run, at not in {200, 300}, at, PERIOD) for at in range(0, 600, 100)]
    return [amplitudes(turn) for turn in given]


def _not_muted(mixer: Mixer) -> list[Samples]:
    output, run = DeviceOutput(), Run(mixer, 0, 0)
    return [amplitudes(output.give(run, True, at, PERIOD)) for at in range(0, 600, 100)]


def test_a_seek_into_a_chime_does_not_play_it() -> None:
    output = DeviceOutput()
    output.give(None, True, 0, PERIOD)
    assert not any(output.give(Run(LONG_START, 200, 100), True, 100, PERIOD))


def test_words_continue_after_a_pause_where_they_were_and_a_number_does_not() -> None:
    output = DeviceOutput()
    output.give(None, True, 0, PERIOD)
    given = amplitudes(output.give(Run(SPOKEN, 200, 100), True, 100, PERIOD))
    words = SPEECH["en", "words"][frame_of(200) : frame_of(300)]
    assert loudest(given[:10]) < 0.005
    assert loudest(given[FADE_FRAMES:] - words[FADE_FRAMES:]) < 1e-3
    assert not any(DeviceOutput().give(Run(COUNTED, 200, 100), True, 100, PERIOD))


@pytest.mark.parametrize("late", [290, 310, 1_000])
def test_words_are_whole_on_a_device_that_is_far_ahead_and_a_number_is_not_late(late: int) -> None:
    """The device takes frames whose session time has already passed, as after a key."""
    words = amplitudes(DeviceOutput().give(Run(SPOKEN, 0, 0), True, late, PERIOD))
    assert loudest(words - SPEECH["en", "words"][:PERIOD]) < 1e-3
    number = amplitudes(DeviceOutput().give(Run(COUNTED, 0, 0), True, late, PERIOD))
    assert number.any() == (late < 300)


def test_late_words_do_not_overlap_those_after_them() -> None:
    says = [Cue(at, CueKind.SAY, "", None, Spoken("words", "en", 500)) for at in (0, 650)]
    output, mixer = DeviceOutput(), Mixer(CueSheet(tuple(says)), SPEECH)
    run = Run(mixer, 0, 0)
    turns = [output.give(run, True, 400 + turn * 100, PERIOD) for turn in range(15)]
    heard = np.concatenate([amplitudes(turn) for turn in turns])
    twice = np.concatenate([SPEECH["en", "words"]] * 2)
    assert loudest(heard[: len(twice)] - twice) < 1e-3
    assert not heard[len(twice) :].any()


@pytest.mark.parametrize("cues", [SPOKEN, LONG_START])
@pytest.mark.parametrize("jump", [-60, -250, 60, 250])
def test_a_jump_over_less_than_the_device_is_ahead_neither_cuts_nor_repeats(
    cues: Mixer, jump: int
) -> None:
    """The session jumps to the start of a sound that the device has just taken."""
    one, other = DeviceOutput(), DeviceOutput()
    run = Run(cues, -400, 0)
    moved = Run(cues, 0, 400 - jump)
    ahead = 300
    straight, jumped = [], []
    for at in range(0, 1_500, 100):
        straight.append(amplitudes(one.give(run, True, max(at - ahead, 0), PERIOD)))
        here = moved if at - ahead >= moved.at else run
        jumped.append(amplitudes(other.give(here, True, max(at - ahead, 0), PERIOD)))
    assert loudest(np.concatenate(straight)) > 0.15
    assert (np.concatenate(straight) == np.concatenate(jumped)).all()


def test_words_go_on_if_only_what_comes_later_changes() -> None:
    one, other = DeviceOutput(), DeviceOutput()
    later = Mixer(CueSheet((Cue(9_000, CueKind.END, ""),)), SPEECH)
    runs = [Run(SPOKEN, 0, 0), Run(later, 100, 100)]
    straight = [one.give(runs[0], True, at, PERIOD) for at in range(0, 800, 100)]
    changed = [other.give(runs[at > 100], True, at, PERIOD) for at in range(0, 800, 100)]
    assert straight == changed


def test_a_stop_between_two_turns_of_the_device_cuts_a_chime() -> None:
    output = DeviceOutput()
    output.give(Run(LONG_START, 0, 0), True, 0, PERIOD)
    again = Run(LONG_START, 90, 95, stops=1)
    given = amplitudes(output.give(again, True, 100, PERIOD))
    assert given.any() and not given[FADE_FRAMES:].any()


def test_starting_again_at_the_same_place_is_inaudible() -> None:
    one, other, mixer = DeviceOutput(), DeviceOutput(), LONG_START
    run = Run(mixer, 0, 0)
    straight = [amplitudes(one.give(run, True, at, PERIOD)) for at in (0, 100, 200)]
    longer = [run, Run(Mixer(sheet((0, CueKind.START), (9_000, CueKind.END))), 100, 100)]
    again = [
        amplitudes(other.give(longer[0], True, 0, PERIOD)),
        amplitudes(other.give(longer[1], True, 100, PERIOD)),
        amplitudes(other.give(longer[1], True, 200, PERIOD)),
    ]
    assert loudest(np.concatenate(straight) - np.concatenate(again)) < 1e-3


def test_the_output_is_never_too_loud() -> None:
    output = DeviceOutput()
    heap = Mixer(sheet(*((at, CueKind.START) for at in range(0, 400, 17))))
    turns = [
        output.give(Run(heap, position, turn * 100), True, turn * 100, PERIOD)
        for turn, position in enumerate([0, 100, 150, 120, 100])
    ]
    assert 0.8 < max(loudest(amplitudes(turn)) for turn in turns) <= LOUDEST


def test_a_background_follows_the_clock_without_a_click() -> None:
    """After lost frames it continues at the right place, and fades there."""
    heard = Heard(TICKS)
    heard.mixer = Mixer(TICKS, bed=HUM)
    heard.play(0)
    heard.card.run(4_300)
    heard.card.run(210, answers=False)
    heard.card.run(5_490)
    loud = np.abs(heard.card.heard()) > 0.1
    begins = np.flatnonzero(loud)[np.diff(np.flatnonzero(loud), prepend=-RATE) > RATE // 3]
    onsets = [float(ms) for ms in begins / 48]
    assert_close(onsets[-4:], [6_000, 7_000, 8_000, 9_000], within=2.5)
    for first, end in ((4_560, 4_990), (5_200, 5_990)):  # the card was dry before
        between = heard.card.heard()[frame_of(first) : frame_of(end)]
        assert loudest(between) > 0.03 and steepest(between) < 1.2 * HUM_STEEPEST


def test_a_seek_in_a_background_is_a_crossfade() -> None:
    output, mixer = DeviceOutput(), Mixer(CueSheet(()), bed=HUM)
    given = [
        output.give(Run(mixer, 5_000, 0), True, 0, PERIOD),
        output.give(Run(mixer, 61_003, 100), True, 100, PERIOD),
        output.give(None, True, 200, PERIOD),
    ]
    heard = np.concatenate([amplitudes(turn) for turn in given])
    assert loudest(heard[:10]) < 0.01 < loudest(heard[PERIOD // 2 : PERIOD])
    assert steepest(heard) < 1.6 * HUM_STEEPEST
    assert not heard[2 * PERIOD + FADE_FRAMES :].any()


def test_a_turn_of_no_frames_returns_nothing() -> None:
    output, run = DeviceOutput(), Run(LONG_START, 0, 0)
    assert output.give(run, True, 0, 0) == b""
    assert amplitudes(output.give(run, True, 0, frame_of(10))).any()


def steepest(samples: Samples) -> float:
    return loudest(np.diff(samples))


STEEPEST = 1.05 * steepest(chimes()[CueKind.START])
"""The steepest step between two samples of the chime alone. A click is steeper."""
