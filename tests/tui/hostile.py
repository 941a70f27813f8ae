"""Hostile texts, and the checks for every screen that shows one."""

import re
from collections.abc import Mapping

from textual.app import App
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from player.base.text import UNSAFE, safe

CLICK = "[@click=app.quit]x[/]"

WRITTEN: Mapping[str, str] = {
    "a click": CLICK,
    "an open tag": "[bold]x",
    "a wrong end": "Q[/oops]",
    "a side": "[left side]",
    "a mark": "[x] done",
    "letters": "left [L] right",
    "a variable": "$error [$error]y[/]",
    "a link": "[link=http://x]y[/link]",
    "templates": "%s {0} {x} %(a)s",
    "backslashes": "\\[b]a\\",
    "other markup": "<b>&amp; `id` $(id) :smile: **b**",
    "a long word": "w" * 2_000,
    "wide": "膝の裏を伸ばす",
    "a long wide word": "膝" * 400,
    "combining marks": "e\u0301 n\u0303" + "\u0300" * 20 + " z",
    "a mark alone": "\u0301a",
    "VS16": "⚠\ufe0f ❤\ufe0f z",
    "emoji": "🧘🏽 🇩🇪 z",
    "RTL": "مرحبا שלום z",
    "empty looking": "\u2800",
    "lines": "one\ntwo\tthree [/four]",
}
"""Hostile texts that a coach can write in a routine."""

SMUGGLED: Mapping[str, str] = {
    "OSC": "\x1b]0;pwned\x07z",
    "OSC 52": "\x1b]52;c;cHduZWQ=\x1b\\z",
    "OSC 8": "\x1b]8;;http://x\x1b\\z\x1b]8;;\x1b\\",
    "CSI": "\x1b[2J\x1b[31mz",
    "C1": "\x9b31mz\x9d0;p\x9c",
    "bidi": "a\u202eb\u2066c",
    "zero width": "k\u200bn\ufeffe\u00ade",
    "ZWJ": "👩\u200d👩\u200d👧 z",
    "hidden lines": "a\u2028b\x85c\rd\x0be",
    "surrogates": "\ud800a\udcffb",
    "NUL and others": "a\0b\x08c\x7fd",
    "tags": "\U000e0041z",
    "an escape in markup": "[\x1b[31m/oops]z[@click=app.quit]\u202ex[/]",
    "blank": "\u00a0\u3000",
    "nothing": "",
}
"""Hostile texts from the keyboard, the history, file names and the environment."""

TEXTS: Mapping[str, str] = {**WRITTEN, **SMUGGLED}

WORST = " ".join((CLICK, "Q[/oops]", "[left side]", "\x1b]0;p\x07", "\x9b31m", "\u202e\ud800膝z"))
"""All hostile texts in one."""

SCROLLS = ("grab", "release", "scroll_down", "scroll_up")
"""What a scrollbar of Textual's does; what comes from markup is never a bare word."""

_OURS = re.compile(r"\x1b\[[0-9;]*[Hm]")
"""What the compositor itself writes: colours, and where the cursor goes."""


def literal(text: str, most: int = 100_000) -> str:
    """Prepare a text for comparison: make unsafe characters visible, drop blanks, cut its end."""
    return "".join(safe(text).split())[:most]


class Picture:
    """The present contents of the screen. Creating it checks that no text became an action."""

    def __init__(self, app: App[None]) -> None:
        self._screen: Screen[object] = app.screen
        self.strips = self._screen._compositor.render_strips()
        for strip in self.strips:
            assert not UNSAFE.search(strip.text) and "\n" not in strip.text, ascii(strip.text)
            cells = Strip(list(strip)).cell_length
            assert cells == self._screen.size.width, f"{cells} cells wide: {strip.text!r}"
            for segment in strip:
                assert not segment.control
                if segment.style is not None:
                    assert not segment.style.link
                    for key, does in segment.style.meta.items():
                        assert not key.startswith("@") or does in SCROLLS, segment
        sent = self._screen._compositor.render_full_update().render_segments(app.console)
        left = _OURS.sub("", sent).replace("\n", "")
        assert not UNSAFE.search(left), ascii(UNSAFE.findall(left))
        assert app.is_running and app.return_code is None and app._exception is None

    def words(self, of: Widget | None = None) -> str:
        """Return the visible text of a widget or of the whole screen, without blanks."""
        if of is None:
            return literal("".join(strip.text for strip in self.strips))
        place = self._screen.find_widget(of).visible_region
        rows = self.strips[place.y : place.bottom]
        return literal("".join(strip.crop(place.x, place.right).text for strip in rows))

    def shows(self, *texts: str, of: Widget | None = None, most: int = 100_000) -> None:
        """Assert that every text is shown literally, at least its beginning."""
        seen = self.words(of)
        missing = [text for text in texts if literal(text, most) not in seen]
        assert not missing, f"{missing} not in {seen!r}"
