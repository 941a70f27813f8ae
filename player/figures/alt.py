"""Describes a figure in words for screen readers, from the same solved pose that is drawn."""

from collections.abc import Iterable, Iterator, Sequence

from player.base.locale import pick_language
from player.figures.solve import SIDES, Solved, solve
from player.figures.words import ENGLISH, SPANISH, Words
from player.routine.pose import FLAT, MIDDLE_PARTS, Figure, PropPlace, Works
from player.routine.vocabulary import Region

_WORDS = {"en": ENGLISH, "es": SPANISH}

_LOW, _KNEELS = 0.16, 0.09
"""Shares of the body's height. Hips below the first sit on the floor; a knee below the second
kneels.
"""

_LIES = 62
_LEANS = 12
_STRAIGHT, _SOFT, _BENT = 8, 40, 112
"""Degrees. A knee that bends less than these is straight, a little bent, or bent."""

_UP, _POINTED = 14, -28
_AHEAD, _BACK = 25, -8
_MOVES = 6
"""Degrees. The text does not mention a joint that changes less."""


def words_for(languages: Sequence[str]) -> Words:
    """Return the words of the first language that has some, or English."""
    return _WORDS[pick_language(_WORDS, languages)]


def names_of(regions: Iterable[Region], languages: Sequence[str] = ()) -> dict[Region, str]:
    """Return the name of each region, as the pointer shows it."""
    names = words_for(languages).regions
    return {region: names[region] for region in sorted(regions)}


def alt_text(figure: Figure, regions: Iterable[Region], languages: Sequence[str] = ()) -> str:
    """Describe the picture: posture, legs, hands, things, movement and the muscles that work."""
    say = words_for(languages)
    first = solve(figure)
    sentences = [f"{say.views[figure.view]}: {_posture(first, figure, say)}."]
    sentences += _legs(first, figure, say)
    sentences += _things(first, say)
    if figure.to is not None:
        sentences += _movement(figure, say)
    works = ", ".join(names_of(regions, languages).values())
    if works:
        sentences.append(f"{say.works}: {works}.")
    return " ".join(sentences)


def _posture(solved: Solved, figure: Figure, say: Words) -> str:
    trunk = figure.pose.trunk
    seat = next(
        (
            thing.prop.thing
            for thing in solved.things
            if thing.prop.part in {"hips", "near-seat", "far-seat"}
            and thing.prop.place is PropPlace.UNDER
        ),
        "",
    )
    kneeling = [
        side
        for side, one in solved.legs.items()
        if one.knee[2] < _KNEELS and one.ankle[2] < 0.2 and one.angles["knee"] > 50
        and one.knee[2] < one.hip[2] - 0.1
    ]  # fmt: skip
    if abs(trunk.roll) > 45:
        found = say.on_the_side
    elif len(kneeling) == 2 and trunk.lean > 45:
        found = say.on_all_fours
    elif trunk.lean >= _LIES and solved.torso.hips[2] < 0.35:
        found = say.face_down
    elif trunk.lean <= -_LIES:
        found = say.on_the_back
    elif seat in say.sits_on:
        found = say.sits_on[seat]
    elif kneeling:
        found = say.on_one_knee if len(kneeling) == 1 else say.kneeling
    elif solved.torso.hips[2] < _LOW:
        found = say.on_the_floor
    else:
        found = say.standing
    if abs(trunk.lean) < _LIES and abs(trunk.lean) >= _LEANS:
        leans = say.leaning_forward if trunk.lean > 0 else say.leaning_back
        found = f"{found}, {leans.format(abs(round(trunk.lean)))}"
    return found


def _legs(solved: Solved, figure: Figure, say: Words) -> Iterator[str]:
    limbs = {"near": figure.pose.near, "far": figure.pose.far}
    words = {side: _leg(solved, side, limbs[side].ankle == FLAT, say) for side in SIDES}
    if words["near"] == words["far"]:
        yield f"{say.both_legs}: {words['near']}."
        return
    works = "far" if figure.works is Works.FAR else "near"
    other = "near" if works == "far" else "far"
    yield f"{say.this_leg}: {words[works]}."
    yield f"{say.other_leg}: {words[other]}."


def _leg(solved: Solved, side: str, flat: bool, say: Words) -> str:
    angles = solved.legs[side].angles
    parts = []
    if angles["hip"] >= _AHEAD:
        parts.append(say.thigh_ahead)
    elif angles["hip"] <= _BACK:
        parts.append(say.thigh_back)
    if abs(angles["open"]) >= 20:
        parts.append(say.thigh_out)
    bend = angles["knee"]
    parts.append(
        say.knee_straight if bend < _STRAIGHT
        else say.knee_soft if bend < _SOFT
        else say.knee_bent if bend < _BENT
        else say.knee_far
    )  # fmt: skip
    if flat:
        parts.append(say.foot_flat)
    elif angles["ankle"] >= _UP:
        parts.append(say.toes_up)
    elif angles["ankle"] <= _POINTED:
        parts.append(say.toes_pointed)
    return ", ".join(parts)


def _things(solved: Solved, say: Words) -> Iterator[str]:
    for thing in solved.things:
        prop = thing.prop
        part = part_words(prop.part, say)
        if prop.place is PropPlace.FROM:
            words = say.leads.format(say.things[prop.thing], part, part_words(prop.to, say))
        else:
            words = say.places[prop.place].format(say.things[prop.thing], part)
        yield f"{words[:1].upper()}{words[1:]}."
    held = [contact.thing for contact in solved.contacts if contact.part.endswith("-hand")]
    places = [say.things.get(thing) or part_words(thing, say) for thing in held]
    for place in dict.fromkeys(places):
        yield f"{say.hand_on.format(place)}."


def part_words(part: str, say: Words) -> str:
    """Return `near-calf` as `the calf`. The picture shows the side, so the text omits it."""
    return say.parts[part if part in MIDDLE_PARTS else part.partition("-")[2]]


def _movement(figure: Figure, say: Words) -> Iterator[str]:
    first, second = solve(figure), solve(figure, 1.0)
    changes = []
    for side in SIDES:
        for before, after, joints in (
            (first.legs[side].angles, second.legs[side].angles, say.leg_joints),
            (first.arms[side].angles, second.arms[side].angles, say.arm_joints),
        ):
            for joint, name in joints.items():
                if abs(before[joint] - after[joint]) >= _MOVES:
                    words = say.from_to.format(name, round(before[joint]), round(after[joint]))
                    if words not in changes:
                        changes.append(words)
    if figure.to is not None and abs(figure.to.trunk.lean - figure.pose.trunk.lean) >= _MOVES:
        changes.append(
            say.from_to.format(
                say.trunk, round(figure.pose.trunk.lean), round(figure.to.trunk.lean)
            )
        )
    for thing in first.things:
        if thing.prop.then is not None:
            changes.append(say.strokes.format(say.things[thing.prop.thing]))
    if changes:
        yield f"{say.moves}: {'; '.join(changes)}."
