"""The interview before a session, as a pure conversation that any host can drive.

A host shows `prompt`, gives the answer to `answer` and gets the next interview back. Nothing
has a default: an interview that is not finished clears nobody. It is written as one generator
that is replayed from the answers, so going back is dropping the last one.
"""

import re
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace

from player.routine.vocabulary import Kind, Position, Region, Side
from player.safety.clearance import Clearance, judge
from player.safety.derive import LEG_PLACES, holding
from player.safety.findings import AgeBand, Answers, Finding, Soreness, age_band
from player.safety.matrix import Matrix, Rank
from player.safety.needs import Needs
from player.safety.profile import Profile, RedFlag
from player.safety.prompts import Choice, Form, Prompt, Reply
from player.safety.questions import Option, Question, Questionnaire

DAY_S = 86_400.0
RENEW_S = 30 * DAY_S
"""A profile older than this is confirmed again."""

RED_S = DAY_S
"""How long a red flag is remembered: the advice is shown again before anything is asked."""

MOST_PLACES = 3
_OPTION_KEYS = "123456789abcdefgh"
_SIDES = (("l", "left"), ("r", "right"), ("b", "both"))
_ONE_SIDED_ONLY = frozenset({"belly", "lowback"})
"""Places that have no side to ask for."""

_MAY_TURN_URGENT = frozenset({"new_leg_ache", "both_swollen_new", "acute_strain"})
"""With an answer of the profile these become urgent (R1, R2)."""


_ELSEWHERE = Choice("n", "somewhere else")


_Talk = Generator[Prompt, Reply, None]
_INJURY_PROMPT = re.compile(r"I[1-6]")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything the interview goes by. Moments are seconds since 1970; `midnight` is when
    today began where the person is."""

    questions: Questionnaire
    matrix: Matrix
    needs: Needs
    profile: Profile
    now: float
    midnight: float
    last_red: RedFlag | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished interview: the answers of today, and the profile as it is to be kept."""

    answers: Answers
    profile: Profile
    left: bool = False
    """The person chose to leave; nothing is played."""
    red: RedFlag | None = None


class _Enough(Exception):
    """No further question stands between this answer and the advice."""


class Interview:
    """A conversation at one moment. It never changes; `answer` gives the next one."""

    def __init__(self, context: Context, replies: tuple[Reply, ...] = ()) -> None:
        self.context = context
        self.replies = replies
        self._record = _Record(context)
        self.prompt: Prompt | None = None
        """What is to be answered now; None where the interview is over."""
        talk = _Talker(self._record).talk()
        try:
            self.prompt = next(talk)
            for reply in replies:
                self.prompt = talk.send(reply)
        except (StopIteration, _Enough):
            self.prompt = None

    def answer(self, reply: Reply) -> "Interview":
        """The interview after an answer. Raises ValueError for one that does not fit."""
        if self.prompt is None:
            raise ValueError("The interview is over.")
        if not self.prompt.fits(reply):
            raise ValueError("That is no answer to this question.")
        return Interview(self.context, (*self.replies, reply))

    def back(self) -> "Interview":
        """The interview before the last answer."""
        return Interview(self.context, self.replies[:-1])

    @property
    def unfinished(self) -> RedFlag | None:
        """What leaving now means: an injury that was told of and not asked out is urgent."""
        if self.prompt is None or not _INJURY_PROMPT.match(self.prompt.id):
            return None
        return RedFlag("injury_bad", "G5", self.context.now)

    @property
    def outcome(self) -> Outcome:
        """What came of it. Raises ValueError while a question is open: that clears nobody."""
        if self.prompt is not None:
            raise ValueError("A question is not answered yet.")
        return self._record.outcome()


class _Record:
    """What one run of the conversation has gathered."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.now = context.now
        self.today: list[Finding] = []
        self.sorenesses: list[Soreness] = []
        kept = context.profile.findings
        self.standing: list[Finding] = [f for f in kept if f.key in context.matrix.conditions]
        self.answered: dict[str, float] = {}
        if len(self.standing) == len(kept):  # else another version kept it: ask it all again
            self.answered = dict(context.profile.answered)
        self.age = context.profile.age
        self.left = False
        self.finished = False
        self.red: RedFlag | None = None

    def add(self, finding: Finding, keep: bool = False) -> None:
        """Switch a key on. One that ends everything ends the interview too."""
        rank = self.context.matrix.conditions[finding.key].rank
        if rank >= Rank.URGENT:
            self.today.append(finding)
            self.red = self.red or RedFlag(finding.key, finding.question, self.now)
            raise _Enough
        (self.standing if keep else self.today).append(finding)

    def forget(self, question: str) -> None:
        self.standing = [f for f in self.standing if f.question != question]

    def reopen(self, questions: Iterable[str]) -> None:
        """Ask rows again, at the next start if this interview ends before it gets there."""
        for question in questions:
            self.answered.pop(question, None)

    @property
    def keys(self) -> set[str]:
        return {finding.key for finding in (*self.today, *self.standing)}

    @property
    def answers(self) -> Answers:
        findings = (*self.standing, *self.today)
        return Answers(self.now, findings, tuple(self.sorenesses), self.age)

    def judged(self) -> Clearance:
        """What the answers so far allow."""
        return judge(self.answers, self.context.matrix, self.now)

    def outcome(self) -> Outcome:
        profile = Profile(tuple(dict.fromkeys(self.standing)), dict(self.answered), self.age)
        red = self.red or self.worst()
        answers = self.answers
        if not self.finished and red is None:
            answers = replace(answers, unanswered=("the safety questions",))
        return Outcome(answers, profile, self.left, red)

    def worst(self) -> RedFlag | None:
        """The worst EMERGENCY or URGENT finding, also one that only follows from others."""
        conditions = self.context.matrix.conditions
        red = [f for f in self.judged().findings if conditions[f.key].rank >= Rank.URGENT]
        if not red:
            return None
        worst = max(red, key=lambda finding: conditions[finding.key].rank)
        return RedFlag(worst.key, worst.question, self.now)


class _Talker:
    """The conversation itself, in the order of section 2."""

    def __init__(self, record: _Record) -> None:
        self.record = record
        self.context = record.context
        self.questions = record.context.questions
        self.now = record.now
        self.unsure: set[str] = set()
        self.injured: tuple[str, Side | None] | None = None

    def talk(self) -> _Talk:
        yield from self.after_red()
        cramping = yield from self.eight()
        yield from self.soreness()
        if cramping:
            yield from self.cramp()
        yield from self.still_stopped()
        # A fever stops the day whatever else is said, unless the rest could make it worse.
        plays = self.record.judged().plays
        if plays or self.record.keys & _MAY_TURN_URGENT:
            yield from self.profile()
            self.enough_if_urgent()
        if plays:
            yield from self.followups()
        self.record.finished = True

    def enough_if_urgent(self) -> None:
        """End where what was said so far is urgent already."""
        if self.record.judged().rank >= Rank.URGENT:
            raise _Enough

    # Invariant 8: after a red flag

    def after_red(self) -> _Talk:
        red = self.context.last_red
        if red is None or self.now - red.at >= RED_S:
            return  # one from the future means that a clock was changed; it counts
        condition = self.context.matrix.conditions[red.key]
        reply = yield Prompt(
            "R0",
            Form.ONE,
            "Have you been checked since?",
            "Within a day of such an answer the advice comes first.",
            (
                Choice("c", "Yes, I have been checked"),
                Choice("w", "I pressed the wrong key"),
                Choice("l", "No; leave"),
            ),
            (
                f"The last time you told of {condition.says}.",
                "Call your emergency number now."
                if condition.rank is Rank.EMERGENCY
                else "Get seen today: emergency department, urgent care or a health advice line.",
            ),
        )
        if reply == "c":
            return
        if reply == "w":
            yield from self.once_more(red)
            return
        self.record.left = True
        raise _Enough

    def once_more(self, red: RedFlag) -> _Talk:
        """That one question again, alone and in full."""
        words = self.questions.words
        ask, why = f"Is it so: {self.context.matrix.conditions[red.key].says}?", ""
        lines: tuple[str, ...] = ()
        fine = "no"
        injury = [question for question in self.questions.injury if question.id == red.question]
        question = self.questions.find(red.question)
        if red.question in words:
            ask, why = words[red.question], words.get(f"why_{red.question}", "")
        elif injury:
            ask, why = injury[0].ask, injury[0].why
            fine = "no" if injury[0].unsafe == "yes" else "yes"
        elif question:
            option = next((o for o in question.options if red.key in o.keys), None)
            ask, why = question.ask, question.why
            if option and not question.only_red(self.context.matrix):
                lines, ask = (question.ask,), f"Is this one so: {option.say}?"
        reply = yield Prompt(f"R0-{red.question}", Form.YES_NO, ask, why, lines=lines)
        if reply != fine:
            self.record.add(Finding(red.key, question=red.question, at=self.now))

    # Today

    def eight(self) -> Generator[Prompt, Reply, bool]:
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
            raise _Enough  # the worst of them is the red flag of the outcome
        for question in yes:
            if question.then == "injury":
                yield from self.injury()
            else:
                yield from self.opened(question)
        return "c" in marks

    def opened(self, question: Question, keep: bool = False) -> _Talk:
        """What a yes or "not sure" leads to: its keys, or its short list."""
        for key in question.keys:
            yield from self.found(key, question.id, keep)
        if not question.options:
            return
        choices = tuple(
            Choice(key, option.say)
            for key, option in zip(_OPTION_KEYS, question.options, strict=False)
        )
        ask = question.choose or "Which of these? All that fit."
        if question.many:
            reply = yield Prompt(f"{question.id}.which", Form.MARKS, ask, question.why, choices)
            assert isinstance(reply, frozenset)  # Prompt.fits saw to it
            picked = [o for c, o in zip(choices, question.options, strict=True) if c.key in reply]
        else:
            reply = yield Prompt(f"{question.id}.which", Form.ONE, ask, question.why, choices)
            picked = [o for c, o in zip(choices, question.options, strict=True) if c.key == reply]
        ranks = self.context.matrix.conditions
        picked.sort(key=lambda o: not any(ranks[key].rank >= Rank.URGENT for key in o.keys))
        for option in picked:  # what ends it first, so that nothing is asked before the advice
            yield from self.option(option, question.id, keep)
        if not picked:
            yield from self.without_choice(question, keep)

    def without_choice(self, question: Question, keep: bool) -> _Talk:
        """A list left without a choice: the worst of it, but what needs to be named."""
        if question.otherwise_opens_all:
            self.record.reopen(row.id for row in self.questions.profile)
        keys = question.otherwise or question.all_keys if keep else question.otherwise
        for key in sorted(keys):
            if self.context.matrix.conditions[key].rank < Rank.URGENT:
                yield from self.found(key, question.id, keep)

    def option(self, option: Option, question: str, keep: bool) -> _Talk:
        self.record.reopen(option.opens)
        place, side = option.at_place, None
        since: float | None = None
        if option.asks_place:
            # What stands in the profile carries no side and acts on both (section 2e, sides).
            place, side = yield from self.where(f"{question}.where", option.places, sides=not keep)
        if option.asks_when:
            since = yield from self.when(f"{question}.when")
        if option.asks_weeks:
            weeks = yield Prompt(
                f"{question}.weeks", Form.NUMBER, "How many weeks ago?", low=0, high=12
            )
            assert isinstance(weeks, int)  # Prompt.fits saw to it
            since = self.now - max(weeks - 1, 0) * 7 * DAY_S  # the latest that it can mean
        for key in option.keys:
            stays = keep or since is not None or key == "told_to_rest"
            carries = self.context.matrix.conditions[key].place is not None
            yield from self.found(
                key, question, stays, place if carries else None, side if carries else None, since
            )

    def found(
        self,
        key: str,
        question: str,
        keep: bool,
        place: str | None = None,
        side: Side | None = None,
        since: float | None = None,
    ) -> _Talk:
        """Switch a key on; where a clinician's word counts, ask for it."""
        condition = self.context.matrix.conditions[key]
        cleared_at: float | None = None
        if condition.clears and condition.rank < Rank.URGENT:
            words = self.questions.words
            reply = yield Prompt(
                f"cleared.{key}",
                Form.YES_NO,
                words["cleared.ask"],
                words["cleared.why"],
                lines=(f"You told of {condition.says}.",),
            )
            cleared_at = self.now if reply == "yes" else None
        self.record.add(Finding(key, place, side, question, self.now, since, cleared_at), keep=keep)

    def where(
        self, id_: str, only: Sequence[str] = (), sides: bool = True
    ) -> Generator[Prompt, Reply, tuple[str | None, Side | None]]:
        """A place, and the side where it has one; somewhere else counts as everywhere."""
        words = self.questions.words
        places = [p for p in self.questions.places if not only or p.id in only]
        choices = tuple(Choice(place.key, place.say) for place in places)
        reply = yield Prompt(id_, Form.ONE, words["S2"], words["why_S2"], (*choices, _ELSEWHERE))
        if reply == _ELSEWHERE.key:
            return None, None
        place = next(place.id for place in places if place.key == reply)
        if place in _ONE_SIDED_ONLY or not sides:
            return place, None
        return place, (yield from self.side(id_))

    def side(self, id_: str) -> Generator[Prompt, Reply, Side]:
        words = self.questions.words
        choices = tuple(Choice(key, say) for key, say in _SIDES)
        reply = yield Prompt(f"{id_}.side", Form.ONE, words["S2_side"], words["why_S2"], choices)
        return {"l": Side.LEFT, "r": Side.RIGHT, "b": Side.BOTH}[str(reply)]

    def when(self, id_: str) -> Generator[Prompt, Reply, float]:
        """When something was: the latest moment that the answer allows."""
        words = self.questions.words
        choices = (
            Choice("0", "Today"),
            Choice("1", "Yesterday"),
            Choice("2", "2 days ago"),
            Choice("3", "3 days ago"),
        )
        reply = yield Prompt(id_, Form.ONE, words["injury.when"], words["injury.why_when"], choices)
        days = int(str(reply))
        return self.now if days == 0 else self.context.midnight - (days - 1) * DAY_S

    # The injury branch

    def injury(self) -> _Talk:
        words = self.questions.words
        choices = tuple(Choice(place.key, place.say) for place in self.questions.places)
        reply = yield Prompt(
            "I1", Form.ONE, words["injury.where"], words["injury.why_where"], choices
        )
        place = next(place.id for place in self.questions.places if place.key == reply)
        side: Side | None = None
        if place not in _ONE_SIDED_ONLY:
            side = yield from self.side("I1")
        for question in self.questions.injury:
            if question.at is not None and place not in question.at:
                continue
            reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
            if reply in {question.unsafe, "unsure"}:
                for key in question.keys_for(place):
                    self.record.add(Finding(key, place, side, question.id, self.now))
        since = yield from self.when("I6")
        told = [
            f for f in self.record.standing if (f.question, f.place, f.side) == ("I6", place, side)
        ]
        self.record.standing = [f for f in self.record.standing if f not in told]
        since = max([since, *(f.since for f in told if f.since is not None)])  # never shorter
        keys = ("acute_strain", "ham_strain") if place == "ham" else ("acute_strain",)
        for key in keys:
            self.record.add(Finding(key, place, side, "I6", self.now, since), keep=True)
        self.injured = (place, side)

    # Soreness

    def soreness(self) -> _Talk:
        words = self.questions.words
        for number in range(MOST_PLACES):
            ask = words["S1"] if number == 0 else words["S1_more"]
            lines = self.early_care() if number == 0 else ()
            level = yield Prompt("S1", Form.SCALE, ask, words["why_S1"], lines=lines)
            assert isinstance(level, int)  # Prompt.fits saw to it
            if level == 0:
                return
            place, side = yield from self.where("S2")
            more_allowed = number + 1 < MOST_PLACES
            reply = yield Prompt(
                "S3",
                Form.ONE,
                words["S3"],
                words["why_S3"],
                self.kinds_of_ache(place, more_allowed),
            )
            is_new = str(reply).lower() == "n"
            self.record.sorenesses.append(Soreness(level, place, side, is_new))
            if is_new and place in LEG_PLACES and side in {Side.LEFT, Side.RIGHT}:
                yield from self.new_ache()
            self.enough_if_urgent()
            if str(reply) not in {"S", "N", "I"}:
                return

    def early_care(self) -> tuple[str, ...]:
        """After an injury: what to do in the first days (section 2f)."""
        return self.questions.early_care if self.injured else ()

    def kinds_of_ache(self, place: str | None, more: bool) -> tuple[Choice, ...]:
        """Same or new, "from that injury" where one was just told of, each with another place."""
        kinds = [Choice("s", "same as usual"), Choice("n", "new")]
        if self.injured and self.injured[0] in {"knee", "shin", "foot"}:
            kinds.append(Choice("i", "from that injury"))
        if more:
            kinds += [
                Choice(c.key.upper(), f"{c.say}, and another place is sore too") for c in kinds
            ]
        return tuple(kinds)

    def new_ache(self) -> _Talk:
        words = self.questions.words
        if not any(f.key == "new_leg_ache" for f in self.record.today):
            self.record.add(Finding("new_leg_ache", question="S3", at=self.now))
        reply = yield Prompt("S4", Form.YES_NO, words["S4"], words["why_S4"])
        if reply != "no":
            self.record.add(Finding("dvt_risk", question="S4", at=self.now))
            self.record.red = RedFlag("dvt_signs", "S4", self.now)
            raise _Enough  # R1: this is dvt_signs

    def cramp(self) -> _Talk:
        self.record.add(Finding("cramp_now", question="C1", at=self.now))
        long = self.questions.find("F15")
        assert long is not None  # the questionnaire was read whole
        reply = yield Prompt("F15", Form.YES_NO, long.ask, long.why)
        if reply != "no":
            for key in long.keys:
                self.record.add(Finding(key, question="F15", at=self.now))

    # Profile

    def still_stopped(self) -> _Talk:
        """What stopped every session before: ask each time whether a clinician lifted it."""
        words = self.questions.words
        for index, finding in enumerate(self.record.standing):
            condition = self.context.matrix.conditions[finding.key]
            lifted = finding.cleared_at is not None or finding.at == self.now
            if lifted or not (condition.session and condition.clears):
                continue
            reply = yield Prompt(
                f"cleared.{finding.key}",
                Form.YES_NO,
                words["cleared.ask"],
                words["cleared.why"],
                lines=(f"The last time you told of {condition.says}.",),
            )
            if reply == "yes":
                self.record.standing[index] = finding._replace(cleared_at=self.now)

    def profile(self) -> _Talk:
        rows = [q for q in self.questions.profile if q.id != "P9b" or self.is_belly_asked(q)]
        told = self.record.answered
        missing = {q.id for q in rows if q.id not in told}
        if self.record.age is None or "age" not in told:
            missing.add("age")
        if any(not 0 <= self.now - at <= RENEW_S for at in told.values()):
            words = self.questions.words
            reply = yield Prompt(
                "confirm",
                Form.YES_NO,
                words["confirm.ask"],
                words["confirm.why"],
                lines=tuple(self.stored_lines()),
            )
            if reply == "yes":
                for id_ in told:
                    told[id_] = self.now
            else:
                told.clear()
                missing = {question.id for question in rows} | {"age"}
        for question in rows:
            if question.id in missing:
                yield from self.profile_row(question)
        if "age" in missing:
            words = self.questions.words
            years = yield Prompt(
                "age", Form.NUMBER, words["age.ask"], words["age.why"], low=0, high=120
            )
            assert isinstance(years, int)  # Prompt.fits saw to it
            self.record.age = age_band(years)
            told["age"] = self.now

    def is_belly_asked(self, question: Question) -> bool:
        """P9b: before deep pressure, and for a file that names one of its keys."""
        needs = self.context.needs
        return Kind.DEEP_PRESS in needs.kinds or bool(question.all_keys & needs.keys)

    def stored_lines(self) -> Iterable[str]:
        yield "What you told, and is kept:"
        found = [
            later
            for finding in self.record.standing
            for later in holding(finding, self.context.matrix, self.now)
        ]
        for finding in found:
            fine = " (a clinician said that it is fine)" if finding.cleared_at else ""
            place = f", {finding.place}" if finding.place else ""
            yield f"- {self.context.matrix.conditions[finding.key].says}{place}{fine}"
        if not found:
            yield "- nothing that stands against any step"
        if self.record.age:
            yield f"- age: {self.record.age}"

    def profile_row(self, question: Question) -> _Talk:
        reply = yield Prompt(question.id, Form.YES_NO, question.ask, question.why)
        self.record.forget(question.id)
        if reply == "unsure":
            self.unsure.add(question.id)
        if reply != "no":
            yield from self.opened(question, keep=True)
        self.record.answered[question.id] = self.now

    # Follow-ups

    def followups(self) -> _Talk:
        asked = [q for q in self.questions.followups if self.is_needed(q)]
        if not asked:
            return
        choices = tuple(
            Choice(key, q.ask, q.why) for key, q in zip(_OPTION_KEYS, asked, strict=False)
        )
        marks = yield Prompt(
            "followups", Form.MARKS, "For this routine: is one of these so?", choices=choices
        )
        assert isinstance(marks, frozenset)  # Prompt.fits saw to it
        for choice, question in zip(choices, asked, strict=True):
            if choice.key in marks:
                yield from self.opened(question)

    def is_needed(self, question: Question) -> bool:
        """Whether the routine needs this follow-up, and nothing kept answers it already."""
        keys = self.record.keys
        if question.id == "F15" or (question.keys and set(question.keys) <= keys):
            return False
        needs = self.context.needs
        if question.needs in needs.screening or self.only_here(question) & needs.keys:
            return True
        return self.is_called_for(question.id, needs, keys)

    def only_here(self, question: Question) -> frozenset[str]:
        """The keys that no question of Today or the profile sets."""
        elsewhere = frozenset[str]().union(
            *(q.all_keys for q in (*self.questions.today, *self.questions.profile))
        )
        return question.all_keys - elsewhere

    def is_called_for(self, id_: str, needs: Needs, keys: set[str]) -> bool:
        kinds, tools = needs.kinds, needs.equipment
        touching = {Kind.ROLL, Kind.PRESS, Kind.DEEP_PRESS, Kind.HEAT, Kind.COOL}
        deep = Kind.DEEP_PRESS in kinds
        if id_ == "F1":
            return bool(kinds & touching or tools & {"strap", "wrap"})
        if id_ == "F2":
            felt = {Kind.ROLL, Kind.PRESS, Kind.HEAT, Kind.COOL}
            return "P7" in self.unsure and bool(kinds & felt or "wrap" in tools)
        if id_ == "F3":
            return needs.massage_on_leg and bool(keys & self.context.matrix.clot_risk)
        if id_ in {"F4", "F5", "F6", "F7"}:
            return deep
        if id_ == "F10":
            return needs.stretch_over_step or Region.CALF in needs.effort_on
        if id_ == "F11":
            kneels = needs.positions & {Position.HALF_KNEEL, Position.ALL_FOURS}
            return bool(kneels) and self.knee_is_told_of(keys)
        if id_ == "F12":
            return self.record.age is AgeBand.CHILD
        if id_ == "F13":
            hides = {Kind.ROLL, Kind.PRESS, Kind.DEEP_PRESS, Kind.HEAT, Kind.COOL}
            return bool(kinds & (hides | {Kind.CONTRACT_RELAX}))
        return id_ == "F14" and Kind.COOL in kinds

    def knee_is_told_of(self, keys: set[str]) -> bool:
        knee_keys = {
            "oa", "bakers_cyst", "kneecap_pain", "acl", "pcl", "meniscus", "meniscus_unseen",
            "giving_way", "knee_replaced", "lump_new",
        }  # fmt: skip
        sore = any(s.place == "knee" for s in self.record.sorenesses)
        told = any(f.place == "knee" for f in (*self.record.today, *self.record.standing))
        return sore or told or bool(keys & knee_keys)
