"""A translation that is there already, brought to the cues sentence by sentence."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from align.core.errors import InputError
from align.core.input_files import LARGEST, read_source
from align.core.types import Phrase
from align.subtitles.layout import plain
from align.subtitles.rules import is_spaced
from align.transcript.read import read_document
from align.translate.base import Advance, TranslationJob
from align.translate.checks import foreign
from align.translate.distribute import shared
from align.translate.notes import not_translated, room_of
from align.translate.sentence_alignment import Pair, align_sentences
from align.translate.similarity import met, words_of

_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(\d]*[A-ZÀ-ÞА-Я¿¡\d])|(?<=[。！？…!?])[」』”’）]*")
"""Where a sentence ends: a mark, and in scripts with capitals a capital after it."""
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|vs|etc|e\.g|i\.e|U\.S|No)\.\s*$")
"""Words whose full stop ends no sentence."""
_FOREIGN = 0.5
"""Share of the sentences that must be in another language for the file to be the wrong one."""
_SHOWN = 3
"""Sentences that a note quotes."""


class FileTranslator:
    """Lines from a file: a transcript or subtitles in the second language, whatever their cuts and times."""

    def __init__(self, path: Path, say: Callable[[str], None]) -> None:
        """Read the file's bytes.

        Args:
            say: told what of the file belongs to no cue.

        Raises:
            InputError: it cannot be read.
        """
        self._path = path
        self._say = say
        self._digest = digest_of(path)

    @property
    def name(self) -> str:
        """The file's name."""
        return self._path.name

    @property
    def digest(self) -> str:
        """Of the file."""
        return self._digest

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """See `Translator.translate`; a phrase that the file has nothing for is marked.

        Raises:
            InputError: the file has no sentence in the target language.
        """
        sentences = read_sentences(self._path, job.target)
        pairs, lines = bring(phrases, sentences, job)
        over = [sentences[k] for one in pairs if one.cues[0] == one.cues[1] for k in range(*one.sentences)]
        if over:
            shown = "; ".join(one[:60] for one in over[:_SHOWN])
            more = f"; and {len(over) - _SHOWN} more" if len(over) > _SHOWN else ""
            self._say(f"{self._path}: sentences that belong to no cue: {len(over)} ({shown}{more})")
        advance(len(wanted))
        return tuple(lines[k] or not_translated(job.target) for k in wanted)


def digest_of(path: Path) -> str:
    """SHA-256 of a file.

    Raises:
        InputError: it cannot be read.
    """
    return hashlib.sha256(read_source(path, "name the translation that there is", LARGEST)).hexdigest()


def read_sentences(path: Path, target: str) -> tuple[str, ...]:
    """The sentences of a text or of subtitles, in order.

    Raises:
        InputError: it cannot be read, or is in another language.
    """
    passages = read_document(path).passages
    joiner = " " if is_spaced(target) else ""
    texts = [plain(joiner.join(part.said for part in passage.parts)) for passage in passages]
    found = tuple(sentence for text in texts for sentence in split(text))
    if not found or sum(foreign(one, target) for one in found) > _FOREIGN * len(found):
        raise InputError(
            path,
            f"is not in the second language, {target!r}; name its translation, or choose --second-language",
        )
    return found


def split(text: str) -> list[str]:
    """A text in its sentences."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if end.end() > start and not _SHORT.search(text[: end.start()]):
            found.append(text[start : end.end()].strip())
            start = end.end()
    return [one for one in (*found, text[start:].strip()) if one]


def bring(
    phrases: Sequence[Phrase], sentences: Sequence[str], job: TranslationJob
) -> tuple[tuple[Pair, ...], list[str]]:
    """The pairs of phrases and sentences, and for each phrase its part of the sentences, "" for none."""
    cues = words_of([phrase.text for phrase in phrases], job.source, job.target)
    said = words_of(sentences, job.target, job.source)
    pairs = align_sentences(cues, said)
    lines = [""] * len(phrases)
    joiner = " " if is_spaced(job.target) else ""
    for pair in pairs:
        first, last = pair.cues
        text = joiner.join(sentences[slice(*pair.sentences)])

        def alike(part: str, number: int, first: int = first) -> float:
            return met(cues[first + number], part)

        shares = [float(max(1, len(phrases[k].text))) for k in range(first, last)]
        rooms = [room_of(phrases[k], job.rules) for k in range(first, last)]
        if shares:
            lines[first:last] = shared(text, shares, rooms, job.target, job.rules, alike)
    return pairs, lines
