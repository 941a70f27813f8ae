"""Reads the `figure` of a catalogue entry: one pose or two."""

import math
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from player.document.nodes import Map, Node, Scalar, Seq
from player.document.problem import Place
from player.routine.fields import Fields, same_id, short
from player.routine.pose import (
    FLAT,
    HEIGHTS,
    LIMB,
    PARTS,
    THINGS,
    TRUNK,
    Angle,
    Figure,
    Joint,
    Limb,
    Pose,
    Prop,
    PropPlace,
    Trunk,
    View,
    Works,
)

_SIDES = ("near", "far")
_POSE_KEYS = (*TRUNK, *_SIDES)
KEYS = (*_POSE_KEYS, "view", "works", "still", "props", "to")
LIMB_KEYS = (*LIMB, "hand")
PROP_KEYS = (*(place.value for place in PropPlace), "to", "on", "at", "then", "high")
NONE = "none"
"""The value that empties the far hand, which otherwise holds the same thing as the near hand."""

RESTING = ("hip", "knee", "shoulder", "elbow")
"""The joints that accept, instead of an angle, the name of a thing on which the limb rests."""

Pairs = Mapping[str, tuple[Scalar, Node]]
Word = TypeVar("Word", bound=StrEnum)


def read_figure(fields: Fields, key: Scalar, node: Node) -> Figure | None:
    """Read a figure as a coach writes it. Omitted angles are those of upright standing.

    The far side repeats the near side, and `to` repeats the first pose, unless they are written.
    Returns None if the figure has an error.
    """
    before = len(fields.problems.found)
    if not isinstance(node, Map):
        if not fields.lost(node):
            fields.problems.error("E103", key, "a figure is a map", "`figure: {near: {hip: 90}}`")
        return None
    _only(fields, node, KEYS, "a figure")
    props = _props(fields, node.pairs)
    things = {prop.thing for prop in props}
    reader = _PoseReader(fields, things)
    pose, second = reader.pose(node.pairs, Pose(), first=True), None
    if "to" in node.pairs:
        to_key, to = node.pairs["to"]
        if isinstance(to, Map):
            _only(fields, to, _POSE_KEYS, "the second pose")
            second = reader.pose(to.pairs, pose, first=False)
        elif not fields.lost(to):
            fields.problems.error("E103", to_key, "`to` is a map of what changes")
    figure = Figure(
        pose,
        second,
        _word(fields, node.pairs, "view", View, View.SIDE),
        _word(fields, node.pairs, "works", Works, Works.NEAR),
        props,
        _name(fields, node.pairs, "still", {*PARTS, *things}),
    )
    return None if fields.problems.errors_since(before) else figure


def _only(fields: Fields, node: Map, known: tuple[str, ...], where: str) -> None:
    for key, _ in node:
        if key.text not in known:
            fields.unknown(key, known, where)


def _word(fields: Fields, pairs: Pairs, name: str, words: type[Word], usual: Word) -> Word:
    if name not in pairs:
        return usual
    key, node = pairs[name]
    return fields.word(node, key, words) or usual


def _name(fields: Fields, pairs: Pairs, name: str, known: set[str]) -> str:
    """Read one of the known names; `_` and `-` are equal. Empty if the key is missing."""
    if name not in pairs:
        return ""
    key, node = pairs[name]
    scalar = fields.scalar(node, key, "a part of the body or a thing")
    return _known(fields, scalar, known) if scalar else ""


def _known(fields: Fields, scalar: Scalar, known: set[str]) -> str:
    word = same_id(scalar.text.strip().lower())
    if word in known:
        return word
    options = sorted(known)
    fields.problems.error(
        "E104",
        scalar,
        f"a figure has no `{short(scalar.text)}`",
        fields.problems.did_you_mean(word, options) or f"known here: {', '.join(options)}",
        known=options,
    )
    return ""


def _number(fields: Fields, scalar: Scalar) -> float | None:
    try:
        found = float(scalar.text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


class _PoseReader:
    """Reads poses. `things` are the names of the figure's props."""

    def __init__(self, fields: Fields, things: set[str]) -> None:
        self.fields = fields
        self.rests = {"floor", *(thing for thing in things if thing in HEIGHTS)}
        self.holds = {*PARTS, *things, NONE}
        self._own: dict[str, set[str]] = {"far": set()}
        """Angles written for the far side itself. They do not follow the near side."""

    def pose(self, pairs: Pairs, before: Pose, *, first: bool) -> Pose:
        trunk = {name: self._degrees(pairs, name, TRUNK[name]) for name in TRUNK}
        written = {name: value for name, value in trunk.items() if value is not None}
        near = self._limb(pairs, "near")
        far = self._limb(pairs, "far")
        self._own["far"] |= far.keys()
        follows = {name: value for name, value in near.items() if name not in self._own["far"]}
        return Pose(
            Trunk(**{**before.trunk._asdict(), **written}),
            _changed(before.near, near),
            _changed(before.far, {**follows, **far}),
        )

    def _limb(self, pairs: Pairs, side: str) -> dict[str, Angle]:
        if side not in pairs:
            return {}
        key, node = pairs[side]
        if not isinstance(node, Map):
            if not self.fields.lost(node):
                self.fields.problems.error("E103", key, f"`{side}` is a map of angles")
            return {}
        _only(self.fields, node, LIMB_KEYS, f"the {side} side")
        found: dict[str, Angle] = {}
        for name in LIMB:
            value = self._angle(node.pairs, name)
            if value is not None:
                found[name] = value
        if "hand" in node.pairs:
            word = _name(self.fields, node.pairs, "hand", self.holds)
            found["hand"] = "" if word == NONE else word
        return found

    def _angle(self, pairs: Pairs, name: str) -> Angle | None:
        """Read degrees, or the name of a thing if the limb may rest on it."""
        if name not in pairs:
            return None
        node = pairs[name][1]
        if isinstance(node, Scalar) and not node.missing:
            word = same_id(node.text.strip().lower())
            if name == "ankle" and word == FLAT:
                return FLAT
            if name in RESTING and word[:1].isalpha():
                return _known(self.fields, node, self.rests) or None
        return self._degrees(pairs, name, LIMB[name])

    def _degrees(self, pairs: Pairs, name: str, joint: Joint) -> float | None:
        if name not in pairs:
            return None
        key, node = pairs[name]
        scalar = self.fields.scalar(node, key, "degrees")
        if scalar is None:
            return None
        value = _number(self.fields, scalar)
        if value is None:
            self.fields.problems.error(
                "E104", scalar, f"`{name}` is a number of degrees, not `{short(scalar.text)}`"
            )
        elif not joint.low <= value <= joint.high:
            self.fields.problems.error(
                "E212",
                scalar,
                f"`{name}` goes from {joint.low:g} to {joint.high:g} degrees",
                f"above 0 {joint.words}",
            )
            return None
        return value


def _changed(limb: Limb, written: Mapping[str, Angle]) -> Limb:
    """Return the limb with the written angles. An arm angle frees a hand that held a thing."""
    fresh = dict(written)
    if "hand" not in fresh and {"shoulder", "elbow"} & fresh.keys():
        fresh["hand"] = ""
    return limb._replace(**fresh)  # type: ignore[arg-type]  # keys of LIMB are its fields


def _props(fields: Fields, pairs: Pairs) -> tuple[Prop, ...]:
    if "props" not in pairs:
        return ()
    key, node = pairs["props"]
    found = []
    for item in node.items if isinstance(node, Seq) else [node]:
        if not isinstance(item, Map) or len(item.pairs) != 1:
            if not fields.lost(item):
                fields.problems.error(
                    "E103", _spot(item, key), "a prop is a thing and where it touches",
                    "`- wall: {front: near-hand}`",
                )  # fmt: skip
            continue
        ((name, value),) = item
        thing = _known(fields, name, set(THINGS))
        prop = _prop(fields, name, value, thing) if thing else None
        if prop:
            found.append(prop)
    return tuple(found)


def _spot(item: Node | None, key: Scalar) -> Place:
    return item if item is not None else key


def _prop(fields: Fields, name: Scalar, node: Node, thing: str) -> Prop | None:
    if not isinstance(node, Map):
        if not fields.lost(node):
            fields.problems.error(
                "E103", name, f"`{thing}` is a map of where it touches", "`{under: near-foot}`"
            )
        return None
    _only(fields, node, PROP_KEYS, "a prop")
    places = [place for place in PropPlace if place.value in node.pairs]
    if len(places) != 1:
        options = ", ".join(place.value for place in PropPlace)
        fields.problems.error("E102", name, f"`{thing}` needs one of: {options}")
        return None
    place = places[0]
    part = _name(fields, node.pairs, place.value, set(PARTS))
    to = _name(fields, node.pairs, "to", set(PARTS))
    if place is PropPlace.FROM and not to and "to" not in node.pairs:
        fields.problems.error("E102", name, f"`{thing}` leads `from` a part `to` another")
    on = _name(fields, node.pairs, "on", set(HEIGHTS)) or "floor"
    numbers = {
        key: _percent(fields, node.pairs, key)
        for key in ("at", "then", "high")
        if key in node.pairs
    }
    return Prop(thing, place, part, to, on, **numbers) if part else None


def _percent(fields: Fields, pairs: Pairs, name: str) -> float | None:
    key, node = pairs[name]
    scalar = fields.scalar(node, key, "a number from 0 to 100")
    if scalar is None:
        return None
    value = _number(fields, scalar)
    if value is None or not 0 <= value <= 100:
        fields.problems.error("E104", scalar, f"`{name}` is a number from 0 to 100")
        return None
    return value
