"""Where a text is likely to pause, at its marks and at a new turn, and where it is not, inside a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from align.core.types import Token, Turn

_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class TextBreaks:
    """Indices of tokens.

    Attributes:
        marks: those in front of which the text has a mark, or begins a turn.
        inside_words: Han characters that go on with the word of the token before.
    """

    marks: frozenset[int] = frozenset()
    inside_words: frozenset[int] = frozenset()

    def of(self, tokens: Sequence[int]) -> TextBreaks:
        """The breaks for a selection of the tokens, in order, by their new indices."""
        number = {token: k for k, token in enumerate(tokens)}
        return TextBreaks(
            frozenset(number[k] for k in self.marks if k in number),
            frozenset(number[k] for k in self.inside_words if k in number),
        )


NO_BREAKS = TextBreaks()


def text_breaks(turns: Sequence[Turn], tokens: Sequence[Token]) -> TextBreaks:
    """The breaks of a text; words are segmented by jieba."""
    import rjieba

    inside: set[tuple[int, int]] = set()  # turn and character
    for number, turn in enumerate(turns):
        for run in _HAN.finditer(turn.spoken):
            words = rjieba.cut(run[0], False)
            for start, word in zip(accumulate(map(len, words), initial=run.start()), words, strict=False):
                inside |= {(number, start + k) for k in range(1, len(word))}
    return TextBreaks(
        frozenset(
            k
            for k, (before, after) in enumerate(pairwise(tokens), 1)
            if before.turn != after.turn or turns[after.turn].spoken[before.end : after.start].strip()
        ),
        frozenset(k for k, token in enumerate(tokens) if (token.turn, token.start) in inside),
    )
