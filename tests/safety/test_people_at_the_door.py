"""People who came out wrong before: taken through the real questions, each to what is right.

Nobody in danger is cleared, and nobody is stopped without a reason. The answers are the words of
the choices, so that a reader can follow each person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import pytest

from player.play.alternatives import offers
from player.routine.model import steps_of
from player.routine.vocabulary import Side
from player.safety.findings import AgeBand, Finding
from player.safety.interview import Interview
from player.safety.matrix import Rank
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Form, Prompt, Reply
from player.safety.shown import shown_today
from tests.safety.making import (
    CATALOGUE,
    DAY,
    FULL_PROFILE,
    NOW,
    new_interview,
    plan_of,
    played,
    reply_to,
    result,
    shipped,
)

Words = str | int | Sequence[str | int]
ROUTINES = {routine.id: routine for routine in shipped()}
CHOSEN = {"play": Rank.PLAY, "caution": Rank.CAUTION, "adapt": Rank.ADAPT, "stop": Rank.STOP} | {
    "urgent": Rank.URGENT,
    "emergency": Rank.EMERGENCY,
}


class Person(NamedTuple):
    """Somebody at the door, and what is right for them.

    `least` holds for the class of the answers, `most` for the class that is shown.
    """

    who: str
    routine: str
    told: Mapping[str, Words]
    """The words of the choices by prompt id; several answers to a prompt come in order."""
    least: str
    most: str = "emergency"
    out: tuple[str, ...] = ()
    """Exercises that are out: on the `hurt` side, or altogether."""
    hurt: Side | None = None
    stays: tuple[str, ...] = ()
    profile: Profile = FULL_PROFILE
    red: bool | None = None
    """Whether a red flag is saved; None if it does not matter."""
    offered: str = ""
    asked: str = ""
    not_asked: str = ""


def _key(prompt: Prompt, words: str) -> str:
    found = [choice.key for choice in prompt.choices if words.lower() in choice.say.lower()]
    assert found, f"{prompt.id} offers no {words!r}"
    return found[0]


def _reply(prompt: Prompt, words: Words) -> Reply:
    if isinstance(words, int):
        return words
    if prompt.form is Form.MARKS:
        several = [words] if isinstance(words, str) else words
        return frozenset(_key(prompt, str(one)) for one in several)
    assert isinstance(words, str)
    return words if prompt.form is Form.YES_NO else _key(prompt, words)


def _in_turn(id_: str, words: Words) -> list[Words]:
    """The answers to a prompt in the order in which it comes. A list to mark has one answer."""
    if id_ not in {"S1", "S2"} or isinstance(words, str | int):
        return [words]
    return list(words)


def walk(person: Person) -> tuple[Interview, list[str]]:
    """Take a person through the questions. What they do not tell of is answered harmlessly."""
    interview = new_interview(ROUTINES[person.routine], person.profile)
    told = {id_: _in_turn(id_, words) for id_, words in person.told.items()}
    is_sore: dict[str, Reply] = {"S1": 0} if "S1" in told else {}
    met: list[str] = []
    while prompt := interview.prompt:
        met.append(prompt.id)
        words = told.get(prompt.id)
        reply = _reply(prompt, words.pop(0)) if words else reply_to(prompt, is_sore)
        interview = interview.answer(reply)
    assert not any(told.values()), f"never asked: {[id_ for id_ in told if told[id_]]}"
    return interview, met


def known(*findings: Finding, age: AgeBand = AgeBand.ADULT) -> Profile:
    return replace(FULL_PROFILE, findings=findings, age=age)


def sore(level: int, place: str, side: str, kind: str, **more: Words) -> dict[str, Words]:
    sides: dict[str, Words] = {"S2.side": side} if side else {}
    return {"S1": level, "S2": place, **sides, "S3": kind, **more}


HURT = "did you hurt"
NEWS = "one of these new"
PULLED = {"today": [HURT], "G5.when": "4 to 7 days", "I1": "back of the thigh", "I1.side": "right"}
CALF_5_DAYS = {"today": [HURT], "G5.when": "4 to 7 days", "I1": "calf", "I1.side": "left"}
THINNER = known(Finding("anticoagulant", question="P2", at=NOW - 90 * DAY))
HEALING = Finding(
    "strain_healing", "ham", Side.LEFT, "O5", NOW - 5 * DAY, NOW - 12 * DAY, seen_at=NOW - 5 * DAY
)

PEOPLE = [
    Person(
        "a hamstring pulled 5 days ago, no pain at rest", "contract-relax-strap",
        {**PULLED, "O1": "yes", "O3": "yes", "O4": "no"},
        "adapt", "adapt", out=("ham-pnf-strap",), red=False,
    ),
    Person(
        "the same, 3 out of 10, as usual", "contract-relax-strap",
        {**PULLED, "O1": "yes", **sore(3, "back of the thigh", "right", "same as usual")},
        "adapt", out=("ham-pnf-strap",),
    ),
    Person(
        "a dead leg 10 days ago with a hard lump", "quad-stretch-short",
        {"today": [HURT], "G5.when": "1 to 3 weeks", "I1": "front of the thigh", "I1.side": "left",
         "O1": "yes", "O3": "yes", "O4": "yes"},
        "stop", out=("quad-stand",), hurt=Side.LEFT,
    ),
    Person(
        "a growing lump in the calf", "calf-stretch",
        {"today": [NEWS], "G9.which": ["A lump"], "G9.lump": "calf", "G9.lump.side": "left",
         "G9.beats": "no", "G9.harmless": "no"},
        "stop", out=("calf-wall-straight",), hurt=Side.LEFT, red=False,
    ),
    Person(
        "a regular whose toe sore does not heal", "calf-stretch",
        {"today": [NEWS], "G9.which": ["does not heal", "hours in bed"]}, "urgent", red=True,
    ),
    Person(
        "a regular who wakes from pain and loses weight", "calf-roller",
        {"today": [NEWS], "G9.which": ["wakes me"], "G9.where": "somewhere else"}, "stop",
    ),
    Person(
        "a regular after a flight of 12 hours, no ache", "calf-roller",
        {"today": [NEWS], "G9.which": ["one trip"], "G9.when": "yesterday"},
        "caution", "caution", asked="followups",
    ),
    Person(
        "a lump that beats", "calf-stretch",
        {"today": [NEWS], "G9.which": ["A lump"], "G9.lump": "behind the knee",
         "G9.lump.side": "left", "G9.beats": "yes"},
        "urgent", red=True,
    ),
    Person(
        "an ankle turned yesterday, swollen, walks, no bone sore", "calf-stretch",
        {"today": [HURT], "G5.when": "yesterday", "I1": "foot or ankle", "I1.side": "left",
         "I3f": "no", "I4a": "yes", "I3g": "no", "I5f": "no"},
        "adapt", "adapt", offered="early-care", red=False,
    ),
    Person(
        "an old shoulder, 7 out of 10", "calf-stretch",
        {"S1": [7, 0], "S2": "above the belly", "S3.above": "same as usual"},
        "play", "play", stays=("calf-wall-straight",),
    ),
    Person(
        "a clot told as a pulled calf 5 days ago, worse and puffy", "calf-stretch",
        {**CALF_5_DAYS, "O1": "no", "O2": "yes"}, "urgent", red=True,
    ),
    Person(
        "the same, a bit better", "calf-stretch",
        {**CALF_5_DAYS, "O1": "no", "O2": "yes"}, "urgent", red=True,
    ),
    Person(
        "a clot told as a pulled calf, not puffy, but the pill and an ache", "calf-stretch",
        {**CALF_5_DAYS, "O1": "no", "O2": "no", "O3": "yes", "S1": 3, "S2": "calf",
         "S2.side": "left", "S4": "yes"},
        "urgent", red=True,
    ),
    Person(
        "a runner with one shin sore on each step", "calf-stretch",
        {**sore(4, "shin", "left", "new"), "S4": "no", "S5": "yes"}, "stop", red=False,
    ),
    Person(
        "72, fell 10 days ago, the hip is still sore, walks", "hip-flexors-after-sitting",
        {"today": [HURT], "G5.when": "1 to 3 weeks", "I1": "front of the hip", "I1.side": "right",
         "O1": "no", "O3": "no"},
        "stop", profile=known(age=AgeBand.OLDER),
    ),
    Person(
        "72, the same, but better", "hip-flexors-after-sitting",
        {"today": [HURT], "G5.when": "1 to 3 weeks", "I1": "front of the hip", "I1.side": "right",
         "O1": "no", "O3": "yes"},
        "stop", profile=known(age=AgeBand.OLDER),
    ),
    Person(
        "warfarin, fell and hit the head", "calf-stretch",
        {"today": [HURT], "G5.when": "today", "I1": "knee", "I1.side": "left", "I7": "yes"},
        "urgent", profile=THINNER, red=True,
    ),
    Person(
        "a shoulder, 5, new, no strain behind it", "calf-stretch",
        {"S1": 5, "S2": "above the belly", "S3.above": "new", "S6": ["upper back, and no strain"]},
        "emergency", red=True,
    ),
    Person(
        "a gym shoulder, 7, new, from lifting", "calf-stretch",
        {"S1": [7, 0], "S2": "above the belly", "S3.above": "new", "S6": ["None of these"]},
        "stop", "stop", red=False,
    ),
    Person(
        "a sudden worst headache", "quiet-breathing",
        {"S1": 10, "S2": "above the belly", "S3.above": "new", "S6": ["all at once"]}, "emergency",
    ),
    Person(
        "a migraine of 8, as usual", "calf-stretch",
        {"S1": [8, 0], "S2": "above the belly", "S3.above": "same as usual"}, "play", "play",
    ),
    Person(
        "a hamstring strain of day 12 that is known", "hamstring-stretch", {},
        "adapt", "adapt", profile=known(HEALING), red=False, not_asked="I1",
    ),
    Person(
        "the same hamstring, torn again today", "hamstring-stretch",
        {"today": [HURT], "G5.when": "today", "I1": "back of the thigh", "I1.side": "left",
         "I3a": "yes"},
        "urgent", profile=known(HEALING), red=True,
    ),
    Person(
        "a chronic back with bad nights for years", "calf-stretch",
        sore(3, "low back", "", "same as usual"), "play", "play",
    ),
    Person(
        "night cramps and restless legs", "night-cramp-stretch",
        {"today": [NEWS], "G9.which": ["None of these after all"]}, "play", "play",
    ),
    Person(
        "period pain of 6, as usual", "calf-stretch",
        sore(6, "belly", "", "same as usual"), "play", "adapt", stays=("calf-wall-straight",),
    ),
    Person(
        "diabetic, a sore on the foot for 4 days", "calf-stretch",
        {"today": [NEWS], "G9.which": ["any sore on a foot"]}, "urgent", red=True,
        profile=known(Finding("neuropathy", question="P7", at=NOW - 90 * DAY)),
    ),
    Person("a faint in 2019", "calf-stretch", {}, "play", "play"),
    Person("an old stroke", "calf-stretch", {}, "play", "play"),
    Person(
        "14, a bony bump below the kneecap", "quad-stretch", {}, "adapt", "adapt",
        profile=known(
            Finding("kneecap_pain", question="P10", at=NOW - 30 * DAY), age=AgeBand.CHILD
        ),
    ),
    Person(
        "a flight of 12 hours yesterday, both calves tight", "calf-roller",
        {"today": [NEWS], "G9.which": ["one trip"], "G9.when": "yesterday",
         **sore(3, "calf", "both", "new")},
        "caution", "caution", red=False,
    ),
    Person(
        "the same flight, one calf", "calf-roller",
        {"today": [NEWS], "G9.which": ["one trip"], "G9.when": "yesterday",
         **sore(3, "calf", "left", "new")},
        "urgent", red=True,
    ),
    Person(
        "a calf of 6 beside an old shoulder of 7", "calf-stretch",
        {"S1": [7, 6], "S2": ["above the belly", "calf"], "S3.above": "same as usual",
         "S2.side": "left", "S3": "same as usual"},
        "adapt", "adapt",
    ),
]  # fmt: skip


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.who)
def test_each_person_comes_out_right(person: Person) -> None:
    done, met = walk(person)
    clearance = result(done)
    plan = plan_of(ROUTINES[person.routine], clearance)
    assert clearance.rank >= CHOSEN[person.least], (clearance.rank, clearance.keys)
    assert (
        shown_today(ROUTINES[person.routine], clearance, CATALOGUE).rank <= CHOSEN[person.most]
    ), clearance.keys
    playing = {step.exercise.id for step in steps_of(plan.items)}
    assert playing.issuperset(person.stays)
    ids = {step.number: step.exercise.id for step in ROUTINES[person.routine].steps}
    for number, side in played(plan):
        assert ids[number] not in person.out or side is not (person.hurt or side)
    if CHOSEN[person.least] >= Rank.URGENT:
        assert not plan.items and not clearance.plays
    if person.red is not None:
        assert (done.outcome.red is not None) is person.red
    if person.offered:
        found = offers(done, clearance, plan, CATALOGUE)
        assert person.offered in {offer.routine.id for offer in found}
    assert not person.asked or person.asked in met
    assert not person.not_asked or person.not_asked not in met


@pytest.mark.parametrize("row", ["did you hurt", "fever"])
def test_a_back_or_a_cold_that_is_left_is_no_red_flag(row: str) -> None:
    """Somebody with a usual back of 8, or a cold, quits before the end: nothing urgent is kept."""
    begun = new_interview()
    assert begun.prompt
    if row == "fever":
        begun = begun.answer(frozenset({_key(begun.prompt, row)}))
        assert {f.key for f in begun.unfinished} == {"fever"}
    else:
        for reply in (frozenset("y"), 8, "l", "s"):
            begun = begun.answer(reply)
        assert not begun.unfinished


def test_a_lump_that_beats_is_asked_about_until_it_was_checked() -> None:
    for days in (0.5, 2, 30, 400):
        flag = RedFlag("lump_pulse", "lump.beats", NOW - days * DAY)
        begun = new_interview(last_red=flag)
        assert begun.prompt and begun.prompt.id == "R0", days
