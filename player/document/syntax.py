"""Explains a YAML error in plain words, and repairs the line so that reading can continue.

The parser reports where it gave up, often a line after the mistake. If the intention is clear, the
line is read as it was meant, so that nothing is lost and no further errors follow. Otherwise the
line and the lines below it that belong to it are left out.
"""

import re
from typing import NamedTuple

import yaml

from player.document.problem import Edit, Place, Span

_LOOKED_AT = 400
"""Longest part of a broken line that is examined: the patterns below do not run in linear time."""

_GLUED = re.compile(r"^[\s-]*[A-Za-z_-]+(:)[^\s:/][^:]*$")
_SECOND_COLON = re.compile(r"^(?:[\s-]*)[^\s\"'#][^:#]*:\s+()[^\s\"'{\[|>].*?(:\s)")
_PAIR = re.compile(r"^[\s-]*[^\s\"'#{\[-][^:#]*:( +)\S")
_NO_COLON = re.compile(r"^[\s-]*([a-z][a-z_-]*)(?: +[^\s:].*| *)$")
_NO_SPACE = re.compile(r"^ *-[^\s-]")
_DASHED = re.compile(r"^[\s-]*- ")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*")
_BLOCK_TEXT = re.compile(r"[:-]\s+[|>][0-9+-]*\s*$")
_CLOSERS = {"{": "}", "[": "]"}


class Broken(NamedTuple):
    """One syntax mistake, its fix, and the changed lines with which reading continues.

    `lines`: replacement lines by number. `moved`: how many columns a line is shifted right for
    reading. `certain`: nothing was left out, so something that seems missing really is missing.
    """

    code: str
    at: Span
    message: str
    help: str
    lines: dict[int, str]
    other: tuple[Place, str] | None = None
    fix: tuple[Edit, ...] = ()
    moved: dict[int, int] = {}  # noqa: RUF012  # never modified
    certain: bool = False
    vague: bool = False
    """The intention is unclear, so a second vague mistake right after this one is not reported."""


def explain(error: yaml.YAMLError, lines: list[str]) -> Broken:
    """Explain the parser's error from the line where it stopped and the lines around it."""
    return _Reading(error, lines).broken()


class _Reading:
    def __init__(self, error: yaml.YAMLError, lines: list[str]) -> None:
        self.lines = lines
        self.message = str(getattr(error, "problem", "") or "")
        self.context = str(getattr(error, "context", "") or "")
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        opened = getattr(error, "context_mark", None)
        self.line = min(mark.line, len(lines) - 1) if mark else 0
        self.col = mark.column if mark else 0
        while self.line > 0 and not lines[self.line].strip():
            self.line -= 1
            self.col = len(lines[self.line])
        self.opened = Span(min(opened.line, len(lines) - 1), opened.column) if opened else None

    def broken(self) -> Broken:
        if "quoted scalar" in self.context and "unexpected" in self.message and self.opened:
            return self._open_quote(self.opened)
        if "directive" in self.context and self.opened:
            self.line, self.message = self.opened.line, "cannot start"
            self.col = self.opened.col
        if "flow" in self.context and self.opened:
            return self._flow(self.opened)
        if "simple key" in self.context and self.opened:
            self.line, self.col = self.opened.line, self.opened.col
        if found := self._text_of_other_quotes():
            return found
        no_pair = "mapping values" in self.message
        if no_pair and self.line and _GLUED.match(self._text(self.line - 1)):
            self.line -= 1  # the parser took `hold:30s` for the beginning of a long text
            no_pair = False
        above = self._before(self.line)
        glued = above is not None and _NO_SPACE.match(self._text(above))
        if above is not None and glued and _DASHED.match(self._text(self.line)):
            self.line = above  # the parser took `-calf: 30s` for a key
        if no_pair and above is not None and self._goes_on(above):
            self.line, no_pair = above, False
            self.message = "could not find expected ':'"
        source = self._text(self.line)
        if _TAB_INDENT.match(source):
            return self._tabs()
        return (
            (no_pair and self._second_colon(source))
            or (no_pair and self._further_in(source))
            or self._beginning(source)
            or self._out_of_place(source)
            or self._no_pair(source)
            or self._unknown(source)
        )

    # Lines and their neighbours

    def _text(self, line: int) -> str:
        return self.lines[line][:_LOOKED_AT]

    def _goes_on(self, above: int) -> bool:
        """Whether the parser read a line without a colon and this line as one text."""
        text = self._text(above)
        bare = text.strip(" -")
        content = len(text) - len(text.lstrip(" -"))
        same = content == _indent(self._text(self.line))
        return same and bare[:1] not in set("\"'{[|>#") and not re.search(r":(\s|$)", bare)

    def _block(self, line: int) -> range:
        """A line and the lines below that belong to it: all that are indented further."""
        indent = _indent(self.lines[line])
        end = line + 1
        while end < len(self.lines) and (
            not self.lines[end].strip() or _indent(self.lines[end]) > indent
        ):
            end += 1
        return range(line, end)

    def _blanked(self, line: int) -> dict[int, str]:
        return dict.fromkeys(self._block(line), "")

    def _before(self, line: int, found: re.Pattern[str] | None = None) -> int | None:
        """The nearest line above that is not empty, or that matches `found`."""
        for above in range(line - 1, max(-1, line - 200), -1):
            text = self._text(above)
            says = text.strip() and not text.lstrip().startswith("#")
            if says and (found is None or found.match(text)):
                return above
        return None

    def _whole(self, source: str) -> bool:
        """Whether the examined part is the whole line."""
        return len(self.lines[self.line]) == len(source)

    # Quotes and brackets

    def _open_quote(self, at: Span) -> Broken:
        source = self.lines[at.line].rstrip()
        mark = source[at.col]
        inside = source[at.col + 1 :]
        plain = mark not in inside and " #" not in inside and "\\" not in inside
        alone = len(self._block(at.line)) == 1 or not "".join(
            self.lines[n].strip() for n in self._block(at.line)[1:]
        )
        sure = bool(plain and alone and inside.strip())
        return Broken(
            "E005",
            at._replace(width=len(source) - at.col),
            f"this text is opened with {mark} and never closed",
            f"put {mark} behind its last word",
            {at.line: source + mark} if sure else self._blanked(at.line),
            fix=(Edit(at.line + 1, len(source) + 1, 0, mark),) if sure else (),
            certain=sure,
        )

    def _text_of_other_quotes(self) -> Broken | None:
        """A quote that was never closed, so that the next quote closes it too early."""
        before = self.lines[self.line][max(0, self.col - _LOOKED_AT) : self.col].rstrip()
        mark = before[-1:]
        if "did not find" not in self.message or mark not in {'"', "'"}:
            return None
        opener = self._open_above(mark)
        if opener is None:
            return None
        end = Span(self.line, self.lines[self.line].rindex(mark, 0, self.col))
        return self._open_quote(opener)._replace(
            message=f"this text is opened with {mark} and not closed on its line",
            other=(end, f"the next {mark} is only here"),
        )

    def _flow(self, at: Span) -> Broken:
        source = self.lines[at.line].rstrip()
        bracket = source[at.col : at.col + 1]
        closer = _CLOSERS.get(bracket, "")
        here = self.lines[self.line][self.col : self.col + 1] if self.line >= at.line else ""
        if here and here in "}]" and here != closer and self.line == at.line:
            return Broken(
                "E005",
                Span(self.line, self.col),
                f"this `{here}` does not close the `{bracket}`",
                f"close it with `{closer}`",
                self._blanked(at.line),
                other=(at, "opened here"),
            )
        if self.line > at.line or self.col >= len(source):
            return self._never_closed(at, source, bracket)
        return Broken(
            "E005",
            Span(self.line, self.col),
            f"what stands between `{bracket}` and `{closer}` can't be read from here on",
            "a comma goes between two of them; put quotes round a text with a comma, `: ` or a "
            "bracket in it",
            self._blanked(at.line),
            other=(at, "opened here"),
        )

    def _never_closed(self, at: Span, source: str, bracket: str) -> Broken:
        missing = _missing_closers(source[at.col :])
        rest = [n for n in self._block(at.line)[1:] if self.lines[n].strip()]
        sure = missing is not None and not rest and not source.endswith((",", ":"))
        return Broken(
            "E005",
            at,
            f"this `{bracket}` is never closed",
            f"close it with `{_CLOSERS.get(bracket, '')}`",
            {at.line: source + (missing or "")} if sure else self._blanked(at.line),
            other=None
            if self.line == at.line
            else (Span(self.line, _indent(self.lines[self.line])), "it is not closed before this"),
            fix=(Edit(at.line + 1, len(source) + 1, 0, missing or ""),) if sure else (),
            certain=sure,
        )

    # Tabs

    def _tabs(self) -> Broken:
        """All tabs at once: a person who indents one line with a tab often does so everywhere."""
        hits = [n for n, text in enumerate(self.lines) if _TAB_INDENT.match(text)]
        inner = [text for text in self.lines if text[:1] in {" ", "\t"} and text.strip()]
        only_tabs = all(text.startswith("\t") for text in inner)
        put: dict[int, str] = {}
        for number in hits:
            match = _TAB_INDENT.match(self.lines[number])
            written = match.group() if match else ""
            width = 2 * written.count("\t") if only_tabs else self._level(number, put)
            put[number] = " " * (width + (written.count(" ") if only_tabs else 0))
        fixed = {n: put[n] + self.lines[n].lstrip(" \t") for n in hits}
        more = len(hits) - 1
        others = (
            "" if not more else f"; so {'is 1 line' if more == 1 else f'are {more} lines'} more"
        )
        first = self.line if self.line in hits else hits[0]
        sure = only_tabs or self._one_list(hits)
        return Broken(
            "E006",
            Span(first, self.lines[first].index("\t")),
            f"this line is indented with a tab{others}",
            "replace each tab with two spaces",
            fixed,
            fix=tuple(
                Edit(n + 1, 1, len(self.lines[n]) - len(self.lines[n].lstrip(" \t")), put[n])
                for n in hits
            )
            if sure
            else (),
            moved={n: len(fixed[n]) - len(self.lines[n]) for n in hits},
        )

    def _one_list(self, hits: list[int]) -> bool:
        """Whether there is one flat list, so that a tab can mean only one depth."""
        rest = [text for n, text in enumerate(self.lines) if n not in hits and text.strip()]
        dashes = {_indent(text) for text in rest if _DASHED.match(text)}
        inner = {_indent(text) for text in rest if text.startswith(" ")}
        return len(dashes) == 1 and inner <= dashes | {min(dashes) + 2}

    def _level(self, line: int, put: dict[int, str]) -> int:
        """The intended indentation of a line with a tab, next to lines indented with spaces."""
        above = self._before(line)
        if above is None:
            return 0
        text = self.lines[above]
        indent = len(put[above]) if above in put else _indent(text)
        if self.lines[line].lstrip().startswith("- "):
            dashed = self._before(line, _DASHED)
            if text.rstrip().endswith(":") or dashed is None:
                return indent + 2
            return len(put[dashed]) if dashed in put else _indent(self.lines[dashed])
        beside = indent + 2 if text.lstrip().startswith("- ") else indent
        if text.rstrip().endswith(":"):  # it is the first of the lines that belong to the one above
            below = next((row for row in self.lines[line + 1 :] if row.strip()), "")
            return max(beside, _indent(below)) if not below.startswith("\t") else beside
        return beside

    # Texts that need quotes

    def _second_colon(self, source: str) -> Broken | None:
        match = _SECOND_COLON.match(source)
        if not match:
            return None
        return self._unquoted(
            match.start(2), match.start(1), "there is a second `: ` inside this text"
        )

    def _unquoted(self, at: int, start: int, message: str) -> Broken:
        line = self.lines[self.line]
        text = line[start:].rstrip()
        sure = " #" not in text and self._alone()
        lines = {self.line: line[:start] + quoted(text)} if sure else self._blanked(self.line)
        edit = Edit(self.line + 1, start + 1, len(text), quoted(text))
        return Broken(
            "E005",
            Span(self.line, at),
            message,
            "put the whole text in quotes",
            lines,
            fix=(edit,) if sure else (),
            certain=sure,
        )

    def _alone(self) -> bool:
        """Whether no line below could continue the text of this one."""
        below = [n for n in self._block(self.line)[1:] if self.lines[n].strip()]
        content = len(self._text(self.line)) - len(self._text(self.line).lstrip(" -"))
        return all(_indent(self.lines[n]) <= content for n in below)

    def _beginning(self, source: str) -> Broken | None:
        """A value that begins with a character that can't begin a value."""
        stripped = source.strip()
        body = stripped.removeprefix("- ").lstrip()
        value = body.split(": ", 1)[1].lstrip() if ": " in body else body
        start = source.rindex(value) if value else 0
        if value[:1] in set("@`%*&!"):
            return self._unquoted(start, start, f"a text can't begin with `{value[0]}`")
        if "escape" in self.message or "code" in self.message:
            return Broken(
                "E005",
                Span(self.line, min(self.col, len(source))),
                "a `\\` between double quotes begins an escape, and this one is unknown",
                "use single quotes, or write the `\\` twice",
                self._blanked(self.line),
            )
        if "did not find" in self.message and self.col == _indent(source):
            return None  # the whole line is misplaced, not this value
        if value[:1] in {'"', "'"}:
            return self._mixed_quotes(start, value)
        if "cannot start" in self.message and self.col < len(source) and self.line >= 0:
            sign = source[self.col]
            return Broken(
                "E005",
                Span(self.line, self.col),
                f"a text can't begin with `{sign}`",
                "put the whole text in quotes",
                self._blanked(self.line),
            )
        if value[:1] in {"{", "["}:
            return Broken(
                "E005",
                Span(self.line, start, len(value)),
                f"this `{value[0]}` is not closed, or holds a stray character",
                "close it, and put quotes round a text with a comma, `:` or a bracket in it",
                self._blanked(self.line),
            )
        return None

    def _mixed_quotes(self, start: int, value: str) -> Broken:
        mark = value[0]
        inside = value[1:-1]
        sure = (
            value[-1] == mark == "'"
            and not {'"', "\\"} & set(inside)
            and re.fullmatch(r"(?:[^']|(?<=\w)'(?=\w))+", inside) is not None
            and self._whole(self._text(self.line))
        )
        text = f'"{inside}"'
        return Broken(
            "E005",
            Span(self.line, start, len(value)),
            "the quotes round this text don't match",
            "open and close it with the same quotes, and nothing after them",
            {self.line: self.lines[self.line][:start] + text} if sure else self._blanked(self.line),
            fix=(Edit(self.line + 1, start + 1, len(value), text),) if sure else (),
            certain=sure,
        )

    def _open_above(self, mark: str) -> Span | None:
        """A quoted text above that is still open here and breaks the quotes of this line."""
        for above in range(self.line - 1, max(-1, self.line - 50), -1):
            text = self._text(above)
            match = re.match(rf"^[\s-]*(?:[^:#\"']*:\s+)?({mark})[^{mark}]*$", text)
            if match:
                return Span(above, match.start(1), len(text.rstrip()) - match.start(1))
        return None

    # Lines with wrong indentation

    def _further_in(self, source: str) -> Broken | None:
        """A key indented further than the text above, although a text can't contain keys."""
        above = self._before(self.line)
        if above is None or _indent(source) <= _indent(self.lines[above]):
            return None
        pair = _PAIR.match(self._text(above))
        if not pair:
            return None
        at = Span(self.line, _indent(source), max(len(source.strip()), 1))
        value = pair.end(1)
        other = (Span(above, value, len(self.lines[above].rstrip()) - value), "the value is here")
        if source.lstrip().startswith("- "):
            return Broken(
                "E005",
                Span(above, value, len(self.lines[above].rstrip()) - value),
                "a text stands where the list below should",
                "take it out, so that the list belongs to the key",
                {above: self.lines[above][: pair.start(1)]},
                other=(at, "the list is here"),
                certain=True,
            )
        text = self.lines[above]
        content = len(text) - len(text.lstrip(" -"))
        lines, moved = self._moved_run(self.line, content)
        return Broken(
            "E005",
            at,
            "this line is further in than the line above, which already has its value",
            "begin it right below the key of the line above",
            lines,
            other=other,
            moved=moved,
            certain=True,
        )

    def _moved_run(self, line: int, to: int) -> tuple[dict[int, str], dict[int, int]]:
        """Shift this line, and those below indented as far, so that it begins at `to`."""
        indent = _indent(self.lines[line])
        lines: dict[int, str] = {}
        for number in range(line, len(self.lines)):
            text = self.lines[number]
            depth = _indent(text)
            if text.strip() and (depth < indent or (depth == to and number > line)):
                break
            if text.strip():
                lines[number] = " " * (_indent(text) - indent + to) + text.lstrip(" ")
        return lines, dict.fromkeys(lines, to - indent)

    def _out_of_place(self, source: str) -> Broken | None:
        """A dash without a space, a step without a dash, or a wrong indentation."""
        stripped, indent = source.strip(), _indent(source)
        if _NO_SPACE.match(source):
            line = self.lines[self.line]
            return Broken(
                "E005",
                Span(self.line, indent),
                "there is no space after the `-`",
                "write `- ` and then the step",
                {self.line: f"{line[: indent + 1]} {line[indent + 1 :]}"},
                fix=(Edit(self.line + 1, indent + 2, 0, " "),),
                moved={self.line: 1},
                certain=True,
            )
        if "did not find" not in self.message or self.col != indent or not self.opened:
            return None
        if found := self._uneven_text(indent):
            return found
        if stripped.startswith("- "):
            if found := self._first_without_dash(indent):
                return found
            dashed = self._before(self.line, _DASHED)
            if dashed is None or _indent(self.lines[dashed]) == indent:
                return None
            if found := self._odd_one_above(dashed, indent):
                return found
            lines, moved = self._moved_block(_indent(self.lines[dashed]))
            where = "further" if indent > _indent(self.lines[dashed]) else "not as far"
            return Broken(
                "E005",
                Span(self.line, indent),
                f"this `-` is {where} in {'than' if where == 'further' else 'as'} the one above",
                "begin all steps of a list in the same column",
                lines,
                other=(Span(dashed, _indent(self.lines[dashed])), "the one above is here"),
                moved=moved,
                certain=True,
            )
        if "'-' indicator" not in self.message:
            return self._cut_above(source)
        if indent == self.opened.col:
            line = self.lines[self.line]
            return Broken(
                "E005",
                Span(self.line, indent, len(stripped)),
                "this line stands among steps and does not begin with `- `",
                "begin it with `- `, or put it as far in as the keys of the step above",
                {self.line: f"{line[:indent]}- {line[indent:]}"},
                other=(self.opened, "the steps begin here"),
            )
        above = self._before(self.line)
        if above is None or indent < self.opened.col:
            return None
        text = self.lines[above]
        lines, moved = self._moved_run(self.line, len(text) - len(text.lstrip(" -")))
        return Broken(
            "E005",
            Span(self.line, indent, len(stripped)),
            "this line is not as far in as the keys of its step",
            "begin it right below the key of the line above",
            lines,
            other=(Span(above, len(text) - len(text.lstrip(" -"))), "the keys begin here"),
            moved=moved,
            certain=True,
        )

    def _uneven_text(self, indent: int) -> Broken | None:
        """A text over several lines whose first line is indented further than the others."""
        head = self._before(self.line)
        while head is not None and _indent(self.lines[head]) >= indent:
            head = self._before(head)
        if head is None or not _BLOCK_TEXT.search(self._text(head)):
            return None
        return Broken(
            "E005",
            Span(self.line, indent),
            "this line is not as far in as the first line of its text",
            "begin all lines of the text in the same column",
            self._blanked(head),
            other=(Span(head + 1, _indent(self.lines[head + 1])), "the text begins here"),
        )

    def _first_without_dash(self, indent: int) -> Broken | None:
        """The first of several steps, which has no dash and so was read as a map."""
        first = self.opened
        if first is None or first.col != indent or first.line >= self.line:
            return None
        line = self.lines[first.line]
        if _indent(line) != indent or line.lstrip().startswith("-") or not indent:
            return None
        lines = {first.line: f"{line[:indent]}- {line[indent:]}"}
        between = [n for n in range(first.line + 1, self.line) if self.lines[n].strip()]
        inside = [n for n in between if _indent(self.lines[n]) == indent]
        lines |= {n: "  " + self.lines[n] for n in (between if inside else [])}
        return Broken(
            "E005",
            first._replace(width=len(line.strip())),
            "this line stands among steps and does not begin with `- `",
            "begin it with `- `",
            lines,
            other=(Span(self.line, indent), "the steps go on here"),
            moved=dict.fromkeys(between if inside else [], 2),
        )

    def _odd_one_above(self, dashed: int, indent: int) -> Broken | None:
        """The step above is indented differently from this one and most others."""
        odd = _indent(self.lines[dashed])
        depths = [_indent(text) for text in self.lines if _DASHED.match(text[:_LOOKED_AT])]
        first = dashed
        while (up := self._before(first, _DASHED)) is not None and _indent(self.lines[up]) == odd:
            first = up
        if depths.count(indent) <= depths.count(odd):
            return None
        numbers = [n for n in range(first, self.line) if self.lines[n].strip()]
        by = indent - odd
        lines = {
            n: " " * max(0, _indent(self.lines[n]) + by) + self.lines[n].lstrip(" ")
            for n in numbers
            if not (n > first and _indent(self.lines[n]) == indent + 2)
        }
        return Broken(
            "E005",
            Span(first, odd),
            f"this `-` is {'further' if odd > indent else 'not as far'} in "
            f"{'than' if odd > indent else 'as'} those below",
            "begin all steps of a list in the same column",
            lines,
            other=(Span(self.line, indent), "the next one is here"),
            moved=dict.fromkeys(lines, by),
            certain=True,
        )

    def _moved_block(self, to: int) -> tuple[dict[int, str], dict[int, int]]:
        indent = _indent(self.lines[self.line])
        numbers = [n for n in self._block(self.line) if self.lines[n].strip()]
        own = [n for n in numbers if n == self.line or _indent(self.lines[n]) != to]
        numbers = numbers[: len(own)] if own == numbers[: len(own)] else [self.line]
        if len(numbers) > 1 and _indent(self.lines[numbers[1]]) == to + 2:
            numbers = numbers[:1]  # its other keys are indented correctly
        by = to - indent
        lines = {
            n: " " * max(0, _indent(self.lines[n]) + by) + self.lines[n].lstrip(" ")
            for n in numbers
        }
        return lines, dict.fromkeys(numbers, by)

    def _cut_above(self, source: str) -> Broken | None:
        above = self._before(self.line)
        text = self._text(above) if above is not None else ""
        cut = text.find(" #")
        if above is None or cut < 0 or _indent(source) <= _indent(text):
            return None
        return Broken(
            "E005",
            Span(above, cut + 1, len(text.rstrip()) - cut - 1),
            "this `#` begins a comment, so the text ends here and can't go on below",
            "put the whole text in quotes if the `#` belongs to it",
            self._blanked(self.line),
            other=(Span(self.line, _indent(source), len(source.strip())), "it goes on here"),
        )

    # Lines without a pair

    def _no_pair(self, source: str) -> Broken | None:
        stripped, indent = source.strip(), _indent(source)
        glued = _GLUED.match(source)
        no_colon = "could not find expected ':'" in self.message
        if not (no_colon or glued or re.search(r"[a-z]:\S", stripped)):
            return None
        fix: tuple[Edit, ...] = ()
        lines = self._blanked(self.line)
        certain = False
        word = _NO_COLON.match(source)
        if glued and self._whole(source):
            at = glued.end(1)
            fix = (Edit(self.line + 1, at + 1, 0, " "),)
            lines, certain = {self.line: f"{source[:at]} {source[at:]}"}, True
        elif word and self._whole(source):
            at = word.end(1)
            fix = (Edit(self.line + 1, at + 1, 0, ":"),)
            if at == len(source.rstrip()):
                lines, certain = {self.line: source[:at] + ":"}, True
        return Broken(
            "E005",
            Span(self.line, indent, len(stripped)),
            "this line is not `key: value`; a colon needs a space after it"
            if ":" in stripped
            else "this line is not `key: value`; there is no colon in it",
            "write `key: value`",
            lines,
            fix=fix,
            certain=certain,
        )

    def _unknown(self, source: str) -> Broken:
        second = "mapping values" in self.message
        return Broken(
            "E005",
            Span(self.line, min(self.col, max(len(self.lines[self.line]) - 1, 0))),
            "there is a second `: ` inside this text"
            if second
            else "this line can't be read; its indentation or punctuation does not fit",
            "put the whole text in quotes"
            if second
            else "compare its indentation with the lines around it",
            self._blanked(self.line),
            vague=True,
        )


def blanked(lines: list[str], found: Broken) -> dict[int, str]:
    """Blank the lines of a mistake whose repair did not help."""
    numbers = {found.at.line, *found.lines}
    indent = _indent(lines[found.at.line])
    end = found.at.line + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent):
        end += 1
    return dict.fromkeys(numbers.union(range(found.at.line, end)), "")


def with_quotes(lines: list[str], line: int, col: int) -> tuple[Edit, ...]:
    """The fix that quotes the text from a place to the end of its line, if it is one value."""
    if len(lines[line]) > _LOOKED_AT:
        return ()
    before, text = lines[line][:col], lines[line][col:].rstrip()
    alone = before.endswith((": ", "- ")) and not {"{", "["} & set(before)
    if not alone or " #" in text or ": " in text or text.endswith(":"):
        return ()
    return (Edit(line + 1, col + 1, len(text), quoted(text)),)


def quoted(text: str) -> str:
    """Return a text in quotes, so that it is read unchanged."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _missing_closers(text: str) -> str | None:
    """The brackets that a line leaves open; None if quotes or comments make it unclear."""
    if {'"', "'", "#"} & set(text):
        return None
    stack: list[str] = []
    for char in text:
        if char in _CLOSERS:
            stack.append(_CLOSERS[char])
        elif char in "}]" and (not stack or stack.pop() != char):
            return None
    return "".join(reversed(stack)) or None
