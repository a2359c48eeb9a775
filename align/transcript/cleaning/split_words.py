"""Latin words that recognition has torn apart: "inve stment" is investment.

Parts are joined only where the whole is a word that is known and a part of it is none by itself, so that
"an other" and "over time" stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from align.pronounce.cmu_dictionary import english_words
from align.transcript.text_edits import Found

_PHRASE = re.compile(r"(?<![A-Za-z0-9'’-])[A-Za-z]+(?: [A-Za-z]+)+(?![A-Za-z0-9'’-])")
_MOST = 4
"""Parts of one word."""
_SHORTEST = 4
"""Letters of a word that is put together."""
_SHORT_WORDS = """
    a i ad ah ai am an as at be by do go ha he hi hm id if in is it me mm mr ms my no of oh ok on or ox pi pm
    so to tv uh uk um up us vs we ya ye
"""
_SHORT = frozenset(_SHORT_WORDS.split())
"""The words of one and two letters; the dictionary has many more, names of letters among them."""
_NAMES_ONLY = 3
"""Letters up to which the dictionary's entries are surnames and initials as often as words."""


def split_words(known: Callable[[str], bool]) -> Callable[[str], Iterator[Found]]:
    """The rule, for the words of the dictionary and those that `known` (in lower case) has besides."""

    def rule(text: str) -> Iterator[Found]:
        for phrase in _PHRASE.finditer(text):
            yield from _joined(phrase[0], phrase.start(), known)

    return rule


def _joined(phrase: str, start: int, known: Callable[[str], bool]) -> Iterator[Found]:
    parts = [(match.start(), match.end(), match[0]) for match in re.finditer("[A-Za-z]+", phrase)]
    first = 0
    while first < len(parts):
        count = next(
            (
                n
                for n in range(_MOST, 1, -1)
                if _one_word([one[2] for one in parts[first : first + n]], n, known)
            ),
            1,
        )
        if count > 1:
            whole = "".join(one[2] for one in parts[first : first + count])
            yield start + parts[first][0], start + parts[first + count - 1][1], whole
        first += count


def _one_word(parts: list[str], count: int, known: Callable[[str], bool]) -> bool:
    whole = "".join(parts).lower()
    if len(parts) < count or len(whole) < _SHORTEST or all(map(is_word, parts)):
        return False
    return whole in english_words() or known(whole)


def is_word(part: str) -> bool:
    """Whether it can stand alone: a word of the dictionary, or an abbreviation in capitals."""
    lower = part.lower()
    if len(part) > 1 and part.isupper():
        return True
    return lower in _SHORT if len(part) < _NAMES_ONLY else lower in english_words()
