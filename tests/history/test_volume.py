"""The volume of each channel is saved for each person separately."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.volumes import AS_MADE
from player.base.text import width
from player.history.past import forget_person
from player.history.people import person_named
from player.history.store import HistoryError, open_store
from player.history.volume import FULL, Channel, Loudness, loudness_of, save_loudness
from tests.habits import tries
from tests.history.old_history import write_version


def test_each_person_has_their_own_volumes(tmp_path: Path) -> None:
    with open_store(tmp_path / "h.db") as store:
        ana, ben = person_named(store, "Ana", 1), person_named(store, "Ben", 1)
        save_loudness(store, ana, Loudness(80, 50, 0))
        save_loudness(store, ana, Loudness(70, 50, 10))
    with open_store(tmp_path / "h.db") as store:
        assert loudness_of(store, ana) == Loudness(70, 50, 10)
        assert loudness_of(store, ben) == FULL
        forget_person(store, "ana")
        assert store.execute("SELECT count(*) FROM loud").fetchone() == (0,)


@pytest.mark.parametrize("value", [-10, 110, "loud", 2.5, b"x"])
def test_a_foreign_volume_is_refused_with_a_message(tmp_path: Path, value: object) -> None:
    path = tmp_path / "h.db"
    with open_store(path) as store:
        ana = person_named(store, "Ana", 1)
        store.execute("INSERT INTO loud VALUES (?, 50, ?, 50)", (ana.id, value))
    with pytest.raises(HistoryError, match="supple did not write"), open_store(path) as store:
        loudness_of(store, ana)


def test_an_older_history_is_upgraded_to_save_volumes(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    write_version(4, path)
    with closing(sqlite3.connect(path)) as db:
        db.executescript("DROP TABLE loud; PRAGMA user_version = 3")
    with open_store(path) as store:
        ana = person_named(store, "Ana", 2)
        assert loudness_of(store, ana) == FULL
        save_loudness(store, ana, Loudness(voice=40))
        assert loudness_of(store, ana) == Loudness(voice=40)


loudness = st.builds(Loudness, *[st.integers(0, 10).map(lambda tenth: tenth * 10)] * 3)


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(loudness, st.sampled_from(Channel), st.integers(-12, 12))
def test_turning_one_channel_changes_no_other_and_stays_within_its_limits(
    before: Loudness, channel: Channel, steps: int
) -> None:
    after = before.turned(channel, steps)
    assert after.of(channel) == max(min(before.of(channel) + 10 * steps, 100), 0)
    assert all(after.of(other) == before.of(other) for other in Channel if other is not channel)
    assert after.words(channel).startswith(f"{channel.value.capitalize()} {after.of(channel)} %")
    assert width(after.words(channel)) <= 36


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(loudness, st.sampled_from(Channel))
def test_a_higher_volume_has_a_higher_gain_and_0_is_silent(
    before: Loudness, channel: Channel
) -> None:
    gains = before.gains._asdict()
    name = {Channel.BACKGROUND: "bed"}.get(channel, channel.value)
    assert gains[name] == (before.of(channel) / 100) ** 2
    assert FULL.gains == AS_MADE
