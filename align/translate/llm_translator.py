"""A translator that asks for a few lines at a time, and remembers what it was told."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from align.core.types import Phrase
from align.translate.base import Advance, Line, LineContext, LineTranslator, TranslationJob
from align.translate.batches import NEIGHBOURS, batches, sentence_around
from align.translate.checks import fits, speaks
from align.translate.memory import Memory, StoredTranslation, key_of
from align.translate.names import put_names
from align.translate.notes import not_translated, room_of
from align.translate.retry import ask

SECTION = 24
"""Phrases, a minute or so, that one sentence of the summary is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Asks a language model, batch by batch, for what the memory does not have."""

    model: LineTranslator
    memory: Memory

    @property
    def name(self) -> str:
        """The model's."""
        return self.model.name

    @property
    def digest(self) -> str:
        """The model's."""
        return self.model.digest

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; each batch is remembered as soon as it is there."""
        lines = [
            Line(put_names(one.text, job.names), room_of(one, job.rules), one.speaker) for one in phrases
        ]
        keys = {k: self._key(phrases, lines, k, job) for k in wanted}
        found = self._known(lines, keys, job)
        advance(len(found))
        for batch in batches(phrases, [k for k in wanted if k not in found]):
            around = self._context(lines, batch, job)
            answers = ask(self.model, lines[batch.start : batch.stop], job, around)
            told = {k: answer for k, answer in zip(batch, answers, strict=True) if answer}
            self.memory.keep((keys[k], lines[k].room, lines[k].text, answer) for k, answer in told.items())
            found |= {k: told.get(k, not_translated(job.target)) for k in batch}
            advance(len(found))
        return tuple(found[k] for k in wanted)

    def _key(self, phrases: Sequence[Phrase], lines: Sequence[Line], k: int, job: TranslationJob) -> str:
        """What a line's translation depends on: its text with its names, its sentence, and who is asked."""
        return key_of(self.digest, job.source, job.target, lines[k].text, sentence_around(phrases, k))

    def _known(self, lines: Sequence[Line], keys: dict[int, str], job: TranslationJob) -> dict[int, str]:
        """The lines that need not be asked for."""
        kept = self.memory.recall(list(keys.values()))
        found = {}
        for k, key in keys.items():
            if not speaks(lines[k].text, job.source, job.target):
                found[k] = _as_it_is(lines[k].text, job.target)
            elif key in kept and _still_good(kept[key], lines[k], job):
                found[k] = kept[key].line
        return found

    def _context(self, lines: Sequence[Line], batch: range, job: TranslationJob) -> LineContext:
        texts = [line.text for line in lines]
        before = texts[max(0, batch.start - NEIGHBOURS) : batch.start]
        after = texts[batch.stop : batch.stop + NEIGHBOURS]
        return LineContext(tuple(before), tuple(after), self._summary(texts, batch.start, job))

    def _summary(self, texts: Sequence[str], index: int, job: TranslationJob) -> str:
        """What the section before the one that a line is in was about, remembered like the lines."""
        end = index // SECTION * SECTION
        section = texts[max(0, end - SECTION) : end]
        if not section:
            return ""
        key = key_of("summary", self.digest, job.source, job.target, tuple(section))
        known = self.memory.recall([key])
        if key in known:
            return known[key].line
        summary = self.model.summarise(section, job)
        self.memory.keep([(key, 0, "", summary)])
        return summary


def _still_good(kept: StoredTranslation, line: Line, job: TranslationJob) -> bool:
    """Whether a remembered line fits its cue, or was made for one as short, so that asking is no use."""
    return fits(kept.line, line.room, job) or kept.room <= line.room


def _as_it_is(text: str, target: str) -> str:
    """A text without anything to translate; its marks as the target language has them."""
    from align.subtitles.rules import is_spaced

    shown = (
        unicodedata.normalize("NFKC", text).replace("。", ".").replace("、", ",")
        if is_spaced(target)
        else text
    )
    return shown.strip() or text
