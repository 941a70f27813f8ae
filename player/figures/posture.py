"""Names the posture of a solved figure: standing, kneeling, sitting or lying."""

from player.figures.marked import Marked, inside
from player.figures.solve import Solved
from player.figures.words import Words
from player.routine.pose import FLOOR, Figure, PropPlace

_LOW, KNEELS, _LIFTED = 0.16, 0.09, 0.05
"""Shares of the body's height. Hips below the first sit on the floor; a knee below the second
kneels; a foot higher than the other by the third is in the air.
"""

LIES, ON_ITS_SIDE = 62, 45
_LEANS, _TURNED = 12, 10
"""Degrees. Beyond these, in turn, a trunk lies, lies on its side, leans, and is turned.
"""


def posture(solved: Solved, figure: Figure, marks: Marked, say: Words) -> str:
    """Return the posture of the body, such as `kneeling on one knee`."""
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
    kneeling = _kneeling(solved)
    if abs(trunk.roll) > ON_ITS_SIDE:
        found = _on_the_side(solved, marks, say)
    elif kneeling and trunk.lean > 45 and _hands_on_floor(solved):
        found = say.on_all_fours
    elif trunk.lean >= LIES and solved.torso.hips[2] < 0.35:
        found = say.face_down
    elif trunk.lean <= -LIES:
        found = say.on_the_back
    elif seat in say.sits_on:
        found = say.sits_on[seat]
    elif kneeling:
        found = say.on_one_knee if len(kneeling) == 1 else say.kneeling
    elif solved.torso.hips[2] < _LOW:
        found = say.on_the_floor
    else:
        found = say.on_one_leg if _stands_on_one(solved) else say.standing
    if _LEANS <= abs(trunk.lean) < LIES:
        leans = say.leaning_forward if trunk.lean > 0 else say.leaning_back
        found = f"{found}, {leans.format(abs(round(trunk.lean)))}"
    if marks.known and _TURNED < abs(trunk.roll) <= ON_ITS_SIDE:
        lower = "far" if solved.torso.pelvis.near[2] > 0 else "near"
        found = f"{found}, {say.turned_onto.format(inside(marks.legs(say)[lower]))}"
    return found


def _kneeling(solved: Solved) -> list[str]:
    """Return the sides whose knee bears weight: it is near the floor and well below the hip."""
    return [
        side
        for side, one in solved.legs.items()
        if one.knee[2] < KNEELS and one.angles["knee"] > 50 and one.knee[2] < one.hip[2] - 0.1
    ]


def upright(solved: Solved, figure: Figure) -> bool:
    """Return whether the body stands or kneels. Its thighs are then compared with the vertical."""
    seats = {thing.prop.part for thing in solved.things if thing.prop.place is PropPlace.UNDER}
    return (
        abs(figure.pose.trunk.lean) < LIES and "hips" not in seats and solved.torso.hips[2] >= _LOW
    )


def _stands_on_one(solved: Solved) -> bool:
    near, far = (min(leg.heel[2], leg.toes[2]) for leg in solved.legs.values())
    stepped = any(
        thing.prop.thing == "step" and thing.prop.place is PropPlace.UNDER
        for thing in solved.things
    )
    return abs(near - far) > _LIFTED and not stepped


def _on_the_side(solved: Solved, marks: Marked, say: Words) -> str:
    top, under = ("near", "far") if solved.torso.pelvis.near[2] > 0 else ("far", "near")
    if marks.known:
        return f"{say.on_the_side}, {say.on_top.format(inside(marks.legs(say)[top]))}"
    # The near leg is the right one.
    return say.on_the_left_side if under == "far" else say.on_the_right_side


def _hands_on_floor(solved: Solved) -> bool:
    return any(c.part.endswith("-hand") and c.thing == FLOOR for c in solved.contacts)
