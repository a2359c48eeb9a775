"""What every translator can do, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from align.core.types import Phrase
from align.subtitles.rules import Rules

Names = tuple[tuple[str, str], ...]
"""Pairs of a name or a term as written and as it is to stand in the translation, the longest first."""

Advance = Callable[[float], None]
"""Told how many lines are done."""


class UnusableAnswerError(Exception):
    """The answer is not one line for each line given; its message says why. Fewer lines may help."""


@dataclass(frozen=True, slots=True)
class TranslationJob:
    """What is to be made of the phrases.

    Attributes:
        source, target: language codes, such as "zh" and "en".
        names: what is to stand in the translation for some words.
        rules: what a reader of the target language follows.
    """

    source: str
    target: str
    names: Names
    rules: Rules


class FaultKind(Enum):
    """How a line can be wrong, the worst first."""

    EMPTY = 0
    FOREIGN = 1
    MARKS = 2
    ECHO = 3
    NUMBER = 4
    NAME = 5
    LONG = 6


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a line, and the sentence that says so to who must mend it."""

    kind: FaultKind
    told: str


@dataclass(frozen=True, slots=True)
class RejectedAnswer:
    """An answer that cannot stand, and what is wrong with it."""

    answer: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line to translate: what a cue says.

    Attributes:
        text: in the source language, with names as they are to stand in the translation.
        room: columns that the translation may have at most, so that it fits and can be read in its time.
        speaker: who says it, None when unknown.
        refused: earlier answers, the latest last.
    """

    text: str
    room: int
    speaker: str | None = None
    refused: tuple[RejectedAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class LineContext:
    """What helps to translate some lines, and is not translated itself.

    Attributes:
        before, after: the lines around them, in the source language.
        summary: what was talked about so far, in the target language, "" where it is not known.
        fault: what was wrong with the last answer as a whole, "" for the first time.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    summary: str = ""
    fault: str = ""


NO_CONTEXT = LineContext()


class LineTranslator(Protocol):
    """Turns a few lines of one language into as many lines of another."""

    @property
    def name(self) -> str:
        """What the result calls it."""
        ...

    @property
    def digest(self) -> str:
        """Another digest, other lines."""
        ...

    def translate(
        self, lines: Sequence[Line], job: TranslationJob, context: LineContext = NO_CONTEXT
    ) -> tuple[str, ...]:
        """Translate consecutive lines, one for each, in order; a sentence may run on over several.

        Raises:
            UnusableAnswerError: there is no line for some line.
            ModelError: the translator does not run.
        """
        ...

    def summarise(self, texts: Sequence[str], job: TranslationJob) -> str:
        """What some lines are about, in a sentence of the target language; "" where it cannot tell."""
        ...


class Translator(Protocol):
    """Gives phrases their second language."""

    @property
    def name(self) -> str:
        """What the result calls it."""
        ...

    @property
    def digest(self) -> str:
        """Another digest, other lines."""
        ...

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: Advance
    ) -> tuple[str, ...]:
        """One line for each phrase that is wanted, in order; none is ever blank.

        Args:
            phrases: all of the recording, in order.
            wanted: indices of those to translate, rising.
            advance: told how many of those are done.

        Raises:
            ModelError: the translator does not run.
        """
        ...
