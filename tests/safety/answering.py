"""A person whose answers depend only on the question, not on when or for which routine it comes."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping

from player.safety.interview import Interview
from player.safety.prompts import Form, Prompt, Reply
from player.safety.today import SORE


class Person:
    """Answers the same question in the same way, whatever was asked before it.

    `yes` is the chance of each yes. `fixed` maps the id of a prompt to its answer.
    """

    def __init__(self, seed: int, yes: float, fixed: Mapping[str, Reply] | None = None) -> None:
        self.seed = seed
        self.yes = yes
        self.fixed = fixed or {}
        self.asked: list[Prompt] = []
        self._times = Counter[str]()

    def reply(self, prompt: Prompt) -> Reply:
        self.asked.append(prompt)
        times = self._times[prompt.id]  # several sore places share one prompt
        self._times[prompt.id] += prompt.id in {"S1", "S2", "S2.side", "S3"}
        if prompt.id in self.fixed:
            return self.fixed[prompt.id]

        of = "list" if prompt.id in {"profile", "followups"} else prompt.id

        def chance(words: str) -> random.Random:
            return random.Random(f"{self.seed} {of} {times} {words}")

        if prompt.form is Form.MARKS:
            rows = [c for c in prompt.choices if c.key not in prompt.one_of]
            marked = {c.key for c in rows if chance(c.say).random() < self.yes}
            return frozenset(marked | self._one(prompt))
        if prompt.form is Form.NUMBER:
            return chance(prompt.ask).randint(prompt.low, prompt.high)
        if prompt.id == "age":
            return self._age(choice.key for choice in prompt.choices)
        if prompt.form is Form.ONE:
            return chance(prompt.ask).choice([choice.key for choice in prompt.choices])
        is_fine = chance(prompt.ask + "".join(prompt.lines)).random() >= self.yes
        if prompt.id.startswith("I4"):
            return "yes" if is_fine else "no"
        return "no" if is_fine else "yes"

    def _one(self, prompt: Prompt) -> set[str]:
        """Choose how old, or whether anything is sore, in a list that asks it."""
        if prompt.id == "today" and "S1" in self.fixed:
            return {SORE}
        return {self._age(prompt.one_of)} if prompt.one_of else set()

    def _age(self, keys: Iterable[str]) -> str:
        """Choose an age, which is asked in a list or in a prompt of its own, or a soreness."""
        return random.Random(f"{self.seed} age").choice(sorted(keys))

    def answer(self, interview: Interview) -> Interview:
        while interview.prompt:
            interview = interview.answer(self.reply(interview.prompt))
        return interview
