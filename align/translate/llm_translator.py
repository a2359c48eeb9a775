"""Translates with a language model, a batch of lines at a time, using the translation memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from align.core.types import Phrase
from align.subtitles.rules import is_spaced
from align.translate.base import Advance, Line, LineContext, LineTranslator, TranslationJob
from align.translate.batches import adjacent_in_sentence, split_into_batches
from align.translate.checks import fits, needs_translation
from align.translate.memory import Memory, key_of
from align.translate.names import substitute_names
from align.translate.notes import max_width_of, not_translated
from align.translate.parameters import DEFAULTS, TranslationParameters
from align.translate.retry import translate_batch


@dataclass(frozen=True, slots=True)
class LLMTranslator:
    """Asks a language model, batch by batch, for what the memory lacks."""

    model: LineTranslator
    memory: Memory
    parameters: TranslationParameters = DEFAULTS

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def digest(self) -> str:
        """The model's digest."""
        return self.model.digest

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; each batch is stored in the memory as soon as it is done."""
        lines = [
            Line(substitute_names(phrase.text, job.names), max_width_of(phrase, job.rules), phrase.speaker)
            for phrase in phrases
        ]
        texts = [line.text for line in lines]
        keys = {
            k: key_of(self.digest, job.source, job.target, texts[k], adjacent_in_sentence(phrases, k))
            for k in wanted
        }
        translations = self._without_model(lines, keys, job)
        advance(len(translations))
        missing = [k for k in wanted if k not in translations]
        for batch in split_into_batches(phrases, missing, self.parameters):
            context = LineContext(
                tuple(texts[max(0, batch.start - self.parameters.context_cues) : batch.start]),
                tuple(texts[batch.stop : batch.stop + self.parameters.context_cues]),
                self._summary(texts, batch.start, job),
            )
            answers = translate_batch(
                self.model, lines[batch.start : batch.stop], job, context, self.parameters
            )
            usable = {k: answer for k, answer in zip(batch, answers, strict=True) if answer}
            self.memory.store((keys[k], lines[k].max_width, texts[k], answer) for k, answer in usable.items())
            translations |= {k: usable.get(k, not_translated(job.target)) for k in batch}
            advance(len(translations))
        return tuple(translations[k] for k in wanted)

    def _without_model(
        self, lines: Sequence[Line], keys: dict[int, str], job: TranslationJob
    ) -> dict[int, str]:
        """The lines that have nothing to translate or are in the memory."""
        stored = self.memory.look_up(list(keys.values()))
        translations = {}
        for k, key in keys.items():
            text, max_width = lines[k].text, lines[k].max_width
            if not needs_translation(text, job.source, job.target):
                if is_spaced(job.target):
                    text = unicodedata.normalize("NFKC", text).replace("。", ".").replace("、", ",")
                translations[k] = text.strip() or lines[k].text
            # A line that is too long but was made for as little space would not get shorter.
            elif key in stored and (
                fits(stored[key].text, max_width, job) or stored[key].max_width <= max_width
            ):
                translations[k] = stored[key].text
        return translations

    def _summary(self, texts: Sequence[str], index: int, job: TranslationJob) -> str:
        """What the section before that of a line was about, from the memory if possible."""
        length = self.parameters.summary_cues
        end = index // length * length
        section = texts[max(0, end - length) : end]
        if not section:
            return ""
        key = key_of("summary", self.digest, job.source, job.target, tuple(section))
        stored = self.memory.look_up([key])
        if key in stored:
            return stored[key].text
        summary = self.model.summarise(section, job)
        self.memory.store([(key, 0, "", summary)])
        return summary
