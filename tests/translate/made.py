"""Phrases, a job and a translator that knows lines by heart, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from align.core.types import Phrase, Span
from align.subtitles.options import CueOptions
from align.translate.backend import NO_CONTEXT, Line, LineContext, Names, TranslationJob, UnusableAnswerError

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


Answer = str | Callable[[Line], str]


@dataclass(frozen=True)
class PhraseBook:
    """Knows some lines by heart, and fails on batches that are too large for it.

    Attributes:
        known: an answer, or what makes one of a line with its refused answers.
        at_most: lines that it takes at once.
        asked: what it was asked, in order.
    """

    known: Mapping[str, Answer]
    at_most: int = 8
    asked: list[tuple[tuple[Line, ...], LineContext]] = field(default_factory=list)
    name: str = "phrase book"
    digest: str = "1"

    def translate(
        self, lines: Sequence[Line], job: TranslationJob, context: LineContext = NO_CONTEXT
    ) -> tuple[str, ...]:
        self.asked.append((tuple(lines), context))
        if len(lines) > self.at_most:
            raise UnusableAnswerError("too many lines")
        return tuple(self._answer(line) for line in lines)

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:
        return f"{len(texts)} lines from {texts[0]}"

    def _answer(self, line: Line) -> str:
        answer = self.known.get(line.text, "")
        return answer if isinstance(answer, str) else answer(line)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """What was asked, without rooms and refusals."""
        return [tuple(line.text for line in lines) for lines, _ in self.asked]
