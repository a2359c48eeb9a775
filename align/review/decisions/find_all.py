"""Where some words stand in a transcript. Pure."""

from __future__ import annotations

from align.core.types import Result
from align.pronounce.tokens import token_spans


def places_of(words: str, result: Result) -> tuple[tuple[int, int], ...]:
    """The ranges of tokens that read as `words`, from left to right, none in another.

    Only whole tokens count, in capitals or not, and all of one turn; marks and spaces between them make no
    difference.
    """
    wanted = [words[slice(*span)].casefold() for span in token_spans(words)]
    tokens = [one.token for one in result.alignment.tokens]
    texts = [token.text.casefold() for token in tokens]
    found: list[tuple[int, int]] = []
    k = 0
    while wanted and k + len(wanted) <= len(texts):
        end = k + len(wanted)
        if texts[k:end] == wanted and tokens[k].turn == tokens[end - 1].turn:
            found.append((k, end))
            k = end
        else:
            k += 1
    return tuple(found)
