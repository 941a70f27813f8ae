"""Computes how far a figure has moved from its first pose to its second.

The share depends only on the position in the session. So the figure stops in a pause, and it moves
backwards if the person goes back.
"""

import math

from player.routine.model import CyclePhase, Reps, Step
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import PhaseWord, Unit
from player.session.timeline import Segment

SHARES = 12
"""Steps between two poses. At ten pictures a second, a stroke of 1.5 s shows every step."""

_STILL = frozenset({PhaseWord.CONTRACT, PhaseWord.RELAX})
_TAKES_UP = frozenset({PhaseWord.STRETCH, PhaseWord.DEEPEN})
_USUAL_BEATS = (2_000, 2_000)
_TAKES_UP_MS = 2_500
"""How long a stretch in contract-relax takes to reach the second pose."""


def share_at(step: Step, segment: Segment, position: int) -> float:
    """Return the share at `position` ms of the session, from 0 (first pose) to 1 (second).

    Only work moves. With a tempo the figure moves there and back once a rep, in the beats of the
    tempo. A pass is a stroke in one direction. In contract-relax the stretch moves to the second
    pose and stays there.
    """
    if segment.kind is not SegmentKind.WORK:
        return 0.0
    at = max(position - segment.start, 0)
    phase = segment.amount.known if isinstance(segment.amount, CyclePhase) else None
    if phase in _STILL:
        return 0.0
    if phase in _TAKES_UP:
        return _eased(min(at / _TAKES_UP_MS, 1.0))
    tempo = step.dose.tempo
    if tempo is not None and not tempo.self_paced:
        rep = tempo.lasts(1) if tempo.per_minute else sum(tempo.beats)
        beats = tempo.beats
    else:
        beats, rep = _USUAL_BEATS, sum(_USUAL_BEATS)
    if rep <= 0:
        return 0.0
    if _is_stroke(step, segment):
        there, back = divmod(at, rep)
        share = back / rep
        return _eased(1 - share if there % 2 else share)
    return _in_beats(at % rep, beats, rep)


def moves(step: Step, segment: Segment) -> bool:
    """Return whether a figure of two poses moves in this segment."""
    return segment.kind is SegmentKind.WORK and step.exercise.figure is not None


def _is_stroke(step: Step, segment: Segment) -> bool:
    """Return whether a rep goes in one direction only."""
    if step.exercise.is_massage:
        return True
    return isinstance(segment.amount, Reps) and segment.amount.unit is Unit.PASSES


def _in_beats(at: float, beats: tuple[int, ...], rep: int) -> float:
    """Return the share within one rep: two beats are there, back; three are there, hold, back."""
    if len(beats) < 2:
        return (1 - math.cos(math.tau * at / rep)) / 2
    there = beats[0]
    hold = beats[1] if len(beats) > 2 else 0
    back = beats[2] if len(beats) > 2 else beats[1]
    if at < there:
        return _eased(at / there)
    if at < there + hold:
        return 1.0
    if back and at < there + hold + back:
        return _eased(1 - (at - there - hold) / back)
    return 0.0


def _eased(share: float) -> float:
    """Return the share with a slow start and a slow end, as a limb moves."""
    return (1 - math.cos(math.pi * share)) / 2
