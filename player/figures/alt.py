"""Describes a figure in words for screen readers, from the same solved pose that is drawn."""

from collections.abc import Iterable, Iterator, Sequence

from player.base.locale import pick_language
from player.figures.marked import Marked, marked
from player.figures.movement import movement
from player.figures.posture import KNEELS, LIES, ON_ITS_SIDE, posture, upright
from player.figures.skeleton import Leg
from player.figures.solve import FURNITURE, SIDES, Solved, Thing, same_arms, solve
from player.figures.space import between, length, sub
from player.figures.words import ENGLISH, SPANISH, Words
from player.routine.pose import FLAT, FLOOR, Figure, PropPlace
from player.routine.vocabulary import Kind, Region

_WORDS = {"en": ENGLISH, "es": SPANISH}

_STRAIGHT, _SOFT, _BENT = 8, 40, 112
"""Degrees. A knee that bends less than these is straight, a little bent, or bent."""

_UP, _POINTED = 14, -28
_AHEAD, _BACK = 25, -8
_ARM_UP = 150
_HIGH_UP = 30
"""Percent of the thigh. Up to here from the hip, its outer front is a hand below the hip bone."""

_ON_TOES, _ACROSS, _SOLES = 0.03, 0.13, 0.07
"""Shares of the body's height. Toes below the first are on the floor, and a heel that far above
them is up. An ankle nearer to the other thigh than the second lies on it. Soles nearer to each
other than the third meet.
"""


def words_for(languages: Sequence[str]) -> Words:
    """Return the words of the first language that has some, or English."""
    return _WORDS[pick_language(_WORDS, languages)]


def names_of(regions: Iterable[Region], languages: Sequence[str] = ()) -> dict[Region, str]:
    """Return the name of each region, as the pointer shows it."""
    names = words_for(languages).regions
    return {region: names[region] for region in sorted(regions)}


def alt_text(
    figure: Figure,
    regions: Iterable[Region],
    languages: Sequence[str] = (),
    kind: Kind | None = None,
) -> str:
    """Describe the picture: posture, legs, hands, things, movement and the muscles that work.

    `kind` is that of the exercise. In early care nothing works, so the text names the sore place;
    for breathing it names no place.
    """
    say = words_for(languages)
    regions = frozenset(regions)
    marks = marked(figure, regions)
    first = solve(figure)
    sentences = [f"{say.views[figure.view]}: {posture(first, figure, marks, say)}."]
    sentences += _legs(first, figure, marks, say)
    sentences += _things(first, figure, marks, say)
    sentences += _hands(first, marks, say)
    if figure.to is not None:
        sentences += movement(figure, marks, say)
    sentences += _places(list(names_of(regions, languages).values()), kind, say)
    text = " ".join(sentences)
    for apart, joined in say.contractions.items():
        text = text.replace(apart, joined)
    return text


_CARE = frozenset({Kind.EARLY_CARE, Kind.COOL})


def _places(names: list[str], kind: Kind | None, say: Words) -> Iterator[str]:
    """Say which muscles work, or where the sore place is."""
    if not names or kind is Kind.BREATHE:
        return
    if kind not in _CARE:
        yield f"{say.works}: {', '.join(names)}."
        return
    *others, last = names
    listed = f"{', '.join(others)} {say.any_of} {last}" if others else last
    yield f"{say.sore}: {listed}."


def _legs(solved: Solved, figure: Figure, marks: Marked, say: Words) -> Iterator[str]:
    limbs = {"near": figure.pose.near, "far": figure.pose.far}
    lean = figure.pose.trunk.lean if upright(solved, figure) else None
    words = {side: _leg(solved, side, limbs[side].ankle == FLAT, lean, say) for side in SIDES}
    if words["near"] == words["far"]:
        yield f"{say.both_legs}: {words['near']}."
        return
    for side, name in marks.legs(say).items():
        yield f"{name}: {words[side]}."


def _leg(solved: Solved, side: str, flat: bool, lean: float | None, say: Words) -> str:
    """Describe a leg. `lean` is that of the trunk if the body stands or kneels."""
    one = solved.legs[side]
    angles = one.angles
    parts = []
    forward = angles["hip"] - (lean or 0.0)
    if forward >= _AHEAD:
        parts.append(say.thigh_ahead)
    elif forward <= _BACK:
        parts.append(say.thigh_back)
    if abs(angles["open"]) >= 20:
        parts.append(say.thigh_out if angles["open"] > 0 else say.thigh_across)
    bend = angles["knee"]
    parts.append(
        say.knee_straight if bend < _STRAIGHT
        else say.knee_soft if bend < _SOFT
        else say.knee_bent if bend < _BENT
        else say.knee_far
    )  # fmt: skip
    if _crosses(solved, side):
        parts.append(say.crossed)
    if _soles_meet(solved):
        parts.append(say.soles_together)
    if flat:
        parts.append(say.foot_flat)
    elif lean is not None and _on_toes(one):
        parts.append(say.heel_up)
    elif angles["ankle"] >= _UP:
        parts.append(say.toes_up)
    elif angles["ankle"] <= _POINTED:
        parts.append(say.toes_pointed)
    return ", ".join(parts)


def _on_toes(one: Leg) -> bool:
    stands = one.knee[2] > KNEELS
    return stands and one.toes[2] < _ON_TOES and one.heel[2] - one.toes[2] > _ON_TOES


def _crosses(solved: Solved, side: str) -> bool:
    """Return whether the ankle lies on the other thigh."""
    one = solved.legs[side]
    other = solved.legs["far" if side == "near" else "near"]
    places = (between(other.hip, other.knee, share) for share in (0.6, 0.8, 1.0))
    return one.angles["open"] >= 20 and any(length(sub(one.ankle, at)) < _ACROSS for at in places)


def _soles_meet(solved: Solved) -> bool:
    near, far = solved.legs["near"], solved.legs["far"]
    apart = min(near.angles["open"], far.angles["open"]) >= 20
    ways = (length(sub(near.heel, far.heel)), length(sub(near.toes, far.toes)))
    return apart and max(ways) < _SOLES


def _things(solved: Solved, figure: Figure, marks: Marked, say: Words) -> Iterator[str]:
    lies = figure.pose.trunk.lean <= -LIES
    seen: set[str] = set()
    for thing in solved.things:
        prop = thing.prop
        name = say.second.get(prop.thing, "") if prop.thing in seen else ""
        name = name or say.things[prop.thing]
        seen.add(prop.thing)
        if prop.part.endswith("-hand") and prop.thing in FURNITURE and prop.place in _HELD:
            touches = say.hands_on if same_arms(solved) else say.hand_on
            yield _sentence(touches.format(name))
        else:
            yield _sentence(_thing(thing, name, lies, figure, marks, say))


_HELD = frozenset({PropPlace.FRONT, PropPlace.UNDER})


def _thing(thing: Thing, name: str, lies: bool, figure: Figure, marks: Marked, say: Words) -> str:
    prop = thing.prop
    part = marks.part(prop.part, say)
    if prop.place is PropPlace.FROM:
        return say.leads.format(name, part, marks.part(prop.to, say))
    if prop.thing == "wall" and lies:
        return say.against.format(name, part)
    on_side = abs(figure.pose.trunk.roll) > ON_ITS_SIDE
    if on_side and prop.place is PropPlace.OVER and prop.part.endswith("-knee"):
        return say.between_knees.format(name)
    words = say.places[prop.place].format(name, part)
    high_up = prop.part.endswith("-outer-thigh") and prop.at is not None and prop.at <= _HIGH_UP
    return f"{words}, {say.below_hip_bone}" if high_up else words


def _hands(solved: Solved, marks: Marked, say: Words) -> Iterator[str]:
    """Say where each hand lies, and which arm is up."""
    found: list[tuple[bool, str, str]] = []
    for contact in solved.contacts:
        side, _, part = contact.part.partition("-")
        if part == "hand":
            place = say.things.get(contact.thing) or marks.part(contact.thing, say)
            found.append((_on_forearm(solved, side, contact.thing), contact.thing, place))
    words = []
    for forearm, thing, place in found:
        if found.count((forearm, thing, place)) == 2:
            touches = say.forearms_on if forearm else say.hands_on
        else:
            touches = say.forearm_on if forearm else say.hand_on
        words.append(_sentence(touches.format(place)))
    yield from dict.fromkeys(words)
    for side, name in marks.arms(say).items():
        angles = solved.arms[side].angles
        if angles["shoulder"] >= _ARM_UP and solved.torso.pelvis.up[2] > 0.8:
            yield f"{say.arm_up.format(name)}."


def _on_forearm(solved: Solved, side: str, thing: str) -> bool:
    return thing == FLOOR and solved.arms[side].elbow[2] < KNEELS


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
