"""The interview before a session, as pure data that any interface can drive.

An interface shows `prompt`, passes the reply to `answer` and receives the next interview. No
question has a default, and an unfinished interview clears nobody. The questions are asked by one
generator, which each interview runs again with all replies. Going back drops the last reply.
"""

from dataclasses import replace

from player.routine.model import Routine
from player.safety.asking import Asker, Talk
from player.safety.endings import ask_about_days
from player.safety.findings import Answers, Finding
from player.safety.followups import ask_followups, needs_of
from player.safety.known_injury import ask_known_injuries
from player.safety.last_time import ask_last_time
from player.safety.matrix import Rank
from player.safety.profile_questions import ask_deep_pressure, ask_profile, ask_still_stopped
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.record import TODAY, Context, EndInterview, Outcome, Record
from player.safety.second_chance import after_red
from player.safety.soreness import ask_cramp, ask_soreness
from player.safety.today import ask_today

_SLIP = "y"
"""The key that says that a mark was a slip."""


class Interview:
    """An interview at one moment. It never changes; `answer` returns the next one."""

    def __init__(
        self,
        context: Context,
        replies: tuple[Reply, ...] = (),
        before: Record | None = None,
        slip: bool = False,
    ) -> None:
        self.context = context
        self.replies = replies
        self._before = before
        self._slip = slip
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
        if slip:
            self.prompt = self._ask_slip()

    def answer(self, reply: Reply) -> "Interview":
        """Return the interview after a reply. Raises ValueError if it does not fit the prompt."""
        if self.prompt is None:
            raise ValueError("The interview is over.")
        if not self.prompt.fits(reply):
            raise ValueError("That is no answer to this question.")
        if self._slip:
            return self._earlier() if reply == _SLIP else self._with(self.replies)
        return self._with((*self.replies, reply))

    def back(self) -> "Interview":
        """Return the interview before the last reply.

        If that reply confirmed something urgent, first ask whether it was a slip.
        """
        if self._slip:
            return self._with(self.replies)
        earlier = self._earlier()
        lost = self._urgent() - earlier._urgent()
        return self._with(self.replies, slip=True) if lost else earlier

    def _with(self, replies: tuple[Reply, ...], slip: bool = False) -> "Interview":
        return Interview(self.context, replies, self._before, slip)

    def _earlier(self) -> "Interview":
        return self._with(self.replies[:-1])

    def _urgent(self) -> frozenset[str]:
        """The keys of the marked rows that are urgent and still open."""
        conditions = self.context.matrix.conditions
        keys = {finding.key for finding in self._record.open}
        return frozenset(key for key in keys if conditions[key].rank >= Rank.URGENT)

    def _ask_slip(self) -> Prompt:
        """Ask whether a mark that was confirmed was a slip of the hand."""
        says = [self.context.matrix.conditions[key].says for key in sorted(self._urgent())]
        words = self.context.questions.words
        return Prompt(
            "slip",
            Form.ONE,
            words["slip.ask"],
            words["slip.why"],
            (Choice(_SLIP, words["slip.yes"]), Choice("k", words["slip.no"])),
            lines=(f"You marked: {'; '.join(says)}.",),
            lowers=frozenset(_SLIP),
        )

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
    def unfinished(self) -> tuple[Finding, ...]:
        """What is saved if the person leaves now: each marked row that is still open.

        Such a row counts as the mildest condition that it could be.
        """
        return () if self.prompt is None else tuple(self._record.open)

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
        self.needs = needs_of(ask, ask.context.routine.steps)

    def talk(self) -> Talk:
        """Ask everything. An urgent answer ends the interview; only an emergency could be graver.

        If nothing can play any more, only questions with an urgent answer are left.
        """
        yield from after_red(self.ask)
        today = yield from ask_today(self.ask)
        self.ask.end_if_urgent()
        yield from ask_known_injuries(self.ask)
        yield from ask_last_time(self.ask)
        self.ask.end_if_urgent()
        if not today.not_sore or self.record.injuries:  # an injury told today is asked about
            yield from ask_soreness(self.ask)
        self.ask.end_if_urgent()
        if today.cramping:
            yield from ask_cramp(self.ask)
        if self.record.can_play:
            yield from ask_about_days(self.ask)
            yield from ask_still_stopped(self.ask)
        yield from self.about_the_routine()

    def go_on(self, before: Record) -> Talk:
        """Ask only what another routine needs in addition."""
        if not before.finished:
            raise EndInterview
        yield from self.about_the_routine()

    def about_the_routine(self) -> Talk:
        yield from ask_profile(self.ask, self.needs)
        if self.record.judged().plays:
            yield from ask_deep_pressure(self.ask, self.needs)
        if self.record.judged().plays:
            yield from ask_followups(self.ask, self.needs)
        self.record.answered[TODAY] = self.ask.now
        self.record.finished = True
