"""The count of what stands between the library and the session walks the real way."""

from pathlib import Path

from tools.way import way


def test_a_regular_goes_from_the_library_to_get_ready(tmp_path: Path) -> None:
    found = way(tmp_path, newcomer=False)
    assert found.screens[0].split()[0] == "supple"
    assert "Get ready" in found.screens[-1]
    asked = [text for text in found.screens if "For this routine: is one of these so?" in text]
    assert len(asked) == 1, "a screen counts once, whatever is marked on it"
    assert not any("How sore is your sorest place now" in text for text in found.screens)
    assert len(found.screens) <= 7 and found.keys < 30


def test_a_newcomer_passes_at_most_8_screens(tmp_path: Path) -> None:
    assert len(way(tmp_path, newcomer=True).screens) <= 8
