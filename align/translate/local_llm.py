"""The translation backend that runs on this machine and sends nothing anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from align.translate.backend import Sentence, TranslationJob, UnusableAnswerError
from align.translate.checks import borrowed_words
from align.translate.grammar import grammar_of
from align.translate.llama_cpp import Chat, Llama
from align.translate.parameters import DEFAULTS
from align.translate.prompt import (
    examples,
    follow_up,
    instructions,
    is_translation_model,
    rephrased,
    translation_request,
)


@dataclass(frozen=True)
class LocalTranslator:
    """A language model, run by llama.cpp. It is loaded with the first sentence.

    Attributes:
        model: the GGUF file, or its folder.
        digest: of the file.
        threads: of the CPU, 1 or more.
        device: "cpu" or "cuda".
        states: the folder where its state after the examples is kept, None for none.
    """

    model: Path
    digest: str
    threads: int
    device: str
    states: Path | None = None
    batch: int = 1
    uses_context: bool = False
    _loaded: dict[tuple[str, str], Llama] = field(default_factory=dict, repr=False, compare=False)

    def translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        """See `SentenceTranslator.translate`; each answer depends on its sentence only."""
        return tuple(self._translate(sentence, job) for sentence in sentences)

    def _translate(self, sentence: Sentence, job: TranslationJob) -> str:
        limit = round(DEFAULTS.answer_tokens * len(sentence.text)) + DEFAULTS.min_answer_tokens
        turns, variant, added = [sentence.text], 0, ""
        if is_translation_model(gguf_file(self.model).name):
            turns, variant = [translation_request(sentence.text, job.target)], int(bool(sentence.rejected))
        elif sentence.rejected:
            if other := rephrased(sentence, job.source, job.target):
                turns[0], added = other
            elif question := follow_up(sentence):
                turns += [sentence.rejected.answer, question]
            else:
                variant = 1
        grammar = grammar_of(sentence, job)
        llama = self._llama(job)
        answer = llama.answer(*turns, max_tokens=limit, grammar=grammar, variant=variant)
        if not answer:
            raise UnusableAnswerError("the answer is empty")
        pairs = examples(job.source, job.target)
        if not variant and any(borrowed_words(sentence.text, answer, *pair) for pair in pairs):
            answer = llama.answer(*turns, max_tokens=limit, grammar=grammar, variant=1)
        return " ".join(re.sub(f"^{added}", "", answer).split())

    def _llama(self, job: TranslationJob) -> Llama:
        pair = (job.source, job.target)
        if pair not in self._loaded:
            self._loaded.clear()  # one model at a time fits into memory
            file = gguf_file(self.model)
            translates_only = is_translation_model(file.name)
            opening = Chat("") if translates_only else Chat(instructions(*pair), examples(*pair))
            states = (self.states, self.digest) if self.states else None
            self._loaded[pair] = Llama(file, self.threads, self.device, opening, states)
        return self._loaded[pair]


def gguf_file(model: Path) -> Path:
    """The model file: `model` itself, or the one in that folder."""
    return next(iter(sorted(model.glob("*.gguf"))), model) if model.is_dir() else model
