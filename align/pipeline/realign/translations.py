"""Reuse translations after the text was changed in some places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Phrase
from align.translate.base import TranslationJob
from align.translate.notes import notes_on


def with_old_lines(
    phrases: Sequence[Phrase], old: Sequence[Phrase], origin: Sequence[int | None]
) -> tuple[Phrase, ...]:
    """The phrases with the translations of the same texts, at the same place if possible, else anywhere.

    Args:
        origin: for each token the index of the same old token, None for a new one.
    """
    anywhere = {phrase.text: phrase.translation for phrase in reversed(old)}
    here = {(phrase.tokens[0], phrase.text): phrase.translation for phrase in old}

    def line(phrase: Phrase) -> str:
        before = origin[phrase.tokens[0]]
        own = here.get((before, phrase.text), "") if before is not None else ""
        return own or anywhere.get(phrase.text, "")

    return tuple(replace(phrase, translation=line(phrase)) for phrase in phrases)


def notes_again(
    notes: Sequence[str], before: Sequence[Phrase], after: Sequence[Phrase], job: TranslationJob | None
) -> tuple[str, ...]:
    """The notes, with those on translations updated.

    Args:
        before, after: the phrases that the notes describe, and those that they shall describe.
        job: of the translation, None for none.
    """
    if job is None:
        return tuple(notes)
    stale = notes_on(before, job)
    return (*(note for note in notes if note not in stale), *notes_on(after, job))
