"""One usable translation for each sentence.

What fails as a whole is requested in halves. A translation with a real fault is requested once more, with its
faults named, and the better of the two is used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.translate.backend import (
    FaultKind,
    RejectedAnswer,
    Sentence,
    SentenceTranslator,
    TranslationJob,
    UnusableAnswerError,
)
from align.translate.checks import FATAL, faults_of
from align.translate.parameters import DEFAULTS


def translate_checked(
    model: SentenceTranslator, sentences: Sequence[Sentence], job: TranslationJob
) -> tuple[str, ...]:
    """The better answer for each sentence; "" if none can be shown.

    Raises:
        ModelError: the translator does not run.
    """
    answers = list(_request(model, sentences, job))
    rejected = {}
    for index, (sentence, answer) in enumerate(zip(sentences, answers, strict=True)):
        faults = faults_of(sentence, answer, job)
        limit = DEFAULTS.max_overflow * sentence.max_width
        serious = tuple(
            fault for fault in faults if fault.kind is not FaultKind.LONG or job.rules.width(answer) > limit
        )
        if serious:
            rejected[index] = replace(sentence, rejected=RejectedAnswer(answer, serious))
    for index, answer in zip(rejected, _request(model, list(rejected.values()), job), strict=True):
        answers[index] = min(
            answers[index], answer, key=lambda answer: badness(sentences[index], answer, job)
        )
    return tuple(
        "" if badness(sentence, answer, job)[0] else answer
        for sentence, answer in zip(sentences, answers, strict=True)
    )


def badness(sentence: Sentence, answer: str, job: TranslationJob) -> tuple[int, int, int]:
    """Fatal faults, other faults, columns beyond what can be read."""
    kinds = [fault.kind for fault in faults_of(sentence, answer, job)]
    # What is much too short and stands in the sentence itself is what an order in it asked for.
    obeys = FaultKind.LENGTH in kinds and answer.casefold().strip(" .!。") in sentence.text.casefold()
    fatal = sum(kind in FATAL for kind in kinds) + obeys
    overflow = max(0, job.rules.width(answer) - sentence.max_width)
    return fatal, len(kinds) - fatal - kinds.count(FaultKind.LONG), overflow


def _request(
    model: SentenceTranslator, sentences: Sequence[Sentence], job: TranslationJob
) -> tuple[str, ...]:
    """As many answers as sentences, "" for one that cannot be had."""
    if not sentences:
        return ()
    try:
        answers = model.translate(sentences, job)
        if len(answers) == len(sentences):
            return answers
    except UnusableAnswerError:
        pass
    if len(sentences) == 1:
        return ("",)
    middle = len(sentences) // 2
    return (*_request(model, sentences[:middle], job), *_request(model, sentences[middle:], job))
