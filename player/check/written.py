"""A file exactly as it is written, byte for byte, in lines that can be edited."""

import re
from collections.abc import Iterable

from player.document.problem import Edit

_BOM = b"\xef\xbb\xbf"
_ENDS = re.compile(r"(\r\n|\r|\n)")


class Written:
    """The lines of a file, with their line ends and byte order mark."""

    def __init__(self, mark: bytes, lines: list[str], ends: list[str]) -> None:
        self._mark = mark
        self._lines = lines
        self._ends = ends

    @classmethod
    def of(cls, data: bytes) -> "Written | None":
        """Split the bytes of a file; None if they are not UTF-8."""
        mark = _BOM if data.startswith(_BOM) else b""
        try:
            parts = _ENDS.split(data[len(mark) :].decode("utf-8"))
        except UnicodeDecodeError:
            return None
        return cls(mark, parts[::2], parts[1::2])

    @property
    def data(self) -> bytes:
        ends = [*self._ends, ""]
        text = "".join(line + end for line, end in zip(self._lines, ends, strict=True))
        return self._mark + text.encode("utf-8")

    def at(self, edit: Edit) -> str:
        """The text that an edit replaces."""
        line = self._lines[edit.line - 1] if edit.line <= len(self._lines) else ""
        return line[edit.col - 1 : edit.col - 1 + edit.width]

    def with_edits(self, edits: Iterable[Edit]) -> "Written":
        """Return the file with the edits applied. The edits must not overlap."""
        lines = [*self._lines]
        for edit in sorted(edits, reverse=True):
            line, start = lines[edit.line - 1], edit.col - 1
            lines[edit.line - 1] = line[:start] + edit.text + line[start + edit.width :]
        return Written(self._mark, lines, self._ends)
