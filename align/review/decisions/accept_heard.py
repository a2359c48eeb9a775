"""The text that takes the place of the written one when what was heard is right. Pure."""

from __future__ import annotations

import unicodedata

from rapidfuzz.distance import Levenshtein

from align.pronounce.tokens import token_spans


def taken(written: str, heard: str) -> str:
    """`written` with the words that were heard.

    Words that both have stay as they are written, with the marks between them: those who recognise
    speech write capitals and marks as they like.
    """
    ours, theirs = token_spans(written), token_spans(heard)
    steps = Levenshtein.opcodes(
        [written[slice(*one)].casefold() for one in ours], [heard[slice(*one)].casefold() for one in theirs]
    )
    text, position = "", 0
    for step in steps:
        if step.tag == "equal":
            continue
        first, last = step.src_start, step.src_end
        start = ours[first][0] if first < len(ours) else len(written)
        if first == last and first > 0:
            start = ours[first - 1][1]
        end = ours[last - 1][1] if last > first else start
        new = heard[theirs[step.dest_start][0] : theirs[step.dest_end - 1][1]] if step.tag != "delete" else ""
        text = joined(text + written[position:start], new)
        position = end
    return " ".join(joined(text, written[position:]).split())


def joined(before: str, behind: str) -> str:
    """Two texts as one, with a space where their letters would run into one word."""
    narrow = [
        one.isalnum() and unicodedata.east_asian_width(one) not in "WF" for one in before[-1:] + behind[:1]
    ]
    return f"{before} {behind}" if narrow == [True, True] else before + behind
