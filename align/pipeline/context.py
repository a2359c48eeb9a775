"""What a run works on and with, and its second try on the CPU where a GPU is too small."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from align.core.arguments import fit_fields
from align.core.cache import Cache, default_cache_folder
from align.core.device import GpuMemoryError
from align.core.progress import Progress
from align.core.types import Recording, Result, Token, Transcript
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from align.pronounce.lexicon import Lexicon
from align.speakers.diarizer import Diarizer
from align.speakers.participants import NOBODY, Participants
from align.transcript.cleaning.apply_rules import Cleaning

CPU_NOTE = "The GPU ran out of memory, so everything was computed on the CPU."


@dataclass(frozen=True, slots=True)
class Inputs:
    """The user's files, read and checked.

    Attributes:
        second_language: of the translation, None for none.
        heard: of a transcript in two languages, how much of the recording is in the aligned one, 0 to 1; None
            where the recording was not asked.
        lexicon: the user's pronunciations.
        cleaning: how the transcript was cleaned.
        diarizer: None without diarization.
        participants: the speakers whom the user has named.
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
    heard: float | None = None

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


def load_context(
    options: RunOptions, language: str | None, translate: bool, progress: Progress
) -> RunContext:
    """The context of a command, with its models downloaded and verified; raises as `load_models` does."""
    with progress.transfer() as arrived:
        models = load_models(options, language, translate, progress.say, arrived)
    return RunContext(models, Cache(default_cache_folder()), options, progress)


def with_cpu_fallback(work: Callable[[RunContext], Result], context: RunContext) -> Result:
    """Do `work` on the context's device, or all of it on the CPU, with a note, where the GPU is too small.

    The CPU starts from the beginning, so that its result is the same as without a GPU.

    Raises:
        UsageError: ALIGN_CACHE_LIMIT is not a size.
    """
    with context.cache.held() as cache:
        context = replace(context, cache=cache)
        try:
            return work(context)
        except GpuMemoryError:
            context.progress.say(CPU_NOTE)
            result = work(replace(context, models=context.models.on_cpu))
            return replace(result, notes=(*result.notes, CPU_NOTE))
