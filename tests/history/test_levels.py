"""How loud a person wants each part of a session."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.volumes import AS_MADE
from player.base.text import width
from player.history.levels import FULL, Levels, Part
from tests.habits import tries

levels = st.builds(Levels, *[st.integers(0, 10).map(lambda tenth: tenth * 10)] * 3)


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(levels, st.sampled_from(Part), st.integers(-12, 12))
def test_a_part_is_moved_by_itself_and_never_beyond_its_ends(
    before: Levels, part: Part, steps: int
) -> None:
    after = before.moved(part, steps)
    assert after.of(part) == max(min(before.of(part) + 10 * steps, 100), 0)
    assert all(after.of(other) == before.of(other) for other in Part if other is not part)
    assert after.words(part).startswith(f"{part.value.capitalize()} {after.of(part)} %")
    assert width(after.words(part)) <= 36


@pytest.mark.soak
@settings(max_examples=tries(50), deadline=None)
@given(levels, st.sampled_from(Part))
def test_louder_is_louder_and_nothing_is_nothing(before: Levels, part: Part) -> None:
    gains = before.gains._asdict()
    name = {Part.BACKGROUND: "bed"}.get(part, part.value)
    assert gains[name] == (before.of(part) / 100) ** 2
    assert FULL.gains == AS_MADE
