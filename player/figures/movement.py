"""Says what moves between the two poses of a figure, and on which leg or arm."""

from collections.abc import Iterator, Mapping

from player.figures.marked import Marked, inside
from player.figures.solve import SIDES, solve
from player.figures.words import Words
from player.routine.pose import Figure

_MOVES = 6
"""Degrees. The text does not mention a joint that changes less."""


def movement(figure: Figure, marks: Marked, say: Words) -> Iterator[str]:
    """Yield the sentence on the movement, if a joint, a hand or a thing moves."""
    first, second = solve(figure), solve(figure, 1.0)
    changes = [
        *_changes(
            {side: (first.legs[side].angles, second.legs[side].angles) for side in SIDES},
            say.leg_joints, marks.legs(say), say.both_legs, say,
        ),
        *_changes(
            {side: (first.arms[side].angles, second.arms[side].angles) for side in SIDES},
            say.arm_joints, marks.arms(say), say.both_arms, say,
        ),
    ]  # fmt: skip
    if figure.to is not None and abs(figure.to.trunk.lean - figure.pose.trunk.lean) >= _MOVES:
        changes.append(
            say.from_to.format(
                say.trunk, round(figure.pose.trunk.lean), round(figure.to.trunk.lean)
            )
        )
    changes += _hand_moves(figure, marks, say)
    for thing in first.things:
        if thing.prop.then is not None:
            part = marks.part(thing.prop.part, say)
            changes.append(say.strokes.format(say.things[thing.prop.thing], part))
    if changes:
        yield f"{say.moves}: {'; '.join(changes)}."


def _hand_moves(figure: Figure, marks: Marked, say: Words) -> Iterator[str]:
    if figure.to is None:
        return
    for before, after in ((figure.pose.near, figure.to.near), (figure.pose.far, figure.to.far)):
        if before.hand and after.hand and before.hand != after.hand:
            places = (say.things.get(h) or marks.part(h, say) for h in (before.hand, after.hand))
            yield say.hand_moves.format(*places)


def _changes(
    limbs: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]],
    joints: Mapping[str, str],
    names: Mapping[str, str],
    both: str,
    say: Words,
) -> Iterator[str]:
    """Yield a phrase for each limb that moves: its name, and what its joints do."""
    found = {}
    for side in names:
        before, after = limbs[side]
        moved = [
            say.from_to.format(name, round(before[joint]), round(after[joint]))
            for joint, name in joints.items()
            if abs(before[joint] - after[joint]) >= _MOVES
        ]
        if moved:
            found[side] = ", ".join(moved)
    if len(found) == 2 and len(set(found.values())) == 1:
        yield f"{inside(both)}: {next(iter(found.values()))}"
        return
    for side, words in found.items():
        yield f"{inside(names[side])}: {words}"
