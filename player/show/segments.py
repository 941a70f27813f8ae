"""Prints the exact timeline that `show` adds below the picture, in lines or as JSON."""

from collections.abc import Iterator, Sequence

from player.routine.model import Routine
from player.routine.pieces import SegmentKind
from player.routine.vocabulary import Side
from player.session.labels import label_of
from player.session.timeline import Timeline
from player.show.shares import region_totals


def timeline_json(timeline: Timeline) -> dict[str, object]:
    """Return the JSON of `show --json`. Its keys are stable; times are in ms from the beginning."""
    return {
        "total_ms": timeline.total_ms,
        "exact": timeline.exact,
        "work_ms": timeline.work_ms(),
        "regions": [
            {
                "region": total.region,
                "kind": total.kind,
                **{f"{side}_ms": ms for side, ms in total.work._asdict().items()},
            }
            for total in region_totals(timeline)
        ],
        "segments": [
            {
                "start_ms": segment.start,
                "end_ms": segment.end,
                "kind": segment.kind.value,
                "exercise": segment.exercise,
                "side": segment.side.value if segment.side else None,
                "set": segment.set or None,
                "rep": segment.rep or None,
                "label": label_of(segment.amount) if segment.amount else None,
            }
            for segment in timeline.segments
        ],
    }


def timeline_lines(routine: Routine, timeline: Timeline, languages: Sequence[str]) -> Iterator[str]:
    """Yield one line for each segment: start, end, kind, side, amount and name."""
    languages = routine.languages_for(languages)
    for index, segment in enumerate(timeline.segments):
        for text in timeline.says.get(index, ()):
            yield f"{'':23}say     {text.pick(languages)}"
        step = timeline.steps.get(segment.step)
        parts = [
            segment.side.value if segment.side and segment.side is not Side.BOTH else "",
            label_of(segment.amount),
            step.title.pick(languages) if step and segment.kind is SegmentKind.WORK else "",
        ]
        if step and segment.kind is SegmentKind.WORK and segment.set:
            parts.append(f"set {segment.set}" + (f", {segment.rep}" if segment.rep > 1 else ""))
        words = "  ".join(part for part in parts if part)
        times = f"{precise(segment.start):>10} {precise(segment.end):>10}"
        yield f"{times}  {segment.kind:7} {words}".rstrip()
    for text in timeline.says.get(len(timeline.segments), ()):
        yield f"{'':23}say     {text.pick(languages)}"


def precise(ms: int) -> str:
    """Return a position, with milliseconds only if they are not 0: `1:05`, `1:05.250`."""
    minutes, rest = divmod(ms, 60_000)
    seconds, thousandths = divmod(rest, 1_000)
    return f"{minutes}:{seconds:02d}" + (f".{thousandths:03d}" if thousandths else "")
