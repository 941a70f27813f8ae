"""The nodes of a file: texts, lists and maps with their places. They have no meaning yet.

No value is converted: `1:30`, `no`, `010` and `~` are texts. The code that reads a key decides
what its text means. Lines and columns count from 0.
"""

from collections.abc import Iterator


class Scalar:
    """One text. `plain` is true if it was written without quotes or block style."""

    __slots__ = ("col", "line", "plain", "text", "width")

    def __init__(self, text: str, line: int, col: int, width: int, plain: bool) -> None:
        self.text = text
        self.line = line
        self.col = col
        self.width = width
        self.plain = plain

    @property
    def missing(self) -> bool:
        """Whether the value is empty. An empty value counts as missing."""
        return not self.text.strip()


class Seq:
    """A list of nodes."""

    __slots__ = ("col", "items", "line", "width")

    def __init__(self, line: int, col: int) -> None:
        self.items: list[Node] = []
        self.line = line
        self.col = col
        self.width = 1


class Map:
    """Pairs of key and node in the order written. Each key is a text and occurs once."""

    __slots__ = ("col", "line", "pairs", "width")

    def __init__(self, line: int, col: int) -> None:
        self.pairs: dict[str, tuple[Scalar, Node]] = {}
        self.line = line
        self.col = col
        self.width = 1

    def __iter__(self) -> Iterator[tuple[Scalar, "Node"]]:
        return iter(self.pairs.values())

    def get(self, key: str) -> "Node | None":
        pair = self.pairs.get(key)
        return pair[1] if pair else None


Node = Scalar | Seq | Map
