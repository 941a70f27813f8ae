"""Plays the sound of a session and keeps the display awake.

The sound consists of chimes, a voice and a background. Without a device, or with the sound off,
the screen flashes instead. Without a voice engine, only chimes and the background play.
"""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audio.cue import Cue, CueKind, CueSheet, Spoken
from audio.sound import Sound, SoundError, open_sound
from player.base.clock import Clock
from player.history.volume import FULL, Channel, Loudness
from player.play.awake import Awake
from player.play.running import Live
from player.play.voice import SpeechMaker
from player.session.cues import cue_sheet
from player.session.pressing import PressWarning
from player.session.speech import LengthOf, texts_to_speak, with_speech
from player.session.state import ENDED, Phase
from player.session.timeline import Timeline

if TYPE_CHECKING:
    from audio.bed import Bed
    from audio.mixer import Clips, Speech

OpenSound = Callable[[Callable[[], int]], Sound]

FRAMES_A_MS = 48
PLANNED_AT_ONCE = 500
"""Planning this many cues takes a few milliseconds. More would block the screen."""

BEATS_EVERY_S = 1.0
"""How often the sound gets a heartbeat. Without one it stops by itself after 2.5 s."""

OPENS_WITHIN_S = 2.0
"""How long a warning waits for a device that is still being opened."""

LEAST_VOICE = 50
"""The softest voice, in percent, of a warning before a session."""

NO_SOUND = "No sound here; it flashes instead."
_FLASHES = frozenset({
    CueKind.SWITCH, CueKind.START, CueKind.HALF, CueKind.WAIT,
})  # fmt: skip


class SessionSound:
    """The sound of all sessions in one run of the program.

    The host calls `open` and `make_speech` before a session. The session screen then calls
    `follow` whenever the session starts, stops or jumps, and `silence` to stop all sound at once.
    """

    def __init__(
        self,
        clock: Clock,
        muted: bool = False,
        open_device: OpenSound = open_sound,
        speech_maker: SpeechMaker | None = None,
        background: Path | None = None,
    ) -> None:
        self.muted = muted
        self._clock = clock
        self._open_device = open_device
        self._opening: asyncio.Task[None] | None = None
        """Continues even if nobody waits for it, so that the device is opened and closed once."""
        self._speech_maker = speech_maker
        """None if there is no voice."""
        self._background = background
        """A background file that is not read yet."""
        self._bed: Bed | None = None
        self._speech: Speech = {}
        self._clips: Clips = {}
        self._refused: list[str] = []
        """Why sound files are not played. Each reason is shown once."""
        self._length_of: LengthOf = _no_voice
        self._languages: tuple[str, ...] = ()
        self._spoken: tuple[CueSheet, CueSheet] | None = None
        """The last sheet that was planned, without its speech and with it."""
        self._planning: asyncio.Task[None] | None = None
        self._loudness = FULL
        self._save: Callable[[Loudness], bool] = lambda loudness: True
        self._turned: Channel | None = None
        """The channel that `turn` makes louder or softer."""
        self._sound: Sound | None = None
        self._no_sound_reported = False
        """Whether the person knows that there is no sound."""
        self._live: Live | None = None
        self._ends_at: int | None = None
        """The clock's time at which the sound reaches the last chime by itself."""
        self._awake = Awake()
        self._next_beat: asyncio.TimerHandle | None = None

    # Before a session

    async def open(self) -> None:
        """Open the device in a thread, because that takes time. The session may already run."""
        if self.muted:
            return
        if self._opening is None:
            self._opening = asyncio.create_task(self._open())
        await asyncio.shield(self._opening)

    async def _open(self) -> None:
        try:
            self._sound = await asyncio.to_thread(self._open_device, self._clock.now)
        except SoundError:
            return
        self._sound.muted = self.muted
        self._load_device()
        if self._live is not None:
            self.follow(self._live)

    async def make_speech(
        self,
        timeline: Timeline,
        languages: Sequence[str],
        folder: Path,
        on_progress: Callable[[float], None],
        is_wanted: Callable[[], bool],
        warning: PressWarning | None = None,
    ) -> None:
        """Make the speech for this timeline, and read the coach's sounds in `folder`.

        The warning comes first, so that it is there even if the person does not wait for the rest.

        Chimes replace any speech that is not ready when this returns. `on_progress`
        gets the share that is made. When `is_wanted` returns False, everything stops at once, and
        only the sounds that are read by then are heard.
        """
        if self.muted:
            return
        if self._background is not None:
            await asyncio.to_thread(self._read_background, self._background, is_wanted)
            self._background = None if is_wanted() else self._background
        self._languages, self._spoken = tuple(languages), None
        sheet, texts = await asyncio.to_thread(_to_say, timeline, self._languages)
        if any(cue.clip for cue in sheet.cues):
            await asyncio.to_thread(self._read_clips, sheet, folder, is_wanted)
        if self._speech_maker is not None:
            if warning is not None:
                texts.insert(0, (warning.language, warning.words))
            speech = await asyncio.to_thread(self._speech_maker, texts, on_progress, is_wanted)
            if speech:
                from audio.voices.making import length_of

                self._speech, self._length_of = speech, length_of(speech)
        self._load_device()
        spoken = await asyncio.to_thread(self._with_speech, sheet, timeline)
        self._spoken = sheet, spoken

    async def say(self, words: str, language: str) -> int:
        """Say words before a session, and return their length in ms; 0 if nobody can hear them.

        `make_speech` has made the speech. Nothing else sounds meanwhile. A voice that was turned
        down is still heard; only muting the sound turns it off. `silence` ends it.
        """
        length = self._length_of(words, language)
        if length and not self.muted and self._opening is not None:
            await asyncio.wait({self._opening}, timeout=OPENS_WITHIN_S)
        if not length or self._sound is None or not self.is_heard:
            return 0
        from audio.mixer import Material

        voice = max(self._loudness.voice, LEAST_VOICE)
        self._sound.use(Material(self._speech, None, self._loudness._replace(voice=voice).gains))
        cue = Cue(0, CueKind.SAY, words, None, Spoken(words, language, length), language)
        self._sound.play(CueSheet((cue,)), 0, self._clock.now())
        self._beat()
        return length

    def _read_clips(self, sheet: CueSheet, folder: Path, is_wanted: Callable[[], bool]) -> None:
        try:
            from audio.clips import load_clips
        except ImportError:  # no numpy: then there is no sound at all
            return
        loaded = load_clips(sheet.cues, folder, is_wanted)
        self._clips = loaded.clips
        self._refused.extend(loaded.refused)

    def _read_background(self, file: Path, is_wanted: Callable[[], bool]) -> None:
        try:
            from audio.bed import load_bed
            from audio.decode import ClipError
        except ImportError:  # no numpy: then there is no sound at all
            return
        try:
            self._bed = load_bed(file, is_wanted)
        except ClipError as error:
            if is_wanted():
                self._refused.append(str(error))

    # During a session

    def follow(self, live: Live) -> None:
        """Play the session from its present position, or stop the sound if it does not run."""
        self._live = live
        state = live.state
        if state.phase is Phase.RUNNING and state.anchor is not None:
            self._awake.hold()
            until, waits = state.stops_at
            self._ends_at = None if waits else state.anchor + until - state.position
            if self._sound is not None:
                self._sound.play(self._sheet(live), state.position, state.anchor)
        else:
            self._awake.release()
            if state.phase is Phase.DONE:
                self._ring_out(live)
            else:
                self.silence()
            if state.phase in ENDED:
                self._live = None
        self._beat()

    def _ring_out(self, live: Live) -> None:
        """Play the last chime to its end. If a key led to the end, the chime has not begun yet."""
        now = self._clock.now()
        rings = self._ends_at is not None and self._ends_at <= now
        if self._sound is not None and not rings:
            self._sound.play(self._sheet(live), live.state.position, now)
        self._ends_at = now

    def silence(self) -> None:
        """Stop all sound at once, until the next call of `follow`."""
        self._ends_at = None
        if self._sound is not None:
            self._sound.silence()

    def flashes(self, cue: Cue) -> bool:
        """Return whether the screen flashes at this cue, because its sound is not heard."""
        return cue.kind in _FLASHES and not self.is_heard

    @property
    def is_heard(self) -> bool:
        """Whether a device plays the sound of the session."""
        sound = self._sound
        return sound is not None and not self.muted and sound.failed is None

    def problem(self) -> str:
        """Return a problem with the sound in words, or an empty text. Each is reported once."""
        if self._refused:
            return self._refused.pop(0)
        is_open = self._opening is not None and self._opening.done()
        if self._no_sound_reported or self.muted or self.is_heard or not is_open:
            return ""
        self._no_sound_reported = True
        return NO_SOUND

    # Settings of the person

    async def toggle_mute(self) -> str:
        """Turn the sound off or on again. Returns words for the person."""
        self.muted = not self.muted
        if not self.muted:
            await self.open()
        if self._sound is not None:
            self._sound.muted = self.muted
        if self.muted:
            return "Sound off; it flashes instead."
        return "Sound on." if self.is_heard else NO_SOUND

    def set_loudness(self, loudness: Loudness, save: Callable[[Loudness], bool]) -> None:
        """Set how loud each channel is.

        Each later change by `turn` is passed to `save`, which returns whether it was saved.
        """
        self._loudness, self._save = loudness, save
        self._load_device()

    def turn(self, steps: int) -> str:
        """Make one channel louder or softer by `steps`; 0 selects the next channel.

        Returns words for the person.
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
            self._load_device()
            if not self._save(turned):
                return "Volume set, but it could not be saved."
        return turned.words(self._turned)

    # The device

    def close(self) -> None:
        """Close the device, and let the display go dark."""
        self._awake.release()
        if self._next_beat is not None:
            self._next_beat.cancel()
        if self._planning is not None:
            self._planning.cancel()
        if self._sound is not None:
            self._sound.close()
            self._sound = None

    def _beat(self) -> None:
        """Send the sound a regular heartbeat, even while the last chime outlasts the screen."""
        if self._next_beat is not None:
            self._next_beat.cancel()
            self._next_beat = None
        if self._sound is not None:
            self._sound.heartbeat(self._clock.now())
            # A Textual timer would cost as much as painting the screen once.
            loop = asyncio.get_running_loop()
            self._next_beat = loop.call_later(BEATS_EVERY_S, self._beat)

    def _load_device(self) -> None:
        """Pass the speech, the background, the clips and their volumes to the device."""
        if self._sound is not None:
            from audio.mixer import Material

            gains = self._loudness.gains
            self._sound.use(Material(self._speech, self._bed, gains, self._clips))

    def _sheet(self, live: Live) -> CueSheet:
        """Return the cues with their speech, up to where the session waits.

        A long session is planned on another thread. Until then, these are the cues of the next
        minutes. The plan of what comes soon does not depend on what comes much later.
        """
        if self._spoken is not None and self._spoken[0] is live.sheet:
            return _until_it_waits(live, self._spoken[1])
        here = live.state.position_at(self._clock.now())
        near = live.sheet.around(here, PLANNED_AT_ONCE)
        spoken = self._with_speech(near, live.state.timeline)
        if near is live.sheet:
            self._spoken = near, spoken
        elif self._planning is None or self._planning.done():
            self._planning = asyncio.create_task(self._plan(live))
        return _until_it_waits(live, spoken)

    async def _plan(self, live: Live) -> None:
        """Plan a long session. If it changes meanwhile, plan it again."""
        while live is self._live and not (self._spoken and self._spoken[0] is live.sheet):
            sheet, timeline, sound = live.sheet, live.state.timeline, self._sound
            spoken = await asyncio.to_thread(self._with_speech, sheet, timeline)
            if sound is not None:
                await asyncio.to_thread(sound.prepare, _until_it_waits(live, spoken))
            self._spoken = sheet, spoken
        if live is self._live and live.state.phase is Phase.RUNNING:
            self.follow(live)

    def _with_speech(self, sheet: CueSheet, timeline: Timeline) -> CueSheet:
        """Return the cues of a session, each with its speech."""
        if not self._speech and not self._clips:
            return sheet
        if self._spoken is not None and self._spoken[0] == sheet:
            return self._spoken[1]
        lengths = {name: len(clip) // FRAMES_A_MS + 1 for name, clip in self._clips.items()}
        return with_speech(sheet, timeline, self._languages, self._length_of, lengths)


def _to_say(timeline: Timeline, languages: Sequence[str]) -> tuple[CueSheet, list[tuple[str, str]]]:
    """Return the cues of a session, and what may be said in it as (language, text)."""
    sheet = cue_sheet(timeline, languages)
    texts = texts_to_speak(sheet, timeline, languages)
    return sheet, [(language, text) for text, language in texts]


def _until_it_waits(live: Live, sheet: CueSheet) -> CueSheet:
    """Return the cues before the place where the session waits for a key, if there is one."""
    until, waits = live.state.stops_at
    return CueSheet(sheet.between(-1, until - 1)) if waits else sheet


def _no_voice(text: str, language: str) -> int:
    return 0
