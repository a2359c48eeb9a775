"""An existing translation, assigned to the cues sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import InputError
from align.core.types import Phrase
from align.subtitles.layout import plain
from align.subtitles.rules import is_spaced
from align.transcript.read import Reading, read_document
from align.translate.backend import Advance, TranslationJob
from align.translate.checks import foreign
from align.translate.distribute import distribute
from align.translate.notes import max_width_of, not_translated
from align.translate.parameters import DEFAULTS
from align.translate.sentence_alignment import SentencePair, align_sentences
from align.translate.similarity import matched_weight, words_of

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(\d]*[A-ZÀ-ÞА-Я¿¡\d])|(?<=[。！？…!?])[」』”’）]*")
"""The end of a sentence: a mark, in scripts with capitals followed by a capital."""
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|U\.S|No)\.\s*$")
"""Abbreviations whose full stop does not end a sentence."""
_MAX_QUOTED = 3
"""Sentences that a note quotes."""


@dataclass(frozen=True, slots=True)
class FileTranslator:
    """Takes the lines from a transcript or subtitles, whatever their cuts and times.

    Attributes:
        say: called with a message on the sentences that belong to no cue.
    """

    path: Path
    say: Callable[[str], None]

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; a phrase without a sentence in the file is marked.

        Raises:
            InputError: the file cannot be read, or has no sentence in the target language.
        """
        sentences = read_sentences(self.path, job.target)
        pairs, lines = assign_sentences(phrases, sentences, job)
        unused = [
            sentences[k] for pair in pairs if pair.cues[0] == pair.cues[1] for k in range(*pair.sentences)
        ]
        if unused:
            quoted = "; ".join(sentence[:60] for sentence in unused[:_MAX_QUOTED])
            more = f"; and {len(unused) - _MAX_QUOTED} more" if len(unused) > _MAX_QUOTED else ""
            self.say(f"{self.path}: sentences that belong to no cue: {len(unused)} ({quoted}{more})")
        advance(len(wanted))
        return tuple(lines[k] or not_translated(job.target) for k in wanted)


def read_sentences(path: Path, target: str) -> tuple[str, ...]:
    """The sentences of a text or of subtitles, in order.

    Raises:
        InputError: it cannot be read, or is in another language.
    """
    passages = read_document(path, Reading(language=target)).passages
    joiner = " " if is_spaced(target) else ""
    texts = [plain(joiner.join(part.said for part in passage.parts)) for passage in passages]
    sentences = tuple(sentence for text in texts for sentence in split_sentences(text))
    count = sum(foreign(sentence, target) for sentence in sentences)
    if not sentences or count > DEFAULTS.max_foreign * len(sentences):
        raise InputError(
            path,
            f"is not in the second language, {target!r}; name its translation, or choose --second-language",
        )
    return sentences


def split_sentences(text: str) -> list[str]:
    """The sentences of a text."""
    sentences: list[str] = []
    start = 0
    for match in _END.finditer(text):
        if match.end() > start and not _ABBREVIATION.search(text[: match.start()]):
            sentences.append(text[start : match.end()].strip())
            start = match.end()
    return [sentence for sentence in (*sentences, text[start:].strip()) if sentence]


def assign_sentences(
    phrases: Sequence[Phrase], sentences: Sequence[str], job: TranslationJob
) -> tuple[tuple[SentencePair, ...], list[str]]:
    """The pairs of phrases and sentences, and for each phrase its part of the sentences, "" for none."""
    cues = words_of([phrase.text for phrase in phrases], job.source, job.target)
    pairs = align_sentences(cues, words_of(sentences, job.target, job.source))
    lines = [""] * len(phrases)
    joiner = " " if is_spaced(job.target) else ""
    for pair in pairs:
        first, last = pair.cues
        if first == last:
            continue
        text = joiner.join(sentences[slice(*pair.sentences)])

        def overlap(part: str, number: int, first: int = first) -> float:
            return matched_weight(cues[first + number], part)

        shares = [float(max(1, len(phrase.text))) for phrase in phrases[first:last]]
        max_widths = [max_width_of(phrase, job.rules) for phrase in phrases[first:last]]
        lines[first:last] = distribute(text, shares, max_widths, job.target, job.rules, overlap)
    return pairs, lines
