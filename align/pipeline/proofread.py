"""The suspected wrong words of a run: by the Latin words alone, or also by the language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from align.core.cache import Cache
from align.core.progress import Progress
from align.core.types import Mismatch, Result
from align.mismatch.wrong_words import spoken_text, with_wrong_words, wrong_word_mismatches
from align.pipeline.context import Inputs, RunContext
from align.pipeline.options import ALL, OFF
from align.proofread.context import Fit, read_chunk
from align.proofread.language_model import LanguageModel
from align.proofread.parameters import DEFAULTS
from align.proofread.proofread import ReadingTask, ReadTasks, proofread


def with_suspected_words(result: Result, inputs: Inputs, context: RunContext) -> tuple[Mismatch, ...]:
    """The mismatches of a result with its suspected wrong words; a chunk that was read is not read again.

    Raises:
        ModelError: the language model cannot be used.
    """
    chosen, model = context.options.proofread, context.models.kept_language_model
    if chosen == OFF or inputs.language != "zh":
        return result.mismatches
    terms = [term.text for term in inputs.cleaning.glossary.terms]
    read = None
    if model is not None:
        read = cached_reader(context.models.language_model, model.digest, context.cache, context.progress)
    text, everywhere = spoken_text(result.turns), chosen == ALL
    suspicions = proofread(text, terms, read, everywhere)
    wrong = wrong_word_mismatches(suspicions, result.alignment.tokens, result.turns, result.mismatches)
    return with_wrong_words(result.mismatches, tuple(wrong))


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
