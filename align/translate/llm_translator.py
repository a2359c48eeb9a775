"""Translates with a language model, a batch of lines at a time, using the translation memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Phrase
from align.subtitles.rules import is_spaced
from align.translate.backend import Advance, Line, LineContext, LineTranslator, TranslationJob
from align.translate.checks import fits, needs_translation
from align.translate.memory import Memory, key_of
from align.translate.names import substitute_names
from align.translate.notes import max_width_of, not_translated
from align.translate.parameters import DEFAULTS
from align.translate.retry import translate_batch

SENTENCE_ENDS = tuple("。？！.?!…")


@dataclass(frozen=True, slots=True)
class LLMTranslator:
    """Asks a language model, batch by batch, for what the memory lacks."""

    model: LineTranslator
    memory: Memory

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
            k: key_of(self.model.digest, job.source, job.target, texts[k], adjacent_in_sentence(phrases, k))
            for k in wanted
        }
        translations = self._without_model(lines, keys, job)
        advance(len(translations))
        missing = [k for k in wanted if k not in translations]
        for batch in split_into_batches(phrases, missing):
            context = LineContext(
                tuple(texts[max(0, batch.start - DEFAULTS.context_cues) : batch.start]),
                tuple(texts[batch.stop : batch.stop + DEFAULTS.context_cues]),
                self._summary(texts, batch.start, job),
            )
            answers = translate_batch(self.model, lines[batch.start : batch.stop], job, context)
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
        length = DEFAULTS.summary_cues
        end = index // length * length
        section = texts[max(0, end - length) : end]
        if not section:
            return ""
        key = key_of("summary", self.model.digest, job.source, job.target, tuple(section))
        stored = self.memory.look_up([key])
        if key in stored:
            return stored[key].text
        summary = self.model.summarise(section, job)
        self.memory.store([(key, 0, "", summary)])
        return summary


def split_into_batches(phrases: Sequence[Phrase], wanted: Sequence[int]) -> tuple[range, ...]:
    """One batch for each request: consecutive wanted indices (ascending).

    A batch ends, where possible, with a sentence, a speaker or a pause.
    """

    def separation(index: int) -> int:
        """How suitable the place before a phrase is for a cut, 0 to 3."""
        left, right = phrases[index - 1], phrases[index]
        if left.text.endswith(SENTENCE_ENDS):
            return 3
        if left.speaker != right.speaker:
            return 2
        return int(right.span.start - left.span.end > DEFAULTS.min_pause)

    batches = []
    for _, group in groupby(enumerate(wanted), lambda pair: pair[1] - pair[0]):
        indices = [index for _, index in group]
        start, stop = indices[0], indices[-1] + 1
        while start < stop:
            end = stop
            if stop - start > DEFAULTS.max_batch:
                target = start + DEFAULTS.target_batch
                ends = range(start + DEFAULTS.min_batch, start + DEFAULTS.max_batch + 1)
                end = max(ends, key=lambda end: (separation(end), -abs(end - target)))
            batches.append(range(start, end))
            start = end
    return tuple(batches)


def adjacent_in_sentence(phrases: Sequence[Phrase], index: int) -> tuple[str, str]:
    """The texts before and after a phrase that belong to its sentence, "" where it begins or ends there."""

    def continues(left: Phrase, right: Phrase) -> bool:
        return left.speaker == right.speaker and not left.text.endswith(SENTENCE_ENDS)

    phrase = phrases[index]
    before = phrases[index - 1] if index else None
    after = phrases[index + 1] if index + 1 < len(phrases) else None
    return (
        before.text if before and continues(before, phrase) else "",
        after.text if after and continues(phrase, after) else "",
    )
