"""Every text on a screen must pass through `shown`, because Textual reads bare text as markup."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.program import ROOT

PLACES = ("player/tui/screens", "player/tui/widgets")
FILES = [
    *sorted(file for place in PLACES for file in (ROOT / place).glob("*.py")),
    ROOT / "player/tui/visit.py",
    ROOT / "player/tui/app.py",
]
WIDGETS = {"Static", "Label", "Option", "Button", "Checkbox"}
METHODS = {"update", "notify", "set_options", "add_option"}


def contents(function: ast.AST) -> set[str]:
    """Return the names that are annotated as Content within a function."""
    found = set()
    for node in ast.walk(function):
        said = getattr(node, "annotation", None)
        if said is None or not ast.unparse(said).startswith("Content"):
            continue
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
    return found


def bare_texts(source: str) -> Iterator[str]:
    """Return every call that would put a bare text on the screen."""
    tree = ast.parse(source)
    known = contents(tree)
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if name not in WIDGETS and method not in METHODS:
            continue
        given = call.args[0]
        is_safe = isinstance(given, ast.Constant | ast.Call | ast.GeneratorExp) or (
            isinstance(given, ast.Name) and given.id in known
        )
        if not is_safe:
            yield ast.unparse(call)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_no_screen_or_widget_shows_a_text_without_shown(file: Path) -> None:
    source = file.read_text("utf-8")
    assert list(bare_texts(source)) == []
    assert "markup=True" not in source and "from_markup" not in source


def test_the_search_finds_every_kind_of_bare_text() -> None:
    for call in ("Static(name)", "Static(f'{a}')", "self.update(self.words)", "Option(a + b)"):
        assert list(bare_texts(call)) == [call]
    assert list(bare_texts("def f(words: Content): Static(words); Static(shown(name))")) == []
