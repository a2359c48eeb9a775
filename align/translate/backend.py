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
"""Called with the number of cues that are done."""


class UnusableAnswerError(Exception):
    """The answer does not have one translation for each sentence; the message says why. Fewer may help."""


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
    """What is wrong with a translation, the worst first."""

    EMPTY = 0
    FOREIGN = 1
    MARKS = 2
    LENGTH = 3
    ECHO = 4
    NUMBER = 5
    NAME = 6
    NEGATION = 7
    QUESTION = 8
    LONG = 9


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a translation.

    Attributes:
        message: explains it to a person, and to a model that understands.
        missing: names or numbers that it must have.
    """

    kind: FaultKind
    message: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectedAnswer:
    """An answer with faults."""

    answer: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text of consecutive cues, to be translated as a whole.

    Attributes:
        text: in the source language, with names and large numbers already as they appear in the translation.
        max_width: columns of the translation at most, so that it fits its cues and can be read in their time.
        speaker: None when unknown.
        before: the sentences before it, in the source language, which are not translated.
        rejected: an earlier answer, None on the first try.
    """

    text: str
    max_width: int
    speaker: str | None = None
    before: tuple[str, ...] = ()
    rejected: RejectedAnswer | None = None


class SentenceTranslator(Protocol):
    """Translates sentences."""

    @property
    def digest(self) -> str:
        """Changes whenever answers may change."""
        ...

    @property
    def batch(self) -> int:
        """How many sentences it takes at a time."""
        ...

    @property
    def uses_context(self) -> bool:
        """Whether answers depend on the speaker and on the sentences before."""
        ...

    def translate(self, sentences: Sequence[Sentence], job: TranslationJob) -> tuple[str, ...]:
        """Translate sentences, one for one.

        Raises:
            UnusableAnswerError: a sentence has no translation.
            ModelError: the translator does not run.
        """
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
