"""No piece of a broken report of a terminal is a key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.base.reports import REST_MS, Reports, is_whole

REPORTS = {
    "old mouse": "\x1b[M !!",
    "mouse press": "\x1b[<0;10;12M",
    "mouse release": "\x1b[<0;10;12m",
    "mouse wheel": "\x1b[<64;10;12M",
    "mouse motion": "\x1b[<35;110;42M",
    "paste": "\x1b[200~n y10\x1b[201~",
    "focus in": "\x1b[I",
    "focus out": "\x1b[O",
    "up": "\x1b[A",
    "right in application mode": "\x1bOC",
    "with ctrl": "\x1b[1;5D",
    "page down": "\x1b[6~",
    "F1": "\x1bOP",
    "F1 of the Linux console": "\x1b[[A",
    "F5": "\x1b[15~",
    "device attributes": "\x1b[?62;1;2;4c",
    "cursor position": "\x1b[12;40R",
    "kitty": "\x1b[?1u",
    "a key of kitty": "\x1b[110;5u",
    "mode": "\x1b[?2026;2$y",
    "colour": "\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\",
    "colour with a bell": "\x1b]11;rgb:1e1e/1e1e/1e1e\x07",
    "setting": "\x1bP1$r0m\x1b\\",
    "Alt and a letter": "\x1by",
}
by_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def keys_of(pieces: str, gaps: list[int]) -> list[str]:
    """Return the characters that count as keys, when each comes so long after the one before."""
    reports, at, keys = Reports(), 1_000, []
    for char, gap in zip(pieces, gaps, strict=True):
        at += gap
        reports, is_piece = reports.takes(char, at)
        if not is_piece:
            keys.append(char)
    return keys


@by_report
@pytest.mark.parametrize("gap", [1, 10, 40, 80, 120])
def test_no_piece_of_a_report_is_a_key_and_the_next_key_is(report: str, gap: int) -> None:
    assert keys_of(report + "n", [gap] * (len(report) + 1)) == ["n"]


@by_report
def test_a_report_that_is_cut_off_anywhere_ends_after_a_moment(report: str) -> None:
    for cut in range(1, len(report)):
        begun = report[:cut]
        gaps = [30] * cut
        assert keys_of(begun + "n", [*gaps, REST_MS]) == ["n"], begun
        assert keys_of(begun + "\x02", [*gaps, REST_MS - 1]) == [], begun


@by_report
@given(st.data())
def test_any_gaps_up_to_120_ms_make_no_key(report: str, data: st.DataObject) -> None:
    gaps = st.lists(st.integers(1, 120), min_size=len(report), max_size=len(report))
    assert keys_of(report, data.draw(gaps)) == []


@pytest.mark.parametrize("opening", "[O]P")
def test_a_report_that_has_lost_its_escape_makes_no_key(opening: str) -> None:
    for report in REPORTS.values():
        if report[1] == opening:
            assert keys_of(report[1:], [50] * (len(report) - 1)) == []


def test_a_typed_name_keeps_its_capital_letters() -> None:
    reports = Reports()
    for at, char in enumerate("Olga Pop", 1):
        reports, is_piece = reports.takes(char, at, in_text=True)
        assert not is_piece


@by_report
def test_a_report_is_whole_with_its_last_character_only(report: str) -> None:
    assert is_whole(report)
    assert not any(is_whole(report[:end]) for end in range(1, len(report)))


@given(st.text(alphabet="\x1b[]OPM<;0123456789~nyqxu\r\x07\\", max_size=60))
def test_a_key_long_after_anything_is_a_key(before: str) -> None:
    assert keys_of(before + "n", [1] * len(before) + [REST_MS])[-1:] == ["n"]
