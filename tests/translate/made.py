"""Phrases, a job and a translator that knows sentences by heart, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from align.core.types import Phrase, Span
from align.subtitles.options import CueOptions
from align.translate.backend import Names, Sentence, TranslationJob, UnusableAnswerError

ENGLISH = CueOptions().rules("en")
CHINESE = CueOptions().rules("zh")


def job(names: Names = (), source: str = "zh", target: str = "en") -> TranslationJob:
    return TranslationJob(source, target, names, CueOptions().rules(target))


def phrases(*texts: str, seconds: float = 3, speaker: str | None = "陈倩") -> tuple[Phrase, ...]:
    """One after the other, each for as long."""
    return tuple(
        Phrase(Span(n * seconds, (n + 1) * seconds), (n, n + 1), text, "", speaker)
        for n, text in enumerate(texts)
    )


Answer = str | Callable[[Sentence], str]


@dataclass(frozen=True)
class PhraseBook:
    """Knows some sentences by heart, and fails on batches that are too large for it.

    Attributes:
        known: an answer, or what makes one of a sentence with its rejected answer.
        at_most: sentences that it takes at once.
        asked: what it was asked, in order.
    """

    known: Mapping[str, Answer]
    at_most: int = 8
    asked: list[tuple[Sentence, ...]] = field(default_factory=list)
    digest: str = "1"
    batch: int = 4
    uses_context: bool = True

    def translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        self.asked.append(tuple(sentences))
        if len(sentences) > self.at_most:
            raise UnusableAnswerError("too many sentences")
        return tuple(self._answer(sentence) for sentence in sentences)

    def _answer(self, sentence: Sentence) -> str:
        answer = self.known.get(sentence.text, "")
        return answer if isinstance(answer, str) else answer(sentence)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """What was asked, without widths and rejected answers."""
        return [tuple(sentence.text for sentence in sentences) for sentences in self.asked]
