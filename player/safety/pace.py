"""Decides when a key counts as an answer: only after the person had time to read the prompt.

Times are in milliseconds, from any clock that never goes back.
"""

from dataclasses import dataclass, replace

ANSWER_AFTER_MS = 400
"""How long a prompt, or what was typed into it, is on the screen before a key may answer it."""

RESULT_AFTER_MS = 600
"""How long the page with the result is on the screen before a key may leave it."""

HELD_MS = 150
"""Keys closer together than this come from a key that is held down, or from a paste."""

TOO_FAST = "Too fast. Press it again."
NO_PASTE = "A paste is no answer. Type it."


@dataclass(frozen=True, slots=True)
class Pace:
    """Decides when the keys of one prompt count. The prompt appeared at `shown_at`."""

    shown_at: int
    after_ms: int = ANSWER_AFTER_MS
    typed_at: int | None = None
    passed_at: int | None = None

    def typed(self, at: int) -> "Pace":
        """Return the pace after a key that only typed or marked something."""
        return replace(self, typed_at=at)

    def passed(self, at: int) -> "Pace":
        """Return the pace after a key that neither typed nor answered anything."""
        return replace(self, passed_at=at)

    @property
    def answers_from(self) -> int:
        """The first moment at which a key may answer."""
        moments = [self.shown_at + self.after_ms]
        if self.typed_at is not None:
            moments.append(self.typed_at + ANSWER_AFTER_MS)
        if self.passed_at is not None:
            moments.append(self.passed_at + HELD_MS)
        return max(moments)

    def allows(self, at: int) -> bool:
        """Whether a key may answer at this moment."""
        return at >= self.answers_from
