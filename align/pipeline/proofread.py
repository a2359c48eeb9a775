"""The suspected wrong words of a run: by the Latin words alone, or also by the language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from align.audio.forced_scores import forced_scores
from align.core.cache import Cache
from align.core.progress import Progress
from align.core.types import Mismatch, Result
from align.mismatch.wrong_words import (
    PlacedSuspicion,
    heard_wordings,
    placed_suspicions,
    spoken_text,
    with_wrong_words,
    wrong_word_mismatch,
)
from align.pipeline.context import Inputs, RunContext
from align.pipeline.options import ALL, OFF
from align.proofread.context import Fit, read_chunk
from align.proofread.language_model import LanguageModel
from align.proofread.parameters import DEFAULTS
from align.proofread.proofread import ReadingTask, ReadTasks, proofread
from align.proofread.suspicion import is_sure, with_sound


def with_suspected_words(result: Result, inputs: Inputs, context: RunContext) -> tuple[Mismatch, ...]:
    """The mismatches of a result with its suspected wrong words; a chunk that was read is not read again.

    Raises:
        ModelError: the language model cannot be used.
    """
    chosen, model = context.options.proofread, context.models.kept_language_model
    if chosen == OFF or inputs.language != "zh":
        return result.mismatches
    names = (*inputs.participants.people, *(turn.speaker for turn in result.turns))
    terms = [term.text for term in inputs.cleaning.glossary.terms]
    terms += dict.fromkeys(name for name in names if name and not name.startswith("Speaker "))
    read = None
    if model is not None:
        read = cached_reader(context.models.language_model, model.digest, context.cache, context.progress)
    text, timed = spoken_text(result.turns), result.alignment.tokens
    found = proofread(text, terms, read, chosen == ALL, DEFAULTS.min_unheard_score)
    placed = tuple(placed_suspicions(found, timed, result.turns, result.mismatches))
    sure = (each for each in _heard(placed, result, inputs, context) if is_sure(each.suspicion))
    return with_wrong_words(
        result.mismatches, [wrong_word_mismatch(each, timed, result.turns) for each in sure]
    )


def _heard(
    placed: Sequence[PlacedSuspicion], result: Result, inputs: Inputs, context: RunContext
) -> tuple[PlacedSuspicion, ...]:
    """The suspicions after each was compared with the sound at its place."""
    timed, models, recording = result.alignment.tokens, context.models, inputs.recording
    wordings = tuple(
        heard_wordings(each, timed, result.turns) for each in placed if each.suspicion.alternatives
    )
    if not wordings:
        return tuple(placed)
    key = (recording.digest, wordings, inputs.language, models.kept_recogniser.digest, models.device)

    def compute() -> tuple[tuple[float, ...], ...]:
        scores = []
        with context.progress.stage("Listening to suspected words", len(wordings)) as advance:
            for number, (span, texts) in enumerate(wordings, 1):
                scores.append(forced_scores(recording, span, texts, models.recogniser, inputs.language))
                advance(number)
        return tuple(scores)

    scores = context.cache.get_or_compute("wordings", key, tuple[tuple[float, ...], ...], compute)
    rows = iter(scores)
    heard = []
    for each in placed:
        if each.suspicion.alternatives:
            written, *others = next(rows)
            gains = [other - written for other in others]
            each = replace(each, suspicion=with_sound(each.suspicion, gains))
        heard.append(each)
    return tuple(heard)


def cached_reader(
    load: Callable[[], LanguageModel], digest: str, cache: Cache, progress: Progress
) -> ReadTasks:
    """Reads tasks with a language model, which is loaded for the first task that the cache does not have.

    Args:
        load: loads the model.
        digest: of the model.
    """

    def read(tasks: Sequence[ReadingTask]) -> Iterator[tuple[Fit, ...]]:
        loaded: list[LanguageModel] = []
        try:
            with progress.stage("Proofreading", len(tasks)) as advance:
                for number, task in enumerate(tasks, 1):

                    def compute(task: ReadingTask = task) -> tuple[Fit, ...]:
                        loaded[:] = loaded or [load()]
                        return read_chunk(loaded[0], task.keywords, task.chunk.content, task.places)

                    key = (task, digest, DEFAULTS)
                    yield cache.get_or_compute("proofread", key, tuple[Fit, ...], compute)
                    advance(number)
        finally:
            for model in loaded:
                model.close()

    return read
