"""Explains every problem code: its meaning, its reason, one wrong and one right example.

An example that begins with `- ` shows a few steps. One that contains `steps:` is a whole file.
Any other example is the part of a file above `steps:`. If `played` is false, the example is
described in words, because it can't be written as text.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Code(NamedTuple):
    """One code and its explanation."""

    title: str
    why: str
    wrong: str
    right: str
    played: bool = True


_OWN = (
    "name: A\nexercises:\n  my-lean:\n    name: My lean\n    regions: [calf]\n"
    "    kind: static-stretch\n    position: support\n    sides: both\n    dose: 30s\n"
    "    {}\nsteps:\n  - my-lean"
)
"""A routine that defines its own exercise; `{}` is replaced by one more line of that exercise."""

_FILE: Mapping[str, Code] = {
    "E001": Code(
        "The file can't be read",
        "There is no such file, it is a folder or something else than a file, or this account may "
        "not read it.",
        "supple check calf-strech.yaml",
        "supple check calf-stretch.yaml",
        played=False,
    ),
    "E002": Code(
        "The file is too large",
        "A routine is a few dozen lines. 256 KiB is far above any of them, and a limit keeps a "
        "file from a stranger from stopping your machine.",
        "one file with every routine you ever wrote",
        "one file for each routine",
        played=False,
    ),
    "E003": Code(
        "The file is not UTF-8",
        "UTF-8 is what editors save today. In any other encoding letters such as ü or ñ would come "
        "out wrong, so the file is refused and not guessed at.",
        "saved as Latin-1, Windows-1252 or UTF-16",
        "saved as UTF-8",
        played=False,
    ),
    "E004": Code(
        "A character that can't be seen, or that acts on the terminal",
        "Escape codes, marks that turn the writing round, characters of no width and non-breaking "
        "spaces at the begin of a line come in by copying. They can hide a word or change what is "
        "seen, so none of them is let in.",
        'about: "Breathe\\u200b slowly"',
        "about: Breathe slowly",
    ),
    "E005": Code(
        "The punctuation or the indentation does not fit",
        "A file is `key: value` pairs and lists whose items begin with `- `. Keys that belong "
        "together begin in the same column. A text with `: ` or ` #` in it, or one that begins "
        "with a special sign, needs quotes round it.",
        "- calf-wall-straight: 30s\n  note: Breathe: slowly",
        '- calf-wall-straight: 30s\n  note: "Breathe: slowly"',
    ),
    "E006": Code(
        "A line is indented with a tab",
        "How wide a tab is depends on the editor, so nobody can tell what belongs to what. Most "
        "editors can be told to write spaces for the tab key.",
        "- calf-wall-straight: 30s\n\tnote: Heel down",
        "- calf-wall-straight: 30s\n  note: Heel down",
    ),
    "E007": Code(
        "Too many values, or nested too deep",
        "20,000 values and 24 levels are far more than a routine needs; the limit keeps a file "
        "from a stranger from stopping your machine.",
        "x-deep: [[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]",
        "x-deep: [[[]]]",
    ),
    "E008": Code(
        "The same key twice in one place",
        "Only one of the two could count, and most programs take the last one without a word. "
        "Keep the one you meant.",
        "- use: calf-wall-straight\n  hold: 30s\n  hold: 45s",
        "- use: calf-wall-straight\n  hold: 45s",
    ),
    "E009": Code(
        "Anchors, aliases, merge keys and tags",
        "`&`, `*`, `<<` and `!` are ways of YAML to copy and to convert values. A routine does "
        "without them: whoever reads a step sees all of it. A text that begins with such a sign "
        "needs quotes.",
        "- calf-wall-straight: 30s\n  note: *slow",
        '- calf-wall-straight: 30s\n  note: "*slow"',
    ),
    "E010": Code(
        "A second document in the file",
        "A line of `---` begins a second document. A file holds one routine, so that its name is "
        "that of the file.",
        "name: A\nsteps: [calf-wall-straight: 30s]\n---\nname: B",
        "name: A\nsteps: [calf-wall-straight: 30s]",
    ),
    "E011": Code(
        "A text that is too long",
        "4,000 characters are two pages. Nobody reads that on the mat.",
        "a note of 5,000 characters",
        "a note of two sentences",
        played=False,
    ),
    "E012": Code(
        "The file is empty",
        "There is nothing in it, or only comments.",
        "# steps: to do",
        "name: A\nsteps:\n  - calf-wall-straight: 30s",
        played=False,
    ),
    "E013": Code(
        "A list or a map as a key",
        "What stands left of a `:` is a text. Brackets there are usually meant as part of one; put "
        "quotes round it.",
        "- {[Calf]: 30s left}",
        '- {"[Calf]": 30s left}',
    ),
    "E014": Code(
        "A newer format",
        "The file was written for a newer supple. Reading it with this one could leave out "
        "something that matters, so nothing is played.",
        "format: 2",
        "format: 1",
    ),
}

_KEYS: Mapping[str, Code] = {
    "E101": Code(
        "A key that does not belong here",
        "Usually it is misspelt, or it belongs to another place. Nothing is skipped in silence: "
        "a `hodl: 30s` that nobody notices is a stretch that is never held.",
        "- use: calf-wall-straight\n  hodl: 30s",
        "- use: calf-wall-straight\n  hold: 30s",
    ),
    "E102": Code(
        "Something that must be there is missing",
        "A routine needs `name:` and `steps:`, a step needs to say which exercise it is, a block "
        "needs steps, a cue something to say, and a catalogue entry its six keys.",
        "- hold: 30s",
        "- use: calf-wall-straight\n  hold: 30s",
    ),
    "E103": Code(
        "A list, a map or a text where another of them belongs",
        "`steps` is a list of lines that begin with `- `; `defaults`, `cues` and entries are maps; "
        "a note is one text.",
        "name: A\nsteps: calf-wall-straight",
        "name: A\nsteps:\n  - calf-wall-straight",
    ),
    "E104": Code(
        "A value that is empty, or none of the possible ones",
        "Some keys take only certain words, so that the screening and the player know them. An "
        "empty value is a missing one: take the key out if you don't need it.",
        "level: hard",
        "level: advanced",
    ),
    "E105": Code(
        "Two amounts",
        "A step has one amount: a hold, reps, breaths, passes or phases. With two of them nobody "
        "can tell how long it lasts.",
        "- calf-wall-straight: 30s 45s",
        "- calf-wall-straight: 30s, 45s",
    ),
    "E106": Code(
        "No dose",
        "The catalogue does not know this exercise, or its dose has no amount, so there is nothing "
        "to play. Say how long or how often.",
        "- My own calf stretch",
        "- My own calf stretch: 30s each side",
    ),
    "E107": Code(
        "Two things that can't be combined",
        "A list gives one set for each of its items, so `sets` beside it would say it twice; reps "
        "that are held have no tempo.",
        "- calf-wall-straight: 3 x 20s, 30s",
        "- calf-wall-straight: 20s, 30s, 30s",
    ),
    "E108": Code(
        "The same thing said twice",
        "It stands in the dose and as a key, or twice in the dose. Keep one, so that a later "
        "change can't leave the other behind.",
        "- calf-wall-straight: 2 x 30s\n  sets: 3",
        "- calf-wall-straight: 3 x 30s",
    ),
    "E109": Code(
        "No language",
        "Texts by language are written `{en: …, es: …}`. A text with `: ` inside `{ }` looks like "
        "that too; put quotes round it.",
        "about: {english: Breathe}",
        "about: {en: Breathe}",
    ),
    "E110": Code(
        "No work",
        "There is nothing to do in these steps: only rests and words.",
        "name: A\nsteps:\n  - rest: 20s",
        "name: A\nsteps:\n  - calf-wall-straight: 30s\n  - rest: 20s",
    ),
    "E111": Code(
        "Lists of different length in two languages",
        "Each line is shown in the person's language, so the lists say the same line by line.",
        _OWN.format("how: {en: [Stand tall., Lean in.], es: [Ponte de pie.]}"),
        _OWN.format("how: {en: [Stand tall.], es: [Ponte de pie.]}"),
    ),
}

_DOSES: Mapping[str, Code] = {
    "E201": Code(
        "A dose or a time that can't be read",
        "Doses are written as coaches write them: `30s`, `3 x 30s each side rest 10s`, `10 reps "
        "tempo 3-1-3`, `5 breaths`. The words are English everywhere, units are short (`s`, `m`, "
        "`h`), and decimals have a point.",
        "- calf-wall-straight: 30 seconds each side",
        "- calf-wall-straight: 30s each side",
    ),
    "E202": Code(
        "An amount without a unit",
        "`3 x 15` is fifteen seconds to one coach and fifteen reps to another.",
        "- calf-wall-straight: 3 x 15",
        "- calf-wall-straight: 3 x 15s",
    ),
    "E203": Code(
        "An amount of nothing",
        "Zero or negative times and counts can't be played. Take the step out instead.",
        "- calf-wall-straight: 0s",
        "- calf-wall-straight: 10s",
    ),
    "E204": Code(
        "A range that runs backwards",
        "The low end comes first.",
        "- calf-wall-straight: 30-20s",
        "- calf-wall-straight: 20-30s",
    ),
    "E205": Code(
        "More than can be played",
        "A routine lasts 24 hours and 20,000 pieces at most, with at most 100 sets or rounds, "
        "1,000 reps, pressure 10 and four blocks in each other. Usually a digit is one too many.",
        "- calf-wall-straight: 300 x 30s",
        "- calf-wall-straight: 3 x 30s",
    ),
    "E206": Code(
        "No time of a clock",
        "Minutes and seconds go to 59.",
        "- calf-wall-straight: 1:75",
        "- calf-wall-straight: 2:15",
    ),
    "E207": Code(
        "`both sides` can mean two things",
        "One after the other, or both at once? It doubles the time or it does not.",
        "- calf-wall-straight: 30s both sides",
        "- calf-wall-straight: 30s each side",
    ),
    "E208": Code(
        "A tempo that can't be read",
        "A tempo is `3-1-3` (down, stay, up), `2s` for a rep, `40/min` or `self-paced`.",
        "- calf-wall-straight: 10 reps tempo slow",
        "- calf-wall-straight: 10 reps tempo 3-1-3",
    ),
    "E209": Code(
        "A breath pattern that can't be read",
        "In and out, `4-6`; with pauses, `4-4-4-4`; or `free`.",
        "- calf-wall-straight: 30s breathe deep",
        "- calf-wall-straight: 30s breathe 4-6",
    ),
    "E210": Code(
        "A pressure or an effort without a number",
        "Pressure goes from 0 to 10, effort from 0 to 100 %.",
        "- calf-roll: 30s pressure light",
        "- calf-roll: 30s pressure 3",
    ),
    "E211": Code(
        "A time of a cue that can't be read",
        "A cue stands at `0s`, `15s`, `half`, `50%`, or counted from the end, `-5s`.",
        "- calf-wall-straight: 30s\n  cues: {middle: Breathe out}",
        "- calf-wall-straight: 30s\n  cues: {half: Breathe out}",
    ),
    "E212": Code(
        "An angle that the joint does not have",
        "A figure is drawn from joint angles in degrees, as they are measured: a straight knee is "
        "0 and bends to the back only. What is above a joint's range would hurt to look at.",
        _OWN.format("figure: {near: {knee: -20}}"),
        _OWN.format("figure: {near: {knee: 20}}"),
    ),
}

_NAMES: Mapping[str, Code] = {
    "E301": Code(
        "An exercise that the catalogue does not have",
        "Small letters with dashes are an id or a key. One that is neither is misspelt, and a "
        "guess could be another exercise with other risks. A name of your own begins with a "
        "capital.",
        "- calf-wal-straight: 30s each side",
        "- calf-wall-straight: 30s each side",
    ),
    "E302": Code(
        "A condition or question set that is not known",
        "`avoid_if`, `caution` and `screening` name what the questions ask about. What is not "
        "known would protect nobody.",
        "avoid_if: [hart]",
        "avoid_if: [heart]",
    ),
    "E303": Code(
        "No id",
        "An id of a catalogue is written with a-z, 0-9 and dashes, so that it can be told from a "
        "name.",
        "exercises:\n  My calf: {name: My calf, regions: [calf], kind: static-stretch,"
        " position: stand, sides: one, dose: 30s}",
        "exercises:\n  my-calf: {name: My calf, regions: [calf], kind: static-stretch,"
        " position: stand, sides: one, dose: 30s}",
    ),
    "E304": Code(
        "An id or a name that is taken",
        "Nobody may replace an entry, because its safety notes would go with it.",
        "exercises:\n  calf-roll: {name: My roll, regions: [calf], kind: roll,"
        " position: floor-sit, sides: one, dose: 30s}",
        "exercises:\n  my-roll: {name: My roll, regions: [calf], kind: roll,"
        " position: floor-sit, sides: one, dose: 30s}",
    ),
    "E305": Code(
        "A kind, region or position that the catalogue gives",
        "The screening goes by what the catalogue says of its exercises. A routine can't change "
        "it.",
        "- use: calf-roll\n  roll: 30s\n  kind: roll",
        "- use: calf-roll\n  roll: 30s",
    ),
}

_SAFETY: Mapping[str, Code] = {
    "E401": Code(
        "Pressure on a place that is never pressed",
        "Vessels, nerves or bone lie bare there: behind the knee, in the groin, at the neck and "
        "others. No massage goes there, whoever writes it. That a place is left alone can be said: "
        "`stay off the back of the knee`.",
        "- name: Ball behind the knee\n  kind: press\n  hold: 30s",
        "- name: Ball on the calf, not behind the knee\n  kind: press\n  hold: 30s",
    ),
    "E402": Code(
        "Massage in a step that is no massage",
        "`roll`, `passes` and `pressure` are massage, and so is a ball under a muscle or a thumb "
        "in it, whatever the step is called. A massage has its own questions. A stretch "
        "with pressure would pass without those questions.",
        "- calf-wall-straight: 30s pressure 3",
        "- calf-roll: 30s pressure 3",
    ),
    "E403": Code(
        "A sound that may not be played",
        "A clip lies in the folder of its routine and is a WAV, FLAC, MP3 or Ogg file, so that a "
        "file from a stranger can't reach for others.",
        "- calf-wall-straight: 30s\n  cues: {half: {clip: /home/me/bell.wav}}",
        "- calf-wall-straight: 30s\n  cues: {half: {clip: sounds/bell.wav}}",
    ),
    "E404": Code(
        "Words of a massage that can't be checked",
        "Every word of a massage is searched for places that are never pressed. The lists are "
        "English and Spanish. In another language, or with letters of another alphabet, nobody "
        "has checked the words.",
        "language: de\nname: Waden\nsteps:\n- name: Wade mit der Rolle\n  kind: roll\n  roll: 60s",
        "language: de\nname: Waden\nsteps:\n- name: {en: Calf on the roller}\n  kind: roll\n"
        "  roll: 60s",
    ),
    "E501": Code(
        "A mistake in the program's own data",
        "The questions, the matrix of conditions and the pages to read are data too. The words are "
        "those of what loads them; with such a mistake nothing is played.",
        "routines/screening/stop.yaml: a line whose `then` is `stop`",
        "routines/screening/stop.yaml: a line whose `then` is `end`",
        played=False,
    ),
    "E502": Code(
        "A fault of supple itself",
        "No file should ever lead to this. supple can't judge what it can't read, so it leaves "
        "this file out and goes on with the others.",
        "a text that supple can't read, although it may be right",
        "the same text, written in another way",
        played=False,
    ),
}

_DOUBTS: Mapping[str, Code] = {
    "W101": Code(
        "A key without effect",
        "It says something that can't happen here, such as a rest between sets where there is one "
        "set. It does no harm, but something else may have been meant.",
        "- calf-wall-straight: 30s rest 10s",
        "- calf-wall-straight: 2 x 30s rest 10s",
    ),
    "W102": Code(
        "Another side than the exercise has",
        "The catalogue knows whether an exercise works one leg at a time or both at once. It plays "
        "as you wrote it; look whether that can be done.",
        "- calf-wall-straight: 30s both",
        "- calf-wall-straight: 30s each side",
    ),
    "W104": Code(
        "A phase that is nearly a known one",
        "Any word may name a phase, but `stretch`, `contract`, `relax` and a few more have a sound "
        "of their own. This one is close to one of them.",
        "- name: My calf\n  phases: [contract: 6s, strech: 20s]",
        "- name: My calf\n  phases: [contract: 6s, stretch: 20s]",
    ),
    "W105": Code(
        "Equipment that supple does not know",
        "It is shown, but nobody can look for routines by it, and no rule goes by it.",
        "equipment: [walll]",
        "equipment: [wall]",
    ),
    "W106": Code(
        "Two rests in a row",
        "They are not added up: the longer one counts.",
        "- calf-wall-straight: 30s\n- rest: 20s\n- rest: 30s\n- quad-stand: 30s",
        "- calf-wall-straight: 30s\n- rest: 50s\n- quad-stand: 30s",
    ),
    "W107": Code(
        "`duration` is more than a tenth off",
        "People plan their evening with it. The real time stands in `supple list`; `duration` can "
        "be left out.",
        "duration: 20m",
        "about: Half a minute",
    ),
    "W108": Code(
        "`lasts` is off",
        "It is your own sum, and the steps take another time. One of them is not as you meant it.",
        "- block: Calves\n  lasts: 2m\n  steps: [calf-wall-straight: 30s left]",
        "- block: Calves\n  lasts: 30s\n  steps: [calf-wall-straight: 30s left]",
    ),
    "W109": Code(
        "A cue after the end",
        "The set is over before the cue comes, so it is never heard.",
        "- calf-wall-straight: 30s\n  cues: {45s: Breathe out}",
        "- calf-wall-straight: 30s\n  cues: {25s: Breathe out}",
    ),
    "W110": Code(
        "A text that ends at a `#`",
        "Behind a space, `#` begins a comment, and what follows is not part of the text. Nothing "
        "is said where a comment is plainly meant: behind two spaces and with a space after the "
        "`#`, or behind a dose, a time or an id.",
        "- calf-wall-straight: 30s\n  note: Press 3 # not more",
        '- calf-wall-straight: 30s\n  note: "Press 3 # not more"',
    ),
    "W111": Code(
        "A figure that does not come together",
        "A hand does not reach what it holds, a limb does not come down on what it should rest "
        "on, or a level foot bends the ankle farther than it goes. The picture shows the gap; "
        "another lean or another angle closes it.",
        _OWN.format("figure: {near: {hand: near-toes}}"),
        _OWN.format("figure: {near: {hand: near-thigh}}"),
    ),
    "W202": Code(
        "A time without a unit",
        "Only a time can stand here, so it is taken as seconds. Write the unit, for those who read "
        "the file.",
        "- calf-wall-straight: 30s\n- rest: 20",
        "- calf-wall-straight: 30s\n- rest: 20s",
    ),
    "W301": Code(
        "An exercise of your own",
        "It plays. But nothing is known of it, so the screening counts it as the riskiest that it "
        "could be, and leaves it out more often than it needs to. `kind`, `regions` and `position` "
        "help; an exercise of the catalogue helps more.",
        "- Calf stretch at the fence: 30s each side",
        "- calf-wall-straight: 30s each side",
    ),
    "W302": Code(
        "A step that may be deep pressure",
        "It names the belly or the psoas. It has no kind, or is a massage. Pressure there can "
        "harm, so it is only played as the catalogue has it. If the step is no massage, write its "
        "kind.",
        "- Psoas release: 60s",
        "- name: Psoas stretch\n  kind: static-stretch\n  regions: hipflexor\n"
        "  position: half-kneel\n  hold: 30s",
    ),
    "W401": Code(
        "Pressure on a place that takes it badly",
        "A nerve or a band lies there. Gentle work is fine; a ball with the whole weight on it is "
        "not.",
        "- name: Ball on the piriformis\n  kind: press\n  hold: 30s",
        "- name: Ball on the buttock\n  kind: press\n  hold: 30s",
    ),
}

CODES: Mapping[str, Code] = {**_FILE, **_KEYS, **_DOSES, **_NAMES, **_SAFETY, **_DOUBTS}
"""All codes of errors and warnings, in order."""
