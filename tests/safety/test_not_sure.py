"""What "not sure" counts as, by the words of its choice, is what it really does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.safety.filling import Filling
from player.safety.findings import Finding
from player.safety.interview import Interview
from player.safety.pace import Pace
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Form, Prompt
from tests.safety.answering import Person
from tests.safety.making import DAY, FULL_PROFILE, NOW, QUICK, new_interview

OLD = NOW - 40 * DAY
KEPT = (
    Finding("told_to_rest", question="G8", at=OLD),
    Finding("injury_unseen", "knee", None, "O3", NOW - 9 * DAY, NOW - 9 * DAY),
    Finding("recent_surgery", question="P4", at=NOW - 100 * DAY, since=NOW - 100 * DAY),
    Finding("recent_surgery", question="P4.cast", at=OLD),
)
PROFILES = (
    Profile(),
    replace(FULL_PROFILE, findings=KEPT),
    replace(FULL_PROFILE, findings=KEPT, answered=dict.fromkeys(FULL_PROFILE.answered, OLD)),
)


def claimed(prompt: Prompt) -> str:
    """Return what the choice for "not sure" says that it counts as."""
    (words,) = [choice.say for choice in Filling(prompt, Pace(0)).choices if choice.key == "u"]
    return "yes" if "counts as yes" in words else "no"


def came_out(interview: Interview) -> object:
    """Return what the answers so far say, and what is asked next."""
    told = interview.so_far
    findings = {(f.key, f.place, f.side, f.cleared_at, f.seen_at) for f in told.findings}
    return interview.prompt, findings, told.sorenesses, told.limits


@pytest.mark.soak
@QUICK
@given(
    st.integers(0, 10_000),
    st.sampled_from(PROFILES),
    st.sampled_from([None, RedFlag("fracture_signs", "I4a", NOW - 3_600)]),
)
def test_not_sure_does_what_its_words_say(seed: int, profile: Profile, red: RedFlag | None) -> None:
    person = Person(seed, 0.3, {"R0": "w"})
    interview = new_interview(profile=profile, last_red=red)
    while (prompt := interview.prompt) is not None:
        if prompt.form is Form.YES_NO:
            unsure, same = interview.answer("unsure"), interview.answer(claimed(prompt))
            assert came_out(unsure) == came_out(same), prompt.id
        interview = interview.answer(person.reply(prompt))
