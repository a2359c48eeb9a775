"""What a run works on, and what it works with."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.arguments import fit_fields
from align.core.cache import Cache
from align.core.progress import Progress
from align.core.types import Recording, Token, Transcript
from align.pipeline.loaded_models import Models
from align.pipeline.options import RunOptions
from align.pronounce.lexicon import Lexicon
from align.speakers.base import Diarizer
from align.speakers.participants import NOBODY, Participants
from align.transcript.cleaning.rules import Cleaning


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user gave, read and checked.

    Attributes:
        language, second_language: of the transcript, and of the translation (None: none).
        lexicon: how the user wants words to be pronounced.
        cleaning: how the transcript was cleaned.
        diarizer: what tells voices apart, None for nothing.
        participants: who takes part, as the user says.
    """

    recording: Recording
    transcript: Transcript
    tokens: tuple[Token, ...]
    language: str
    second_language: str | None
    lexicon: Lexicon
    cleaning: Cleaning
    diarizer: Diarizer | None = None
    participants: Participants = NOBODY

    def __post_init__(self) -> None:
        fit_fields(self)


@dataclass(frozen=True, slots=True)
class RunContext:
    """What a run works with."""

    models: Models
    cache: Cache
    options: RunOptions
    progress: Progress

    def __post_init__(self) -> None:
        fit_fields(self)
