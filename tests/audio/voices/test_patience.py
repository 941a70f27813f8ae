"""Engines that hang, flood, die or say nothing cost two failures at most, and ten seconds."""

from pathlib import Path

import pytest

from audio.child import GoOn
from audio.frames import RATE
from audio.voices.engines import DEADLINE_S, Engine, engines
from audio.voices.making import make_speech
from audio.voices.patience import FAILURES, LOST_IN_ALL_S, WaitSpan, length_in_all
from audio.voices.running import Pcm
from tests.audio.memory import peaks_of
from tests.audio.voices.fakes import (
    FLOODS,
    FLOODS_FOR_EVER,
    FOR_EVER,
    HANGS_AT_ITS_END,
    KILLED,
    NOTHING,
    SPEAKS,
    FakeEngine,
)

TEXTS = [("en", f"Step {number}.") for number in range(12)]
MAKES = """
import sys
from pathlib import Path
from audio.voices.making import make_speech
from tests.audio.memory import peaks_of
from tests.audio.voices.fakes import FakeEngine
folder, texts = Path(sys.argv[1]), [("en", f"Step {n}.") for n in range(12)]
assert make_speech(texts, folder, voices=[FakeEngine(folder, sys.argv[2]).engine]) == {}
"""
TONE = b"\x00\x20\x00\xe0" * 8_000


class Looks:
    """A clock that tells time by itself: a quarter of a second at each look."""

    def __init__(self) -> None:
        self.told = 0.0

    def __call__(self) -> float:
        self.told += 0.25
        return self.told


@pytest.mark.parametrize(
    "does", [FOR_EVER, FLOODS, FLOODS_FOR_EVER, KILLED, NOTHING, HANGS_AT_ITS_END]
)
def test_an_engine_that_fails_twice_is_given_up(tmp_path: Path, does: str) -> None:
    fake, clock = FakeEngine(tmp_path, does), Looks()
    assert make_speech(TEXTS, tmp_path / "kept", voices=[fake.engine], now=clock) == {}
    assert fake.started <= FAILURES
    assert clock.told <= LOST_IN_ALL_S


def test_the_next_engine_says_what_a_hanging_one_did_not(tmp_path: Path) -> None:
    hangs = FakeEngine(tmp_path, FOR_EVER, "hangs")
    speaks = FakeEngine(tmp_path, SPEAKS, "speaks")
    voices = [hangs.engine._replace(deadline_s=0.2), speaks.engine._replace(deadline_s=600)]
    made = make_speech(TEXTS, tmp_path / "kept", voices=voices)
    assert set(made) == set(TEXTS)
    assert hangs.started == FAILURES and speaks.started == len(TEXTS)


class Told:
    """A clock that a silent engine advances while somebody waits for it."""

    def __init__(self) -> None:
        self.s = 0.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.s

    def wait(self, go_on: GoOn) -> Pcm | None:
        began = self.s
        while go_on():
            self.s += 0.5
        self.waits.append(self.s - began)
        return None


def test_many_engines_that_hang_cost_ten_seconds_in_all(tmp_path: Path) -> None:
    clock = Told()
    silent = Engine("", {"en": "v"}, lambda text, voice, go_on: clock.wait(go_on))
    many = [silent._replace(name=str(number)) for number in range(6)]
    assert make_speech(TEXTS[:1], tmp_path, voices=many, now=clock) == {}
    assert clock.s == LOST_IN_ALL_S and clock.waits == [DEADLINE_S, DEADLINE_S]


def test_an_engine_that_works_may_take_longer_in_all(tmp_path: Path) -> None:
    clock = Told()

    def slowly(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        clock.s += 4.0
        return Pcm(TONE, 16_000)

    made = make_speech(TEXTS, tmp_path, voices=[Engine("slow", {"en": "v"}, slowly)], now=clock)
    assert len(made) == len(TEXTS) and clock.s > LOST_IN_ALL_S


def test_sentences_that_are_waited_for_at_the_same_time_count_once() -> None:
    at_once = [WaitSpan(0, 4), WaitSpan(1, 4), WaitSpan(2, 3), WaitSpan(6, 7), WaitSpan(3, 5)]
    assert length_in_all(at_once) == 6 and length_in_all([]) == 0


def test_ctrl_c_ends_the_sentences_that_are_being_made(tmp_path: Path) -> None:
    """`supple export` makes speech on the main thread, where Ctrl+C raises."""

    def waits_after_the_first(text: str, voice: str, go_on: GoOn) -> Pcm | None:
        while text != TEXTS[0][1] and go_on():
            pass
        return Pcm(TONE, 16_000) if text == TEXTS[0][1] else None

    def interrupted(share: float) -> None:
        raise KeyboardInterrupt

    waits = Engine("waits", {"en": "v"}, waits_after_the_first)
    with pytest.raises(KeyboardInterrupt):
        make_speech(TEXTS, tmp_path, interrupted, [waits], now=lambda: 0)


@pytest.mark.parametrize("does", [FLOODS, FLOODS_FOR_EVER])
def test_a_flood_does_not_fill_the_memory(tmp_path: Path, does: str) -> None:
    own, _, _ = peaks_of(MAKES, str(tmp_path), does)
    assert own < 150


def test_an_engine_that_never_stops_talking_does_not_fill_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.voices.making._MOST_IN_ALL", 3 * RATE)
    talks = Engine("talks", {"en": "v"}, lambda text, voice, go_on: Pcm(TONE, 16_000))
    for _ in ("made", "saved"):
        made = make_speech(TEXTS, tmp_path, voices=[talks])
        assert 3 * RATE <= sum(map(len, made.values())) <= 5 * RATE


def test_every_engine_here_gives_up_when_nobody_waits(tmp_path: Path) -> None:
    for engine in engines():
        voice = next(iter(engine.voices.values()))
        assert engine.say("one", voice, lambda: False) is None
        engine.close()
