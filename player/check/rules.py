"""The dose rules L01 to L43: their text, reason and source.

Texts and sources are those of the clinical content, section 3. The code of the rules is in `lint`.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from player.document.problem import ERROR, INFO, WARNING


class Rule(NamedTuple):
    """One rule. `level` is its lowest severity; if there are several, `says` explains them.

    `reported_as`: the codes that report the rule, if not its own. `of_file` is false if no
    file can break the rule, because it depends on the person's week, or on their body today.
    """

    code: str
    level: str
    says: str
    why: str
    source: str
    reported_as: tuple[str, ...] = ()
    of_file: bool = True


_OURS = "our own choice, stricter than the evidence"
_KNOWN = "what is known in the field; no single source"
_ACSM = "Garber (ACSM), 2011"
_BEHM = "Behm, JSCR 34:3301 (commentary), 2020"
_COLD = "NHS cold leaflets (mpft.nhs.uk, barnsleyhospital.nhs.uk, PRICED)"
_WEEK = "It is about a person's week, so the history tells it, not a file."

_ALL = (
    Rule(
        "L01",
        ERROR,
        "A stretch is held for less than 5 seconds.",
        "That is shorter than in any source.",
        f"{_ACSM}: 10 to 30 seconds; Warneke, 2025: from 5 seconds for a short-term effect",
    ),
    Rule(
        "L02",
        WARNING,
        "A stretch is held for 5 to 9 seconds.",
        "The usual advice begins at 10 seconds; 5 are only meant for a short-term effect.",
        f"{_ACSM}; Warneke, 2025",
    ),
    Rule(
        "L03",
        WARNING,
        "A stretch is held for more than 60 seconds (90 in a routine tagged `65+`). More than 180 "
        "seconds is an error, unless the routine is tagged `long-hold`.",
        "Past 30 to 60 seconds no gain was added. Holds of 180 seconds exist in one trial.",
        "Bandy and Irion, 1994; Feland, 2001; Kiseljak, 2024",
    ),
    Rule(
        "L04",
        INFO,
        "A muscle is stretched for less than 30 seconds in all on a side; 60 are the aim.",
        "The usual advice is 60 seconds in all for each exercise.",
        _ACSM,
    ),
    Rule(
        "L05",
        INFO,
        "A muscle is stretched for more than 4 minutes in all on a side.",
        "No extra gain is expected: the gain in range peaks at about 4 minutes in a session.",
        "Ingram, Sports Med, 2024",
    ),
    Rule(
        "L06",
        INFO,
        "A stretch in a routine tagged `65+` is held for less than 30 seconds.",
        "From 65 on, 30 to 60 seconds are advised; 60 did better than 30 or 15. For a person "
        "of 65 or over the player offers it as well.",
        f"{_ACSM}; Feland, 2001",
    ),
    Rule(
        "L07",
        INFO,
        "A muscle is stretched for less than 5 minutes a week, with flexibility as the goal.",
        f"Five minutes a week are the least for a lasting gain. {_WEEK}",
        "Thomas, 2018",
        of_file=False,
    ),
    Rule(
        "L08",
        INFO,
        "A muscle is stretched for more than 10 minutes a week; more than 30 is a warning.",
        f"The gain in range peaks at about 10 minutes a week. {_WEEK}",
        "Ingram, Sports Med, 2024",
        of_file=False,
    ),
    Rule(
        "L09",
        INFO,
        "There is stretching on fewer than 2 days a week.",
        f"Three days a week keep a gain, 5 to 7 are best. {_WEEK}",
        f"{_ACSM}; Reid and Kim, 2014; Thomas, 2018",
        of_file=False,
    ),
    Rule(
        "L10",
        WARNING,
        "Before sport (`pre-sport`) a muscle is stretched for more than 60 seconds, or no movement "
        "follows the last held stretch.",
        "Long holds just before full effort cost a little force; up to 60 seconds with movement "
        "after them cost next to none.",
        "Warneke, 2025; Behm, 2016",
    ),
    Rule(
        "L11",
        WARNING,
        "The first contract-relax, or the first stretch held for more than 30 seconds, comes "
        "before 3 minutes of easy movement. Any other stretch without it is an info. Easy movement "
        "is a dynamic stretch, walking, or a roller at 4 out of 10 or less. Not for `night-cramp`, "
        "`early-care`, and routines of 5 minutes or less.",
        "Stretch after a warm-up; 5 to 10 minutes are ideal. A desk break and the bedtime "
        "stretches of the cramp trial have none.",
        "AAOS; Hallegraeff, 2012",
    ),
    Rule(
        "L12",
        WARNING,
        "A dynamic stretch has fewer than 5 or more than 20 repeats in a set, or a repeat takes "
        "less than 0.8 seconds.",
        "One or two sets of 8 to 15 controlled repeats are usual, about 1 to 2 seconds each.",
        f"Behm and Chaouachi, 2011; the limits: {_KNOWN}",
    ),
    Rule(
        "L13",
        ERROR,
        "A `how` line or a spoken cue of a stretch tells to bounce.",
        "A stretch here is slow and under control. Under `mistakes` the word may stand.",
        _OURS,
    ),
    Rule(
        "L14",
        WARNING,
        "A contraction lasts less than 3 or more than 10 seconds; more than 15 is an error.",
        "Contract for 3 to 6 seconds.",
        _ACSM,
    ),
    Rule(
        "L15",
        WARNING,
        "A contraction asks for more than 50 % effort; more than 75 % is an error.",
        "A light press works as well: 20 % did as well as full effort. Not written, it is 20 to "
        "30 %.",
        f"{_ACSM}; Feland and Marin, BJSM 38/4/e18",
    ),
    Rule(
        "L16",
        WARNING,
        "The stretch after a contraction lasts less than 10 or more than 30 seconds.",
        "The assisted stretch is 10 to 30 seconds.",
        _ACSM,
    ),
    Rule(
        "L17",
        WARNING,
        "A muscle gets more than 4 contract-relax cycles on a side.",
        "2 to 4 cycles are advised. That a muscle gets them on two days in a row is a warning "
        "too: the history tells that, not a file.",
        f"{_ACSM}; the days: {_KNOWN}",
    ),
    Rule(
        "L18",
        WARNING,
        "A set of rolling is shorter than 20 seconds or longer than 120. More than 300 seconds on "
        "one muscle of a side in a session is an error.",
        "30 to 120 seconds a set are advised. On the calf 30 seconds had no effect; "
        "90 and 300 seconds had one.",
        f"{_BEHM}; Nakamura, 2021",
    ),
    Rule(
        "L19",
        WARNING,
        "A stroke of a roller takes less than 1 second.",
        "2 to 4 seconds for a stroke in one direction are advised.",
        _BEHM,
    ),
    Rule("L20", WARNING, "There are more than 3 sets of rolling.", "1 to 3 are advised.", _BEHM),
    Rule(
        "L21",
        ERROR,
        "The pressure may reach 6 out of 10, or more than 4 in deep pressure.",
        "Painful rolling gave no more range than gentle rolling, so 4 out of 10 is enough. At 6 "
        "the player ends a step, so nothing may aim there.",
        "Grabow, JSCR 32:3059, 2018",
    ),
    Rule(
        "L22",
        WARNING,
        "A spot is pressed for more than 60 seconds in all (more than 90 is an error, less than 20 "
        "an info), or there are more than 5 spots on one muscle. Each rep is a spot of its own; "
        "sets and rounds come back to it.",
        "30 to 60 seconds are common, 90 the most. Still pressure of 90 seconds made a tender spot "
        "a little less so.",
        f"Wilke, 2018; Hou, 2002; the number of spots: {_KNOWN}",
    ),
    Rule(
        "L23",
        WARNING,
        "Deep pressure lasts more than 60 seconds on a side, or comes on more than 3 days a week. "
        "More than 120 seconds, or more than once a day, is an error.",
        "No trial shows a benefit. One maker says 2 minutes a day.",
        f"{_OURS}; Hip Hook (maker): 2 minutes",
    ),
    Rule(
        "L24",
        ERROR,
        "Massage goes to a place that is never pressed. Deep in the buttock and along the IT band "
        "it is a warning.",
        "Vessels, nerves, organs or bare bone lie there.",
        "the clinical content of supple, section 1e",
        reported_as=("E401", "W401"),
    ),
    Rule(
        "L25",
        ERROR,
        "A part that was strained in the last 72 hours is massaged, stretched, heated or loaded.",
        "Only the person knows; the player asks and leaves those steps out.",
        "the clinical content of supple, section 2e",
        of_file=False,
    ),
    Rule(
        "L26",
        WARNING,
        "A one-leg exercise has only one side and no `reason`.",
        "Both sides get the same, unless there is a reason. `one side` lets the person choose.",
        _OURS,
    ),
    Rule(
        "L27",
        INFO,
        "Left and right get doses that differ by more than 20 %, without a `reason`.",
        "Both sides get the same, unless there is a reason.",
        _OURS,
    ),
    Rule(
        "L28",
        WARNING,
        "There are less than 5 seconds to change position, or less than 10 between standing and "
        "the floor.",
        "Nobody should have to hurry to the floor or up from it.",
        _OURS,
    ),
    Rule(
        "L29",
        WARNING,
        "The routine lasts more than 45 minutes, or has more than 20 minutes of massage.",
        "Muscle breakdown was reported after long and heavy massage.",
        f"case reports; the limits: {_OURS}",
    ),
    Rule(
        "L30",
        WARNING,
        "A breath in or out takes less than 2 or more than 8 seconds, or a breath is held for more "
        "than 4 seconds by people with heart trouble or in pregnancy.",
        "Slow breathing is 5 to 7 breaths a minute with the longer out-breath.",
        f"Laborde, 2022; Russo, 2017; the limits: {_KNOWN}",
    ),
    Rule(
        "L31",
        ERROR,
        "A text tells people to bear pain, or promises what nobody can.",
        "Nothing here should hurt, and no exercise heals, cleans the blood or names an illness.",
        "honesty towards those who follow a routine",
    ),
    Rule(
        "L32",
        WARNING,
        "The length that is written differs from the one that plays by more than 10 %.",
        "People plan with it.",
        _OURS,
        reported_as=("W107",),
    ),
    Rule(
        "L33",
        INFO,
        "The time in a week grew by more than 50 %.",
        _WEEK,
        _OURS,
        of_file=False,
    ),
    Rule(
        "L34",
        ERROR,
        "Heat lasts more than 20 minutes, names no cloth, or stands in early care.",
        "A warm pack stays 15 to 20 minutes at most, with a cloth between, and never in the first "
        "72 hours after an injury.",
        f"early-care advice (no heat, alcohol, running or massage); {_KNOWN}",
    ),
    Rule(
        "L35",
        WARNING,
        "A line is longer than 90 characters, or the `how` lines of an exercise are harder to read "
        "than school grade 7.",
        "It is read from the mat, in passing. The grade is taken of English lines together.",
        _OURS,
    ),
    Rule(
        "L36",
        WARNING,
        "Cold lasts more than 15 minutes; more than 20 is an error, less than 5 an info.",
        "10 to 15 minutes, and never more than 20.",
        _COLD,
    ),
    Rule(
        "L37",
        ERROR,
        "Cold names no cloth, or no look at the skin at 5 minutes or before.",
        "A damp cloth lies between, and the skin is looked at after 5 minutes.",
        _COLD,
    ),
    Rule(
        "L38",
        ERROR,
        "Cold on the knee, calf or shin does not say to keep off the outer knee.",
        "A nerve lies right under the skin there; cold alone has harmed it.",
        "Cryotherapy-induced common peroneal nerve palsy (ohsu.elsevierpure.com)",
    ),
    Rule(
        "L39",
        ERROR,
        "A stretch, massage, heat or strength work follows cold on the same part.",
        "Cold dulls the warning signs.",
        _KNOWN,
    ),
    Rule(
        "L40",
        WARNING,
        "Cold comes more often than every 2 hours, or twice on one part in one routine.",
        "At least 2 hours lie between.",
        _COLD,
    ),
    Rule(
        "L41",
        WARNING,
        "Raising or wrapping lasts more than 30 minutes in one go. A wrap without a look at the "
        "toes is an error.",
        "A wrap that is too tight shows at the toes first. There is no trial of the time.",
        _OURS,
    ),
    Rule(
        "L42",
        ERROR,
        "A routine for `early-care` holds anything but settling, raising, wrapping, cold and "
        "breathing.",
        "In the first 72 hours after an injury nothing is stretched, pressed or loaded.",
        "the clinical content of supple, section 2e",
    ),
    Rule(
        "L43",
        WARNING,
        "A text names the left or the right side in a step that does each side in turn.",
        "When a sore side is left out, the text may name the wrong leg. The player then leaves out "
        "the whole step.",
        _OURS,
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})

ANSWERED_BY_REASON = frozenset({
    "L01", "L02", "L03", "L04", "L05", "L06", "L10", "L12", "L14", "L15", "L16", "L17",
    "L18", "L19", "L20", "L22", "L26", "L27", "L30", "L36", "L41",
})  # fmt: skip
"""Rules that a step's `reason` may answer: one side only, unequal sides, an unusual dose.

For L36 and L41 this holds only for findings that are not errors. Nothing else can be silenced.
"""

SAFETY = frozenset({
    "L21", "L23", "L24", "L34", "L36", "L37", "L38", "L39", "L41", "L42",
})  # fmt: skip
"""Rules whose errors can't be silenced. A file that breaks one is not played."""
