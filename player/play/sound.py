"""The sound of a session: chimes, a voice and a background. It keeps the display awake as well.

Without a device, or with the sound off, the screen flashes instead. Without a voice engine there
are chimes only.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audio.cue import Cue, CueKind, CueSheet
from audio.sound import Sound, SoundError, open_sound
from player.base.clock import Clock
from player.history.volume import FULL, Channel, Loudness
from player.play.awake import Awake
from player.play.running import Live
from player.play.voice import SpeechMaker
from player.session.cues import cue_sheet
from player.session.speech import LengthOf, texts_to_speak, with_speech
from player.session.state import ENDED, Phase
from player.session.timeline import Timeline

if TYPE_CHECKING:
    from audio.bed import Bed
    from audio.mixer import Clips, Speech

OpenSound = Callable[[Callable[[], int]], Sound]

FRAMES_A_MS = 48
BEATS_EVERY_S = 1.0
"""How often the sound gets a sign of life; it falls silent by itself after 2.5 s without one."""

NO_SOUND = "No sound here; it flashes instead."
_FLASHES = frozenset({
    CueKind.SWITCH, CueKind.START, CueKind.HALF, CueKind.WAIT,
})  # fmt: skip


class SessionSound:
    """The sound of the sessions in one run of the program.

    `open` and `make_speech` come before a session. Its screen then calls `follow` whenever the
    session starts, stops or jumps, and `silence` where nothing may sound any longer.
    """

    def __init__(
        self,
        clock: Clock,
        muted: bool = False,
        opens: OpenSound = open_sound,
        makes: SpeechMaker | None = None,
        background: Path | None = None,
    ) -> None:
        self.muted = muted
        self._clock = clock
        self._opens = opens
        self._opening: asyncio.Task[None] | None = None
        """It goes on where nobody waits for it any longer: a device is opened once, and closed."""
        self._makes = makes
        """None: there are chimes only."""
        self._background = background
        """A file that is not read yet."""
        self._bed: Bed | None = None
        self._speech: Speech = {}
        self._clips: Clips = {}
        self._refused: list[str] = []
        """Why sounds of the coach are not played; each is shown once."""
        self._length_of: LengthOf = _no_voice
        self._languages: tuple[str, ...] = ()
        self._spoken: tuple[CueSheet, CueSheet] | None = None
        self._loudness = FULL
        self._save: Callable[[Loudness], bool] = lambda loudness: True
        self._turned: Channel | None = None
        """The channel that `turn` turns."""
        self._sound: Sound | None = None
        self._said_so = False
        """Whether it was shown that there is no sound."""
        self._live: Live | None = None
        self._awake = Awake()
        self._next_beat: asyncio.TimerHandle | None = None

    # Before a session

    async def open(self) -> None:
        """Open the device in a thread, because that takes time; a session may run already."""
        if self.muted:
            return
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        try:
            self._sound = await asyncio.to_thread(self._opens, self._clock.now)
        except SoundError:
            return
        self._sound.muted = self.muted
        self._stock()
        if self._live is not None:
            self.follow(self._live)

    async def make_speech(
        self,
        timeline: Timeline,
        languages: Sequence[str],
        folder: Path,
        progress: Callable[[float], None],
        goes_on: Callable[[], bool],
    ) -> None:
        """Make what a voice says of this timeline, and read the coach's sounds in `folder`.

        Speech that is not made when this ends is never heard: the chimes take its place.
        `progress` gets the share that is made; `goes_on` returns whether to make more.
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
            texts = [
                (language, text) for text, language in texts_to_speak(sheet, timeline, languages)
            ]
            speech = await asyncio.to_thread(self._makes, texts, progress, goes_on)
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

    # During a session

    def follow(self, live: Live) -> None:
        """Play the session from where it is now, or be silent where it stands."""
        self._live = live
        state = live.state
        if state.phase is Phase.RUNNING and state.anchor is not None:
            self._awake.hold()
            if self._sound is not None:
                until, waits = state.stops_at
                cues = self._sheet(live).between(-1, until - 1 if waits else until)
                self._sound.play(CueSheet(cues), state.position, state.anchor)
        else:
            self._awake.release()
            if self._sound is not None and state.phase is Phase.DONE:  # the last chime rings out
                self._sound.play(self._sheet(live), state.position, self._clock.now())
            else:
                self.silence()
            if state.phase in ENDED:
                self._live = None
        self._beat()

    def silence(self) -> None:
        """Be silent at once, until the session is followed again."""
        if self._sound is not None:
            self._sound.silence()

    def flashes(self, cue: Cue) -> bool:
        """Whether the screen flashes at a cue that is due, because it is not heard."""
        return cue.kind in _FLASHES and not self.is_heard

    @property
    def is_heard(self) -> bool:
        """Whether a device plays what the session sounds of."""
        sound = self._sound
        return sound is not None and not self.muted and sound.failed is None

    def problem(self) -> str:
        """What is wrong with the sound, in words; each problem only once, and then nothing."""
        if self._refused:
            return self._refused.pop(0)
        is_open = self._opening is not None and self._opening.done()
        if self._said_so or self.muted or self.is_heard or not is_open:
            return ""
        self._said_so = True
        return NO_SOUND

    # What a person sets

    async def toggle_mute(self) -> str:
        """Turn the sound off, or on again. Returns the words for it."""
        self.muted = not self.muted
        if not self.muted:
            await self.open()
        if self._sound is not None:
            self._sound.muted = self.muted
        if self.muted:
            return "Sound off; it flashes instead."
        return "Sound on." if self.is_heard else NO_SOUND

    def set_loudness(self, loudness: Loudness, save: Callable[[Loudness], bool]) -> None:
        """Be as loud as a person wants it.

        `save` gets each change that `turn` makes, and returns whether it could be saved.
        """
        self._loudness, self._save = loudness, save
        self._stock()

    def turn(self, steps: int) -> str:
        """Turn one channel up or down by so many steps; 0 goes to the next channel.

        Returns the words for it.
        """
        if not self.is_heard:
            return "The sound is off; m turns it on." if self.muted else NO_SOUND
        channels = [c for c in Channel if c is not Channel.BACKGROUND or self._bed is not None]
        if self._turned is None:
            self._turned = channels[0]
        elif not steps:
            self._turned = channels[(channels.index(self._turned) + 1) % len(channels)]
        turned = self._loudness.turned(self._turned, steps)
        if turned != self._loudness:
            self._loudness = turned
            self._stock()
            if not self._save(turned):
                return "So loud for now; it could not be kept."
        return turned.words(self._turned)

    # Of the device

    def close(self) -> None:
        """Fall silent for good, and let the display go dark."""
        self._awake.release()
        if self._next_beat is not None:
            self._next_beat.cancel()
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    def _beat(self) -> None:
        """Give the sound its signs of life from here on: the last chime outlasts the screen."""
        if self._next_beat is not None:
            self._next_beat.cancel()
            self._next_beat = None
        if self._sound is not None:
            self._sound.heartbeat(self._clock.now())
            # Not a timer of Textual's, which costs as much as painting the second that has passed.
            loop = asyncio.get_running_loop()
            self._next_beat = loop.call_later(BEATS_EVERY_S, self._beat)

    def _stock(self) -> None:
        """Give the device everything that is there to be heard, and how loud."""
        if self._sound is not None:
            from audio.mixer import Material

            gains = self._loudness.gains
            self._sound.use(Material(self._speech, self._bed, gains, self._clips))

    def _sheet(self, live: Live) -> CueSheet:
        """The cues of a session, with what a voice says at each."""
        if not self._speech and not self._clips:
            return live.sheet
        if self._spoken is None or self._spoken[0] is not live.sheet:
            timeline = live.state.timeline
            lengths = {name: len(clip) // FRAMES_A_MS + 1 for name, clip in self._clips.items()}
            said = with_speech(live.sheet, timeline, self._languages, self._length_of, lengths)
            self._spoken = live.sheet, said
        return self._spoken[1]


def _no_voice(text: str, language: str) -> int:
    return 0
