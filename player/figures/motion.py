"""Where a movement stands: a share between its first pose and its second, by session position.

A pure function of the position, so that a pause stands still and going back goes back.
"""

import math

from player.routine.model import CyclePhase, Reps, Step
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import PhaseWord, Unit
from player.session.timeline import Segment

SHARES = 12
"""Steps between two poses: at ten pictures a second a stroke of a second and a half shows all."""

_STILL = frozenset({PhaseWord.CONTRACT, PhaseWord.RELAX})
_TAKES_UP = frozenset({PhaseWord.STRETCH, PhaseWord.DEEPEN})
_USUAL_BEATS = (2_000, 2_000)
_TAKES_UP_MS = 2_500
"""How long the slack is taken up in the stretch of contract-relax."""


def share_at(step: Step, segment: Segment, position: int) -> float:
    """The share at `position` ms of the session, from 0 (first pose) to 1 (second).

    Only work moves. A tempo moves once there and back a rep, in its own beats; a pass is a
    stroke in one direction; in contract-relax the second pose is taken up in the stretch.
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
    """Whether a figure of two poses moves in this segment."""
    return segment.kind is SegmentKind.WORK and step.exercise.figure is not None


def _is_stroke(step: Step, segment: Segment) -> bool:
    """Whether a rep goes one way only."""
    if step.exercise.is_massage:
        return True
    return isinstance(segment.amount, Reps) and segment.amount.unit is Unit.PASSES


def _in_beats(at: float, beats: tuple[int, ...], rep: int) -> float:
    """There and back in one rep: two beats are there, back; three there, hold, back."""
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
    """Slow at both ends, as a limb moves."""
    return (1 - math.cos(math.pi * share)) / 2
