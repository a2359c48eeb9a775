"""Latin words that recognition has torn apart: "inve stment" is investment.

Parts are joined only if the whole is a known word and a part of it is none by itself, so that "an other" and
"over time" stay.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from align.pronounce.english_phones import english_words
from align.transcript.cleaning.parameters import DEFAULTS, CleaningParameters
from align.transcript.text_edits import Replacement, Rule

_PHRASE = re.compile(r"(?<![A-Za-z0-9'’-])[A-Za-z]+(?: [A-Za-z]+)+(?![A-Za-z0-9'’-])")
_SHORT_WORDS_TEXT = """
    a i ad ah ai am an as at be by do go ha he hi hm id if in is it me mm mr ms my no of oh ok on or ox pi pm
    so to tv uh uk um up us vs we ya ye
"""
_SHORT_WORDS = frozenset(_SHORT_WORDS_TEXT.split())
"""The words of one and two letters; the dictionary has many more, such as names of letters."""


def split_words(known: Collection[str], parameters: CleaningParameters = DEFAULTS) -> Rule:
    """The rule, for the words of the dictionary and `known` words (in lower case)."""

    def rule(text: str) -> Iterator[Replacement]:
        for phrase in _PHRASE.finditer(text):
            parts = list(re.finditer("[A-Za-z]+", phrase[0]))
            first = 0
            while first < len(parts):
                used = 1
                for count in range(min(parameters.max_word_parts, len(parts) - first), 1, -1):
                    words = [part[0] for part in parts[first : first + count]]
                    joined = "".join(words)
                    if len(joined) < parameters.min_joined_word or all(map(is_word, words)):
                        continue
                    if joined.lower() in english_words() or joined.lower() in known:
                        start, end = parts[first].start(), parts[first + count - 1].end()
                        yield phrase.start() + start, phrase.start() + end, joined
                        used = count
                        break
                first += used

    return rule


def is_word(part: str) -> bool:
    """Whether it can stand alone: a word of the dictionary, or an abbreviation in capitals."""
    if len(part) > 1 and part.isupper():
        return True
    is_short = len(part) < DEFAULTS.min_dictionary_word
    return part.lower() in (_SHORT_WORDS if is_short else english_words())
