"""What a session does to the room around it: chimes and a voice, and a display that stays awake.

No device, or no wish for sound, costs nothing but the sound; then it flashes instead. Without
a voice engine there are chimes.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audio.cue import CueKind, CueSheet
from audio.sound import Sound, SoundError, open_sound
from player.base.clock import Clock
from player.history.volume import FULL, Channel, Loudness
from player.play.awake import Awake
from player.play.running import Live
from player.play.voice import MakeSpeech
from player.session.cues import cue_sheet
from player.session.speech import LengthOf, speaking, wanted
from player.session.state import ENDED, Phase
from player.session.timeline import Timeline

if TYPE_CHECKING:
    from audio.bed import Bed
    from audio.mixer import Clips, Speech

OpenSound = Callable[[Callable[[], int]], Sound]

FRAMES_A_MS = 48
NO_SOUND = "No sound here; it flashes instead."
_FLASHES = frozenset({
    CueKind.SWITCH, CueKind.START, CueKind.HALF, CueKind.WAIT,
})  # fmt: skip


class Ambience:
    """The sound and the display of one run of the program."""

    def __init__(
        self,
        clock: Clock,
        muted: bool = False,
        opens: OpenSound = open_sound,
        makes: MakeSpeech | None = None,
        background: Path | None = None,
    ) -> None:
        self.muted = muted
        self.loudness = FULL
        """How loud this person wants it; `heard_at` changes them."""
        self._turned: Channel | None = None
        self._background = background
        """A file to be read before the first session."""
        self._bed: Bed | None = None
        self._makes = makes
        """None: there are chimes only."""
        self._speech: Speech = {}
        self._clips: Clips = {}
        self._refused: list[str] = []
        """What is not played of a coach's sounds, still to be told."""
        self._length_of: LengthOf = _no_voice
        self._languages: tuple[str, ...] = ()
        self._spoken: tuple[CueSheet, CueSheet] | None = None
        self._clock = clock
        self._opens = opens
        self._sound: Sound | None = None
        self._awake = Awake()
        self._live: Live | None = None
        self._failed = False
        self._told = False

    async def open(self) -> None:
        """Open the sound, aside, because it takes its time; it is heard as soon as it is there."""
        if self.muted or self._sound is not None or self._failed:
            return
        try:
            self._sound = await asyncio.to_thread(self._opens, self._clock.now)
        except SoundError:
            self._failed = True
        self._stock()
        if self._live is not None:
            self.moved(self._live)

    async def speak(
        self,
        timeline: Timeline,
        languages: Sequence[str],
        folder: Path,
        told: Callable[[float], None],
        goes_on: Callable[[], bool],
    ) -> None:
        """Make what will be said of this timeline, and read the coach's sounds in `folder`.

        What is not made then, is never made.
        """
        if self.muted:
            return
        if self._background is not None:
            await asyncio.to_thread(self._read_background, self._background)
            self._background = None
        sheet = cue_sheet(timeline, languages)
        self._languages, self._spoken = tuple(languages), None
        if any(cue.clip for cue in sheet.cues):
            await asyncio.to_thread(self._read_clips, sheet, folder)
        if self._makes is not None:
            texts = [(language, text) for text, language in wanted(sheet, timeline, languages)]
            speech = await asyncio.to_thread(self._makes, texts, told, goes_on)
            if speech:
                from audio.voices.making import length_of

                self._speech, self._length_of = speech, length_of(speech)
        self._stock()

    def _read_clips(self, sheet: CueSheet, folder: Path) -> None:
        try:
            from audio.clips import load_clips
        except ImportError:  # no numpy: then there is no sound at all
            return
        loaded = load_clips(sheet.cues, folder)
        self._clips = loaded.clips
        self._refused.extend(loaded.refused)

    def _read_background(self, file: Path) -> None:
        try:
            from audio.bed import load_bed
            from audio.decode import ClipError
        except ImportError:  # no numpy: then there is no sound at all
            return
        try:
            self._bed = load_bed(file)
        except ClipError as error:
            self._refused.append(str(error))

    def heard_at(self, loudness: Loudness) -> None:
        """Be as loud as this from here on."""
        self.loudness = loudness
        self._stock()

    def turn(self, steps: int) -> str:
        """One channel louder or softer by so many steps; 0 takes the next one. Returns words."""
        if not self.is_heard:
            return "The sound is off; m turns it on." if self.muted else NO_SOUND
        channels = [c for c in Channel if c is not Channel.BACKGROUND or self._bed is not None]
        if self._turned is None:
            self._turned = channels[0]
        elif not steps:
            self._turned = channels[(channels.index(self._turned) + 1) % len(channels)]
        if steps:
            self.heard_at(self.loudness.turned(self._turned, steps))
        return self.loudness.words(self._turned)

    def _stock(self) -> None:
        if self._sound is not None:
            from audio.mixer import Material

            volumes = self.loudness.gains
            self._sound.stock(Material(self._speech, self._bed, volumes, self._clips))

    def _sheet(self, live: Live) -> CueSheet:
        """The cues of a session with what is said at each."""
        if not self._speech and not self._clips:
            return live.sheet
        if self._spoken is None or self._spoken[0] is not live.sheet:
            timeline = live.state.timeline
            lengths = {name: len(clip) // FRAMES_A_MS + 1 for name, clip in self._clips.items()}
            said = speaking(live.sheet, timeline, self._languages, self._length_of, lengths)
            self._spoken = live.sheet, said
        return self._spoken[1]

    def moved(self, live: Live) -> None:
        """The session runs, stands, or stands elsewhere."""
        self._live = live
        live.hush = self._hush
        state = live.state
        if state.phase is Phase.RUNNING and state.anchor is not None:
            self._awake.hold()
            if self._sound is not None:
                until, waits = state.stops_at
                cues = self._sheet(live).between(-1, until - 1 if waits else until)
                self._sound.play(CueSheet(cues), state.position, state.anchor)
            return
        self._awake.release()
        if self._sound is not None and state.phase is Phase.DONE:  # the last chime rings out
            self._sound.play(self._sheet(live), state.position, self._clock.now())
        else:
            self._hush()
        if state.phase in ENDED:
            self._live = None

    def _hush(self) -> None:
        if self._sound is not None:
            self._sound.stand()

    def looked(self) -> None:
        """The screen is alive; without this the sound falls silent by itself."""
        if self._sound is not None:
            self._sound.seen(self._clock.now())

    async def mute(self) -> str:
        """Turn the sound off, or on again. Returns what there is to say to that."""
        self.muted = not self.muted
        if not self.muted:
            await self.open()
        if self._sound is not None:
            self._sound.muted = self.muted
        if self.muted:
            return "Sound off; it flashes instead."
        return "Sound on." if self.is_heard else NO_SOUND

    @property
    def is_heard(self) -> bool:
        """Whether chimes come out somewhere."""
        sound = self._sound
        return sound is not None and not self.muted and sound.failed is None

    @property
    def is_silent(self) -> bool:
        """Whether there is no sound to look after, and nothing left to say of it."""
        return self._sound is None and (self.muted or self._told) and not self._refused

    def flashes(self, kind: CueKind) -> bool:
        """Whether a cue of this kind is seen, because it is not heard."""
        return kind in _FLASHES and not self.is_heard

    def excuse(self) -> str:
        """That nothing is heard: once, in a session, and only where sound was wanted."""
        if self._refused and self._live is not None:
            return self._refused.pop(0)
        opening = self._sound is None and not self._failed
        if self._told or self._live is None or self.muted or self.is_heard or opening:
            return ""
        self._told = True
        return NO_SOUND

    def close(self) -> None:
        """Silence, and a display that may go dark."""
        self._awake.release()
        if self._sound is not None:
            self._sound.close()
            self._sound = None


def _no_voice(text: str, language: str) -> int:
    return 0
