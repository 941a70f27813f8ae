"""What is known of injuries: how old one is, whether a clinician has seen it, and its name."""

from collections.abc import Iterable, Mapping

from player.base.calendar import day_began, day_words, days_after
from player.routine.vocabulary import Side
from player.safety.findings import Finding

HURT = frozenset({"acute_strain", "ham_strain", "strain_healing", "injury_unseen"})
"""The conditions of an injury."""

HURT_DAYS = 21
"""For how many days an injury is asked about, and counts as healing."""

SORE_BONE = "S5"
"""The question about a bone that is sore without an injury."""


def is_recent(finding: Finding, now: float) -> bool:
    """Whether an injury is from the last 21 days. One with no day counts, and one in the future."""
    return finding.since is None or now < days_after(finding.since, HURT_DAYS)


def was_seen(finding: Finding, now: float) -> bool:
    """Whether a clinician had looked at an injury by `now`. Not known counts as not seen."""
    moments = (finding.seen_at, finding.cleared_at)
    return any(at is not None and at <= now for at in moments)


def known_injuries(standing: Iterable[Finding], now: float) -> list[Finding]:
    """The injuries of the last 21 days with a place: one finding for each place and side.

    The finding with the latest day counts. The oldest injury comes first.
    """
    found: dict[tuple[str, Side | None], Finding] = {}
    for finding in sorted(standing, key=lambda f: f.since or 0.0):
        dated = finding.place is not None and finding.since is not None
        if finding.key in HURT and dated and finding.question != SORE_BONE:
            assert finding.place is not None  # it is dated, so it has a place
            if is_recent(finding, now):
                found.pop((finding.place, finding.side), None)
                found[finding.place, finding.side] = finding
    return list(found.values())


def day_of_injury(since: float, now: float) -> str:
    """The day of an injury in words, such as `12 November`.

    An injury of an earlier day is saved with the end of that day, which is midnight.
    """
    return day_words(since - 1 if since == day_began(since) else since, now)


def name_of_injury(finding: Finding, words: Mapping[str, str], now: float) -> str:
    """How a hurt place is named, such as `left back thigh of 12 November`."""
    form = words[f"hurt.{finding.side.value if finding.side else 'at'}"]
    place = words.get(f"hurt.{finding.place}", words["hurt.somewhere"])
    since = finding.at if finding.since is None else finding.since
    return form.format(place=place, day=day_of_injury(since, now))
