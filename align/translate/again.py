"""The second language after the text was changed in some places: old lines where the text is the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from align.translate.batches import NEIGHBOURS, Batch, batches
from align.translate.phrases import untranslated
from align.values import Phrase


def with_old_lines(
    phrases: Sequence[Phrase], old: Sequence[Phrase], origin: Sequence[int | None]
) -> tuple[Phrase, ...]:
    """The phrases with the lines that the same texts had, at the same place if there, else anywhere.

    Args:
        origin: for each token the old one that it is, None for a new one.
    """
    anywhere = {phrase.text: phrase.translation for phrase in reversed(old)}
    here = {(phrase.tokens[0], phrase.text): phrase.translation for phrase in old}

    def line(phrase: Phrase) -> str:
        before = origin[phrase.tokens[0]]
        own = here.get((before, phrase.text), "") if before is not None else ""
        return own or anywhere.get(phrase.text, "")

    return tuple(replace(phrase, translation=line(phrase)) for phrase in phrases)


def translate_missing(
    phrases: Sequence[Phrase],
    translate: Callable[[Batch], tuple[str, ...]],
    progress: Callable[[float], None],
) -> tuple[Phrase, ...]:
    """The phrases with a line for each that had none, a batch at a time among the texts around it.

    Args:
        translate: gives one line for each phrase of a batch.
        progress: told how many lines are done, after each batch.
    """
    texts, lines = [phrase.text for phrase in phrases], [phrase.translation for phrase in phrases]
    done = 0
    for there, group in groupby(range(len(phrases)), key=lambda k: bool(phrases[k].translation)):
        run = list(group)
        for batch in () if there else batches([phrases[k] for k in run]):
            first, last = run[0], run[0] + len(batch.phrases)
            around = (texts[max(0, first - NEIGHBOURS) : first], texts[last : last + NEIGHBOURS])
            lines[first:last] = translate(Batch(batch.phrases, tuple(around[0]), tuple(around[1])))
            run = run[len(batch.phrases) :]
            done += len(batch.phrases)
            progress(done)
    return tuple(replace(phrase, translation=line) for phrase, line in zip(phrases, lines, strict=True))


def notes_again(
    notes: Sequence[str], before: Sequence[Phrase], after: Sequence[Phrase], target: str | None
) -> tuple[str, ...]:
    """The notes, with those on what has no translation told anew.

    Args:
        before, after: the phrases that the notes are about, and those that they are to be about.
        target: the second language, None for none.
    """
    if target is None:
        return tuple(notes)
    stale = _told(before, target)
    return (*(note for note in notes if note not in stale), *_told(after, target))


def _told(phrases: Sequence[Phrase], target: str) -> tuple[str, ...]:
    """What the user should know of the second language."""
    lines = [phrase for phrase in phrases if phrase.translation]
    missing = len(phrases) - len(lines)
    if not missing:
        return untranslated(lines, target)
    left = f"{missing} of {len(phrases)} phrases have no translation, since their text was changed."
    return (*untranslated(lines, target), left)
