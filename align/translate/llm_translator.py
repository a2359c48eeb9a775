"""Translates whole sentences with a model and splits them over their cues, using the translation memory."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from align.core.types import Phrase
from align.subtitles.rules import is_spaced
from align.translate.backend import Advance, Sentence, SentenceTranslator, TranslationJob
from align.translate.checks import needs_translation
from align.translate.distribute import split_over_cues
from align.translate.memory import Memory, key_of
from align.translate.notes import max_width_of, not_translated
from align.translate.parameters import DEFAULTS
from align.translate.prompt import examples, instructions
from align.translate.retry import translate_checked
from align.translate.sentences import (
    CueRange,
    as_sentence,
    group_into_sentences,
    sentence_text,
    without_added_opening,
)
from align.translate.similarity import meanings_of, words_of


@dataclass(frozen=True, slots=True)
class LLMTranslator:
    """Asks a model, sentence by sentence, for what the memory lacks."""

    model: SentenceTranslator
    memory: Memory

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; each batch is stored in the memory as soon as it is done."""
        lines = {k: _unchanged(phrases[k].text, job.target) for k in wanted}
        # Where other cues of a sentence keep their lines, the wanted ones are translated by themselves.
        ranges = [
            part for cues in group_into_sentences(phrases, job.source) for part in cues.only(lines.keys())
        ]
        sentences = {cues: self._sentence(phrases, cues, job) for cues in ranges}
        sentences = {
            cues: sentence
            for cues, sentence in sentences.items()
            if needs_translation(sentence.text, job.source, job.target)
        }
        answers = self._translations(sentences, job, len(wanted), advance)
        words = words_of([phrase.text for phrase in phrases], job.source, job.target)
        meanings = meanings_of(list(answers.values()), job.target)
        for cues, answer in answers.items():
            own = slice(cues.start, cues.stop)
            parts = [not_translated(job.target)] * (cues.stop - cues.start)
            if answer:
                said = without_added_opening(answer, sentences[cues].text, words[own])
                text = as_sentence(said, cues, job.target)
                parts = split_over_cues(text, phrases[own], words[own], meanings, job)
            lines |= {k: part for k, part in enumerate(parts, cues.start) if k in lines}
        advance(len(wanted))
        return tuple(lines[k] for k in wanted)

    def _sentence(self, phrases: Sequence[Phrase], cues: CueRange, job: TranslationJob) -> Sentence:
        own = phrases[cues.start : cues.stop]
        text = sentence_text([phrase.text for phrase in own], job)
        max_width = sum(max_width_of(phrase, job.rules) for phrase in own)
        if not self.model.uses_context:
            return Sentence(text, max_width)
        before = phrases[max(0, cues.start - DEFAULTS.context_cues) : cues.start]
        return Sentence(text, max_width, own[0].speaker, tuple(phrase.text for phrase in before))

    def _translations(
        self, sentences: dict[CueRange, Sentence], job: TranslationJob, total: int, advance: Advance
    ) -> dict[CueRange, str]:
        """The translation of each sentence, "" for none, from the memory or the model."""
        prompt = key_of(instructions(job.source, job.target), examples(job.source, job.target))
        keys = {
            cues: key_of(self.model.digest, prompt, job.source, job.target, one.text, one.speaker, one.before)
            for cues, one in sentences.items()
        }
        stored = self.memory.look_up(list(keys.values()))
        answers: dict[CueRange, str] = {}
        for cues, key in keys.items():
            if key not in stored:
                continue
            width, limit = job.rules.width(stored[key].text), sentences[cues].max_width
            # A translation that is too long but was made for as little space would not get shorter.
            if width <= DEFAULTS.max_overflow * limit or stored[key].max_width <= limit:
                answers[cues] = stored[key].text
        done = total - sum(cues.stop - cues.start for cues in sentences if cues not in answers)
        advance(max(0, done))
        missing = [cues for cues in sentences if cues not in answers]
        for first in range(0, len(missing), self.model.batch):
            batch = missing[first : first + self.model.batch]
            texts = translate_checked(self.model, [sentences[cues] for cues in batch], job)
            answers |= zip(batch, texts, strict=True)
            self.memory.store(
                (keys[cues], sentences[cues].max_width, sentences[cues].text, answers[cues])
                for cues in batch
                if answers[cues]
            )
            done += sum(cues.stop - cues.start for cues in batch)
            advance(min(total, max(0, done)))
        return answers


def _unchanged(text: str, target: str) -> str:
    """The line of a cue that has nothing to translate: its own text, with the target's punctuation."""
    line = text
    if is_spaced(target):
        line = unicodedata.normalize("NFKC", text).replace("。", ".").replace("、", ",")
    return line.strip() or text
