"""What every translator can do, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class UnusableAnswerError(Exception):
    """The translator's answer is not one line for each line given; asking for fewer lines may help."""


@dataclass(frozen=True, slots=True)
class Context:
    """What helps to translate some lines, and is not translated itself.

    Attributes:
        before, after: the lines around them, in the source language.
        budgets: how many characters each translation should have at most, one a line; empty: no limit.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    budgets: tuple[int, ...] = ()


NO_CONTEXT = Context()


class Translator(Protocol):
    """Turns lines of one language into as many lines of another."""

    @property
    def name(self) -> str:
        """What the report calls it; the same name, the same translations."""
        ...

    def translate(
        self, lines: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT
    ) -> tuple[str, ...]:
        """Translate consecutive lines, one non-empty line for each, in order.

        Args:
            lines: what is said, a subtitle each; a sentence may run on over several.
            source, target: language codes, such as "zh" and "en".
            context: see there.

        Raises:
            UnusableAnswerError: there is no line for some line.
            ModelError: the translator does not run.
        """
        ...
