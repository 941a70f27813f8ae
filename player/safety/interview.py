"""The interview before a session, as pure data that any interface can drive.

An interface shows `prompt`, passes the reply to `answer` and receives the next interview. No
question has a default, and an unfinished interview clears nobody. The questions are asked by one
generator, which each interview runs again with all replies. Going back drops the last reply.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import replace

from player.base.calendar import days_after
from player.routine.model import Routine, Step, steps_of
from player.routine.vocabulary import Kind, Region, Side
from player.safety.adapt import adapt
from player.safety.asking import OPTION_KEYS, Asker, Talk
from player.safety.derive import BAD, LEG_PLACES, active_at
from player.safety.findings import AgeBand, Answers, Finding, Soreness, age_band
from player.safety.followups import is_needed
from player.safety.injury import ask_for_emergency, ask_injury
from player.safety.last_time import ask_last_time
from player.safety.matrix import Rank
from player.safety.needs import Needs, needs
from player.safety.profile import RedFlag
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import Question
from player.safety.record import Context, EndInterview, Outcome, Record
from player.safety.second_chance import after_red

RENEW_DAYS = 30
"""A profile older than this is confirmed again."""

MOST_PLACES = 3

_AGES = {AgeBand.CHILD: "under 16", AgeBand.ADULT: "16 to 64", AgeBand.OLDER: "65 or over"}


class Interview:
    """An interview at one moment. It never changes; `answer` returns the next one."""

    def __init__(
        self, context: Context, replies: tuple[Reply, ...] = (), before: Record | None = None
    ) -> None:
        self.context = context
        self.replies = replies
        self._before = before
        self._record = Record(context, before)
        self.prompt: Prompt | None = None
        """The open question; None once the interview is over."""
        conversation = _Conversation(Asker(self._record))
        talk = conversation.talk() if before is None else conversation.go_on(before)
        try:
            self.prompt = next(talk)
            for reply in replies:
                self.prompt = talk.send(reply)
        except (StopIteration, EndInterview):
            self.prompt = None

    def answer(self, reply: Reply) -> "Interview":
        """Return the interview after a reply. Raises ValueError if it does not fit the prompt."""
        if self.prompt is None:
            raise ValueError("The interview is over.")
        if not self.prompt.fits(reply):
            raise ValueError("That is no answer to this question.")
        return Interview(self.context, (*self.replies, reply), self._before)

    def back(self) -> "Interview":
        """Return the interview before the last reply."""
        return Interview(self.context, self.replies[:-1], self._before)

    def for_routine(self, routine: Routine, deep_pressure_today: bool) -> "Interview":
        """Return an interview for another routine, in which all answers so far still count.

        Only the additional questions of that routine are open. Raises ValueError while a question
        of this one is still open.
        """
        if self.prompt is not None:
            raise ValueError("A question is not answered yet.")
        context = replace(self.context, routine=routine, deep_pressure_today=deep_pressure_today)
        return Interview(context, before=self._record)

    @property
    def unfinished(self) -> RedFlag | None:
        """The red flag if the person leaves now: an injury with open questions counts as urgent."""
        if self.prompt is None or not self._record.hurt:
            return None
        return RedFlag("injury_bad", "G5", self.context.now)

    @property
    def so_far(self) -> Answers:
        """The answers so far, even while a question is open. They never clear anyone."""
        return self._record.answers

    @property
    def outcome(self) -> Outcome:
        """The outcome of a finished interview. Raises ValueError while a question is still open."""
        if self.prompt is not None:
            raise ValueError("A question is not answered yet.")
        return self._record.outcome()


class _Conversation:
    """Asks all questions in the order of section 2."""

    def __init__(self, ask: Asker) -> None:
        self.ask = ask
        self.record = ask.record
        self.context = ask.context
        self.questions = ask.questions
        self.now = ask.now
        self.needs = self.needs_of(self.context.routine.steps)
        self.injured: tuple[str, Side | None] | None = None

    def talk(self) -> Talk:
        """Ask everything. An urgent answer ends the interview; only an emergency could be graver.

        If nothing can play any more, only questions with an urgent answer are left.
        """
        yield from after_red(self.ask)
        cramping = yield from self.today()
        self.ask.end_if_urgent()
        yield from ask_last_time(self.ask)
        self.ask.end_if_urgent()
        yield from self.soreness()
        self.ask.end_if_urgent()
        if cramping:
            yield from self.cramp()
        if self.record.can_play:
            yield from self.still_stopped()
        yield from self.about_the_routine()

    def go_on(self, before: Record) -> Talk:
        """Ask only what another routine needs in addition."""
        if not before.finished:
            raise EndInterview
        yield from self.about_the_routine()

    def about_the_routine(self) -> Talk:
        yield from self.profile()
        if self.plays:
            yield from self.deep_pressure()
        if self.plays:
            yield from self.followups()
        self.record.finished = True

    @property
    def plays(self) -> bool:
        return self.record.judged().plays

    # Today

    def today(self) -> Generator[Prompt, Reply, bool]:
        today, cramp = self.questions.today, self.questions.cramp
        choices = [Choice(str(n), q.ask, q.why) for n, q in enumerate(today, 1)]
        choices.append(Choice("c", cramp.ask))
        marks = yield Prompt(
            "today", Form.MARKS, "Is one of these so today?", choices=tuple(choices)
        )
        assert isinstance(marks, frozenset)  # Prompt.fits saw to it
        yes = [question for n, question in enumerate(today, 1) if str(n) in marks]
        at_once = [
            Finding(key, question=question.id, at=self.now)
            for question in yes
            if question.at_once
            for key in question.keys
        ]
        if at_once:
            self.record.today += at_once
            raise EndInterview  # `Outcome` takes the worst of them as its red flag
        self.record.hurt = any(question.then == "injury" for question in yes)
        grave = [q for q in yes if self.ask.worst_of(q.all_keys) >= Rank.URGENT]
        grave.sort(key=lambda question: self.ask.worst_of(question.all_keys), reverse=True)
        try:
            for question in grave:
                yield from self.ask.after_yes(question)
        except EndInterview:
            if self.record.hurt and self.record.judged().rank < Rank.EMERGENCY:
                yield from ask_for_emergency(self.ask)
            raise
        if self.record.hurt:
            self.injured = yield from ask_injury(self.ask)
        for question in yes:
            if question not in grave and question.then != "injury":
                yield from self.ask.after_yes(question)
        return "c" in marks

    # Soreness

    def soreness(self) -> Talk:
        words = self.questions.words
        for number in range(MOST_PLACES):
            ask = words["S1"] if number == 0 else words["S1_more"]
            lines = self.early_care() if number == 0 else ()
            level = yield Prompt(
                "S1",
                Form.NUMBER,
                ask,
                words["why_S1"],
                lines=lines,
                scale=self.questions.scale,
            )
            assert isinstance(level, int)  # Prompt.fits saw to it
            if level == 0:
                return
            place, side = yield from self.ask.ask_place("S2")
            more_allowed = number + 1 < MOST_PLACES
            reply = yield Prompt(
                "S3",
                Form.ONE,
                words["S3"],
                words["why_S3"],
                self.kinds_of_ache(place, side, more_allowed),
            )
            is_new = str(reply).lower() == "n"
            self.record.sorenesses.append(Soreness(level, place, side, is_new))
            if level >= BAD and str(reply).lower() == "i":
                self.record.add(Finding("injury_bad", place, side, "R3", self.now))
            self.ask.end_if_urgent()
            if is_new and place in LEG_PLACES and side in {Side.LEFT, Side.RIGHT}:
                yield from self.new_ache()
            if str(reply) not in {"S", "N", "I"}:
                return

    def early_care(self) -> tuple[str, ...]:
        """After an injury, give advice for the first days (section 2f)."""
        return self.questions.early_care if self.injured else ()

    def kinds_of_ache(self, place: str | None, side: Side | None, more: bool) -> tuple[Choice, ...]:
        """The choices for an ache. If `more`, each one also exists with another sore place."""
        kinds = [Choice("s", "same as usual"), Choice("n", "new")]
        if self.may_come_from_injury(place, side):
            kinds.append(Choice("i", "from that injury"))
        if more:
            kinds += [
                Choice(c.key.upper(), f"{c.say}, and another place is sore too") for c in kinds
            ]
        return tuple(kinds)

    def may_come_from_injury(self, place: str | None, side: Side | None) -> bool:
        """Whether today's injury may explain this ache: it is on one side, and moves with it."""
        if self.injured is None or place is None:
            return False
        hurt, hurt_side = self.injured
        joined = self.context.matrix.places[hurt]
        same_side = side is hurt_side and side in {Side.LEFT, Side.RIGHT}
        return hurt in {"knee", "shin", "foot"} and place in joined and same_side

    def new_ache(self) -> Talk:
        words = self.questions.words
        if not any(f.key == "new_leg_ache" for f in self.record.today):
            self.record.add(Finding("new_leg_ache", question="S3", at=self.now))
            self.ask.end_if_urgent()
        reply = yield Prompt("S4", Form.YES_NO, words["S4"], words["why_S4"])
        if reply != "no":
            self.record.add(Finding("dvt_risk", question="S4", at=self.now))
            self.record.red = RedFlag("dvt_signs", "S4", self.now)
            raise EndInterview  # R1: together these mean dvt_signs

    def cramp(self) -> Talk:
        self.record.add(Finding("cramp_now", question="C1", at=self.now))
        long = self.questions.find("F15")
        assert long is not None  # the questionnaire was read whole
        reply = yield Prompt("F15", Form.YES_NO, long.ask, long.why)
        if reply != "no":
            for key in long.keys:
                self.record.add(Finding(key, question="F15", at=self.now))

    # Profile

    def still_stopped(self) -> Talk:
        """Ask about each condition that stopped earlier sessions: has a clinician cleared it?"""
        words = self.questions.words
        for index, finding in enumerate(self.record.standing):
            if not self.record.may_be_lifted(finding):
                continue
            condition = self.context.matrix.conditions[finding.key]
            reply = yield Prompt(
                f"cleared.{finding.key}",
                Form.YES_NO,
                words["cleared.ask"],
                words["cleared.why"],
                lines=(f"The last time you told of {condition.says}.",),
                lowers=frozenset("y"),
            )
            if reply == "yes":
                self.record.standing[index] = finding._replace(cleared_at=self.now)

    def deep_pressure(self) -> Talk:
        """Ask whether to switch deep pressure on, unless it is blocked. It is off by default."""
        clearance = self.record.judged()
        out = any(
            Kind.DEEP_PRESS in ban.kinds and Region.BELLY in ban.regions for ban in clearance.bans
        )
        if not self.needs.deep_pressure or out or self.context.profile.deep_pressure_over:
            return
        words = self.questions.words
        if self.record.deep_pressure_at is None and "DP" not in self.record.asked_now:
            self.record.asked_now["DP"] = frozenset()
            reply = yield Prompt(
                "DP",
                Form.ONE,
                words["deep.ask"],
                words["deep.why"],
                (Choice("o", words["deep.off"]), Choice("s", words["deep.on"])),
                self.questions.about_deep_pressure,
                lowers=frozenset("s"),
            )
            if reply == "s":
                self.record.deep_pressure_at = self.now
        row = self.questions.find("P9b")
        assert row is not None  # the questionnaire was read whole
        if self.record.deep_pressure_at is not None and row.id not in self.record.answered:
            yield from self.profile_row(row)
            self.ask.end_if_urgent()

    def profile(self) -> Talk:
        belly = self.questions.find("P9b")
        rows = [q for q in self.questions.profile if q is not belly or self.is_belly_named(q)]
        answered = self.record.answered
        missing = {q.id for q in rows if q.id not in answered}
        if self.record.age is None or "age" not in answered:
            missing.add("age")
        if any(not at <= self.now <= days_after(at, RENEW_DAYS) for at in answered.values()):
            words = self.questions.words
            reply = yield Prompt(
                "confirm",
                Form.YES_NO,
                words["confirm.ask"],
                words["confirm.why"],
                lines=tuple(self.stored_lines()),
            )
            if reply == "yes":
                for id_ in answered:
                    answered[id_] = self.now
            else:
                answered.clear()
                self.record.deep_pressure_at = None
                missing = {question.id for question in rows} | {"age"}
        for question in rows:
            if question.id in missing and (self.plays or self.could_be_urgent(question)):
                yield from self.profile_row(question)
                self.ask.end_if_urgent()
        if "age" in missing and self.plays:
            words = self.questions.words
            years = yield Prompt(
                "age", Form.NUMBER, words["age.ask"], words["age.why"], low=0, high=120
            )
            assert isinstance(years, int)  # Prompt.fits saw to it
            self.record.age = age_band(years)
            answered["age"] = self.now

    def could_be_urgent(self, question: Question) -> bool:
        """Whether an answer to this question could be urgent, with all that was told."""
        return any(map(self.record.turns_urgent, question.all_keys))

    def is_belly_named(self, question: Question) -> bool:
        """Whether the routine names a key of P9b, which is also asked before deep pressure."""
        return bool(question.all_keys & self.needs.keys)

    def stored_lines(self) -> Iterable[str]:
        yield "What you told, and is kept:"
        found = [
            later
            for finding in self.record.standing
            for later in active_at(finding, self.context.matrix, self.now)
        ]
        for finding in found:
            fine = " (a clinician said that it is fine)" if finding.cleared_at else ""
            place = f", {finding.place}" if finding.place else ""
            yield f"- {self.context.matrix.conditions[finding.key].says}{place}{fine}"
        if not found:
            yield "- nothing that stands against any step"
        if self.record.age:
            yield f"- age: {_AGES[self.record.age]}"
        if self.record.deep_pressure_at is not None:
            yield f"- {self.questions.words['deep.stored']}"

    def profile_row(self, question: Question) -> Talk:
        reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
        self.record.forget(question.id)
        if reply == "unsure":
            self.record.unsure.add(question.id)
        if reply != "no":
            yield from self.ask.after_yes(question, in_profile=True)
        self.record.answered[question.id] = self.now

    # Follow-ups

    def followups(self) -> Talk:
        """Ask the follow-ups that the routine and today's substitutes need."""
        while self.plays and (asked := self.still_needed()):
            choices = tuple(
                Choice(key, q.ask, q.why) for key, q in zip(OPTION_KEYS, asked, strict=False)
            )
            marks = yield Prompt(
                "followups", Form.MARKS, "For this routine: is one of these so?", choices=choices
            )
            assert isinstance(marks, frozenset)  # Prompt.fits saw to it
            touched = self.all_needs().touched
            self.record.asked_now |= {question.id: touched for question in asked}
            yes = [q for c, q in zip(choices, asked, strict=True) if c.key in marks]
            yes.sort(key=lambda question: bool(question.options))  # these ask further
            for question in yes:
                if self.plays:
                    yield from self.ask.after_yes(question)
                else:
                    yield from self.ask.only_what_is_urgent(question)
                self.ask.end_if_urgent()

    def needs_of(self, steps: Sequence[Step]) -> Needs:
        return needs(self.context.routine, steps, self.context.catalogue.vetted)

    def all_needs(self) -> Needs:
        """What the routine needs as it is written, and what stands in for its steps today."""
        plan = adapt(self.context.routine, self.record.judged(), self.context.catalogue)
        return self.needs | self.needs_of(steps_of(plan.items))

    def still_needed(self) -> list[Question]:
        all_needs = self.all_needs()
        return [q for q in self.questions.followups if is_needed(self.ask, q, all_needs)]
