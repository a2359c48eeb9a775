"""What a run works on, and what it works with."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.arguments import fit_fields
from align.core.cache import Stages
from align.core.progress import Progress
from align.core.types import Recording, Token, Transcript
from align.pipeline.loaded_models import Shelf
from align.pipeline.options import RunOptions
from align.pronounce.lexicon import Lexicon
from align.speakers.base import Engine
from align.speakers.participants import NOBODY, Cast
from align.transcript.cleaning.rules import Cleaning


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the user gave, read and checked.

    Attributes:
        language, second_language: of the transcript, and of the translation (None: none).
        lexicon: how the user wants words to be pronounced.
        cleaning: how the transcript was cleaned.
        engine: what tells voices apart, None for nothing.
        cast: who takes part, as the user says.
    """

    recording: Recording
    transcript: Transcript
    tokens: tuple[Token, ...]
    language: str
    second_language: str | None
    lexicon: Lexicon
    cleaning: Cleaning
    engine: Engine | None = None
    cast: Cast = NOBODY

    def __post_init__(self) -> None:
        fit_fields(self)


@dataclass(frozen=True, slots=True)
class Bench:
    """What a run works with."""

    shelf: Shelf
    stages: Stages
    options: RunOptions
    progress: Progress

    def __post_init__(self) -> None:
        fit_fields(self)
