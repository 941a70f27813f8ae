"""The count of what stands between the library and the session walks the real way."""

from pathlib import Path

from tools.way import way


def test_a_regular_goes_from_the_library_to_get_ready(tmp_path: Path) -> None:
    found = way(tmp_path, newcomer=False)
    assert found.screens[0].split()[0] == "supple"
    assert "Get ready" in found.screens[-1]
    asked = [text for text in found.screens if "How sore is your sorest place now" in text]
    assert len(asked) == 1, "a screen counts once, whatever is typed into it"
    assert found.keys < 30
