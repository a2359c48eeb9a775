"""What makes a translated line unusable."""

from __future__ import annotations

import re
from collections.abc import Sequence

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
LATIN = re.compile(r"[A-Za-z]")
WORDS_THAT_MAY_STAY = 2
"""A Chinese line of so many Latin words is a name or a term; a longer one was not translated."""


def foreign(text: str, language: str) -> bool:
    """Whether `text` is in another language: any Han in English, only Latin words in Chinese."""
    if language == "en":
        return bool(HAN.search(text))
    return not HAN.search(text) and len(text.split()) > WORDS_THAT_MAY_STAY


def speaks(text: str, language: str) -> bool:
    """Whether `text` has anything in `language` that wants a translation."""
    return bool((LATIN if language == "en" else HAN).search(text))


def usable(answer: str, language: str) -> bool:
    """Whether `answer` can stand in a subtitle of `language`."""
    return bool(answer.strip()) and not foreign(answer, language)


def faulty(sources: Sequence[str], answers: Sequence[str], target: str) -> tuple[int, ...]:
    """Indices of the answers that are empty, in the wrong language, or the last line said again."""
    return tuple(
        index
        for index, answer in enumerate(answers)
        if not usable(answer, target) or _echo(sources, answers, index)
    )


def _echo(sources: Sequence[str], answers: Sequence[str], index: int) -> bool:
    return index > 0 and answers[index] == answers[index - 1] and sources[index] != sources[index - 1]
