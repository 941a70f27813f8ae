"""Asks the questions that all parts of the interview share: place, side, day, short list."""

from collections.abc import Generator, Iterable, Sequence

from player.base.calendar import day_began, day_words
from player.routine.vocabulary import Side
from player.safety.findings import Finding
from player.safety.hurt import known_injuries, name_of_injury
from player.safety.matrix import Length, Rank
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import Option, Question
from player.safety.record import TODAY, EndInterview, Record
from player.safety.when import NOT_SURE, choices_of, latest_moment

OPTION_KEYS = "123456789abcdefghijklmprtvwyz"
"""The keys for the rows of a list, without those with a meaning of their own or for an age."""

_SIDES = (("l", "left"), ("r", "right"), ("b", "both"))
WITHOUT_SIDES = frozenset({"belly", "lowback"})
"""Places without a left and a right side."""

_ELSEWHERE = Choice("n", "somewhere else")

Talk = Generator[Prompt, Reply, None]


class Asker:
    """Asks questions and saves the answers in the record."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.context = record.context
        self.questions = record.context.questions
        self.now = record.now

    def end_if_urgent(self) -> None:
        """End the interview if the answers so far are already urgent."""
        if self.record.judged().rank >= Rank.URGENT:
            raise EndInterview

    def after_yes(self, question: Question, in_profile: bool = False) -> Talk:
        """Handle a yes or "not sure": set the keys of the question, or ask its short list."""
        for key in question.keys:
            yield from self.add_finding(key, question.id, in_profile)
        if not question.options:
            return
        picked = yield from self.ask_options(question)
        for option in picked:
            yield from self.take_option(option, question.id, in_profile)
            self.end_if_urgent()
        if not picked:
            yield from self.without_choice(question, in_profile)

    def ask_options(self, question: Question) -> Generator[Prompt, Reply, list[Option]]:
        """Ask the short list of a question and return the chosen options."""
        choices = tuple(
            Choice(key, option.say)
            for key, option in zip(OPTION_KEYS, question.options, strict=False)
        )
        ask = question.choose or "Which of these? All that fit."
        form = Form.MARKS if question.many else Form.ONE
        lowers = {c.key for c, o in zip(choices, question.options, strict=True) if o.lowers}
        id_ = question.id if question.then == "alone" else f"{question.id}.which"
        reply = yield Prompt(id_, form, ask, question.why, choices, lowers=frozenset(lowers))
        marked = reply if isinstance(reply, frozenset) else {reply}
        picked = [o for c, o in zip(choices, question.options, strict=True) if c.key in marked]
        # The gravest option comes first, so that no further question delays the advice.
        picked.sort(key=lambda option: self.worst_of(option.keys), reverse=True)
        return picked

    def today_words(self, question: Question) -> str:
        """The words of a row of today, which may name what is known already."""
        if question.then == "injury":
            return self._other_than_known(question)
        last = self.context.profile.answered.get(TODAY)
        if question.then == "signs" and last is not None and last < self.now:
            since = day_words(last, self.now)
            return f"Since {since}, {question.ask[0].lower()}{question.ask[1:]}"
        return question.ask

    def _other_than_known(self, question: Question) -> str:
        """The words of the row about injuries. It names each injury that is known."""
        words, known = self.questions.words, known_injuries(self.record.standing, self.now)
        if not known:
            return question.ask
        form = words["injury.known" if len(known) == 1 else "injury.known_some"]
        return form.format(
            hurt=words["hurt.and"].join(name_of_injury(f, words, self.now) for f in known)
        )

    def worst_of(self, keys: Iterable[str]) -> Rank:
        conditions = self.context.matrix.conditions
        return max((conditions[key].rank for key in keys), default=Rank.PLAY)

    def is_red(self, option: Option) -> bool:
        """Whether choosing this option is urgent and ends the interview at once."""
        return self.worst_of(option.keys) >= Rank.URGENT

    def only_what_is_urgent(self, question: Question) -> Talk:
        """Handle a yes when nothing plays any more: only what is urgent counts."""
        for key in filter(self.record.turns_urgent, question.keys):
            yield from self.add_finding(key, question.id, in_profile=False)
        if not any(map(self.is_red, question.options)):
            return
        for option in (yield from self.ask_options(question)):
            if self.is_red(option):
                yield from self.take_option(option, question.id, in_profile=False)

    def without_choice(self, question: Question, in_profile: bool) -> Talk:
        """Handle a short list with nothing chosen: set its default keys, except urgent ones."""
        if question.otherwise_opens_all:
            self.record.reopen(row.id for row in self.questions.profile)
        keys = question.otherwise or question.all_keys if in_profile else question.otherwise
        for key in sorted(keys):
            if self.context.matrix.conditions[key].rank < Rank.URGENT:
                yield from self.add_finding(key, question.id, in_profile)

    def take_option(
        self, option: Option, question: str, in_profile: bool, sides: bool | None = None
    ) -> Talk:
        self.record.reopen(option.opens)
        place, side = option.at_place, None
        since: float | None = None
        saved_as = option.saved_as(question)
        if option.asks_place:
            # Findings of the profile have no side and act on both (section 2e, sides).
            place, side = yield from self.ask_place(
                f"{question}.where", option.places, not in_profile if sides is None else sides
            )
        if option.when == "now":
            since = self.now
        elif option.when == "days":
            since = yield from self.ask_day(f"{question}.when")
        elif option.when:
            lasts = self._longest(option.keys, saved_as)
            since = yield from self.ask_when(f"{saved_as}.when", option.when, lasts, option.say)
        for key in option.keys:
            stays = in_profile or since is not None or key == "told_to_rest"
            carries = self.context.matrix.conditions[key].place is not None
            yield from self.add_finding(
                key, saved_as, stays, place if carries else None, side if carries else None, since
            )
        if option.ends:
            self._end(f"{question}.{option.ends}", question, since)

    def _longest(self, keys: Iterable[str], saved_as: str) -> Length:
        """How long the longest of these conditions lasts if reported by this answer."""
        rows = [self.context.matrix.conditions[key] for key in keys]
        lengths = [row.lasts_by.get(saved_as, row.lasts) for row in rows]
        return max((length for length in lengths if length), key=lambda length: length.most_days)

    def _end(self, on: str, question: str, since: float | None) -> None:
        """Save when a finding ended that an earlier start saved without an end."""
        for finding in self.context.profile.findings:
            if finding.question == on:
                ended = finding._replace(question=question, since=since)
                self.record.add(ended, in_profile=True)

    def add_finding(
        self,
        key: str,
        question: str,
        in_profile: bool,
        place: str | None = None,
        side: Side | None = None,
        since: float | None = None,
    ) -> Talk:
        """Record a finding. If a clinician can clear this condition, ask whether one did."""
        finding = Finding(key, place, side, question, self.now, since)
        self.record.add((yield from self.with_word(finding)), in_profile=in_profile)

    def with_word(self, finding: Finding) -> Generator[Prompt, Reply, Finding]:
        """Return the finding with a clinician's word, if a clinician can clear it and did."""
        condition = self.context.matrix.conditions[finding.key]
        if not condition.clears or self.record.turns_urgent(finding.key):
            return finding
        line = f"You told of {condition.says}."
        is_fine = yield from self.ask_word(finding.key, line)
        return finding._replace(cleared_at=self.now) if is_fine else finding

    def ask_word(self, key: str, line: str) -> Generator[Prompt, Reply, bool]:
        """Ask whether a clinician said that a condition is fine. `line` says what was told."""
        words = self.questions.words
        reply = yield Prompt(
            f"cleared.{key}",
            Form.YES_NO,
            words["cleared.ask"],
            words["cleared.why"],
            lines=(line,),
            lowers=frozenset("y"),
        )
        return reply == "yes"

    def ask_place(
        self,
        id_: str,
        only: Sequence[str] = (),
        sides: bool = True,
        also: Sequence[Choice] = (),
    ) -> Generator[Prompt, Reply, tuple[str | None, Side | None]]:
        """Ask for a place and its side. "Somewhere else" returns None, which means everywhere.

        `also` are further choices. One of them is returned as its key, without a side.
        """
        words = self.questions.words
        places = [p for p in self.questions.places if not only or p.id in only]
        choices = [Choice(place.key, place.say) for place in places]
        asked = (*choices, *also, _ELSEWHERE)
        reply = yield Prompt(id_, Form.ONE, words["S2"], words["why_S2"], asked)
        if reply == _ELSEWHERE.key:
            return None, None
        if any(choice.key == reply for choice in also):
            return str(reply), None
        place = next(place.id for place in places if place.key == reply)
        if place in WITHOUT_SIDES or not sides:
            return place, None
        return place, (yield from self.ask_side(id_))

    def ask_side(self, id_: str) -> Generator[Prompt, Reply, Side]:
        words = self.questions.words
        choices = tuple(Choice(key, say) for key, say in _SIDES)
        reply = yield Prompt(f"{id_}.side", Form.ONE, words["S2_side"], words["why_S2"], choices)
        return {"l": Side.LEFT, "r": Side.RIGHT, "b": Side.BOTH}[str(reply)]

    def ask_day(self, id_: str) -> Generator[Prompt, Reply, float]:
        """Ask on which day something happened; return the latest moment that fits the answer."""
        words = self.questions.words
        choices = (
            Choice("0", "Today"),
            Choice("1", "Yesterday"),
            Choice("2", "2 days ago"),
            Choice("3", "3 days ago"),
        )
        reply = yield Prompt(id_, Form.ONE, words["injury.when"], words["injury.why_when"], choices)
        days = int(str(reply))
        return self.now if days == 0 else day_began(self.now, 1 - days)

    def ask_when(
        self, id_: str, unit: str, lasts: Length, told: str
    ) -> Generator[Prompt, Reply, float]:
        """Ask when the thing in these words happened; return the latest moment that fits.

        `lasts` is how long it counts.
        """
        words = self.questions.words
        choices = tuple(choices_of(unit, lasts, "today"))
        lines = (f"{told}.", words["when.last"])
        reply = yield Prompt(id_, Form.ONE, words["injury.when"], words["when.why"], choices, lines)
        return self.now if reply == NOT_SURE else latest_moment(unit, str(reply), lasts, self.now)
