"""The program's own data is read strictly: a mistake is refused with its place."""

from collections.abc import Callable
from enum import StrEnum

import pytest

from player.document.read import read_bytes
from player.document.rows import DataRow, RowError


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def row(text: str) -> DataRow:
    return DataRow(read_bytes(text.encode(), "t.yaml").root, "t.yaml", "the row")


def test_correct_data_is_read() -> None:
    found = row("a: one\nb: [x, y]\nc: true\nd: 12\ne: blue\nf: [{g: h}]\ni: []\n")
    assert (found.text("a"), found.text_or("z")) == ("one", "")
    assert (found.texts("b"), found.texts_or("z")) == (("x", "y"), ())
    assert (found.flag("c"), found.flag("z")) == (True, False)
    assert found.number("d") == 12
    assert found.choice("e", Colour) is Colour.BLUE
    assert [inner.text("g") for inner in found.rows("f", "a row")] == ["h"]
    assert found.any_texts("i") == ()


@pytest.mark.parametrize(
    ("text", "read", "words", "line", "col"),
    [
        ("a: one\n", lambda r: r.text("z"), "the row needs `z`", 0, 0),
        ("x: 1\na:\n", lambda r: r.text("a"), "`a` is empty", 1, 2),
        ("a: [b]\n", lambda r: r.text("a"), "one text", 0, 3),
        ("a: b\n", lambda r: r.texts("a"), "list of texts", 0, 3),
        ("a: []\n", lambda r: r.texts("a"), "list of texts", 0, 3),
        ("a: [b, [c]]\n", lambda r: r.texts("a"), "list of texts", 0, 3),
        ("a: [b, '']\n", lambda r: r.any_texts("a"), "list of texts", 0, 3),
        ("a: yes\n", lambda r: r.flag("a"), "`true` or not there", 0, 3),
        ("a: -1\n", lambda r: r.number("a"), "whole number", 0, 3),
        ("a: rd\n", lambda r: r.choice("a", Colour), "`rd` can't stand here.*red, blue", 0, 3),
        ("a: b\n", lambda r: r.row("a", "the map"), "the map should be a map", 0, 3),
        ("a: [b]\n", lambda r: r.rows("a", "a row"), "should hold maps", 0, 3),
        ("a: 1\nbb: 2\n", lambda r: r.only({"a"}), "the row has no key `bb`", 1, 0),
        ("a: [b, c]\n", lambda r: r.item_of("a", "c", {"b": 1}), "`c` can't stand here", 0, 7),
    ],
)
def test_wrong_data_is_refused_with_its_place(
    text: str, read: Callable[[DataRow], object], words: str, line: int, col: int
) -> None:
    with pytest.raises(RowError, match=words) as refused:
        read(row(text))
    at = refused.value.at
    assert at is not None
    assert (refused.value.path, at.line, at.col) == ("t.yaml", line, col)
