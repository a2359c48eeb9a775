"""The interface of all translation backends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from align.core.types import Phrase
from align.subtitles.rules import Rules

Names = tuple[tuple[str, str], ...]
"""Pairs of a name or term as written and as it must appear in the translation, longest first."""

Advance = Callable[[float], None]
"""Called with the number of lines that are done."""


class UnusableAnswerError(Exception):
    """The answer does not have one line for each given line; the message says why. Fewer lines may help."""


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """What to translate into.

    Attributes:
        source, target: language codes, such as "zh" and "en".
        names: fixed translations.
        rules: subtitle rules of the target language.
    """

    source: str
    target: str
    names: Names
    rules: Rules


class FaultKind(Enum):
    """What is wrong with a line, the worst first."""

    EMPTY = 0
    FOREIGN = 1
    MARKS = 2
    ECHO = 3
    NUMBER = 4
    NAME = 5
    LONG = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a line; `message` explains it to the model that is asked again."""

    kind: FaultKind
    message: str


@dataclass(frozen=True, slots=True)
class RejectedAnswer:
    """An answer with faults."""

    answer: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The text of one cue, to be translated.

    Attributes:
        text: in the source language, with names already as they appear in the translation.
        max_width: columns of the translation at most, so that it fits and can be read in its time.
        speaker: None when unknown.
        rejected: earlier answers, the latest last.
    """

    text: str
    max_width: int
    speaker: str | None = None
    rejected: tuple[RejectedAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class LineContext:
    """What helps to translate lines but is not translated itself.

    Attributes:
        before, after: neighbouring lines, in the source language.
        summary: of what was said so far, in the target language, "" if unknown.
        fault: what was wrong with the last answer as a whole, "" on the first try.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    summary: str = ""
    fault: str = ""


NO_CONTEXT = LineContext()


class LineTranslator(Protocol):
    """Translates a few lines at a time."""

    @property
    def digest(self) -> str:
        """Changes whenever answers may change."""
        ...

    def translate(
        self, lines: Sequence[Line], job: TranslationJob, context: LineContext = NO_CONTEXT
    ) -> tuple[str, ...]:
        """Translate consecutive lines, one for one; a sentence may span several.

        Raises:
            UnusableAnswerError: a line has no translation.
            ModelError: the translator does not run.
        """
        ...

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:
        """What lines are about, in one sentence of the target language; "" if unknown."""
        ...


class Translator(Protocol):
    """Translates all phrases of a recording."""

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """One line, never blank, for each wanted phrase, in order.

        Args:
            phrases: all of the recording, in order.
            wanted: indices of those to translate, ascending.
            advance: called with the number of wanted phrases that are done.

        Raises:
            ModelError: the translator does not run.
        """
        ...
