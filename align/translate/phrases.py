"""Give every phrase its line in the second language: exactly one, never none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from align.translate.base import Context, Translator, UnusableAnswerError
from align.translate.batches import Batch, batches
from align.translate.faults import faulty, speaks, usable
from align.translate.names import put_names
from align.values import Phrase

Names = tuple[tuple[str, str], ...]
"""Pairs of a name as written and as it is to stand in the translation."""

READING_SPEED = {"en": 20, "zh": 9}
"""Characters a second that an adult reads."""
LONGEST = {"en": 84, "zh": 32}
"""Characters that two lines hold."""
SHORTEST = {"en": 24, "zh": 8}
"""Characters below which nobody can say anything, however short the cue."""
FAR_OVER = 1.25
"""A line of so many times its budget is asked for again."""
NOT_TRANSLATED = {"en": "[not translated]", "zh": "［未翻译］"}
"""Stands where no translator had an answer; `untranslated` reports it."""


def translate_phrases(
    phrases: Sequence[Phrase],
    translate: Callable[[Batch], tuple[str, ...]],
    progress: Callable[[float], None],
) -> tuple[Phrase, ...]:
    """The phrases with their translations, a batch at a time.

    Args:
        phrases: in order.
        translate: `translate_batch` with all but its batch given, or what remembers its answers.
        progress: told how many phrases are done, after each batch.
    """
    done: list[Phrase] = []
    for batch in batches(phrases):
        pairs = zip(batch.phrases, translate(batch), strict=True)
        done += [replace(phrase, translation=line) for phrase, line in pairs]
        progress(len(done))
    return tuple(done)


def translate_batch(
    batch: Batch, translator: Translator, source: str, target: str, names: Names
) -> tuple[str, ...]:
    """One line for each phrase of the batch; depends on the arguments alone, so it can be kept.

    A line that comes back empty, in the wrong language, as the line before it or far too long is asked for
    once more by itself, without neighbours to borrow from. What then is not usable becomes NOT_TRANSLATED.
    """
    texts = [put_names(phrase.text, names) for phrase in batch.phrases]
    lines = list(texts)
    wanted = [index for index, text in enumerate(texts) if speaks(text, source)]
    context = Context(
        before=tuple(put_names(text, names) for text in batch.before),
        after=tuple(put_names(text, names) for text in batch.after),
        budgets=tuple(budget(batch.phrases[index], target) for index in wanted),
    )
    answers = _answers([texts[index] for index in wanted], translator, source, target, context)
    for index, answer in zip(wanted, answers, strict=True):
        lines[index] = answer
    return tuple(line.strip() or NOT_TRANSLATED[target] for line in lines)


def budget(phrase: Phrase, target: str) -> int:
    """Characters that a viewer can read while the phrase is on screen, and that two lines hold."""
    readable = int(phrase.span.duration * READING_SPEED[target])
    return max(SHORTEST[target], min(readable, LONGEST[target]))


def untranslated(phrases: Sequence[Phrase], target: str) -> tuple[str, ...]:
    """A note for the user that names each phrase without a translation; nothing when there is none."""
    places = [
        f"{int(phrase.span.start) // 60}:{int(phrase.span.start) % 60:02d}"
        for phrase in phrases
        if phrase.translation in ("", NOT_TRANSLATED[target])
    ]
    if not places:
        return ()
    return (
        f"The translator had no usable line for {len(places)} of {len(phrases)} phrases, at "
        f"{', '.join(places)}; they read {NOT_TRANSLATED[target]!r}: translate them by hand.",
    )


def _answers(
    texts: Sequence[str], translator: Translator, source: str, target: str, context: Context
) -> tuple[str, ...]:
    """One usable answer a text; NOT_TRANSLATED where there is none."""
    if not texts:
        return ()
    answers = list(_in_halves(texts, translator, source, target, context))
    doubtful = {*faulty(texts, answers, target), *_far_over(answers, context.budgets)}
    for index in sorted(doubtful):
        alone = Context(budgets=context.budgets[index : index + 1])
        (again,) = _in_halves([texts[index]], translator, source, target, alone)
        answers[index] = _better(answers[index], again, target)
    return tuple(answer if usable(answer, target) else NOT_TRANSLATED[target] for answer in answers)


def _far_over(answers: Sequence[str], budgets: Sequence[int]) -> set[int]:
    pairs = enumerate(zip(answers, budgets, strict=True))
    return {index for index, (answer, most) in pairs if len(answer) > FAR_OVER * most}


def _better(first: str, again: str, target: str) -> str:
    """The second answer where it is usable, unless the first is too and is shorter."""
    if not usable(again, target):
        return first
    return first if usable(first, target) and len(first) < len(again) else again


def _in_halves(
    texts: Sequence[str], translator: Translator, source: str, target: str, context: Context
) -> tuple[str, ...]:
    """The translator's lines; where it fails, those of the halves; "" for a line that fails alone."""
    try:
        answers = translator.translate(texts, source, target, context)
        if len(answers) == len(texts):
            return tuple(answers)
    except UnusableAnswerError:
        pass
    if len(texts) == 1:
        return ("",)
    middle = len(texts) // 2
    first = replace(context, after=tuple(texts[middle:]), budgets=context.budgets[:middle])
    second = replace(context, before=tuple(texts[:middle]), budgets=context.budgets[middle:])
    return (
        *_in_halves(texts[:middle], translator, source, target, first),
        *_in_halves(texts[middle:], translator, source, target, second),
    )
