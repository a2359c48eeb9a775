"""What a user may choose for a run: the command line builds these, the API takes the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from align.core.arguments import fit_fields
from align.core.device import check_choice
from align.core.errors import UsageError
from align.speakers.base import SENKO
from align.subtitles.options import CueOptions
from align.transcript.cleaning.chinese_script import AS_IS
from align.transcript.cleaning.rules import LIGHT, Cleaning
from align.transcript.read import Reading
from align.translate.options import TranslationOptions

AUTO, OFF = "auto", "off"
PHONE, ATTENTION = "phone", "attention"
"""The aligners: by pronunciation, for Mandarin and English; by Whisper's attention, for any language."""

UNCERTAIN, ALL = "uncertain", "all"
"""What is recognised: the places at which text and sound disagree, or all speech."""


@dataclass(frozen=True, slots=True)
class RunOptions:
    """Choices for `align run`.

    Attributes:
        language: of the transcript, a code such as "zh", or "auto" to tell it by the script.
        second_language: of the translation; "auto" is English, or Chinese beside another language;
            None leaves the translation out.
        aligner: "phone" or "attention"; a language that "phone" does not know gets "attention".
        clean: how the transcript's text is cleaned: "light", "full" or "off".
        script: its characters: "simplified", "traditional" or "as-is".
        glossary: a file of names and terms, None for none.
        lexicon: a file that says how words are pronounced, None for none.
        recognize: "uncertain" or "all"; the attention aligner always needs all.
        model: the Whisper model that recognises: a size, or a folder. The aligner is always base.
        device: "auto", "cpu", "cuda", or one GPU such as "cuda:1".
        threads: of the CPU, 0 for all; results do not depend on it.
        speakers: "auto", "off", or how many there are. Voices are told apart where the transcript has no
            labels; labels are held against the voices unless this is "off".
        diarizer: what tells voices apart: "senko", "pyannote", or the path of an RTTM file.
        participants: a file that says who takes part, None for none.
        known_voices: look for the voices that were enrolled.
        offline: never pull a model.
        cues: how subtitles are cut and labelled.
        translation: who writes the second language.
        reading: how the transcript is read, where the user knows better than its content.
    """

    language: str = AUTO
    second_language: str | None = AUTO
    aligner: str = PHONE
    clean: str = LIGHT
    script: str = AS_IS
    glossary: Path | None = None
    lexicon: Path | None = None
    recognize: str = UNCERTAIN
    model: str = "base"
    device: str = AUTO
    threads: int = 0
    speakers: str | int = AUTO
    diarizer: str = SENKO
    participants: Path | None = None
    known_voices: bool = False
    offline: bool = False
    cues: CueOptions = field(default_factory=CueOptions)
    translation: TranslationOptions = field(default_factory=TranslationOptions)
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        fit_fields(self)
        Cleaning(self.clean, self.script)  # which refuses what it does not know
        if self.aligner not in (PHONE, ATTENTION):
            raise UsageError(f"there is no aligner {self.aligner!r}; choose {PHONE} or {ATTENTION}")
        if self.recognize not in (UNCERTAIN, ALL):
            raise UsageError(f"{self.recognize!r} cannot be recognised; choose {UNCERTAIN} or {ALL}")
        check_choice(self.device)
        if self.threads < 0:
            raise UsageError(f"{self.threads} threads cannot be had; choose 0 for all, or more")
        if isinstance(self.speakers, int) and self.speakers < 1:
            raise UsageError(f"{self.speakers} speakers cannot be told apart; choose 1 or more, auto or off")
        if isinstance(self.speakers, str) and self.speakers not in (AUTO, OFF):
            raise UsageError(f"speakers cannot be {self.speakers!r}; choose a number, auto or off")
        if not self.diarizer:
            raise UsageError("speakers come from nowhere; choose senko, pyannote or an RTTM file")
        if self.speakers == OFF and (self.diarizer != SENKO or self.known_voices or self.participants):
            raise UsageError(
                "with --speakers off nobody is named; leave --diarizer, --participants and --known-voices out"
            )
        if self.second_language is not None and self.second_language == self.language != AUTO:
            raise UsageError(
                f"the second language is the first, {self.language!r}; choose another, or --no-translate"
            )
