"""What row 9 of today told is not asked a second time in the profile on the same day."""

from collections.abc import Mapping

from player.safety.profile import Profile
from player.safety.prompts import Reply
from tests.safety.making import (
    alone,
    finish,
    harmless,
    keys_of,
    mark,
    new_interview,
    option,
    rows_of,
)

STRETCH = alone("calf-wall-straight")


def new_sign(words: str, **more: Reply) -> dict[str, Reply]:
    by_id = {name.replace("_", "."): reply for name, reply in more.items()}
    return {"today": mark("9"), "G9.which": mark(option("G9", words)), **by_id}


def asked_after(replies: Mapping[str, Reply]) -> dict[str, str]:
    """Return the words of each row that a newcomer is asked after these replies."""
    begun = new_interview(STRETCH, Profile())
    while begun.prompt and begun.prompt.id != "profile":
        begun = begun.answer(replies.get(begun.prompt.id, harmless(begun.prompt)))
    assert begun.prompt
    ids = rows_of(begun.prompt)
    return {ids[choice.key]: choice.say for choice in begun.prompt.choices}


TRIP = new_sign("4 hours", G9_when="1")
KNEE_LUMP = new_sign("A lump", G9_lump="b", G9_lump_side="l")


def test_pain_at_night() -> None:
    assert "P13" in asked_after({})
    assert "P13" not in asked_after(new_sign("wakes me", G9_where="c", G9_where_side="l"))
    assert "P13" in asked_after(TRIP)


def test_a_trip() -> None:
    assert "trip" in asked_after({})["P4"]
    row = asked_after(TRIP)["P4"]
    assert "trip" not in row and "operation" in row


def test_a_lump_behind_the_knee() -> None:
    assert "lump" in asked_after({})["P10"]
    assert "lump" not in asked_after(KNEE_LUMP)["P10"]
    assert "lump" not in asked_after(KNEE_LUMP | {"G9.harmless": "yes"})["P10"]


def test_a_lump_elsewhere_does_not_answer_for_one_behind_the_knee() -> None:
    elsewhere = new_sign("A lump", G9_lump="c", G9_lump_side="l")
    nowhere = new_sign("A lump", G9_lump="n") | {"G9.harmless": "yes"}
    unsaid = TRIP | {"G9.which": mark()}
    for replies in (elsewhere, nowhere, unsaid):
        assert "lump" in asked_after(replies)["P10"]


def test_the_rest_of_the_row_still_counts() -> None:
    more: dict[str, Reply] = {"P4": "yes", "P4.which": mark(option("P4", "elsewhere"))}
    done = finish(new_interview(STRETCH, Profile()), TRIP | more)
    assert {"dvt_risk", "recent_surgery_other"} <= keys_of(done)


def test_a_row_without_a_choice_adds_no_lump_that_was_told() -> None:
    more: dict[str, Reply] = {"P10": "yes", "P10.which": mark()}
    done = finish(new_interview(STRETCH, Profile()), KNEE_LUMP | {"G9.harmless": "yes"} | more)
    found = [finding for finding in done.outcome.profile.findings if finding.key == "lump_new"]
    assert not found, "it is the cyst that a clinician has seen"
