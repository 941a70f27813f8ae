"""Sounds of a routine that want much memory or time: refused in plain words, and bounded."""

import itertools
import sys
from pathlib import Path

import pytest

from audio.clips import LOST_AT_MOST_S, MOST_CLIPS, MOST_SECONDS, load_clips
from audio.decode import CLIP
from audio.voices.patience import LOST_IN_ALL_S
from tests.audio.hostile_clips import codebooks_in_vorbis, write_hostile_clips
from tests.audio.memory import peaks_of
from tests.audio.test_clips import clip_cue, recorded

LOADS = """
import sys
from pathlib import Path
from audio.clips import load_clips
from audio.cue import Cue, CueKind
loaded = load_clips([Cue(0, CueKind.CLIP, "", name) for name in sys.argv[2:]], Path(sys.argv[1]))
assert not loaded.clips, list(loaded.clips)
print(*loaded.refused, sep="\\n")
"""
MOST_MEGABYTES = 300
unix = pytest.mark.skipif(sys.platform == "win32", reason="no limits for a process")


def loading(folder: Path, *names: str) -> tuple[int, list[str]]:
    """Return the peak of the program and a decoder in MB, and why the clips are refused."""
    own, decoder, refused = peaks_of(LOADS, str(folder), *names)
    return own + decoder, refused


@unix
def test_twenty_hostile_clips_are_refused_in_plain_words_and_little_memory(tmp_path: Path) -> None:
    names = list(write_hostile_clips(tmp_path))
    megabytes, refused = loading(tmp_path, *names)
    assert len(names) >= 20 and len(refused) == len(names)
    for name, why in zip(names, refused, strict=True):
        assert why.startswith(f"The sound `{name}` ") and why.endswith(".")
        assert why.isprintable() and ". " not in why and len(why) < 120
    assert megabytes < MOST_MEGABYTES


@unix
def test_a_clip_with_huge_tables_takes_little_memory(tmp_path: Path) -> None:
    data = codebooks_in_vorbis(200, 20)
    assert len(data) < 4_700
    (tmp_path / "tables.ogg").write_bytes(data)
    megabytes, refused = loading(tmp_path, "tables.ogg")
    assert refused == ["The sound `tables.ogg` is damaged or cut short."]
    assert megabytes < MOST_MEGABYTES


def bad_clips(folder: Path, count: int) -> list[str]:
    names = [f"{number}.mp3" for number in range(count)]
    for name in names:
        (folder / name).write_text("I am no song.")
    return names


def test_sounds_that_take_too_long_cost_five_seconds_in_all(tmp_path: Path) -> None:
    names = bad_clips(tmp_path, 8)
    clock = itertools.count(step=0.5)
    loaded = load_clips(map(clip_cue, names), tmp_path, now=lambda: next(clock))
    assert len(loaded.refused) == len(names)
    late = [why for why in loaded.refused if "took too long" in why]
    assert late == [
        f"The sound `{name}` is left out: sounds before it took too long to read."
        for name in names[-len(late) :]
    ]
    assert late and next(clock) > LOST_AT_MOST_S


def test_bad_sounds_and_bad_voices_together_cost_fifteen_seconds() -> None:
    assert LOST_AT_MOST_S + LOST_IN_ALL_S <= 15


def test_the_sounds_of_a_session_are_limited_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audio.clips.MOST_SECONDS", CLIP.seconds + 4)
    names = [f"{number}.wav" for number in range(4)]
    for name in names:
        recorded(tmp_path / name, 0.5)
    loaded = load_clips(map(clip_cue, names), tmp_path)
    assert list(loaded.clips) == names[:2]
    assert all("the sounds of a session may last" in why for why in loaded.refused)
    assert len(loaded.refused) == 2
    monkeypatch.setattr("audio.clips.MOST_CLIPS", 1)
    loaded = load_clips(map(clip_cue, names), tmp_path)
    assert list(loaded.clips) == names[:1]
    assert all("at most 1 sounds" in why for why in loaded.refused)
    assert MOST_CLIPS == 200 and MOST_SECONDS == 600


def test_reading_ends_when_nobody_waits_any_longer(tmp_path: Path) -> None:
    looks = iter([True] * 3)
    loaded = load_clips(map(clip_cue, bad_clips(tmp_path, 8)), tmp_path, lambda: next(looks, False))
    assert loaded.clips == {} and len(loaded.refused) < 8
