"""Bring words of any cutting onto align's tokens, by their letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz.distance import Levenshtein

from align.pronounce.tokens import tokenize_text
from scripts.benchmarks.values import Word


def token_texts(text: str) -> tuple[str, ...]:
    """align's tokens of a text of several lines, in order."""
    return tuple(piece.text for line in text.splitlines() for piece in tokenize_text(line))


def place(tokens: Sequence[str], words: Sequence[Word]) -> tuple[Word | None, ...]:
    """What `words` say of each token.

    Nothing is interpolated: a token has a start only where a word starts with it, and an end only where one
    ends with it. So the second of three Han characters that a tool gives one time has neither.

    Args:
        tokens: of the text that was aligned.
        words: of the same text in any cutting, in order, some left out, or with other text between them.

    Returns: for each token its text with those edges; None where a letter of it is in no word, or in a word
        without any time.
    """
    written = [(letter, k) for k, token in enumerate(tokens) for letter in _letters(token)]
    given = [(letter, k) for k, word in enumerate(words) for letter in _letters(word.text)]
    same = _same([letter for letter, _ in written], [letter for letter, _ in given])
    first, last = _edges(written), _edges(written[::-1])
    starts, ends = _edges(given), _edges(given[::-1])
    placed: list[Word | None] = []
    for k, token in enumerate(tokens):
        at = range(first[k], len(written) - last[k]) if k in first else range(0)
        over = {given[same[j]][1] for j in at if j in same}
        if not at or any(j not in same for j in at) or not all(words[one].timed for one in over):
            placed.append(None)
            continue
        begin, finish = same[at[0]], same[at[-1]]
        opening, closing = given[begin][1], given[finish][1]
        placed.append(
            Word(
                token,
                words[opening].start if starts[opening] == begin else None,
                words[closing].end if len(given) - 1 - ends[closing] == finish else None,
            )
        )
    return tuple(placed)


def _letters(text: str) -> str:
    """What is spoken of it: letters and digits, without case and width."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def _same(one: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Which letter of `other` each letter of `one` is."""
    return {
        match.src_start + k: match.dest_start + k
        for match in Levenshtein.opcodes(one, other)
        if match.tag == "equal"
        for k in range(match.src_end - match.src_start)
    }


def _edges(letters: Sequence[tuple[str, int]]) -> dict[int, int]:
    """For each owner the index of its first letter."""
    found: dict[int, int] = {}
    for at, (_, owner) in enumerate(letters):
        found.setdefault(owner, at)
    return found
